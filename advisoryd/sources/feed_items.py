"""The items of a feed: only entries not seen before are parsed.

Entries are known by the hash of their own bytes. Where they cannot be cut out of their feed, the whole feed is parsed,
and the store finds out which items it knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from advisoryd.model.reading import Document, Finding, FindingKind, Follow, Parsed
from advisoryd.model.record import Item
from advisoryd.model.source import Source
from advisoryd.sources import decode, jsonfeed, slices, slim, summary
from advisoryd.sources.entries import Entry, Feed
from advisoryd.sources.slim import Slim

_LONGEST_TITLE = 120
_LONGEST_WAIT = 3600
"""Seconds. RSS's ``ttl`` is set once and forgotten; feeds that say a day bring news every minute."""


def read(document: Document, source: Source) -> Parsed:
    """The items of the entries not in ``document.known``. Raises :class:`Unreadable` when the document is no feed."""
    feed, hashes = unseen(document, str(source.options.get("zone", "UTC")))
    keyed = {entry.identity: _item(entry, source) for entry in feed.entries}
    found = tuple(keyed.values())
    findings = (*damage(feed, document.url), *_doubled(len(feed.entries) - len(keyed)))
    follow, wait = _articles(found, document, source), min(feed.ttl * 60, _LONGEST_WAIT) if feed.ttl else None
    return Parsed(items=found, slices=hashes, findings=findings, follow=follow, fresh_for=wait)


def unseen(document: Document, zone: str) -> tuple[Feed, tuple[str, ...]]:
    """The entries not in ``document.known``, and the hashes of all that the feed holds. Raises :class:`Unreadable`."""
    parse = _read_json if document.body.lstrip()[:1] == b"{" else _read_xml
    return parse(document, zone)


def damage(feed: Feed, url: str) -> Iterator[Finding]:
    """What is wrong with the feed as a whole."""
    if feed.truncated:
        yield Finding(FindingKind.SHORT, f"{url} breaks off or is damaged; entries may be missing.")
    if feed.dropped:
        yield Finding(FindingKind.UNREADABLE, f"Entries that have neither guid nor link nor title: {feed.dropped}.")


def without_outlet(title: str, outlet: str) -> str:
    """Google News ends its titles in `` - `` and the publisher, whose name may itself hold a hyphen."""
    return title.removesuffix(f" - {outlet}").rstrip() if outlet else title


def _articles(found: Sequence[Item], document: Document, source: Source) -> tuple[Follow, ...]:
    """Articles to read beside the items. Nobody is told of what a first reading brings, so it asks for none."""
    if not source.options.get("articles") or not document.known:
        return ()
    from advisoryd.sources import articles

    return articles.pages(found)


def _read_xml(document: Document, zone: str) -> tuple[Feed, tuple[str, ...]]:
    text = decode.text(document)
    cut = slices.cut(text)
    if cut is None:
        return _parsed(text, document.url, zone), ()
    hashes = tuple(map(slices.fingerprint, cut.entries))
    known = frozenset(document.known)
    unseen = [entry for entry, name in zip(cut.entries, hashes, strict=True) if name not in known]
    return (_slim_parsed(cut, unseen, document.url, zone) if unseen else Feed(version="known", entries=())), hashes


def _slim_parsed(cut: slices.Cut, unseen: Sequence[str], url: str, zone: str) -> Feed:
    """The unseen entries, with what they hold plainly taken from their slices; the parser's own reading of the
    whole slices where it does not find exactly one entry in each."""
    slims = [slim.slim(entry) for entry in unseen]
    reduced = (plain.xml if plain else entry for plain, entry in zip(slims, unseen, strict=True))
    feed = _parsed(cut.only(reduced), url, zone)
    if feed.truncated or len(feed.entries) != len(unseen):
        return _parsed(cut.only(unseen), url, zone)
    return replace(feed, entries=tuple(map(_filled, feed.entries, slims)))


def _parsed(text: str, url: str, zone: str) -> Feed:
    from advisoryd.sources import xmlfeed

    return xmlfeed.parse(text, url, zone)


def _filled(entry: Entry, plain: Slim | None) -> Entry:
    """``entry`` with what was taken from its slice without the parser."""
    if plain is None:
        return entry
    title = entry.title if plain.title is None else decode.fold(plain.title)
    if plain.summary is None:
        return replace(entry, title=title, author=plain.author)
    return replace(entry, title=title, author=plain.author, summary=plain.summary, markup=plain.markup)


def _read_json(document: Document, zone: str) -> tuple[Feed, tuple[str, ...]]:
    rows = jsonfeed.read(document)
    known = frozenset(document.known)
    entries = [jsonfeed.entry(row.row, zone) for row in rows if row.fingerprint not in known]
    named = tuple(entry for entry in entries if entry.identity)
    feed = Feed(version="json", entries=named, dropped=len(entries) - len(named))
    return feed, tuple(row.fingerprint for row in rows)


def _item(entry: Entry, source: Source) -> Item:
    title = without_outlet(summary.text(entry.title), entry.outlet)
    body = summary.text(entry.summary) if entry.markup else decode.fold(entry.summary)
    return Item(
        key=entry.identity,
        title=title or body[:_LONGEST_TITLE] or entry.link or entry.identity,
        language=source.language,
        url=entry.link,
        summary="" if body in (title, f"{title} {entry.outlet}") else body,
        published=entry.published or entry.updated,
        destinations=(source.destination,) if source.destination else (),
        outlet=entry.outlet or str(source.options.get("outlet", "")),
        author=entry.author,
    )


def _doubled(count: int) -> Iterator[Finding]:
    if count:
        yield Finding(FindingKind.DUPLICATE, f"Entries that share an identity: {count}; the last one counts.")
