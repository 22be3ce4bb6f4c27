"""Australia: Smartraveller, travel advice of the Department of Foreign Affairs and Trade, from its feed and its export.

The feed gives the level words and the latest update of every destination, the export adds the levels of its regions;
they are joined by the slug of the destination's address. The feed's number (``2/5``) counts on another scale than the
public four steps and is not read. Dates of the feed bear zone names ("21 Jul 2026 22:00:00 AEST") and their noon in UTC
stands for a day; dates of the export have no zone and are taken for Canberra's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request
from advisoryd.model.record import Record
from advisoryd.model.source import Source

SITE = "https://www.smartraveller.gov.au"
FEED = f"{SITE}/countries/documents/index.rss"
EXPORT = f"{SITE}/destinations-export"
CONTRACT = Contract(
    min_rows=150,  # 178 to 180 destinations in every reading
    grace=timedelta(days=7),  # data-centre addresses are refused for days at a time
    usual_gap=timedelta(days=14),  # the longest pause in five months was six days
)


def reader(source: Source) -> Reader:
    """The reader of Smartraveller."""
    return AuDfat(source)


@dataclass(frozen=True, slots=True)
class AuDfat:
    """The feed and the export, joined."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The feed and the export."""
        return Request(FEED, expect="xml"), Request(EXPORT, expect="json")

    def parse(self, document: Document) -> Parsed:
        """Every destination of the document. Raises :class:`Unreadable`."""
        from advisoryd.sources import au_rows

        return au_rows.parse(document, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The level of the newer day, of two from one day the stricter; the text of the export where it was read."""
        from advisoryd.sources import au_rows

        return (au_rows.record(key, found, self.source),)
