"""The migrations build what the code expects, all of it or nothing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from advisoryd.store import migrate
from advisoryd.store.connect import to_file, to_server
from advisoryd.store.engine import HEAD, VERSION_TABLE, Store, open_store
from advisoryd.store.schema import metadata


def test_the_migrated_tables_are_those_of_the_code(store: Store) -> None:
    with store.reading() as tx:
        context = MigrationContext.configure(tx, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_column_comes_in_the_order_of_the_code(store: Store) -> None:
    tables = inspect(store.engine)
    for table in metadata.sorted_tables:
        assert [column["name"] for column in tables.get_columns(table.name)] == table.columns.keys()
        assert tables.get_pk_constraint(table.name)["constrained_columns"] == table.primary_key.columns.keys()


def test_an_index_of_what_is_in_question_holds_nothing_else_on_either_database(store: Store) -> None:
    kept = {"sqlite": "SELECT name, sql FROM sqlite_master", "postgresql": "SELECT indexname, indexdef FROM pg_indexes"}
    with store.reading() as tx:
        found = {name: sql for name, sql in tx.exec_driver_sql(kept[tx.dialect.name]) if sql and " WHERE " in sql}
    assert set(found) == {"documents_moved", "standings_in_question"}


def test_the_code_knows_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [HEAD]
    assert [script.revision for script in scripts.walk_revisions()] == sorted(
        (script.revision for script in scripts.walk_revisions()), reverse=True
    )


def tables_of(database: str) -> list[str]:
    engine = to_server(database)[0] if "://" in database else to_file(Path(database))
    found = inspect(engine).get_table_names()
    engine.dispose()
    return found


def test_a_migration_that_fails_leaves_nothing(
    empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_args: object, **_more: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr(op, "create_index", stumble)
        with pytest.raises(RuntimeError, match="the power went"):
            open_store(empty_database, tmp_path)
    assert tables_of(empty_database) == []
    open_store(empty_database, tmp_path).close()


def test_two_processes_may_open_an_empty_database_at_once(empty_database: str, tmp_path: Path) -> None:
    started, opened, problems = threading.Barrier(2), [], []

    def start() -> None:
        try:
            started.wait()
            store = open_store(empty_database, tmp_path)
            opened.append(inspect(store.engine).get_table_names())
            store.close()
        except Exception as problem:
            problems.append(problem)

    threads = [threading.Thread(target=start, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    assert len(opened) == 2
    assert opened[0] == opened[1]
