"""United States: Travel Health Notices of the Centers for Disease Control and Prevention, from their RSS feed.

The feed lists every notice in force, so one that is gone is over. What has been learnt about it:

- The level stands in the address and in the guid, so that a raise looks like an old notice gone and a new one come; the
  last part of the path is what lasts.
- Dates are 04:00 or 05:00 GMT, which is midnight in Washington: they are days.
- Titles read "Level 2 - Disease in Place"; those of level 3 may name no disease ("Reconsider Nonessential Travel to
  Place"), global notices no level.
- There are neither validators nor a freshness, and every answer may be the same bytes.
- The scale is that of 2020 and later. It is about health alone and never joined with the State Department's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level, Reason
from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request
from advisoryd.model.record import Record, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import dates, notices, summary, xmltree
from advisoryd.sources.checks import refuse_short, unknown_places
from advisoryd.sources.notices import Notice

FEED = "https://wwwnc.cdc.gov/travel/rss/notices.xml"
CONTRACT = Contract(
    lists_calm=False,  # only notices are listed; a country without any has no row
    min_rows=5,  # an estimate: some notices stand for years, so a list that is nearly empty is a broken one
    grace=timedelta(days=2),  # a notice that ends leaves the list for good
    usual_gap=timedelta(days=60),  # an estimate: several notices a month were posted or updated in 2026
)
_ZONE = ZoneInfo("America/New_York")
_TITLE = re.compile(r"\W*level\s*(?P<step>\w+)\b\s*[-–—:]*\s*(?P<rest>.+)", re.IGNORECASE)
_ADDRESS = re.compile(r"/level(?P<step>\w+)/")
_WHERE = re.compile(r".*\b(?:in|to)\s+(?:the\s+)?(?P<place>.+)", re.IGNORECASE)
_GLOBAL = re.compile(r"global\b", re.IGNORECASE)


def reader(source: Source) -> Reader:
    """The reader of the Travel Health Notices."""
    return CdcThn(source)


@dataclass(frozen=True, slots=True)
class CdcThn:
    """The feed of all notices in force."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The feed."""
        return (Request(FEED, expect="xml"),)

    def parse(self, document: Document) -> Parsed:
        """The notices of every place. Raises :class:`~advisoryd.model.reading.Unreadable`."""
        found = list(_notices(document))
        refuse_short(len(found), self.contract, document.url)
        listing, odd = notices.gather(found)
        return Parsed(listing, complete=True, findings=(*unknown_places(listing), *odd))

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The strictest notice of the place, with the text of all."""
        return (notices.record(key, found[-1], self.source, Reason.HEALTH),) if found else ()


def _notices(document: Document) -> Iterator[Notice]:
    for item in xmltree.load(document).iter("item"):
        title, link = xmltree.text(item, "title"), xmltree.text(item, "link") or xmltree.text(item, "guid")
        slug = link.rstrip("/").rpartition("/")[2]
        if title and slug:
            text = summary.text(xmltree.raw(item, "description"))
            yield _notice(title, link, slug, text, _day(dates.rfc822(xmltree.raw(item, "pubDate"))))


def _notice(title: str, link: str, slug: str, text: str, posted: Stamp | None) -> Notice:
    headed, linked = _TITLE.match(title), _ADDRESS.search(link)
    step = headed["step"] if headed else linked["step"] if linked else ""
    subject = headed["rest"] if headed else title
    where = _where(subject)
    return Notice(
        key=slug,
        where=where,
        places=notices.named(where),
        words=f"Level {step}" if step else title,
        level=Level(int(step)) if step in ("1", "2", "3", "4") else None,
        title=subject,
        text=text,
        url=link,
        issued=posted,
    )


def _where(subject: str) -> str:
    """The words for the place at the end of a title."""
    if _GLOBAL.match(subject):
        return "Global"
    found = _WHERE.fullmatch(subject)
    return found["place"] if found else subject


def _day(stamp: Stamp | None) -> Stamp | None:
    """Midnight in Washington as the day that it begins; any other time as it is."""
    if stamp is None or stamp.at.astimezone(_ZONE).timetz().replace(tzinfo=None) != datetime.min.time():
        return stamp
    return replace(stamp, day=True)
