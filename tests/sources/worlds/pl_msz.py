"""The world of Odyseusz: one array, a code for each country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.pl_msz import CODE, PROFILES, SCALE

from .world import Line, Row, Served, World, lines, served_json

WORDS = {level: code for code, level in SCALE.items()}


@dataclass(frozen=True)
class PlMsz(World):
    source: Source = entries()["pl-msz"]

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        told = lines(rows, "pl", WORDS, **quirks)
        return {PROFILES: served_json([_profile(line, renamed or CODE) for line in told], charset)}


def _profile(line: Line, field: str) -> dict[str, object]:
    return {
        "kodIso": line.place or "QQ",
        "nazwa": line.name,
        field: line.word or None,
        "dataZatwierdzenia": line.date.date().isoformat(),
    }


WORLD = PlMsz()
