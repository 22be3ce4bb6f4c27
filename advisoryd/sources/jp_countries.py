"""The country codes of Japan's open data, for files that leave the names out.

They are telephone codes filled up to four digits, with inventions where several countries share one (the United
States 1000, Canada 9001, Russia 9007). Only codes that mean one country are in the table.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_suffix(".tsv")


def place(code: str) -> str:
    """The place id of a country code, ``""`` when it is not known."""
    return _places().get(code, "")


@cache
def _places() -> dict[str, str]:
    return dict(line.split("\t") for line in _TABLE.read_text("utf-8").splitlines())
