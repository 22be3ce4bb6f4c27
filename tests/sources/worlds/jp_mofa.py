"""The world of Japan's safety information: two feeds of bulletins, the index of countries, and the page of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources import jp_levels
from advisoryd.sources.catalogue import entries
from advisoryd.sources.jp_mofa import INDEX, NEWS, OPEN_DATA, PAGES

from .world import COUNTRIES, Line, Row, Served, World, lines, served_html, served_xml

STEPS = {Level.CAUTION: 1, Level.RECONSIDER: 2, Level.AVOID: 3}
WORDS = {level: jp_levels.WORDS[step] for level, step in STEPS.items()}
CLASSES = {1: "chuui", 2: "kentou", 3: "enki"}
SITE = "https://www.anzen.mofa.go.jp"
TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class JpMofa(World):
    source: Source = entries()["jp-mofa"]
    levels: tuple[Level, ...] = tuple(STEPS)

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        told = lines(rows, "ja", WORDS, **quirks)
        items = "".join(_item(line, renamed or "危険レベル") for line in told)
        mails = "".join(_mail(line, renamed or "riskLevel") for line in told)
        standing = {_page_url(line): line for line in sorted(told, key=lambda line: line.date) if line.place}
        links = "".join(f'<li><a href="{url}">{line.name}</a></li>' for url, line in standing.items())
        pages = {url: served_html(_page(line, renamed), charset) for url, line in standing.items()}
        return {
            NEWS: served_xml(
                f'<rss version="2.0"><channel><title>海外安全情報</title>{items}</channel></rss>', charset
            ),
            OPEN_DATA: served_xml(f"<opendata>{mails}</opendata>", charset),
            INDEX: served_html(f"<ul>{links}</ul>", charset),
        } | pages


def _number(line: Line) -> int:
    return COUNTRIES.index(line.place) if line.place else 999


def _page_url(line: Line) -> str:
    return f"{SITE}{PAGES}{_number(line):03}.html"


def _code(line: Line) -> str:
    return f"{line.date.year}T{_number(line):03}{line.date:%m%d%H}"


def _title(line: Line) -> str:
    return f"{line.name}の危険情報【危険レベルの更新】"


def _text(line: Line, heading: str) -> str:
    return f"【{heading}】\n●{line.name}全土\n{line.word}\n\n【ポイント】\n{line.text}"


def _item(line: Line, heading: str) -> str:
    return (
        f"<item><title>{_title(line)}</title><link>{SITE}/info/pchazardspecificinfo_{_code(line)}.html</link>"
        f"<description><![CDATA[{_text(line, heading)}]]></description><category>危険情報</category>"
        f"<pubDate>{line.date.astimezone(TOKYO):%a, %d %b %Y %H:%M:%S +0900}</pubDate></item>"
    )


def _mail(line: Line, flag: str) -> str:
    """A level that nobody knows has no flag of a known name."""
    name = "riskLevelX" if line.strange else flag
    own = STEPS.get(line.level) if line.level else None
    flags = "".join(f"<{name}{step}>{int(step == own)}</{name}{step}>" for step in (4, 3, 2, 1))
    return (
        f"<mail><keyCd>{_code(line)}</keyCd><infoType>T40</infoType>"
        f"<leaveDate>{line.date.astimezone(TOKYO):%Y/%m/%d} 00:00:00</leaveDate>"
        f'<country areaCd="10"><cd>9999</cd><name>{line.name}</name></country><title>{_title(line)}</title>'
        f"<infoUrl>{SITE}/info/pchazardspecificinfo_{_code(line)}.html</infoUrl>{flags}</mail>"
    )


def _page(line: Line, renamed: str) -> str:
    step = STEPS.get(line.level) if line.level else None
    mark = f'<div class="{renamed or "kiken_level"}_{CLASSES[step]}"></div>' if step else ""
    text = _text(line, renamed or "危険レベル").replace("\n", "<br>")
    unit = f'<p>{line.date.astimezone(TOKYO):%Y年%m月%d日}</p>{mark}<a class="underline">{text}</a>'
    title = f'<h1 class="prefName">{line.name}<br>危険・スポット・広域情報</h1>'
    return f'{title}<div id="kikendetail"><div class="kiken_unit">{unit}</div></div>'


WORLD = JpMofa()
