"""Opening SQLite files, by the standard library's driver.

sqlite3 traps:

- the driver begins transactions late and by itself, so it is put into autocommit and every transaction is opened here:
  with ``BEGIN IMMEDIATE`` where it writes, because a read lock that becomes a write lock fails with "database is
  locked" however long the busy timeout is;
- of two processes that put a new file into WAL at once, one is told "database is locked" without waiting (one in a
  hundred, measured), so it waits for a write lock, as for any other, and asks again;
- WAL with ``synchronous=NORMAL`` survives a killed process whole; after a power cut the last commits may be missing
  together, state with events, and are made again by the next poll.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from advisoryd.store.errors import StoreError

BUSY_TIMEOUT = 30.0
"""Seconds that a writer waits for another one."""

NO_DATABASE = (
    '[daemon] database must be "sqlite", the path of a file or a postgresql:// URL '
    "(PostgreSQL needs the extra: pip install 'advisoryd[postgresql]')"
)


def sqlite_path(database: str, state_dir: Path) -> Path | None:
    """The file of a SQLite database, or ``None`` when ``database`` names a server. Raises :class:`StoreError`."""
    if database == "sqlite":
        return state_dir / "advisoryd.db"
    return _named(database) if "://" in database else Path(database)


def _named(address: str) -> Path | None:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise StoreError(NO_DATABASE) from None  # the cause may quote the address, and with it a password
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def make_room(path: Path, create: bool) -> None:
    """Create the folder of a database, or, unless ``create`` is given, see that the file is there. Raises
    :class:`StoreError`."""
    if path.name in ("", ":memory:"):  # a database in memory would forget everything
        raise StoreError(NO_DATABASE)
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        elif not path.exists():
            raise StoreError(f"there is no database at {path} yet; run 'advisoryd once' or 'advisoryd run' first")
    except OSError as problem:
        raise StoreError(f"cannot use the folder {path.parent} for the database: {problem.strerror}") from problem


def open_file(path: Path) -> sqlite3.Connection:
    """A connection, which any thread may use, one at a time. Raises :class:`sqlite3.Error`."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)
    try:
        _use_wal(connection)
        for pragma in ("synchronous=NORMAL", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError:
        for statement in ("BEGIN IMMEDIATE", "ROLLBACK", "PRAGMA journal_mode=WAL"):
            connection.execute(statement)


def begin(writes: bool) -> str:
    """The statement that opens a transaction."""
    return "BEGIN IMMEDIATE" if writes else "BEGIN"


@contextmanager
def transaction(connection: sqlite3.Connection, writes: bool) -> Iterator[sqlite3.Connection]:
    """A transaction of a connection: all of it or nothing."""
    connection.execute(begin(writes))
    try:
        yield connection
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
