"""The world of Ruritania's Foreign Office: one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources import catalogue

from .worlds.world import Row, Served, World, lines, served_json

WORDS = {
    Level.NORMAL: "Travel freely",
    Level.CAUTION: "Take care",
    Level.RECONSIDER: "Go only if you must",
    Level.AVOID: "Do not go",
}


@dataclass(frozen=True)
class ZzFo(World):
    source: Source = catalogue.plugins()["zz-fo"]

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        told = [
            {
                "slug": line.slug,
                "name": line.name,
                renamed or "advice": line.word,
                "changed": f"{line.date:%Y-%m-%d}",
                "text": line.text,
            }
            for line in lines(rows, "en", WORDS, **quirks)
        ]
        return {"https://advice.ruritania.example/all.json": served_json(told, charset)}


WORLD = ZzFo()
