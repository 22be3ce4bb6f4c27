"""The world of China's study-abroad warnings: a list of numbered titles, and a page that names the country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.cn_moe import FRONT

from .world import COUNTRIES, Impossible, Line, Row, Served, World, lines, served_html

WORDS = {Level.CAUTION: "谨慎规划留学安排", Level.RECONSIDER: "暂缓赴该国留学"}
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class CnMoe(World):
    source: Source = entries()["cn-moe"]
    levels: tuple[Level, ...] = (Level.CAUTION, Level.RECONSIDER)

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", unknown_level: str = "", **quirks: Any
    ) -> dict[str, Served]:
        if renamed:
            raise Impossible("the sentences of a warning are its level, whatever element they stand in")
        told = lines(rows, "zh-Hans", WORDS, unknown_level=unknown_level, **quirks)
        listed = "".join(map(_row, told))
        pages = {f"{FRONT}{_link(line)}": served_html(_page(line), charset) for line in told}
        return {FRONT: served_html(f"<h1>教育涉外监管信息网</h1><ul>{listed}</ul>", charset)} | pages


def _serial(line: Line) -> str:
    """A number that a place and a day have for themselves."""
    place = COUNTRIES.index(line.place) if line.place else 999
    return f"{place}{line.date:%m%d%H}"


def _link(line: Line) -> str:
    return f"n2/2/2/{_serial(line)}.shtml"


def _title(line: Line) -> str:
    return f"教育部发布2026年第{_serial(line)}号留学预警"


def _row(line: Line) -> str:
    return f'<li><a href="/{_link(line)}">{_title(line)}</a><span>{line.date.astimezone(SHANGHAI):%Y-%m-%d}</span></li>'


def _page(line: Line) -> str:
    told = f"<p>请打算去{line.name}的留学人员{line.word}。</p>"
    return f"<h1>{_title(line)}</h1>{told}<p>{line.text}</p>"


WORLD = CnMoe()
