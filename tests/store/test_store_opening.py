"""Opening a database: what is created, what is refused, and in which words."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from advisoryd.store import sources, sqlite
from advisoryd.store.connect import to_server
from advisoryd.store.engine import APPLICATION_ID, HEAD, Store, StoreError, open_store, sqlite_path

from .databases import Server
from .samples import NOON

WRONG = (
    "mysql://advisoryd@db.example/advisoryd",
    "postgresql://advisoryd@db.example:port/advisoryd",
    "nonsense://x",
    "://",
    "sqlite://",
    "sqlite:///:memory:",
    ":memory:",
    "",
)
SECRETS = (
    "postgresql://advisoryd:hunter2@127.0.0.1:1/advisoryd",
    "postgresql+psycopg://advisoryd:hunter2@127.0.0.1:1/advisoryd",
    "postgresql://127.0.0.1:1/advisoryd?user=advisoryd&password=hunter2",
    "postgresql://advisoryd:hunter2@127.0.0.1:port/advisoryd",
    "postgresql://advisoryd:hunter2@127.0.0.1:1/advisoryd?sslmode=hunter",
    "mysql://advisoryd:hunter2@127.0.0.1/advisoryd",
)


@pytest.fixture
def locked_folder(sqlite_file: Path) -> Iterator[Path]:
    """A folder with a database that may be read and not written, as an ordinary user sees it: root writes anywhere."""
    folder = Path(tempfile.mkdtemp(prefix="advisoryd-"))
    shutil.copy(sqlite_file, folder)
    (folder / "advisoryd.db").chmod(0o444)
    (folder / "closed").mkdir(mode=0)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def refusal(database: str, folder: Path, *, create: bool = True) -> str:
    with pytest.raises(StoreError) as refused:
        open_store(database, folder, create=create)
    message = str(refused.value)
    assert "\n" not in message
    return message


def test_an_empty_database_gets_the_tables(empty_database: str, tmp_path: Path) -> None:
    opened = open_store(empty_database, tmp_path)
    with opened.begin() as tx:
        sources.sync(tx, ["us-state"], NOON)
    opened.close()
    again = open_store(empty_database, tmp_path)
    with again.reading() as tx:
        assert list(sources.states(tx)) == ["us-state"]
    again.close()


def test_the_database_of_the_state_directory_is_private(tmp_path: Path) -> None:
    open_store("sqlite", tmp_path / "deep" / "state").close()
    assert stat.S_IMODE((tmp_path / "deep" / "state").stat().st_mode) == 0o700
    assert (tmp_path / "deep" / "state" / "advisoryd.db").is_file()


def test_the_file_says_whose_it_is(sqlite_file: Path) -> None:
    with closing(sqlite3.connect(sqlite_file)) as plain:
        assert plain.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


@pytest.mark.parametrize("name", ["what?.db", "50%25.db", "a#b.db", "ключ.db", "with space.db"])
def test_a_path_is_taken_as_it_is_written(tmp_path: Path, name: str) -> None:
    open_store(str(tmp_path / name), tmp_path).close()
    assert (tmp_path / name).is_file()


@pytest.mark.parametrize(
    ("database", "path"),
    [
        ("sqlite", Path("/state/advisoryd.db")),
        ("/var/lib/a.db", Path("/var/lib/a.db")),
        ("sqlite:////var/lib/a.db", Path("/var/lib/a.db")),
        ("postgresql://db.example/advisoryd", None),
    ],
)
def test_a_server_has_no_file(database: str, path: Path | None) -> None:
    assert sqlite_path(database, Path("/state")) == path


def test_a_command_that_only_looks_creates_nothing(tmp_path: Path) -> None:
    message = refusal("sqlite", tmp_path / "state", create=False)
    assert message == (
        f"there is no database at {tmp_path / 'state' / 'advisoryd.db'} yet; "
        "run 'advisoryd once' or 'advisoryd run' first"
    )
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("database", WRONG)
def test_what_is_no_database_is_refused(tmp_path: Path, database: str) -> None:
    assert refusal(database, tmp_path).startswith(
        '[daemon] database must be "sqlite", the path of a file or a postgres'
    )
    assert list(tmp_path.iterdir()) == []


def test_a_text_file_in_place_of_the_database_is_left_alone(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Milk, bread, butter, and a good deal more than that.\n" * 20)
    message = refusal(str(notes), tmp_path)
    assert message == (
        f"cannot use the database {notes}: file is not a database; "
        "it is no SQLite file; move it away, or give another path in [daemon] database"
    )
    assert notes.read_text().startswith("Milk")


def test_another_programs_file_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.db"
    with closing(sqlite3.connect(theirs)) as plain:
        plain.execute("CREATE TABLE events (id INTEGER)")
        plain.execute("CREATE TABLE alembic_version (version_num TEXT)")
        plain.execute("INSERT INTO alembic_version VALUES ('ffff')")
        plain.commit()
    before = theirs.read_bytes()
    assert "holds the tables of another program; give advisoryd one of its own" in refusal(str(theirs), tmp_path)
    with closing(sqlite3.connect(theirs)) as plain:
        assert plain.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone() == (2,)
    assert len(theirs.read_bytes()) == len(before)


def test_another_programs_tables_on_a_server_are_left_alone(postgres: Server, tmp_path: Path) -> None:
    import psycopg

    theirs = postgres.create()
    with psycopg.connect(theirs, autocommit=True) as plain:
        plain.execute("CREATE TABLE documents (id integer)")
    assert "holds the tables of another program" in refusal(theirs, tmp_path)
    with psycopg.connect(theirs) as plain:
        assert plain.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall() == [
            ("documents",)
        ]


def set_version(store: Store, version: str) -> None:
    with store.begin() as tx:
        tx.exec_driver_sql(f"UPDATE advisoryd_version SET version_num = '{version}'")


def test_a_newer_database_is_refused(store: Store, database: str, tmp_path: Path) -> None:
    set_version(store, "0042")
    message = refusal(database, tmp_path)
    set_version(store, HEAD)
    assert message == (
        f"the database {store.name} was written by a newer advisoryd (schema 0042, this one knows {HEAD}); "
        "install that version again, or restore a backup made before it"
    )


def test_a_folder_that_cannot_be_created_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    message = refusal("sqlite", tmp_path / "file" / "state")
    assert message == f"cannot use the folder {tmp_path / 'file' / 'state'} for the database: Not a directory"


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "advisoryd.db").mkdir()
    message = refusal("sqlite", tmp_path)
    assert message.startswith(f"cannot use the database {tmp_path / 'advisoryd.db'}: unable to open database file; ")


def test_a_folder_that_may_not_be_entered_is_named(locked_folder: Path) -> None:
    closed = locked_folder / "closed"
    assert "Permission denied" in refusal("sqlite", closed, create=False)
    assert f"{closed / 'advisoryd.db'}: unable to open database file; its folder must" in refusal("sqlite", closed)


def test_a_file_that_may_not_be_written_is_named(locked_folder: Path) -> None:
    message = refusal("sqlite", locked_folder)
    assert str(locked_folder / "advisoryd.db") in message
    assert message.endswith("writable for the user that runs advisoryd")


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    message = refusal("postgresql://advisoryd@127.0.0.1:1/advisoryd", tmp_path)
    assert message.startswith("cannot use the database postgresql://advisoryd@127.0.0.1:1/advisoryd: connection failed")


def test_a_database_that_a_server_does_not_have_is_named(postgres: Server, tmp_path: Path) -> None:
    assert 'database "nowhere" does not exist' in refusal(postgres.url("nowhere"), tmp_path)


@pytest.mark.parametrize("database", SECRETS)
def test_no_password_is_ever_shown(tmp_path: Path, database: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as refused:
        open_store(database, tmp_path)
    assert "hunter2" not in "".join(traceback.format_exception(refused.value))


def test_the_name_of_a_server_is_its_address_without_secrets(postgres: Server, tmp_path: Path) -> None:
    database = postgres.create("migrated").replace("postgres:@", "postgres:hunter2@") + "&sslpassword=hunter2"
    opened = open_store(database, tmp_path)
    assert opened.name.startswith("postgresql://postgres@/test")
    assert "host=" in opened.name
    assert "hunter2" not in opened.name
    opened.close()


def test_opening_a_database_that_is_up_to_date_imports_no_more_than_it_needs(sqlite_file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from advisoryd.store.engine import open_store\n"
        f"open_store({str(sqlite_file)!r}, Path('.')).close()\n"
        "print([name for name in ('alembic', 'psycopg', 'sqlalchemy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_on_sqlite_nothing_of_postgresql_is_loaded(sqlite_file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from advisoryd.store import advisories, documents, events, outbox\n"
        "from advisoryd.store import sources; from advisoryd.store.engine import open_store\n"
        f"with open_store({str(sqlite_file)!r}, Path('.')).begin() as tx: sources.announce(tx, ['us-state'])\n"
        "print([name for name in ('psycopg', 'sqlalchemy.dialects.postgresql') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class Contended:
    """A new file that another process puts into WAL at the same moment."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def execute(self, statement: str) -> None:
        self.asked.append(statement)
        if self.asked == ["PRAGMA journal_mode=WAL"]:
            raise sqlite3.OperationalError("database is locked")


def test_of_two_processes_that_start_on_a_new_file_neither_fails() -> None:
    file = Contended()
    sqlite._use_wal(file)  # type: ignore[arg-type]
    assert file.asked == ["PRAGMA journal_mode=WAL", "BEGIN IMMEDIATE", "ROLLBACK", "PRAGMA journal_mode=WAL"]


def test_a_server_may_take_ten_seconds_to_answer_unless_its_url_says_otherwise() -> None:
    pytest.importorskip("psycopg")
    asked = ("postgresql://db.example/a", "postgresql://db.example/a?connect_timeout=3")
    engines = [to_server(url)[0] for url in asked]
    assert [engine.url.query["connect_timeout"] for engine in engines] == ["10", "3"]


def test_no_value_reaches_the_text_of_an_error(store: Store) -> None:
    assert store.engine.hide_parameters
