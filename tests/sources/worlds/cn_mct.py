"""The world of China's travel tips for tourists: a column of titles, nothing behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.cn_mct import LIST

from .world import COUNTRIES, Impossible, Line, Row, Served, World, lines, served_html

WORDS = {Level.CAUTION: "注意旅游安全", Level.RECONSIDER: "近期避免前往", Level.AVOID: "近期暂勿前往"}
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class CnMct(World):
    source: Source = entries()["cn-mct"]
    levels: tuple[Level, ...] = (Level.CAUTION, Level.RECONSIDER, Level.AVOID)

    def serve(
        self,
        rows: Sequence[Row],
        *,
        renamed: str = "",
        charset: str = "",
        unknown_name: str = "",
        unknown_level: str = "",
        **quirks: Any,
    ) -> dict[str, Served]:
        if renamed:
            raise Impossible("the titles are the levels, whatever element they stand in")
        if unknown_name or unknown_level:
            raise Impossible("a title without a country or a phrase that is known is a bulletin, or no news abroad")
        listed = "".join(map(_row, lines(rows, "zh-Hans", WORDS, **quirks)))
        return {LIST: served_html(f"<h1>出行提示</h1><ul>{listed}</ul>", charset)}


def _title(line: Line) -> str:
    words = f"赴{line.name}{line.word}" if line.level is Level.CAUTION else f"{line.word}{line.name}旅游"
    return f"文化和旅游部提醒中国游客{words}"


def _row(line: Line) -> str:
    link = f"./{line.date:%Y%m}/t{line.date:%Y%m%d}_{COUNTRIES.index(line.place)}{line.date:%H}.html"
    return f'<li><a href="{link}">{_title(line)}</a><span>{line.date.astimezone(SHANGHAI):%Y-%m-%d}</span></li>'


WORLD = CnMct()
