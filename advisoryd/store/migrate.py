"""Bringing a database to the newest schema (Alembic, imported only when there is something to do)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from advisoryd.store.engine import APPLICATION_ID, Tx


def migrate(tx: Tx) -> None:
    """Run every migration the database lacks; a second process waits and finds it done."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = tx
    _take(tx)
    command.upgrade(config, "head")


def _take(tx: Tx) -> None:
    """Make it ours: a SQLite file by its mark (``BEGIN IMMEDIATE`` has locked it), a server's database by a lock."""
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    else:
        tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPLICATION_ID + 1})
