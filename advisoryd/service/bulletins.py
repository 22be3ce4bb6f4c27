"""Entries of official streams without levels: each new or materially changed one is a bulletin."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd import places
from advisoryd.model.event import Event, Kind
from advisoryd.model.record import Item
from advisoryd.model.source import Source
from advisoryd.store import items
from advisoryd.store.engine import Tx

_LOST = "\ufffd"
_FEW = 12
"""More lost characters than these are no slip of the wire."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """An entry that is new or says something else than before. ``hash`` is of what it says, ``held`` what was read
    under its key before."""

    item: Item
    hash: str
    held: Item | None


def fresh_entries(tx: Tx, source: Source, entries: Sequence[Item], now: datetime, *, first: bool) -> list[Fresh]:
    """Keep the entries and return those that say something new; at the first sight of a source nothing does."""
    latest = {item.key: item for item in entries}
    hashed = [(item, items.item_hash(item)) for item in latest.values()]
    known = {} if first else items.known(tx, source.id, list(latest))
    changed = [(item, name) for item, name in hashed if known.get(item.key) != name]
    seen = {item.key: items.get(tx, source.id, item.key) for item, _ in changed if item.key in known}
    items.save(tx, source.id, changed, now)
    held = {key: one.item for key, one in seen.items() if one is not None}
    return [] if first else [Fresh(item, name, held.get(item.key)) for item, name in changed]


def again(tx: Tx, source: Source, keys: Collection[str]) -> list[Fresh]:
    """Entries that are known, to be looked at once more."""
    found = [items.get(tx, source.id, key) for key in sorted(keys)]
    return [Fresh(one.item, one.hash, one.item) for one in found if one is not None]


def bulletins(source: Source, entries: Sequence[Fresh], now: datetime, old_news: timedelta) -> list[Event]:
    """An event for each entry, but for those unknown so far whose own date is longer ago than ``old_news``."""
    return [
        _bulletin(source, entry.item, entry.hash, entry.held is not None, now)
        for entry in entries
        if (not is_mended(entry.held, entry.item) if entry.held else not _is_old(entry.item, now - old_news))
    ]


def is_mended(one: Item, two: Item) -> bool:
    """Whether two readings of an entry differ only where one of them lost characters (U+FFFD stands for a byte that
    belongs to none): a bad byte today and none tomorrow is no edit."""
    ends = [item.expires_at.text if item.expires_at else "" for item in (one, two)]
    return ends[0] == ends[1] and all(map(_same_but_lost, (one.title, one.summary), (two.title, two.summary)))


def _same_but_lost(one: str, two: str) -> bool:
    return one == two or _covers(one, two) or _covers(two, one)


def _covers(damaged: str, whole: str) -> bool:
    few = 0 < damaged.count(_LOST) <= _FEW
    return few and _as_pattern(damaged).fullmatch(whole) is not None


def _as_pattern(text: str) -> re.Pattern[str]:
    """A lost byte may have been a character, part of one, or nothing."""
    return re.compile(re.sub(f"{_LOST}+", lambda run: f".{{0,{len(run[0])}}}", re.escape(text)), re.DOTALL)


def _is_old(item: Item, since: datetime) -> bool:
    return item.published is not None and item.published.at < since


def _bulletin(source: Source, item: Item, name: str, edited: bool, now: datetime) -> Event:
    concerned = item.destinations or _mentioned(item)
    return Event(
        id="",
        kind=Kind.BULLETIN,
        issuer=source.issuer,
        destination=concerned[0] if len(concerned) == 1 else "",
        places=concerned if len(concerned) > 1 else (),
        source=source.id,
        track=source.track,
        at=now,
        first_seen=now,
        reason="entry-edited" if edited else "new-entry",
        before=item.key if edited else "",
        after=f"{item.key}#{name}",
        title=item.title,
        summary=item.summary,
        url=item.url,
        language=item.language,
        issued_at=item.published,
    )


def _mentioned(item: Item) -> tuple[str, ...]:
    """The places that the title names; the text below it names too many that it is not about."""
    found = places.mentions(item.title, item.language)
    return tuple(dict.fromkeys(mention.place for mention in found if mention.kind in ("name", "city", "region")))
