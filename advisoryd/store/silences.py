"""Silences: kept after their end, so that what they held back can be explained."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from advisoryd.model.silence import Matcher, Silence
from advisoryd.store.among import AnyRow
from advisoryd.store.bodies import pack, unpack
from advisoryd.store.engine import Tx
from advisoryd.store.schema import silences


def add(tx: Tx, matcher: Matcher, reason: str, begins: datetime, ends: datetime) -> Silence:
    """Keep a silence and give it its number."""
    row = {"reason": reason, "begins": begins, "ends": ends, "matcher": pack(matcher)}
    number = tx.execute(silences.insert().values(**row).returning(silences.c.id)).scalar_one()
    return Silence(number, matcher, reason, begins, ends)


def active(tx: Tx, now: datetime) -> list[Silence]:
    """The silences that hold now, oldest first."""
    return [silence for silence in listed(tx, now) if silence.begins <= now]


def listed(tx: Tx, now: datetime, *, ended: bool = False) -> list[Silence]:
    """The silences that hold now or will, or all there ever were, oldest first."""
    query = select(silences).order_by(silences.c.id)
    rows = tx.execute(query if ended else query.where(silences.c.ends > now))
    return [_silence(row) for row in rows]


def end(tx: Tx, number: int, now: datetime) -> bool:
    """End a silence now. Whether there was one with this number that had not ended."""
    mine = update(silences).where(silences.c.id == number, silences.c.ends > now)
    return tx.execute(mine.values(ends=now)).rowcount == 1


def _silence(row: AnyRow) -> Silence:
    return Silence(row.id, unpack(row.matcher, Matcher), row.reason, row.begins, row.ends)
