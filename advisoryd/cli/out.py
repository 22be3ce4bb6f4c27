"""Printing: tables for people, JSON for machines, progress for long work. Rich is imported only for a terminal.

Ministries and outlets wrote much of what is printed, so text goes through :func:`clean` on its way to a terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unicodedata import combining, east_asian_width

from advisoryd import codec


def print_json(values: Sequence[Any]) -> None:
    """One JSON value a line."""
    for value in values:
        print(codec.dumps(value).decode())


def clean(text: str) -> str:
    """``text`` on one line, without anything that could steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def say(*lines: str) -> None:
    """Lines for people, each kept to itself."""
    for line in lines:
        print(clean(line))


def counted(number: int, what: str) -> str:
    """``1 source``, ``3 sources``."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def print_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table: with colours and fitted to the screen on a terminal, in plain columns elsewhere."""
    texts = [["" if cell is None else clean(str(cell)) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _rich_table(header, texts)
        return
    lines = [list(header), *texts]
    widths = [max(_width(row[place]) for row in lines) for place in range(len(header))]
    for row in lines:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def _width(text: str) -> int:
    """How many columns ``text`` takes: two for a character of East Asia, none for one that joins the last."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _rich_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago, in one unit: ``5 min``, ``3 h``, ``2 d``; ``never``."""
    if moment is None:
        return "never"
    return span((now - moment).total_seconds())


def span(seconds: float) -> str:
    """A time span in one unit, with a sign when it lies behind."""
    sign, size = ("-", -seconds) if seconds < 0 else ("", seconds)
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if size >= length:
            return f"{sign}{size / length:.0f} {unit}"
    return f"{sign}{size:.0f} s"


@contextmanager
def progress(total: int | None, what: str) -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal; elsewhere nothing. The caller reports how far it is."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
