"""Ruritania: travel advice of its Foreign Office, one JSON list with a row for every destination.

The slug of a row lasts, while its name does not: "Burma" became "Myanmar" under the same address. The date is a day in
Strelsau, on Central European Time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request
from advisoryd.model.record import Record, Section
from advisoryd.model.source import Source
from advisoryd.sources import advice, dates, jsonbody, levels
from advisoryd.sources.advice import Advice
from advisoryd.sources.checks import refuse_short, unknown_places
from advisoryd.sources.jsonbody import Row

SITE = "https://advice.ruritania.example"
CONTRACT = Contract(
    min_rows=150,  # 193 rows in every reading of a year
    usual_gap=timedelta(days=14),  # the longest pause in that year was six days
)
SCALE = {
    "travel freely": Level.NORMAL,
    "take care": Level.CAUTION,
    "go only if you must": Level.RECONSIDER,
    "do not go": Level.AVOID,
}


def reader(source: Source) -> Reader:
    """The reader of the Foreign Office's list."""
    return Ruritania(source)


@dataclass(frozen=True, slots=True)
class Ruritania:
    """The list of all destinations."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The list."""
        return (Request(f"{SITE}/all.json", expect="json"),)

    def parse(self, document: Document) -> Parsed:
        """Every destination of the list. Raises :class:`~advisoryd.model.reading.Unreadable`."""
        rows = jsonbody.rows(jsonbody.load(document), document.url)
        refuse_short(len(rows), self.contract, document.url)
        listing, doubled = advice.gather((jsonbody.text(row, "slug"), advice.pack(_advice(row))) for row in rows)
        doubts = advice.doubts(listing, "advice")
        return Parsed(listing, complete=True, findings=(*unknown_places(listing), *doubled, *doubts))

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The advice of the row."""
        return (advice.record(key, found[-1], self.source),) if found else ()


def _advice(row: Row) -> Advice:
    name, words, text = (jsonbody.text(row, field) for field in ("name", "advice", "text"))
    return Advice(
        name=name,
        place=places.resolve(name, "en").place,
        url=f"{SITE}/{jsonbody.text(row, 'slug')}",
        level=levels.on_scale(words, SCALE),
        native=words,
        sections=(Section("", (text,)),) if text else (),
        issued=dates.day(jsonbody.text(row, "changed"), "Europe/Vienna"),
    )


SOURCE = {
    "id": "zz-fo",
    "issuer": "ZZ",
    "name": "Ruritania: Foreign Office, travel advice",
    "kind": "official",
    "track": "security",
    "language": "en",
    "homepage": f"{SITE}/",
    "every": "30m",
    "licence": "Free with attribution",
    "attribution": "Foreign Office of Ruritania",
    "confidence": "verified",
    "evidence": "2026-11-20",
    "cost": "One JSON document of 90 kB a poll.",
}
