"""Singapore: travel advisories and notices of the Ministry of Foreign Affairs.

The sitemap names about 190 pages of countries; a page is prose, without a field for a level. What has been learnt:

- Advice is given when something happens. Most pages hold visa notes only, and say nothing about safety: such a page has
  no level, and is not taken for safe.
- Phrases differ from page to page; a sentence that sounds like advice in unknown words is advice of unknown level.
- Advice that ends is taken off the page without a word, so a page that gives none any more is looked at twice.
- A paragraph about a border or a conflict is pasted into the page of every neighbour.
- The list page shows only the ten countries last touched without scripts, and looks complete. It is not read.
- Blanks inside phrases are no-break spaces; a request that does not say who it is gets 403.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request
from advisoryd.model.record import Record
from advisoryd.model.source import Source

SITEMAP = "https://www.mfa.gov.sg/sitemap.xml"
CONTRACT = Contract(
    lists_calm=False,  # only pages that give advice count as listed
    min_rows=150,  # about 190 countries in September 2026; a sitemap with fewer than four fifths is broken
    grace=timedelta(days=2),  # a page is read twice a day
)


def reader(source: Source) -> Reader:
    """The reader of the ministry's pages."""
    return SgMfa(source)


@dataclass(frozen=True, slots=True)
class SgMfa:
    """The sitemap and the pages."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The sitemap; the pages follow from it."""
        return (Request(SITEMAP, expect="xml"),)

    def parse(self, document: Document) -> Parsed:
        """The pages of the sitemap, or the advice of one page. Raises :class:`Unreadable`."""
        from advisoryd.sources import sg_pages

        return sg_pages.read(document, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The advice of the page; nothing where it gives none."""
        from advisoryd.sources import sg_pages

        return tuple(sg_pages.record(key, piece, self.source) for piece in found[:1])
