"""Germany: Reise- und Sicherheitshinweise of the Auswärtiges Amt, from its open data service.

The list gives four flags for every country; they know a warning for the country and for parts of it, but not the
advice against travel that is only in the prose ("Von Reisen nach X wird abgeraten", our step 3). So the level of a
country that is not warned of is unknown until its page has been read, and there is no record before: what appears later
is a first sight, never a raise. Where the flags changed after the page was read, the level is unknown until it is read
again.

The service answers with an empty object and status 200 when it is switched off. Times are seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request
from advisoryd.model.record import Record
from advisoryd.model.source import Source

LIST = "https://www.auswaertiges-amt.de/opendata/travelwarning"
CONTRACT = Contract(
    min_rows=180,  # 199 and 200 countries in the readings of 2026
    grace=timedelta(days=7),  # no disappearance is on record; the same as for the other registers
    usual_gap=timedelta(days=14),  # some country is edited every working day; twice the longest holidays
)


def reader(source: Source) -> Reader:
    """The reader of the Auswärtiges Amt's open data."""
    return DeAa(source)


@dataclass(frozen=True, slots=True)
class DeAa:
    """The list of flags and the page of each country."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The list; the pages follow from it."""
        return (Request(LIST, expect="json"),)

    def parse(self, document: Document) -> Parsed:
        """Every country of the list, or the text of one. Raises :class:`Unreadable`."""
        from advisoryd.sources import de_pages

        return de_pages.parse(document, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The country with the flags of the list and the level of its prose; nothing while that is unknown."""
        from advisoryd.sources import de_pages

        return tuple(de_pages.records(key, found, self.source))
