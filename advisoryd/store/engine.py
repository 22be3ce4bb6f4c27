"""An open database and its transactions: SQLite or PostgreSQL, the same code above both.

SQLAlchemy is imported with the first transaction that needs it: see :mod:`advisoryd.store.steady`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from advisoryd.store import steady
from advisoryd.store.errors import StoreError, is_of_database, plainly
from advisoryd.store.plain import Plain, Through
from advisoryd.store.sqlite import make_room, open_file, sqlite_path, transaction

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

__all__ = ["APPLICATION_ID", "HEAD", "VERSION_TABLE", "Store", "StoreError", "Tx", "open_store", "sqlite_path"]

HEAD = "0001"
"""The newest migration. A database behind it is migrated on opening; one beyond it is refused."""

VERSION_TABLE = "advisoryd_version"

APPLICATION_ID = 0x41445659
"""``ADVY``: the mark in the head of a SQLite file, and the number of the lock on a server."""

Tx: TypeAlias = "Connection"
"""An open transaction. Callers pass it on and never look inside."""

_READS: dict[str, dict[str, Any]] = {
    "sqlite": {"reads_only": True},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
"""Execution options under which a transaction sees one state of the database and changes nothing."""

_TABLES_OF_A_FILE = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_TABLES_ON_A_SERVER = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


class Store:
    """An open database. One thread at a time uses it. ``name`` is what it is called in messages, ``file`` its SQLite
    file, if it is one."""

    def __init__(self, name: str, connect: Callable[[], Engine], file: Path | None = None) -> None:
        self.name, self.file = name, file
        self._connect = connect
        self._opened: sqlite3.Connection | None = None

    @cached_property
    def engine(self) -> Engine:
        """The engine below, for the lock, the backup and tests."""
        return self._connect()

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        """A transaction that writes: all of it or nothing. Raises :class:`StoreError`."""
        with self._telling(), self.engine.begin() as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """A transaction that sees one state of the database and leaves nothing; on SQLite it waits for nobody.

        Raises :class:`StoreError`.
        """
        options = _READS[self.engine.dialect.name]
        with self._telling(), self.engine.connect().execution_options(**options) as tx:
            yield tx

    @contextmanager
    def plain(self, *, writes: bool = False) -> Iterator[Plain]:
        """A transaction for the few statements that need no SQLAlchemy. Raises :class:`StoreError`."""
        if self.file is None:
            with self.begin() if writes else self.reading() as tx:
                yield Through(tx)
        else:
            with self._telling(), transaction(self._driver(self.file), writes) as plain:
                yield plain

    def _driver(self, file: Path) -> sqlite3.Connection:
        if self._opened is None:
            self._opened = open_file(file)
        return self._opened

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except Exception as problem:
            if not is_of_database(problem):
                raise
            raise StoreError(f"cannot use the database {self.name}: {plainly(problem)}") from problem

    def close(self) -> None:
        """Let go of every connection."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None
        if engine := self.__dict__.get("engine"):
            engine.dispose()


def open_store(database: str, state_dir: Path, *, create: bool = True) -> Store:
    """Open ``database`` (``"sqlite"``, a path, or a ``postgresql://`` URL), migrated to :data:`HEAD`.

    Raises :class:`StoreError` when it cannot be reached, is not ours, was written by a newer version, or, unless
    ``create`` is given, is a file that is not there yet.
    """
    store = _located(database, state_dir, create)
    try:
        _bring_up_to_date(store)
    except BaseException:
        store.close()
        raise
    return store


def _located(database: str, state_dir: Path, create: bool) -> Store:
    path = sqlite_path(database, state_dir)
    if path is None:
        from advisoryd.store.connect import to_server

        engine, name = to_server(database)
        return Store(name, lambda: engine)
    make_room(path, create)
    return Store(str(path), lambda: _to_file(path), path)


def _to_file(path: Path) -> Engine:
    from advisoryd.store.connect import to_file

    return to_file(path)


def _bring_up_to_date(store: Store) -> None:
    version = _version(store)
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise StoreError(
            f"the database {store.name} was written by a newer advisoryd (schema {version}, this one knows {HEAD}); "
            "install that version again, or restore a backup made before it"
        )
    from advisoryd.store.migrate import migrate

    with store.begin() as tx:
        migrate(tx)


def _version(store: Store) -> str | None:
    """The schema of a database, ``None`` when it is empty. Tables without a version are another program's."""
    with store.plain() as plain:
        tables = {row[0] for row in plain.execute(_TABLES_OF_A_FILE if store.file else _TABLES_ON_A_SERVER, {})}
        if VERSION_TABLE in tables:
            return steady.version(plain)
    if tables:
        raise StoreError(
            f"the database {store.name} holds the tables of another program; "
            "give advisoryd one of its own in [daemon] database"
        )
    return None
