"""One instance per PostgreSQL database: an advisory lock that lives as long as its connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from advisoryd.store.engine import APPLICATION_ID, Store
from advisoryd.store.errors import StoreError, plainly


@contextmanager
def hold_server_lock(store: Store) -> Iterator[None]:
    """Hold the database. Raises :class:`StoreError` when another process does, or when it cannot be reached."""
    connection = _locked(store)
    try:
        yield
    finally:
        connection.close()


def _locked(store: Store) -> Connection:
    """A connection of its own, outside the pool: closing it lets go of the lock."""
    try:
        connection = store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()
        held = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": APPLICATION_ID}).scalar_one()
    except DBAPIError as problem:
        raise StoreError(f"cannot use the database {store.name}: {plainly(problem)}") from problem
    if not held:
        connection.close()
        raise StoreError(f"another advisoryd already works on {store.name}")
    return connection
