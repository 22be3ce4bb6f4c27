"""Ireland: travel advice of the Department of Foreign Affairs, read from the pages of ireland.ie.

There is neither feed nor field: the list names the pages, and each page prints its level as words. The place of these
words moved twice in a year, so all three places known are looked at, the oldest first. The text below repeats the level
now and then under "Security Status" and lags behind, so it only corroborates; a legend that explains all four levels is
never taken for one. Parts of a country are advised on in free prose, the same area several times in other words, so no
regions are read from it.

Measured traps: for four days the list lost exactly the twenty countries at the highest level; a redesign took the level
out of every page at once. Neither was a change of advice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request
from advisoryd.model.record import Record
from advisoryd.model.source import Source

INDEX = "https://www.ireland.ie/en/dfa/overseas-travel/advice/"
CONTRACT = Contract(
    min_rows=190,  # 211 to 213 pages; the list without its highest level still had 191
    grace=timedelta(days=14),  # the one disappearance on record lasted four days and was a broken list
    usual_gap=timedelta(days=21),  # the longest pause in seven months was seven days
)

HEADERS = ("summary", "accordion", "opening")
"""The places of the level by name, the oldest first (:data:`advisoryd.sources.ie_pages.HEADERS` finds them)."""


def reader(source: Source) -> Reader:
    """The reader of ireland.ie."""
    return IeDfa(source)


@dataclass(frozen=True, slots=True)
class IeDfa:
    """The list and the pages. ``headers`` are the places where a level may stand, in the order they are tried."""

    source: Source
    headers: tuple[str, ...] = HEADERS
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The list; the pages follow from it."""
        return (Request(INDEX, expect="html"),)

    def parse(self, document: Document) -> Parsed:
        """The pages of the list, or the advice of one page. Raises :class:`Unreadable`."""
        from advisoryd.sources import ie_pages

        return ie_pages.parse(document, self.headers, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The advice of the page under the list's name for it; nothing while the page has not been read."""
        from advisoryd.sources import ie_pages

        return tuple(ie_pages.records(key, found, self.source))
