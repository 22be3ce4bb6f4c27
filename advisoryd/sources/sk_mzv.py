"""Slovakia: travel recommendations and notices of the Ministerstvo zahraničných vecí, from its open data (CKAN).

One address, two lists: most days it answers with the notices, a few days a month with the recommendations instead,
which alone have a degree. So it is a stream, and what it does not hold today means nothing. Rows with a degree are
advice, the others are bulletins. Row numbers change with every rebuild; a notice is known by its heading, and stands
once for each country that it concerns.

The degrees begin where the ladder's second step is: warning, consider whether the journey is necessary, do not travel,
leave the country. The set text of the second and third adds "(… do určitých oblastí)" in brackets for every country,
whether it means parts or all, and says nothing; without brackets it is advice about parts.

``Stat`` names the state a place belongs to ("Srbsko" for Kosovo), so the place is told by the heading first. Times are
those of Bratislava, to be believed to the minute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd import places
from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request, Shape, Unreadable
from advisoryd.model.record import Item, Record
from advisoryd.model.source import Source
from advisoryd.sources import advice, jsonbody, markup, native_dates
from advisoryd.sources.advice import Advice
from advisoryd.sources.checks import refuse_short, unknown_places
from advisoryd.sources.jsonbody import Row

DATA = (
    "https://opendata.mzv.sk/api/3/action/datastore_search?resource_id=d2b4a3bf-2606-4b28-a51a-277b0708c076&limit=500"
)
HOME = "https://www.mzv.sk/cestovanie/cestovne-odporucania"
ZONE = "Europe/Bratislava"
CONTRACT = Contract(
    shape=Shape.STREAM,
    min_rows=50,  # 74 recommendations or 135 to 142 notices in 2026
    usual_gap=timedelta(days=14),  # some notice is added or edited in every week
)
_DATE, _STATE, _HEADING, _DEGREE, _TEXT = "Datum zmeny", "Stat", "Nadpis", "Stupen rizika CO", "Text CO/ICV"
_STEPS = {"1": Level.CAUTION, "2": Level.RECONSIDER, "3": Level.AVOID, "4": Level.AVOID}
_WORDS = re.compile(r"(?P<degree>\d)\. stupeň(?P<words>.*)", re.IGNORECASE)
_PARTS = re.compile(r"\bdo (?:určitých oblastí|oblast\w+|\w+ regiónu)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^)]*do určitých oblastí[^)]*\)", re.IGNORECASE)
_DASH = re.compile(r"\*? [-–] ")


def reader(source: Source) -> Reader:
    """The reader of the ministry's open data."""
    return SkMzv(source)


@dataclass(frozen=True, slots=True)
class SkMzv:
    """The one data set."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The data set."""
        return (Request(DATA, expect="json"),)

    def parse(self, document: Document) -> Parsed:
        """Recommendations as pieces, notices as items. Raises :class:`Unreadable`."""
        body = jsonbody.mapping(jsonbody.load(document), document.url)
        if body.get("success") is not True:
            raise Unreadable("wrong-shape", f"{document.url} does not say that the search succeeded.")
        found = jsonbody.nested(body, "result").get("records")
        rows = [row for row in jsonbody.rows(found, f"'records' of {document.url}") if jsonbody.text(row, _HEADING)]
        refuse_short(len(rows), self.contract, document.url)
        if not any(_DEGREE in row for row in rows):
            raise Unreadable("wrong-shape", f"No row of {document.url} has the field {_DEGREE!r}.")
        graded = [row for row in rows if jsonbody.text(row, _DEGREE)]
        listing, doubled = advice.gather(_recommendation(row) for row in graded)
        notices = [row for row in rows if not jsonbody.text(row, _DEGREE)]
        doubts = (*unknown_places(listing), *doubled, *advice.doubts(listing, _DEGREE))
        return Parsed(listing, items=tuple(_items(notices)), findings=doubts)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The recommendation."""
        return (advice.record(key, found[-1], self.source),) if found else ()


def _recommendation(row: Row) -> tuple[str, Piece]:
    name, place = _named(row)
    words = jsonbody.text(row, _DEGREE)
    degree = _WORDS.match(words)
    level = _STEPS.get(degree["degree"]) if degree else None
    parts = bool(level and _PARTS.search(_BRACKETS.sub("", words)))
    return place or name, advice.pack(
        Advice(
            name=name,
            place=place,
            url=HOME,
            level=Level.CAUTION if parts else level,
            native=words,
            regional=True if parts else None,
            levels=frozenset({level} if parts and level else ()),
            actions=frozenset({Action.LEAVE} if degree and degree["degree"] == "4" else ()),
            title=jsonbody.text(row, _HEADING),
            sections=markup.sections(jsonbody.raw(row, _TEXT)),
            issued=native_dates.figures(jsonbody.text(row, _DATE), ZONE),
        )
    )


def _named(row: Row) -> tuple[str, str]:
    """The name that leads to a place: at the head of the heading, then in the fields, the usual Slovak one first."""
    head = _DASH.split(jsonbody.text(row, _HEADING))[0]
    fields = ("Zauzivany slovensky nazov", _STATE, "Oficialny slovensky nazov", "Oficialny anglicky nazov")
    names = [head, *(jsonbody.text(row, field) for field in fields)]
    for name in filter(None, names):
        language = "en" if name == jsonbody.text(row, fields[-1]) else "sk"
        if place := places.resolve(name, language).place:
            return name, place
    return jsonbody.text(row, _STATE) or head, ""


def _items(rows: Iterable[Row]) -> Iterator[Item]:
    """One bulletin for each heading, about all the countries it stands for."""
    by_heading: dict[str, list[Row]] = {}
    for row in rows:
        by_heading.setdefault(jsonbody.text(row, _HEADING), []).append(row)
    for heading, same in by_heading.items():
        found = dict.fromkeys(_state(row) for row in same)
        yield Item(
            key=heading,
            title=heading,
            language="sk",
            url=HOME,
            summary=" ".join(markup.blocks(jsonbody.raw(same[0], _TEXT))),
            published=native_dates.figures(jsonbody.text(same[0], _DATE), ZONE),
            destinations=tuple(place for place in found if place),
        )


def _state(row: Row) -> str:
    return places.resolve(jsonbody.text(row, _STATE), "sk").place
