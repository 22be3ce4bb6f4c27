"""Any feed (RSS, RDF, Atom, JSON Feed) as a stream of items: news, and one's own ``[[source]]`` of type ``feed``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Request, Shape
from advisoryd.model.record import Record
from advisoryd.model.source import Source, SourceKind
from advisoryd.sources import options

_RULES: dict[str, tuple[options.Rule, str]] = {
    "url": (options.is_address, "an http or https address"),
    "zone": (options.is_zone, "a time zone such as Asia/Tokyo, for dates that name none"),
    "usual_gap": (options.is_duration, 'the longest usual time between two entries, such as "3d"'),
    "outlet": (options.is_text, "the publisher's host such as bbc.com, for entries that name none"),
    "articles": (lambda value: isinstance(value, bool), "true or false: whether to read articles whose title is vague"),
}
_NEWS_GAP = timedelta(days=3)
"""A general news feed whose newest entry is older has frozen: two agencies' feeds answered 200 for years like that."""


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    return [*options.problems(source, _RULES, required=("url",)), *_unmet(source)]


def reader(source: Source) -> FeedReader:
    """A reader of any feed. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    gap = options.duration(str(source.options.get("usual_gap", "")))
    usual_gap = gap or (_NEWS_GAP if source.kind is SourceKind.NEWS else None)
    return FeedReader(source, Contract(shape=Shape.STREAM, min_rows=0, usual_gap=usual_gap))


def _unmet(source: Source) -> Iterator[str]:
    if source.options.get("articles") is True:
        from advisoryd.sources import articles

        if lacking := articles.lacking():
            yield f'Source "{source.id}": the option "articles" {lacking}.'


@dataclass(frozen=True, slots=True)
class FeedReader:
    """Reads one feed into items, and the articles that these ask for."""

    source: Source
    contract: Contract
    version: int = 1

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The feed itself."""
        return (Request(str(self.source.options["url"])),)

    def parse(self, document: Document) -> Parsed:
        """The entries not read before, as items. Raises :class:`Unreadable` when the document is no feed.

        A page that an item asked for gives the article's text as a piece of the item's key.
        """
        if self.source.options.get("articles") and document.url != self.source.options["url"]:
            from advisoryd.sources import articles

            return articles.read(document)
        from advisoryd.sources import feed_items  # most polls bring nothing new

        return feed_items.read(document, self.source)

    def records(self, key: str, pieces: Sequence[Piece]) -> Sequence[Record]:
        """None: a feed has items only."""
        return ()
