"""United Kingdom: foreign travel advice of the Foreign, Commonwealth & Development Office, from GOV.UK's content API.

The index lists every destination without its level; the level is the ``alert_status`` of the destination's own page.
So a destination whose page has not been read makes no record, and is never taken for safe. A page is read again when
its ``public_updated_at`` moves: that date moves with the advice, while ``updated_at`` moves with silent republishing.
The same instant is printed with other offsets in index and page, so instants are compared, never strings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request
from advisoryd.model.record import Record
from advisoryd.model.source import Source

SITE = "https://www.gov.uk"
INDEX = f"{SITE}/api/content/foreign-travel-advice"
CONTRACT = Contract(
    min_rows=200,  # 226 destinations in every reading of seventeen months
    grace=timedelta(days=7),  # a renamed page answers 404 for a while; none was ever truly withdrawn
    usual_gap=timedelta(days=10),  # the longest pause in seven months was four days
)


def reader(source: Source) -> Reader:
    """The reader of GOV.UK's travel advice."""
    return UkFcdo(source)


@dataclass(frozen=True, slots=True)
class UkFcdo:
    """Index and pages of GOV.UK's content API."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The index; the pages follow from it."""
        return (Request(INDEX, expect="json"),)

    def parse(self, document: Document) -> Parsed:
        """Every destination of the index, or the advice of one page. Raises :class:`Unreadable`."""
        from advisoryd.sources import uk_pages

        return uk_pages.parse(document, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The advice of the page; nothing while it has not been read."""
        from advisoryd.sources import uk_pages

        return tuple(uk_pages.records(key, found, self.source))
