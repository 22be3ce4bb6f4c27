"""New Zealand: SafeTravel, travel advice of the Ministry of Foreign Affairs and Trade.

The sitemap names the pages; each page holds its advice as JSON in an attribute. What has been learnt about it:

- The words of a level are the safe field. Of the field ``level`` only the value ``medium`` was ever seen, and
  ``regional`` is true even for the only, country-wide item of a page. Whether an item is about the country or a part of
  it is told by its subtitle: "in Nepal" against "to the border with …".
- An address made from another name of a country answers 200 with a page that holds no advice.
- ``stillCurrentAt`` is the day of the visit; ``lastUpdated`` is the day of the edit, in New Zealand.
- Feeds of the old site are gone, and the page that lists all destinations refuses the addresses of data centres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request
from advisoryd.model.record import Record
from advisoryd.model.source import Source

SITEMAP = "https://www.safetravel.govt.nz/sitemap.xml"
CONTRACT = Contract(
    min_rows=150,  # 226 pages in August 2026; a sitemap with fewer than two thirds of them is broken
    grace=timedelta(days=7),  # a page whose address is renamed leads back to the list for a while
)


def reader(source: Source) -> Reader:
    """The reader of SafeTravel."""
    return NzSafetravel(source)


@dataclass(frozen=True, slots=True)
class NzSafetravel:
    """The sitemap and the pages."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The sitemap; the pages follow from it."""
        return (Request(SITEMAP, expect="xml"),)

    def parse(self, document: Document) -> Parsed:
        """The pages of the sitemap, or the advice of one page. Raises :class:`Unreadable`."""
        from advisoryd.sources import nz_pages

        return nz_pages.read(document, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The advice of the page; nothing while it has not been read."""
        from advisoryd.sources import nz_pages

        return tuple(nz_pages.records(key, found, self.source))
