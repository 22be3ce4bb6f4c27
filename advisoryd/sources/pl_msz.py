"""Poland: the country profiles of the Ministerstwo Spraw Zagranicznych, from the service behind its portal Odyseusz.

One array with a code for each country. The code is the base level of the country as a whole: Mexico, Egypt and
Thailand have regions at the two strictest levels above a mild base, and the service says nothing of them here, so
whether a country has regional levels is open. A code that is missing on purpose (``null``, as for Antarctica) is an
unknown level. The service is undocumented, and the pages it feeds are an empty shell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, Finding, Parsed, Piece, Reader, Request, Unreadable
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import advice, dates, jsonbody
from advisoryd.sources.advice import Advice
from advisoryd.sources.checks import refuse_short, unknown_field, unknown_level, unknown_places
from advisoryd.sources.jsonbody import Row

PROFILES = "https://odyseusz.gov.pl/api/v1/informacje/profile-panstw"
PAGES = "https://odyseusz.gov.pl"
ZONE = "Europe/Warsaw"
CODE = "bazowyKodPoziomuZagrozenia"
CONTRACT = Contract(
    min_rows=150,  # every country of the world has a profile; fewer means a broken answer
)
SCALE = {
    "ZACHOWAJ_ZWYKLA_OSTROZNOSC": Level.NORMAL,
    "ZACHOWAJ_SZCZEGOLNA_OSTROZNOSC": Level.CAUTION,
    "MSZ_ODRADZA_PODROZE_KTORE_NIE_SA_KONIECZNE": Level.RECONSIDER,
    "MSZ_ODRADZA_WSZELKIE_PODROZE": Level.AVOID,
}


def reader(source: Source) -> Reader:
    """The reader of Odyseusz."""
    return PlMsz(source)


@dataclass(frozen=True, slots=True)
class PlMsz:
    """The array of profiles."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The array."""
        return (Request(PROFILES, expect="json"),)

    def parse(self, document: Document) -> Parsed:
        """Every profile. Raises :class:`Unreadable`, also when no row has the field with the code."""
        rows = [row for row in jsonbody.rows(jsonbody.load(document), document.url) if jsonbody.text(row, "kodIso")]
        refuse_short(len(rows), self.contract, document.url)
        if not any(CODE in row for row in rows):
            raise Unreadable(
                "wrong-shape", f"No row of {document.url} has the field {CODE!r}, which carries the level."
            )
        listing, doubled = advice.gather((jsonbody.text(row, "kodIso"), _piece(row)) for row in rows)
        doubts = [finding for row in rows for finding in _doubts(row)]
        return Parsed(listing, complete=True, findings=(*unknown_places(listing), *doubled, *doubts))

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The profile."""
        return (advice.record(key, found[-1], self.source),) if found else ()


def _piece(row: Row) -> Piece:
    iso, name, code = (jsonbody.text(row, field) for field in ("kodIso", "nazwa", CODE))
    return advice.pack(
        Advice(
            name=name,
            place=iso if places.known(iso) else places.resolve(name, "pl").place,
            url=f"{PAGES}/{iso}",
            level=SCALE.get(code),
            native=code,
            issued=dates.day(jsonbody.text(row, "dataZatwierdzenia"), ZONE),
        )
    )


def _doubts(row: Row) -> tuple[Finding, ...]:
    key, name, code = (jsonbody.text(row, field) for field in ("kodIso", "nazwa", CODE))
    if CODE not in row:
        return (unknown_field(key, name, CODE),)
    return (unknown_level(key, name, code),) if code and code not in SCALE else ()
