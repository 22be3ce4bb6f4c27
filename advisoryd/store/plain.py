"""A database spoken to in plain SQL, without SQLAlchemy where that is possible: see :mod:`advisoryd.store.steady`.

Statements name their values ``:so``, hold no other colon, and are in words that SQLite and PostgreSQL share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

Values = Mapping[str, Any]


class Rows(Protocol):
    """What a statement found."""

    def __iter__(self) -> Iterator[Any]:
        """The rows as tuples."""
        ...


class Plain(Protocol):
    """An open transaction: the standard library's connection to a SQLite file is one as it is."""

    def execute(self, statement: str, values: Values, /) -> Rows:
        """Run one statement."""
        ...

    def executemany(self, statement: str, rows: Sequence[Values], /) -> Rows:
        """Run one statement that changes something, once for each of ``rows``."""
        ...


class Through:
    """The same by way of an open transaction of SQLAlchemy's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Values) -> Rows:
        """As in :class:`Plain`."""
        from sqlalchemy import text

        return self._connection.execute(text(statement), values)

    def executemany(self, statement: str, rows: Sequence[Values]) -> Rows:
        """As in :class:`Plain`."""
        from sqlalchemy import text

        return self._connection.execute(text(statement), rows)
