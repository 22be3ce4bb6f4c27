"""Queries over lists of any length: asked in parts, because both databases bound the number of parameters."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Delete, Row, Select, Update

from advisoryd.store.engine import Tx

PART = 500

AnyRow = Row[*tuple[Any, ...]]


def rows_among(
    tx: Tx, query: Select[*tuple[Any, ...]], column: ColumnElement[Any], values: Collection[Any]
) -> Iterator[Row[*tuple[Any, ...]]]:
    """The rows of ``query`` whose ``column`` is one of ``values``."""
    for part in _parts(values):
        yield from tx.execute(query.where(column.in_(part)))


def change_among(tx: Tx, statement: Update | Delete, column: ColumnElement[Any], values: Collection[Any]) -> int:
    """Change the rows whose ``column`` is one of ``values``. Returns how many there were."""
    return sum(tx.execute(statement.where(column.in_(part))).rowcount for part in _parts(values))


def _parts(values: Collection[Any]) -> Iterator[list[Any]]:
    ordered = sorted(set(values))
    for start in range(0, len(ordered), PART):
        yield ordered[start : start + PART]
