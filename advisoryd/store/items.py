"""Entries of streams: what was read, so that an old entry that comes back is not new."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import delete, select

from advisoryd.model.record import Item
from advisoryd.store.among import rows_among
from advisoryd.store.bodies import pack, unpack
from advisoryd.store.engine import Tx
from advisoryd.store.schema import items
from advisoryd.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as it is kept."""

    item: Item
    hash: str
    first_seen: datetime


def item_hash(item: Item) -> str:
    """What counts as the same entry: title, summary and end date; not its link or dates, which outlets re-stamp."""
    says = (item.title, item.summary, item.expires_at.text if item.expires_at else "")
    return blake2b("\x1f".join(says).encode(), digest_size=12).hexdigest()


def known(tx: Tx, source: str, keys: Collection[str]) -> dict[str, str]:
    """The hashes of those entries that were read before."""
    query = select(items.c.key, items.c.hash).where(items.c.source == source)
    return {row.key: row.hash for row in rows_among(tx, query, items.c.key, keys)}


def save(tx: Tx, source: str, fresh: Sequence[tuple[Item, str]], now: datetime) -> None:
    """Keep entries; one that was there keeps its first sight."""
    rows = [
        {"source": source, "key": item.key, "hash": name, "first_seen": now, "body": pack(item)} for item, name in fresh
    ]
    upsert(tx, items, rows, keep=("first_seen",))


def get(tx: Tx, source: str, key: str) -> Seen | None:
    """One entry, or ``None``."""
    row = tx.execute(select(items).where(items.c.source == source, items.c.key == key)).one_or_none()
    return None if row is None else Seen(unpack(row.body, Item), row.hash, row.first_seen)


def prune(tx: Tx, before: datetime) -> int:
    """Forget entries first seen before then. Returns how many went."""
    return tx.execute(delete(items).where(items.c.first_seen < before)).rowcount
