"""United Nations: the disasters that ReliefWeb of OCHA keeps a page for, or all reports that it publishes.

The service answers only to an ``appname`` that ReliefWeb has approved for its user (403 without, since November 2025;
https://apidoc.reliefweb.int/parameters#appname). Without that option nothing is asked for and the source is off.
Disasters are a few a week; reports, several hundred a day, are read when the option ``content`` says so. Neither has a
level. A thousand calls a day are allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from advisoryd import places
from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request, Shape
from advisoryd.model.record import Item, Record
from advisoryd.model.source import Source
from advisoryd.sources import dates, items, jsonbody, options
from advisoryd.sources.checks import refuse_short
from advisoryd.sources.jsonbody import Row

SERVICE = "https://api.reliefweb.int/v2"
CONTRACT = Contract(
    shape=Shape.STREAM,
    min_rows=1,  # thousands are kept, so an empty list is a fault
    usual_gap=timedelta(days=30),  # an estimate: some disasters are opened every week
)
_CONTENT = ("disasters", "reports")
_FIELDS = {"disasters": "name", "reports": "title"}
_RULES: dict[str, tuple[options.Rule, str]] = {
    "appname": (options.is_text, "the name that ReliefWeb approved for you"),
    "content": (lambda value: value in _CONTENT, "disasters or reports"),
}


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    return options.problems(source, _RULES, required=())


def idle(source: Source) -> str:
    """Why nothing is asked for; ``""`` when the service is read."""
    return "" if source.options.get("appname") else "needs the option appname, a name that ReliefWeb approves for you"


def reader(source: Source) -> Reader:
    """The reader of ReliefWeb. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    return ReliefWeb(source)


@dataclass(frozen=True, slots=True)
class ReliefWeb:
    """The newest disasters or reports."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The fifty newest; none without an ``appname``."""
        appname = self.source.options.get("appname")
        if not appname:
            return ()
        fields = [("fields[include][]", name) for name in (self._title, "date", "country", "url")]
        query = [("appname", str(appname)), ("limit", "50"), ("sort[]", "date.created:desc"), *fields]
        return (Request(f"{SERVICE}/{self._content}?{urlencode(query)}", expect="json"),)

    def parse(self, document: Document) -> Parsed:
        """The entries as items. Raises :class:`~advisoryd.model.reading.Unreadable`."""
        where = f"{SERVICE}/{self._content}"
        body = jsonbody.mapping(jsonbody.load(document), where)
        rows = jsonbody.rows(body.get("data"), f'The field "data" of {where}')
        refuse_short(len(rows), self.contract, where)
        return items.each_once(map(self._item, rows))

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """None: an entry has no level."""
        return ()

    @property
    def _content(self) -> str:
        return str(self.source.options.get("content", _CONTENT[0]))

    @property
    def _title(self) -> str:
        return _FIELDS[self._content]

    def _item(self, row: Row) -> Item:
        fields = jsonbody.nested(row, "fields")
        return Item(
            key=str(row.get("id") or ""),
            title=jsonbody.text(fields, self._title),
            language=self.source.language,
            url=jsonbody.text(fields, "url"),
            published=dates.iso(jsonbody.text(jsonbody.nested(fields, "date"), "created")),
            destinations=_destinations(fields),
        )


def _destinations(fields: Row) -> tuple[str, ...]:
    """The countries by their ISO 3166-1 alpha-3 codes, which the service writes in lower case."""
    codes = (jsonbody.text(country, "iso3").upper() for country in jsonbody.entries(fields, "country"))
    found = (places.resolve(code, "en").place for code in codes if code)
    return tuple(dict.fromkeys(filter(None, found)))
