"""The world of Taiwan's Bureau of Consular Affairs: a feed of all warnings, and a table of their colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.tw_boca import FEED, TABLE

from .world import COUNTRIES, Line, Row, Served, World, lines, served_html, served_xml

WORDS = {
    Level.NORMAL: "第一級：灰色提醒",
    Level.CAUTION: "第二級：黃色注意",
    Level.RECONSIDER: "第三級：橙色避免前往",
    Level.AVOID: "第四級：紅色儘速離境",
}
COLOURS = {Level.NORMAL: "gray", Level.CAUTION: "yellow", Level.RECONSIDER: "orange", Level.AVOID: "red"}


@dataclass(frozen=True)
class TwBoca(World):
    source: Source = entries()["tw-boca"]

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        told = lines(rows, "zh-Hant", WORDS, **quirks)
        items = "".join(_item(line, renamed or "title") for line in told)
        listed = "".join(_row(line, renamed or "block") for line in told)
        return {
            FEED: served_xml(f'<rss version="2.0"><channel><title>旅遊警示</title>{items}</channel></rss>', charset),
            TABLE: served_html(f"<table><tbody>{listed}</tbody></table>", charset),
        }


def _number(line: Line) -> int:
    return 2000 + (COUNTRIES.index(line.place) if line.place else 999)


def _english(line: Line) -> str:
    return places.display_name(line.place, "en") if line.place else line.name


def _link(line: Line) -> str:
    return f"/sp-trwa-content-{_number(line)}-aa000-1.html"


def _item(line: Line, title: str) -> str:
    """An unknown step keeps the form of a title."""
    words = f"第五級：{line.word}紫色" if line.strange else line.word
    return (
        f"<item><{title}><![CDATA[{words} - {line.name} - {_english(line)}]]></{title}>"
        f"<link>https://www.boca.gov.tw{_link(line)}</link><description><![CDATA[<p>{line.text}</p>]]></description>"
        f"<pubDate>{format_datetime(line.date, usegmt=True)}</pubDate><NewsID>{_number(line)}</NewsID></item>"
    )


def _row(line: Line, block: str) -> str:
    colour = "purple" if line.level is None else COLOURS[line.level]
    return (
        f'<tr><td data-title="國家"><a id="{_english(line)}" href="{_link(line)}">{line.name} {_english(line)}</a></td>'
        f'<td data-title="國家地區">{line.name}</td>'
        f'<td data-title="最新警示分級"><span class="square {colour}{block}"></span>色</td></tr>'
    )


WORLD = TwBoca()
