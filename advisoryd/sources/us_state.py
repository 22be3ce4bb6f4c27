"""United States: Travel Advisories of the Department of State, from its JSON service and its RSS feed.

Either may be hours behind the other or miss rows for a day, and what it serves alternates from call to call, so both
are read and the newest date wins for every place. Both give a day only: the service prints the midnight that begins it,
in Eastern time and so on the evening before, the feed without time or zone; as days of UTC they agree. The service
answers an unnamed client with ``[]`` and status 200: a failure, which never means that all advice was withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request
from advisoryd.model.record import Record
from advisoryd.model.source import Source

SERVICE = "https://cadataapi.state.gov/api/TravelAdvisories"
FEED = "https://travel.state.gov/_res/rss/TAsTWs.xml"
CONTRACT = Contract(
    min_rows=150,  # 213 to 216 distinct places; careful clients refuse fewer than 150
    grace=timedelta(days=7),  # Brazil, Tonga or North Korea were missing for days and came back
    usual_gap=timedelta(days=21),  # the longest pause in five months was twelve days
)


def reader(source: Source) -> Reader:
    """The reader of the Department of State's advisories."""
    return UsState(source)


@dataclass(frozen=True, slots=True)
class UsState:
    """The JSON service and the RSS feed, joined."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The service and the feed."""
        return Request(SERVICE, expect="json"), Request(FEED, expect="xml")

    def parse(self, document: Document) -> Parsed:
        """Every advisory in the document. Of two rows about one place the newer is kept. Raises :class:`Unreadable`."""
        from advisoryd.sources import us_rows

        return us_rows.parse(document, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The newest of the copies."""
        from advisoryd.sources import us_rows

        return (us_rows.record(key, found, self.source),)
