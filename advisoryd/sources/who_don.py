"""World Health Organization: Disease Outbreak News, from the service behind its page.

Every report on an outbreak is an item of its own; none has a level. What has been learnt about the service:

- Unasked it answers from 2006 upwards, in pages of fifty, so the order is asked for and a list that is not newest first
  is refused: its entries would look new after twenty years.
- Only the fields that are read are asked for; with their texts twenty reports weigh over a megabyte.
- ``DonId`` is empty before 2022, and the country stands in the title only ("Disease - Place").
- ``ItemDefaultUrl`` leads nowhere; the page of a report is below ``/emergencies/disease-outbreak-news/item/``.
- The reports nearly always say that WHO "advises against restricting travel". Whoever looks for "advises against
  travel" in them reads the opposite; no level is taken from their text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import quote

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request, Shape, Unreadable
from advisoryd.model.record import Item, Record, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import dates, items, jsonbody, notices, summary
from advisoryd.sources.checks import refuse_short
from advisoryd.sources.jsonbody import Row

SERVICE = "https://www.who.int/api/news/diseaseoutbreaknews"
PAGES = "https://www.who.int/emergencies/disease-outbreak-news/item"
_FIELDS = (
    "Id", "DonId", "Title", "OverrideTitle", "UseOverrideTitle", "UrlName", "ItemDefaultUrl",
    "PublicationDateAndTime", "PublicationDate", "Summary",
)  # fmt: skip
CONTRACT = Contract(
    shape=Shape.STREAM,
    min_rows=10,  # the newest twenty of thousands are asked for
    usual_gap=timedelta(days=45),  # an estimate: several reports a month in 2026
)
_PARTS = re.compile(r"\s+[-–—]\s+")
_WHERE = re.compile(r".*\bin\s+(?:the\s+)?(.+)", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,|&|\band\b)\s*")


def reader(source: Source) -> Reader:
    """The reader of the Disease Outbreak News."""
    return WhoDon(source)


@dataclass(frozen=True, slots=True)
class WhoDon:
    """The newest reports."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The twenty newest reports."""
        query = f"$orderby={quote('PublicationDateAndTime desc')}&$top=20&$select={','.join(_FIELDS)}"
        return (Request(f"{SERVICE}?{query}", expect="json"),)

    def parse(self, document: Document) -> Parsed:
        """The reports as items. Raises :class:`Unreadable`, also for a list that does not begin with the newest."""
        body = jsonbody.mapping(jsonbody.load(document), document.url)
        rows = jsonbody.rows(body.get("value"), f'The field "value" of {SERVICE}')
        refuse_short(len(rows), self.contract, SERVICE)
        parsed = items.each_once(_item(row, self.source.language) for row in rows)
        _refuse_old([item.published for item in parsed.items])
        return parsed

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """None: a report has no level."""
        return ()


def _item(row: Row, language: str) -> Item:
    title = jsonbody.text(row, "OverrideTitle") if row.get("UseOverrideTitle") is True else ""
    title = title or jsonbody.text(row, "Title")
    slug = jsonbody.text(row, "UrlName") or jsonbody.text(row, "ItemDefaultUrl").strip("/")
    return Item(
        key=jsonbody.text(row, "DonId") or jsonbody.text(row, "Id"),
        title=title,
        language=language,
        url=f"{PAGES}/{slug}",
        summary=summary.text(jsonbody.raw(row, "Summary")),
        published=dates.iso(jsonbody.text(row, "PublicationDateAndTime") or jsonbody.text(row, "PublicationDate")),
        destinations=_destinations(title),
    )


def _destinations(title: str) -> tuple[str, ...]:
    """The places at the end of a title, as far as they are known. What stands before is a disease, and many diseases
    are named after places."""
    *before, tail = _PARTS.split(title)
    found = _WHERE.fullmatch(title)
    where = tail if before else found[1] if found else ""
    whole = notices.named(where)
    return whole or tuple(dict.fromkeys(place for part in _JOINED.split(where) for place in notices.named(part)))


def _refuse_old(published: Sequence[Stamp | None]) -> None:
    stamps = [stamp.at for stamp in published if stamp]
    if any(earlier < later for earlier, later in pairwise(stamps)):
        raise Unreadable("wrong-shape", f"{SERVICE} does not begin with the newest reports: it ignores the order.")
