"""SQLAlchemy's engines for a SQLite file or a PostgreSQL server.

SQLAlchemy's own AUTOCOMMIT puts SQLite's driver back into its first mode when it is over, so it is not used there.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from advisoryd.store.errors import StoreError
from advisoryd.store.sqlite import NO_DATABASE, begin, open_file

CONNECT_TIMEOUT = 10
"""Seconds that a server may take to answer, unless its URL says otherwise."""


def to_file(path: Path) -> Engine:
    """An engine for a SQLite file; nothing is opened yet."""
    address = URL.create("sqlite", database=str(path))
    engine = create_engine(address, creator=lambda: open_file(path), hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(begin(writes=not connection.get_execution_options().get("reads_only", False)))


def to_server(database: str) -> tuple[Engine, str]:
    """An engine for a server and its name in messages, which never holds a password. Raises :class:`StoreError`."""
    try:
        return _server(make_url(database))
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        raise StoreError(NO_DATABASE) from None  # the cause may quote the URL, and with it a password


def _server(url: URL) -> tuple[Engine, str]:
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "postgresql":
        raise ArgumentError(url.drivername)
    if "connect_timeout" not in url.query:
        url = url.update_query_dict({"connect_timeout": str(CONNECT_TIMEOUT)})
    return create_engine(url, pool_pre_ping=True, hide_parameters=True), _name(url)


def _name(url: URL) -> str:
    """Where a server is, without a password, which may also hide among the parameters."""
    where = {name: url.query[name] for name in ("host", "port", "service") if name in url.query}
    return str(URL.create("postgresql", url.username, None, url.host, url.port, url.database, where))
