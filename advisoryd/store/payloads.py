"""Raw bodies, kept compressed under the hash of their bytes: the evidence behind every revision."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from advisoryd.store.among import change_among
from advisoryd.store.bodies import grow, hash_of, shrink
from advisoryd.store.engine import Tx
from advisoryd.store.schema import documents, payloads
from advisoryd.store.upsert import upsert

__all__ = ["get", "hash_of", "prune", "put", "touch"]


def put(tx: Tx, body: bytes, now: datetime) -> str:
    """Keep ``body``, seen now, and return its hash."""
    name = hash_of(body)
    row = {"hash": name, "first_seen": now, "last_used": now, "body": shrink(body)}
    upsert(tx, payloads, [row], keep=("first_seen", "body"))
    return name


def get(tx: Tx, name: str) -> bytes | None:
    """The body called ``name``, or ``None`` when its time was over."""
    found = tx.execute(select(payloads.c.body).where(payloads.c.hash == name)).scalar()
    return None if found is None else grow(found)


def touch(tx: Tx, names: Collection[str], now: datetime) -> None:
    """Note that these bodies were held until now."""
    change_among(tx, update(payloads).values(last_used=now), payloads.c.hash, names)


def prune(tx: Tx, unused_since: datetime) -> int:
    """Drop bodies not seen since then, except those that documents hold now. Returns how many went."""
    held = select(documents.c.payload)
    old = payloads.c.last_used < unused_since
    return tx.execute(delete(payloads).where(old, payloads.c.hash.not_in(held))).rowcount
