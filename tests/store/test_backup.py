"""The copy of a database: consistent, whole or not there."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from advisoryd.store import backup as copying
from advisoryd.store import payloads, sources
from advisoryd.store.backup import backup
from advisoryd.store.engine import Store, StoreError, open_store

from .samples import NOON


def test_a_copy_holds_everything_and_opens_like_the_original(sqlite_store: Store, tmp_path: Path) -> None:
    with sqlite_store.begin() as tx:
        sources.sync(tx, ["us-state"], NOON)
        name = payloads.put(tx, b"evidence", NOON)
    target = tmp_path / "copy.db"
    assert backup(sqlite_store, target) == target.stat().st_size > 0
    copy = open_store(str(target), tmp_path, create=False)
    with copy.reading() as tx:
        assert list(sources.states(tx)) == ["us-state"]
        assert payloads.get(tx, name) == b"evidence"
    copy.close()
    assert sorted(path.name for path in tmp_path.iterdir() if "copy" in path.name) == ["copy.db"]


def test_a_copy_is_made_while_somebody_writes(sqlite_store: Store, tmp_path: Path) -> None:
    """Every commit adds a pair; a consistent copy holds whole pairs only, and nobody waits for it."""
    writer = open_store(sqlite_store.name, tmp_path)
    stop, begun = threading.Event(), threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            with writer.begin() as tx:
                sources.sync(tx, [f"a{number}", f"b{number}"], NOON)
            number += 1
            begun.set()

    thread = threading.Thread(target=write)
    thread.start()
    begun.wait()
    for number in range(5):
        backup(sqlite_store, tmp_path / f"copy{number}.db")
    stop.set()
    thread.join()
    writer.close()
    for number in range(5):
        copy = open_store(str(tmp_path / f"copy{number}.db"), tmp_path)
        with copy.reading() as tx:
            names = set(sources.states(tx))
        copy.close()
        assert {name[1:] for name in names if name[0] == "a"} == {name[1:] for name in names if name[0] == "b"} != set()


def test_a_copy_does_not_see_what_is_not_committed(sqlite_store: Store, tmp_path: Path) -> None:
    with sqlite_store.begin() as tx:
        sources.sync(tx, ["under-way"], NOON)
        backup(sqlite_store, tmp_path / "copy.db")
    copy = open_store(str(tmp_path / "copy.db"), tmp_path)
    with copy.reading() as tx:
        assert sources.states(tx) == {}
    copy.close()


def test_an_existing_file_is_never_written_over(sqlite_store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(StoreError, match=r"copy\.db exists already; give another name"):
        backup(sqlite_store, target)
    assert target.read_text() == "precious"


def test_a_copy_that_fails_leaves_nothing(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying.os, "fsync", stumble)
    with pytest.raises(StoreError, match="No space left on device"):
        backup(sqlite_store, tmp_path / "copy.db")
    assert not list(tmp_path.glob("*copy.db*"))


def test_what_an_earlier_copy_left_half_done_is_no_obstacle(sqlite_store: Store, tmp_path: Path) -> None:
    (tmp_path / ".copy.db.part").write_text("half")
    backup(sqlite_store, tmp_path / "copy.db")
    assert not (tmp_path / ".copy.db.part").exists()


@pytest.mark.parametrize("folder", ["missing", "file"])
def test_a_folder_that_is_not_there_is_named(sqlite_store: Store, tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("")
    target = tmp_path / folder / "copy.db"
    with pytest.raises(StoreError) as told:
        backup(sqlite_store, target)
    assert str(told.value).startswith(f"cannot copy {sqlite_store.name} to {target}: ")


def test_a_database_that_is_gone_is_not_made_anew(sqlite_store: Store, tmp_path: Path) -> None:
    sqlite_store.close()
    Path(sqlite_store.name).unlink()
    with pytest.raises(StoreError, match="unable to open database file"):
        backup(sqlite_store, tmp_path / "copy.db")
    assert not Path(sqlite_store.name).exists()


def test_a_copy_is_a_plain_file_of_sqlite(sqlite_store: Store, tmp_path: Path) -> None:
    backup(sqlite_store, tmp_path / "copy.db")
    plain = sqlite3.connect(tmp_path / "copy.db")
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()


def test_postgresql_is_copied_by_its_own_tools(postgres_store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a PostgreSQL database: back it up with pg_dump"):
        backup(postgres_store, tmp_path / "copy.db")
    assert not list(tmp_path.iterdir())
