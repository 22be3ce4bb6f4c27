"""Japan: danger information and notices of the Ministry of Foreign Affairs (海外安全ホームページ).

A stream of bulletins in two feeds. A danger notice (T40) or an infectious disease notice (T81) is the standing advice
on its countries until the next one of its family; spot and wide-area notices have no level and are bulletins. The feeds
reach back two days, so the page of each country is read beside them (:mod:`jp_registry`), slowly. What has been learnt
about it:

- Japan's level 1 is not the first step of the ladder: its ordinary case has no level. See :mod:`jp_levels`.
- The level of a country is the line for 全土 or 上記以外 of the notice's level block; the open data has only a flag for
  each level that some area has.
- A title with 継続 or 内容の更新 refreshes the text of an unchanged level; 解除 ends it. Nothing expires.
- What a path brings is told by its root: error pages come with status 200.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Follow, Parsed, Piece, Request, Shape
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import options

OPEN_DATA = "https://www.ezairyu.mofa.go.jp/opendata/area/newarrival.xml"
NEWS = "https://www.anzen.mofa.go.jp/rss/news.xml"
INDEX = "https://www.anzen.mofa.go.jp/riskmap/"
PAGES = "/info/pcinfectionspothazardinfo_"
PAGE_KEY = "page "
"""What the key of a country's page begins with."""

CONTRACT = Contract(
    shape=Shape.STREAM,
    min_rows=150,  # of the index, which named 206 countries in September 2026; the feeds hold what there is
    usual_gap=timedelta(days=3),  # both feeds bring something on every working day
)
_RULES: dict[str, tuple[options.Rule, str]] = {
    "open_data_url": (options.is_address, "the address of the new arrivals in the open data"),
    "news_url": (options.is_address, "the address of the RSS"),
}


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    return options.problems(source, _RULES, required=())


def reader(source: Source) -> JpMofa:
    """The reader of the ministry's bulletins. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    return JpMofa(source)


@dataclass(frozen=True, slots=True)
class JpMofa:
    """The RSS of safety information and the new arrivals of the open data, joined by bulletin."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """Both feeds; the one that knows the countries of a notice comes last, so that its items are kept."""
        return (
            Request(str(self.source.options.get("news_url", NEWS)), expect="xml"),
            Request(str(self.source.options.get("open_data_url", OPEN_DATA)), expect="xml"),
        )

    def parse(self, document: Document) -> Parsed:
        """The bulletins of either feed, the index of countries, or the page of one. Raises :class:`Unreadable`."""
        if PAGES in document.url or document.url == INDEX:
            from advisoryd.sources import jp_registry

            is_index = document.url == INDEX
            return jp_registry.index(document, self.contract) if is_index else jp_registry.page(document)
        from advisoryd.sources import jp_pages

        return replace(jp_pages.read(document), follow=(Follow(Request(INDEX, expect="html")),))

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """One record for each country of a danger notice, or what the page of a country says."""
        if key.startswith(PAGE_KEY):
            from advisoryd.sources import jp_registry

            return tuple(jp_registry.records(key, found, self.source))
        from advisoryd.sources import jp_records

        return tuple(jp_records.records(key, found, self.source))
