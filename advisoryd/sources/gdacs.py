"""United Nations and European Union: the Global Disaster Alert and Coordination System, all current events.

It estimates the humanitarian impact of natural hazards by machine; it is context and no official warning, on a track
of its own. What has been learnt about it:

- Green events are a hundred a day and mostly small earthquakes: they are no advice. Orange is our step 2, red our 3.
- An event keeps its type and number; its episode counts updates, and only a new colour says something new.
- The affected countries come as a string that looks like Python (``[{'iso2': 'JP', …}]``), with names that may hold
  apostrophes, so the codes are picked out of it and nothing else.
- Figures of people and strength change with every update and are left out.
- Down, it answers ``{}``, or a list far shorter than the hundred or so events of a usual day.
- Times have no zone and are UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd import places
from advisoryd.model.ladder import Level, Reason
from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request, Unreadable
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import dates, jsonbody, notices
from advisoryd.sources.checks import refuse_short, unknown_field, unknown_places
from advisoryd.sources.jsonbody import Row
from advisoryd.sources.notices import Notice

EVENTS = "https://www.gdacs.org/gdacsapi/api/events/geteventlist/EVENTS4APP"
CONTRACT = Contract(
    lists_calm=False,  # a country without an event has no row
    min_rows=20,  # about a hundred events on a usual day; fewer than twenty were seen only when it was down
    grace=timedelta(days=1),  # an event that is over leaves the list
)
_SCALE = {"orange": Level.CAUTION, "red": Level.RECONSIDER}
_CALM = "green"
_COLOUR = "alertlevel"
_CODE = re.compile(r"'iso2':\s*'([A-Za-z]{2})'")


def reader(source: Source) -> Reader:
    """The reader of the list of events."""
    return Gdacs(source)


@dataclass(frozen=True, slots=True)
class Gdacs:
    """The list of all current events."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The list."""
        return (Request(EVENTS, expect="json"),)

    def parse(self, document: Document) -> Parsed:
        """The orange and red events of every country. Raises :class:`~advisoryd.model.reading.Unreadable`."""
        body = jsonbody.mapping(jsonbody.load(document), document.url)
        features = jsonbody.rows(body.get("features"), f'The field "features" of {document.url}')
        events = [jsonbody.nested(feature, "properties") for feature in features]
        refuse_short(len(events), self.contract, document.url)
        graded = [event for event in events if jsonbody.text(event, _COLOUR)]
        if not graded:
            raise Unreadable("wrong-shape", f'No event of {document.url} has the field "{_COLOUR}".')
        listing, odd = notices.gather(list(_alerts(graded)))
        bare = [
            unknown_field(_key(event), jsonbody.text(event, "name"), _COLOUR) for event in events if event not in graded
        ]
        return Parsed(listing, complete=True, findings=(*unknown_places(listing), *odd, *bare))

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The strictest event of the country, with the names of all."""
        return (notices.record(key, found[-1], self.source, Reason.NATURAL_HAZARD),) if found else ()


def _alerts(events: Sequence[Row]) -> Iterator[Notice]:
    """The events that are more than green; those at sea, far from any country, concern no destination."""
    for event in events:
        colour = jsonbody.text(event, _COLOUR)
        where = jsonbody.text(event, "country")
        affected = _affected(event, where)
        if colour.lower() == _CALM or not (affected or where):
            continue
        yield Notice(
            key=_key(event),
            where=where,
            places=affected,
            words=colour,
            level=_SCALE.get(colour.lower()),
            title=jsonbody.text(event, "name"),
            text="",
            url=_report(event),
            issued=dates.iso(jsonbody.text(event, "fromdate")),
        )


def _key(event: Row) -> str:
    return f"{jsonbody.text(event, 'eventtype')}{jsonbody.integer(event, 'eventid')}"


def _affected(event: Row, where: str) -> tuple[str, ...]:
    """The countries by their codes; by the field for the main one where there are no codes that we know."""
    codes = (code.upper() for code in _CODE.findall(jsonbody.raw(event, "affectedcountries")))
    return tuple(dict.fromkeys(filter(places.known, codes))) or notices.named(where)


def _report(event: Row) -> str:
    return jsonbody.raw(event, "url") or jsonbody.text(jsonbody.nested(event, "url"), "report")
