"""China: the safety reminders of the Ministry of Foreign Affairs (中国领事服务网, 安全提醒).

A stream of notices: list pages with title and day, fifteen to a page, and for each notice a page with the minute and
the text. What has been learnt about them:

- The path of a notice is no identity. When the site was rebuilt in July 2026 every older notice got a new one, with the
  day of the move in it. A notice is known by its title and the day shown beside it, so a new path is never news.
- The rows are not in order of time, so both pages are read to their end.
- The charset stands in the page only; a client that trusts the header reads Latin letters.
- The first ``h1`` of a page is the name of the site; the title is ``h1.article-title``.
- Nothing is ever withdrawn: a reminder ages, or a later one takes its place.
- What is said to people who are in a country ("注意安全") does not loosen what was said about going there; such a
  reminder stands on a track of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urljoin

from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, Parsed, Piece, Request, Shape
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import options

LIST = "https://cs.mfa.gov.cn/aqtx/"
CONTRACT = Contract(
    shape=Shape.STREAM,
    usual_gap=timedelta(days=30),  # a busy list: its longest pauses in 2025 and 2026 were shorter
)
MIGRATED_ROWS = 5
MIGRATED_AGE = timedelta(days=30)

_RULES: dict[str, tuple[options.Rule, str]] = {
    "url": (options.is_address, "the address of the list page"),
    "colour_pages": (
        lambda value: isinstance(value, Mapping) and all(map(options.is_address, value.values())),
        "a table of place codes and the addresses of their country pages",
    ),
    "avoid_level": (
        lambda value: value in (Level.RECONSIDER, Level.AVOID),
        "3 or 4, the step that 避免前往 stands for",
    ),
}


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    return options.problems(source, _RULES, required=())


def reader(source: Source) -> CnMfa:
    """The reader of the ministry's reminders. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    return CnMfa(source)


def migration(days: Iterable[date], now: datetime) -> bool:
    """Whether notices not seen before, shown under these days, are an archive that moved rather than news: more than
    five of them are older than thirty days, where a living list brings a late one at most."""
    oldest = (now - MIGRATED_AGE).date()
    return sum(day < oldest for day in days) > MIGRATED_ROWS


@dataclass(frozen=True, slots=True)
class CnMfa:
    """List pages, notices and country pages of the consular site."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The first two pages of the list; notices and country pages follow from them."""
        first = str(self.source.options.get("url", LIST))
        return Request(first, expect="html"), Request(urljoin(first, "index_1.html"), expect="html")

    def parse(self, document: Document) -> Parsed:
        """A list page, a country page or a notice. Raises :class:`Unreadable`."""
        from advisoryd.sources import cn_pages

        return cn_pages.read(document, self._colour_pages)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """One record for each country that the notice is about; none while the list does not name it."""
        from advisoryd.sources import cn_records

        return tuple(cn_records.records(key, found, self.source))

    @property
    def _colour_pages(self) -> Mapping[str, str]:
        pages = self.source.options.get("colour_pages")
        return pages if isinstance(pages, Mapping) else {}
