"""The world of a mission: a list of notices, all of them about the country it is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries

from .world import Impossible, Line, Row, Served, World, lines, served_html

ENTRY = entries()["cn-embassy-jp"]
SHANGHAI = ZoneInfo("Asia/Shanghai")
ROWS_ENOUGH = 40


@dataclass(frozen=True)
class Embassy(World):
    source: Source = ENTRY
    levels: tuple[Level, ...] = ()
    places: tuple[str, ...] = (ENTRY.destination,) * ROWS_ENOUGH

    def serve(
        self, rows: Sequence[Row], *, charset: str = "", unknown_name: str = "", **quirks: Any
    ) -> dict[str, Served]:
        if unknown_name:
            raise Impossible("a mission's notices are about its own country, whatever they name")
        told = "".join(map(_row, lines(rows, "zh-Hans", {}, **quirks)))
        return {str(ENTRY.options["url"]): served_html(f'<div class="news-list"><ul>{told}</ul></div>', charset)}


def _row(line: Line) -> str:
    day = line.date.astimezone(SHANGHAI)
    link = f"./{day:%Y%m}/t{day:%Y%m%d}_{day:%H}.htm"
    return f'<li><a href="{link}">提醒在{line.name}中国公民注意安全（{day:%m%d}）</a><span>{day:%Y-%m-%d}</span></li>'


WORLD = Embassy()
