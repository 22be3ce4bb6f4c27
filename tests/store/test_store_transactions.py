"""A transaction is all or nothing; a reader sees one state and leaves nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from advisoryd.store import advisories, events, outbox, payloads, sources
from advisoryd.store.engine import Store, StoreError, open_store

from .databases import opened
from .samples import NOON, event, planned, record, stands

KILLED = """
import os, signal, sys
from pathlib import Path
from datetime import UTC, datetime
from advisoryd.store import sources
from advisoryd.store.engine import open_store

now = datetime(2026, 11, 24, 12, tzinfo=UTC)
store = open_store(sys.argv[1], Path("."))
with store.begin() as tx:
    sources.sync(tx, ["committed"], now)
with store.begin() as tx:
    sources.sync(tx, ["under-way"], now)
    os.kill(os.getpid(), signal.SIGKILL)
"""


class PowerCut(Exception):
    """Something ends in the middle."""


def known(store: Store) -> list[str]:
    with store.reading() as tx:
        return list(sources.states(tx))


def test_state_events_and_deliveries_are_one_commit(store: Store) -> None:
    with store.begin() as tx:
        stands(tx, record())
        events.add(tx, event())
        outbox.plan(tx, [planned()], NOON)
    with store.reading() as tx:
        assert len(advisories.of_source(tx, "us-state")) == len(events.listed(tx)) == len(outbox.listed(tx)) == 1


def write_and_fail(store: Store) -> None:
    with store.begin() as tx:
        stands(tx, record())
        events.add(tx, event())
        outbox.plan(tx, [planned()], NOON)
        payloads.put(tx, b"evidence", NOON)
        raise PowerCut


def test_what_ends_in_the_middle_leaves_nothing(store: Store) -> None:
    with pytest.raises(PowerCut):
        write_and_fail(store)
    with store.reading() as tx:
        assert advisories.of_source(tx, "us-state") == []
        assert events.listed(tx) == []
        assert outbox.listed(tx) == []
        assert payloads.get(tx, payloads.hash_of(b"evidence")) is None


def write_and_stumble(store: Store) -> None:
    with store.begin() as tx:
        sources.sync(tx, ["us-state"], NOON)
        tx.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": "hunter2"})


def test_an_error_of_the_database_leaves_nothing_and_shows_no_values(store: Store) -> None:
    with pytest.raises(StoreError) as told:
        write_and_stumble(store)
    assert str(told.value).startswith(f"cannot use the database {store.name}: ")
    assert "hunter2" not in str(told.value)
    assert known(store) == []


def test_a_store_goes_on_after_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="nowhere"), store.reading() as tx:
        tx.exec_driver_sql("SELECT * FROM nowhere")
    with store.begin() as tx:
        sources.sync(tx, ["us-state"], NOON)
    assert known(store) == ["us-state"]


def test_a_reader_sees_one_state_whatever_is_written_meanwhile(store: Store, database: str, tmp_path: Path) -> None:
    other = opened(database, tmp_path)
    with store.reading() as tx:
        assert sources.states(tx) == {}
        with other.begin() as writing:
            sources.sync(writing, ["us-state"], NOON)
        assert sources.states(tx) == {}
    assert known(store) == ["us-state"]
    other.close()


def test_nobody_sees_what_is_not_committed(store: Store, database: str, tmp_path: Path) -> None:
    other = opened(database, tmp_path)
    with store.begin() as tx:
        sources.sync(tx, ["us-state"], NOON)
        assert known(other) == []
    assert known(other) == ["us-state"]
    other.close()


def test_a_reader_leaves_nothing_on_sqlite(sqlite_store: Store) -> None:
    with sqlite_store.reading() as tx:
        sources.sync(tx, ["us-state"], NOON)
    assert known(sqlite_store) == []


def test_a_reader_may_not_write_on_postgresql(postgres_store: Store) -> None:
    with pytest.raises(StoreError, match="read-only transaction"), postgres_store.reading() as tx:
        sources.sync(tx, ["us-state"], NOON)
    with postgres_store.begin() as tx:
        sources.sync(tx, ["us-state"], NOON)
    assert known(postgres_store) == ["us-state"]


def test_reading_and_writing_take_turns_on_one_connection(store: Store) -> None:
    for name in ("a", "b", "c"):
        with store.begin() as tx:
            sources.sync(tx, [name], NOON)
        assert name in known(store)
    assert store.engine.pool.checkedin() == 1  # type: ignore[attr-defined]


def test_a_killed_process_leaves_what_it_committed(database: str, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, database], check=False, env=dict(os.environ))
    assert done.returncode == -signal.SIGKILL
    store = open_store(database, tmp_path)
    assert known(store) == ["committed"]
    store.close()
