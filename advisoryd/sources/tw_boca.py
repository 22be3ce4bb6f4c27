"""Taiwan: travel warnings of the Bureau of Consular Affairs (外交部領事事務局, 國外旅遊警示分級表).

An RSS with every warning and its text, and a table with every warning and its colour. What has been learnt about them:

- A warning is no country: one country can have a warning of its own for a border strip, and one for what is left. Its
  own level is that of the row about the rest of it, else that of the row that is named like it.
- Every country that is listed has at least the grey first level, so a country that is not listed has no known level.
  China, Hong Kong and Macao are listed by another council.
- A title can hold the words of a red warning for a strip beside the name of a country that is yellow.
- The date of a notice moves with every cosmetic edit: in January 2026 a note on treaties went into dozens of them.
- The bureau has spellings of its own for countries ("Naoero"), and "Korea" is the south.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request
from advisoryd.model.record import Record
from advisoryd.model.source import Source

FEED = "https://www.boca.gov.tw/sp-trwa-rss-1.xml"
TABLE = "https://www.boca.gov.tw/sp-trwa-list-1.html"
CONTRACT = Contract(
    min_rows=150,  # about 220 warnings in September 2026; a list of fewer than two thirds of them is broken
    grace=timedelta(days=7),  # no country was ever seen to leave the list
    usual_gap=timedelta(days=14),  # its longest pauses in 2026 were shorter
)


def reader(source: Source) -> Reader:
    """The reader of the bureau's warnings."""
    return TwBoca(source)


@dataclass(frozen=True, slots=True)
class TwBoca:
    """The feed, and the table where the feed lacks a country."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The feed; the table follows from it."""
        return (Request(FEED, expect="xml"),)

    def parse(self, document: Document) -> Parsed:
        """The warnings by country. Raises :class:`Unreadable`."""
        from advisoryd.sources import tw_pages

        return tw_pages.read(document, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The country's warnings as the feed has them, as the table does where the feed has none."""
        from advisoryd.sources import tw_records

        return (tw_records.record(key, found[0], self.source),) if found else ()
