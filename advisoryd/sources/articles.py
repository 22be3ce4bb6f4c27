"""Articles behind headlines that name a government and a place and not what is asked: which to read, and their text.

The only importer of trafilatura (2.1), and what had to be learnt about it:

- Importing it takes more than half a second, so it is imported with the first page.
- Where it finds no article (an empty page, one that consists of scripts) it answers ``None``. Such a page stays so, and
  counts as read.
- It takes four seconds for a page of 1.3 million characters. Longer ones are cut before.
- It reads comments of readers and tables as well unless told not to.
- Given bytes it guesses their charset. It is given text, decoded by :mod:`advisoryd.sources.decode`.
- On damaged pages its parsers may raise errors of their own insides. All mean that there is no article.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from itertools import islice
from urllib.parse import quote, unquote, urldefrag, urlsplit

from advisoryd import news, places
from advisoryd.model.reading import Document, Follow, Parsed, Request
from advisoryd.model.record import Item
from advisoryd.sources import decode
from advisoryd.sources.options import is_address

LONGEST = 20_000
"""Characters of an article that are kept; what stands further down is not what it is about."""

_LONGEST_PAGE = 1_000_000
_MOST = 5
"""Articles that one poll asks for. A busy feed brings a handful of new entries at a time, and few of them are vague."""

_ONCE = "once"
"""The stamp of every article: it never changes, so an article is asked for once."""

_BY_SCRIPT = frozenset({"news.google.com"})
"""Hosts whose pages find the article by script, so that there is nothing to read in them."""

_ACTS = frozenset({news.Happening.ISSUED, news.Happening.RAISED, news.Happening.LOWERED})
"""What leaves open what is asked; reactions and effects ask for nothing."""


def lacking() -> str:
    """What has to be installed before articles can be read, as the end of a sentence; ``""`` when nothing."""
    return "" if find_spec("trafilatura") else "needs the extra article: install advisoryd[article]"


def pages(found: Iterable[Item]) -> tuple[Follow, ...]:
    """The pages of the items that :func:`is_wanted` names, at most five."""
    wanted = islice(filter(is_wanted, found), _MOST)
    return tuple(Follow(Request(_address(item), expect="html"), item.key, _ONCE) for item in wanted)


def is_wanted(item: Item) -> bool:
    """Whether the article may say what the headline leaves open: it names two countries, or tells of advice that one
    gives for another, and not what is asked."""
    if not is_address(item.url) or urlsplit(item.url).hostname in _BY_SCRIPT:
        return False
    claim = news.read(
        news.NewsItem(title=item.title, summary=item.summary, language=item.language, outlet=item.outlet, url=item.url)
    )
    if claim.is_advisory:
        return claim.level is None and not claim.actions and claim.happening in _ACTS
    return len({mention.place for mention in places.mentions(item.title, item.language)}) > 1


def read(document: Document) -> Parsed:
    """The text of a page that :func:`pages` named, as a piece of its item: ``{"article": text}``, ``""`` when there is
    none. Raises :class:`~advisoryd.model.reading.Unreadable` (``garbled``)."""
    return Parsed({unquote(urldefrag(document.url).fragment): {"article": _text(decode.text(document))}})


def _address(item: Item) -> str:
    """The link, and the item's key as its fragment, which no server sees: a page is read without knowing the feed."""
    return f"{urldefrag(item.url).url}#{quote(item.key, safe='')}"


def _text(html: str) -> str:
    import trafilatura

    try:
        text = trafilatura.extract(html[:_LONGEST_PAGE], include_comments=False, include_tables=False)
    except Exception:
        return ""
    return (text or "")[:LONGEST]
