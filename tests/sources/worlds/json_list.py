"""The world of an ordinary JSON list, that of Indonesia's Safe Travel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries

from .world import Row, Served, World, lines, served_json


@dataclass(frozen=True)
class JsonList(World):
    source: Source = entries()["id-kemlu"]
    levels: tuple[Level, ...] = ()

    def serve(self, rows: Sequence[Row], *, charset: str = "", **quirks: Any) -> dict[str, Served]:
        told = [{"country_name": line.name, "country_indicator": "Aman"} for line in lines(rows, "id", {}, **quirks)]
        return {str(self.source.options["url"]): served_json(told, charset)}


WORLD = JsonList()
