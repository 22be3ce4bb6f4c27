"""A consistent copy of the database, which appears whole or not at all.

SQLite trap: ``VACUUM INTO`` does not flush what it wrote, so the copy is flushed here before it gets its name.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from advisoryd.store.engine import Store
from advisoryd.store.errors import StoreError, plainly
from advisoryd.store.sqlite import BUSY_TIMEOUT


def backup(store: Store, target: Path) -> int:
    """Copy a SQLite database to ``target`` (nobody waits meanwhile). Returns its size in bytes.

    Raises :class:`StoreError` when the target exists or cannot be written, and for PostgreSQL, whose own tools do it.
    """
    if store.file is None:
        raise StoreError(f"{store.name} is a PostgreSQL database: back it up with pg_dump")
    part = target.with_name(f".{target.name}.part")
    try:
        if target.exists():
            raise StoreError(f"{target} exists already; give another name")
        part.unlink(missing_ok=True)
        _copy(store.file, part)
        part.replace(target)
        return target.stat().st_size
    except (OSError, sqlite3.Error) as problem:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise StoreError(f"cannot copy {store.name} to {target}: {_why(problem)}") from problem


def _copy(database: Path, part: Path) -> None:
    existing = f"{database.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(existing, uri=True, timeout=BUSY_TIMEOUT, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(part),))
    with part.open("rb+") as copy:
        os.fsync(copy.fileno())


def _why(problem: OSError | sqlite3.Error) -> str:
    return problem.strerror or str(problem) if isinstance(problem, OSError) else plainly(problem)
