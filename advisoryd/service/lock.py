"""One instance per database."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from advisoryd.store.engine import Store, StoreError, sqlite_path


class AlreadyRunning(Exception):
    """Another advisoryd works on the same database; the message says which and what to do."""


@contextmanager
def only_instance(store: Store, database: str, state_dir: Path) -> Iterator[None]:
    """Hold the database for this process. Raises :class:`AlreadyRunning`."""
    path = sqlite_path(database, state_dir)
    if path is None:
        with _server(store):
            yield
        return
    with _file(path.with_name(path.name + ".lock")):
        yield


@contextmanager
def _file(path: Path) -> Iterator[None]:
    with path.open("a+", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            handle.seek(0)
            other = handle.read().strip() or "unknown"
            raise AlreadyRunning(
                f"another advisoryd (process {other}) already works on {path.with_suffix('')}; "
                "stop it first, or give this one another state_dir"
            ) from problem
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


@contextmanager
def _server(store: Store) -> Iterator[None]:
    from advisoryd.store.guard import hold_server_lock

    try:
        with hold_server_lock(store):
            yield
    except StoreError as problem:
        raise AlreadyRunning(f"{problem}; stop the other one first, or give this one another database") from problem
