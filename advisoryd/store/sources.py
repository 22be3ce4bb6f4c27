"""What is remembered of each source: its health and when it is due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update

from advisoryd.decide.health import Condition
from advisoryd.store import steady
from advisoryd.store.among import change_among
from advisoryd.store.engine import Tx
from advisoryd.store.plain import Through
from advisoryd.store.schema import sources
from advisoryd.store.states import SourceState
from advisoryd.store.upsert import insert_new, upsert


def sync(tx: Tx, ids: Collection[str], now: datetime) -> None:
    """Make sure that every configured source has a row; a new one is due at once."""
    insert_new(tx, sources, [_row(SourceState(source, Condition(), now)) for source in ids])


def states(tx: Tx) -> dict[str, SourceState]:
    """All sources, the longest due first."""
    return steady.due(Through(tx))


def save(tx: Tx, state: SourceState) -> None:
    """Write one source."""
    upsert(tx, sources, [_row(state)])


def announce(tx: Tx, ids: Collection[str]) -> None:
    """These sources' baselines have been told."""
    change_among(tx, update(sources).values(announced=True), sources.c.id, ids)


def make_due(tx: Tx, due: datetime) -> None:
    """Poll every source no later than ``due``."""
    tx.execute(update(sources).where(sources.c.next_poll > due).values(next_poll=due))


def _row(state: SourceState) -> dict[str, object]:
    condition = state.condition
    return {
        "id": state.id,
        "health": condition.health,
        "failures": condition.failures,
        "since": condition.since,
        "last_good": condition.last_good,
        "cause": condition.cause,
        "last_poll": state.last_poll,
        "next_poll": state.next_poll,
        "reader_version": state.reader_version,
        "baseline_at": state.baseline_at,
        "announced": state.announced,
        "records": state.records,
        "newest": state.newest,
        "moved_to": state.moved_to,
        "moved_polls": state.moved_polls,
        "told_at": state.told_at,
    }
