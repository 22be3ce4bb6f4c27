"""Google News as a search: what outlets of a language and country report on governments' advice, as headlines.

A query for each edition asks for advice of anybody about anywhere; beside it, queries about each watched place take
turns, a few at every poll. What is peculiar in the answers:

- A title ends in `` - `` and the publisher. It is cut by the text of ``<source>``: publishers' names hold hyphens too.
- Publishers' names differ between editions and from what other sources call them. An outlet goes by its host, so that
  one outlet heard through two sources is one.
- The link leads to a page that finds the article by script. It is kept as a link and never followed.
- The description repeats the title, or the titles of several outlets. It is ignored.
- The guid is a token that differs between editions, so one story found by two queries would be two. An item's identity
  is its publisher and title; only where no publisher is named, the token.
- An edition may hold other languages' items, but hardly any: items are taken to be in the edition's language.
- Items are at most about a hundred and not strictly in the order of time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request, Shape
from advisoryd.model.record import Item, Record
from advisoryd.model.source import Source
from advisoryd.sources import news_queries, options
from advisoryd.sources.entries import Entry

SEARCH = "https://news.google.com/rss/search"
CONTRACT = Contract(
    shape=Shape.STREAM,
    min_rows=0,  # a search may find nothing
    usual_gap=timedelta(days=30),  # somewhere some government warns every week
)
SINCE = "when:1d"
"""Only what is a day old at most; every query is asked more often than that."""

PLACES_PER_POLL = 4
"""Queries about watched places at one poll. With all places and editions that are allowed, each comes round in 17 hours
at a cadence of 15 minutes."""

MOST_LOCALES = 8
DEFAULT = ("US:en", "CN:zh-Hans", "HK:zh-Hant", "JP:ja", "KR:ko", "DE:de")


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of Google News: the language of its pages, as the search wants it, and that of its items."""

    ui: str
    language: str


EDITIONS: Mapping[str, Edition] = {
    "AE:ar": Edition("ar", "ar"),
    "AT:de": Edition("de", "de"),
    "BR:pt-419": Edition("pt-BR", "pt"),
    "CH:de": Edition("de", "de"),
    "CN:zh-Hans": Edition("zh-CN", "zh-Hans"),
    "DE:de": Edition("de", "de"),
    "EG:ar": Edition("ar", "ar"),
    "ES:es": Edition("es", "es"),
    "FR:fr": Edition("fr", "fr"),
    "GB:en": Edition("en-GB", "en"),
    "HK:zh-Hant": Edition("zh-HK", "zh-Hant"),
    "IT:it": Edition("it", "it"),
    "JP:ja": Edition("ja", "ja"),
    "KR:ko": Edition("ko", "ko"),
    "MX:es-419": Edition("es-419", "es"),
    "NL:nl": Edition("nl", "nl"),
    "PT:pt-150": Edition("pt-PT", "pt"),
    "RU:ru": Edition("ru", "ru"),
    "SA:ar": Edition("ar", "ar"),
    "SG:en": Edition("en-SG", "en"),
    "TW:zh-Hant": Edition("zh-TW", "zh-Hant"),
    "US:en": Edition("en-US", "en"),
}
"""By country and language, as the parameter ``ceid`` names them."""


def _are_locales(value: object) -> bool:
    return bool(value) and options.are_texts(value, EDITIONS.__contains__, MOST_LOCALES)


_RULES: dict[str, tuple[options.Rule, str]] = {
    "locales": (_are_locales, f"a list of at most {MOST_LOCALES} of {', '.join(EDITIONS)}"),
    "watch": (news_queries.are_places, f"a list of at most {news_queries.MOST_PLACES} ids of places such as JP"),
}


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    return options.problems(source, _RULES, required=())


def reader(source: Source) -> Reader:
    """The reader of the search. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    return GoogleNews(source)


@dataclass(frozen=True, slots=True)
class GoogleNews:
    """Standing queries in several editions."""

    source: Source
    contract: Contract = CONTRACT
    version: int = 1

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The general query of every edition, and the queries about watched places whose turn it is."""
        general = (_url(name, news_queries.general(EDITIONS[name].language, _phrase)) for name in self._locales)
        watched = [*product(options.texts(self.source, "watch"), self._locales)]
        turn = news_queries.whose_turn(watched, PLACES_PER_POLL, now, self.source.every)
        about = (_url(name, news_queries.about(place, EDITIONS[name].language, _phrase)) for place, name in turn)
        return tuple(Request(url, expect="xml") for url in (*general, *about))

    def parse(self, document: Document) -> Parsed:
        """The entries not read before, as items. Raises :class:`~advisoryd.model.reading.Unreadable`."""
        from advisoryd.sources import feed_items  # most polls bring nothing new

        feed, hashes = feed_items.unseen(document, "UTC")
        language = _language(document.url) or self.source.language
        found = {item.key: item for item in (_item(entry, language) for entry in feed.entries)}
        return Parsed(items=tuple(found.values()), slices=hashes, findings=tuple(feed_items.damage(feed, SEARCH)))

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """None: a headline is no advice."""
        return ()

    @property
    def _locales(self) -> Sequence[str]:
        return options.texts(self.source, "locales") or DEFAULT


def _phrase(words: str) -> str:
    """Unquoted, Chinese and Japanese words are taken apart."""
    return f'"{words}"'


def _url(name: str, query: str) -> str:
    """The address of a search. The three parameters of an edition must agree."""
    fields = {"q": f"{query} {SINCE}", "hl": EDITIONS[name].ui, "gl": name.partition(":")[0], "ceid": name}
    return f"{SEARCH}?{urlencode(fields, quote_via=quote)}"


def _language(url: str) -> str:
    """The language of the edition that a search asks; ``""`` for another address."""
    (name,) = parse_qs(urlsplit(url).query).get("ceid", [""])[:1]
    return EDITIONS[name].language if name in EDITIONS else ""


def _item(entry: Entry, language: str) -> Item:
    from advisoryd.sources import feed_items, summary

    title = feed_items.without_outlet(summary.text(entry.title), entry.outlet)
    return Item(
        key=_key(entry, title),
        title=title or entry.link or entry.identity,
        language=language,
        url=entry.link,
        published=entry.published or entry.updated,
        outlet=_host(entry) or entry.outlet,
    )


def _key(entry: Entry, title: str) -> str:
    publisher, letters = _host(entry) or entry.outlet, "".join(filter(str.isalnum, title.casefold()))
    return f"{publisher}/{letters}" if publisher and letters else entry.identity


def _host(entry: Entry) -> str:
    """The publisher's host without ``www.``; ``""`` when the entry names none."""
    try:
        return (urlsplit(entry.outlet_url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
