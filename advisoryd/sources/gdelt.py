"""GDELT's search in the world's online news, whatever its language: headlines, found by their English translations.

The service is free, asks for one request every five seconds at most, and answers bursts with refusals for hours; one
query every 15 minutes has been left in peace. So every poll asks one: for advice of anybody about anywhere or, where
places are watched, every other time for advice about one of them. What is peculiar in the answers:

- No result is an object without ``articles``.
- A query that it does not like, and a client that it finds too fast, get a sentence of plain text, often with 200.
- ``seendate`` is when GDELT first saw the article, not when it was published, in UTC.
- ``language`` and ``sourcecountry`` are English words.
- Titles have blanks around punctuation: ``Japan ' s embassy , in Beijing``.
- A query with an ``OR`` outside brackets is refused, and so is a single short word in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request, Shape, Unreadable
from advisoryd.model.record import Item, Record
from advisoryd.model.source import Source
from advisoryd.sources import dates, decode, items, jsonbody, news_queries, options
from advisoryd.sources.entries import canonical
from advisoryd.sources.jsonbody import Row

SEARCH = "https://api.gdeltproject.org/api/v2/doc/doc"
CONTRACT = Contract(
    shape=Shape.STREAM,
    min_rows=0,  # a search may find nothing
    usual_gap=timedelta(days=14),  # the general query finds something on most days
)
LANGUAGES: Mapping[str, str] = {
    "Arabic": "ar",
    "Chinese": "zh",
    "Dutch": "nl",
    "English": "en",
    "French": "fr",
    "German": "de",
    "Italian": "it",
    "Japanese": "ja",
    "Korean": "ko",
    "Portuguese": "pt",
    "Russian": "ru",
    "Spanish": "es",
}
"""Languages that can be read here, by GDELT's names. Chinese may be in either script."""

_RULES: dict[str, tuple[options.Rule, str]] = {
    "watch": (news_queries.are_places, f"a list of at most {news_queries.MOST_PLACES} ids of places such as JP"),
}
_TOO_FAST = re.compile(r"slow down|limit requests|too many|every \w+ seconds", re.IGNORECASE)
_BEFORE, _AFTER = r"\s+(?=[,.;:!?%)\]])", r"(?<=[(\[])\s+"
_BLANKS = re.compile(rf"{_BEFORE}|{_AFTER}|\s+(?=['’]\s*s\b)|(?<=\w ['’])\s+(?=s\b)")
_EXCERPT = 160


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    return options.problems(source, _RULES, required=())


def reader(source: Source) -> Reader:
    """The reader of the search. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    return Gdelt(source)


@dataclass(frozen=True, slots=True)
class Gdelt:
    """One standing query at a time."""

    source: Source
    contract: Contract = CONTRACT
    version: int = 1

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The query whose turn it is: every other one is the general one."""
        turns = [place for watched in options.texts(self.source, "watch") for place in ("", watched)] or [""]
        (place,) = news_queries.whose_turn(turns, 1, now, self.source.every)
        query = news_queries.about(place, "en", _phrase) if place else news_queries.general("en", _phrase)
        return (Request(_url(query)),)

    def parse(self, document: Document) -> Parsed:
        """The articles as items. Raises :class:`~advisoryd.model.reading.Unreadable`."""
        _refuse_text(document)
        found = jsonbody.mapping(jsonbody.load(document), SEARCH).get("articles", [])
        rows = jsonbody.rows(found, f'The field "articles" of {SEARCH}')
        told = [row for row in rows if jsonbody.text(row, "url") and jsonbody.text(row, "title")]
        if rows and not told:
            raise Unreadable("wrong-shape", f'None of the {len(rows)} articles of {SEARCH} has "url" and "title".')
        return items.each_once(map(_item, told))

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """None: a headline is no advice."""
        return ()


def _phrase(words: str) -> str:
    return words if words.isalnum() else f'"{words}"'


def _url(query: str) -> str:
    fields = {"query": query, "mode": "ArtList", "format": "json", "timespan": "24h", "sort": "DateDesc"}
    return f"{SEARCH}?{urlencode({**fields, 'maxrecords': 75}, quote_via=quote)}"


def _refuse_text(document: Document) -> None:
    """Raises :class:`Unreadable` for an answer in plain text, which says what GDELT did not like."""
    text = decode.fold(decode.text(document))
    if not text or text.startswith(("{", "[", "<")):
        return
    if _TOO_FAST.search(text):
        raise Unreadable("rate-limited", f"GDELT was asked too often and says: {text[:_EXCERPT]}")
    raise Unreadable("refused", f"GDELT refused the query and says: {text[:_EXCERPT]}")


def _item(row: Row) -> Item:
    url = jsonbody.text(row, "url")
    return Item(
        key=canonical(url),
        title=_BLANKS.sub("", jsonbody.text(row, "title")),
        language=LANGUAGES.get(jsonbody.text(row, "language"), ""),
        url=url,
        published=dates.iso(jsonbody.text(row, "seendate")),
        outlet=jsonbody.text(row, "domain"),
    )
