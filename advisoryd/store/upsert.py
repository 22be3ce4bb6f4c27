"""Insert-or-update in the one form that both databases share.

SQLAlchemy trap: of an INSERT, psycopg's number of rows is lost unless it is asked for with ``preserve_rowcount``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table

from advisoryd.store.engine import Tx


def insert_new(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows whose keys are not there yet. Returns how many were."""
    if not rows:
        return 0
    statement = _insert_new(tx.dialect.name, table)
    return int(tx.execute(statement, list(rows), execution_options={"preserve_rowcount": True}).rowcount)


def upsert(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]], keep: Sequence[str] = ()) -> None:
    """Insert each row, or bring the one with its primary key to the same values; ``keep`` names columns left alone."""
    if not rows:
        return
    tx.execute(_upsert(tx.dialect.name, table, tuple(rows[0]), tuple(keep)), list(rows))


# Building a statement costs more than running it, so each is built once.


@cache
def _insert_new(dialect: str, table: Table) -> Any:
    return _insert(dialect, table).on_conflict_do_nothing()


@cache
def _upsert(dialect: str, table: Table, columns: tuple[str, ...], keep: tuple[str, ...]) -> Any:
    statement = _insert(dialect, table)
    keys = [column.name for column in table.primary_key.columns]
    fresh = {name: statement.excluded[name] for name in columns if name not in keys and name not in keep}
    return statement.on_conflict_do_update(index_elements=keys, set_=fresh)


def _insert(dialect: str, table: Table) -> Any:
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # a tenth of a second that SQLite need not pay

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)
