"""The world of China's consular reminders: two pages of a list, and a notice behind each title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.cn_mfa import LIST

from .world import COUNTRIES, Impossible, Line, Row, Served, World, lines, served_html

WORDS = {Level.CAUTION: "注意安全，谨防诈骗", Level.RECONSIDER: "谨慎前往", Level.AVOID: "暂勿前往"}
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class CnMfa(World):
    source: Source = entries()["cn-mfa"]
    levels: tuple[Level, ...] = (Level.CAUTION, Level.RECONSIDER, Level.AVOID)

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", unknown_name: str = "", **quirks: Any
    ) -> dict[str, Served]:
        if unknown_name:
            raise Impossible("a title that names no country that is known is a bulletin")
        told = lines(sorted(rows, key=lambda row: row.date, reverse=True), "zh-Hans", WORDS, **quirks)
        page = renamed or "news-list"
        half = (len(rows) + 1) // 2
        notices = {urljoin(LIST, _link(line)): served_html(_notice(line), charset) for line in told}
        return {
            LIST: served_html(_list([*told[:half], *told[len(rows) :]], page), charset),
            urljoin(LIST, "index_1.html"): served_html(_list(told[half : len(rows)], page), charset),
        } | notices


def _link(line: Line) -> str:
    return f"./{line.date:%Y%m}/t{line.date:%Y%m%d%H}_{COUNTRIES.index(line.place)}.html"


def _title(line: Line) -> str:
    if line.strange:
        return f"提醒中国公民推迟前往{line.name}"
    words = f"赴{line.name}{line.word}" if line.level is Level.CAUTION else f"{line.word}{line.name}"
    return f"提醒中国公民{words}"


def _list(told: Sequence[Line], css: str) -> str:
    rows = "".join(
        f'<li><a href="{_link(line)}">{_title(line)}</a><span>{line.date.astimezone(SHANGHAI):%Y-%m-%d}</span></li>'
        for line in told
    )
    return f'<h1>中国领事服务网</h1><ul class="{css}">{rows}</ul>'


def _notice(line: Line) -> str:
    return (
        f'<h1 class="article-title">{_title(line)}</h1>'
        f'<div class="article-meta"><span>发布时间：{line.date.astimezone(SHANGHAI):%Y-%m-%d %H:%M}</span></div>'
        f'<div class="article-content"><p>{line.text}</p></div>'
    )


WORLD = CnMfa()
