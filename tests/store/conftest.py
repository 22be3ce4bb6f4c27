"""Both databases, and a shorter patience with a busy one."""

from __future__ import annotations

import pytest

from advisoryd.store import sqlite

from .databases import (
    database,
    empty_database,
    migrated_file,
    postgres,
    postgres_database,
    postgres_store,
    shared_database,
    sqlite_file,
    sqlite_store,
    store,
    tx,
    workbench,
)

__all__ = [
    "database",
    "empty_database",
    "migrated_file",
    "postgres",
    "postgres_database",
    "postgres_store",
    "shared_database",
    "sqlite_file",
    "sqlite_store",
    "store",
    "tx",
    "workbench",
]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Databases opened from now on wait for nobody."""
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT", 0.01)
