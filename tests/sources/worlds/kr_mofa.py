"""The two worlds of Korea's travel alarms: the service that takes a key, and the pages that do not.

The site lists every country, with a badge for each alarm; the service lists alarms only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.secret import plain
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries, reader_for
from advisoryd.sources.kr_levels import WORDS as STEPS
from advisoryd.sources.kr_mofa import ALARMS, COUNTRIES, HISTORY, NOTICES, SITE

from .world import COUNTRIES as PLACES
from .world import Impossible, Line, Row, Served, World, lines, served_html, served_json

NUMBERS = {Level.CAUTION: "1", Level.RECONSIDER: "2", Level.AVOID: "3"}
WORDS = {level: STEPS[int(number)] for level, number in NUMBERS.items()}
SEOUL = ZoneInfo("Asia/Seoul")
ADJUSTMENT = {
    "country_nm": "태국",
    "country_iso_alp2": "TH",
    "title": "태국 여행경보 조정",
    "txt_origin_cn": "정세를 고려하여 조정",
    "wrt_dt": "2026-07-01",
}
NOW = datetime(2026, 11, 23, tzinfo=SEOUL)
KEYED = replace(entries()["kr-mofa"], options={"service_key": plain("k+ey/")})
KEYLESS = replace(entries()["kr-mofa"], id="kr-mofa-site")


@dataclass(frozen=True)
class Service(World):
    """With a key."""

    source: Source = KEYED
    levels: tuple[Level, ...] = (Level.CAUTION, Level.RECONSIDER, Level.AVOID)

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        told = lines(rows, "ko", NUMBERS, duplicate=duplicate, **quirks)
        distinct = list({line.name: line for line in told}.values())
        alarms, special = reader_for(self.source).endpoints(NOW)
        history = alarms.url.replace(ALARMS, HISTORY)
        badged = {} if renamed else {line.name: _badge(line) for line in distinct}
        return {
            alarms.url: served_json(_answer([_alarm(line, renamed or "alarm_lvl") for line in told]), charset),
            special.url: served_json(_answer([_special(line) for line in distinct]), charset),
            history: served_json(_answer([ADJUSTMENT]), charset),
            COUNTRIES: served_html(_list(distinct, badged), charset),
        }


@dataclass(frozen=True)
class Site(World):
    """Without a key."""

    source: Source = KEYLESS
    levels: tuple[Level, ...] = (Level.NORMAL, Level.CAUTION, Level.RECONSIDER, Level.AVOID)

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("a page that is linked to twice is one page")
        told = lines(rows, "ko", WORDS, **quirks)
        badged = {line.name: _badge(line) for line in told}
        board = [{"pstNo": "1", "pstType": "embsyNtc", "ttlNm": "공지", "regDt": [2026, 11, 1]}] if told else []
        pages = {_page_url(line): served_html(_page(line, renamed or "box-tag-01"), charset) for line in told}
        return {
            COUNTRIES: served_html(_list(told, badged), charset),
            NOTICES: served_json({"data": board}, charset),
        } | pages


def _answer(rows: Sequence[object]) -> dict[str, object]:
    body = {"dataType": "JSON", "items": {"item": rows}, "numOfRows": 1000, "pageNo": 1, "totalCount": len(rows)}
    return {"response": {"header": {"resultCode": "0", "resultMsg": "정상"}, "body": body}}


def _country(line: Line) -> dict[str, object]:
    return {"country_nm": line.name, "country_iso_alp2": line.place or "QQ"}


def _alarm(line: Line, level: str) -> dict[str, object]:
    day = line.date.astimezone(SEOUL).strftime("%Y-%m-%d")
    return {**_country(line), level: line.word, "region_ty": "전체", "remark": "전 지역", "written_dt": day}


def _special(line: Line) -> dict[str, object]:
    return {**_country(line), "evacuate_rcmnd_remark": None, "evacuate_region_ty": None, "written_dt": None}


def _number(line: Line) -> int:
    return PLACES.index(line.place) if line.place else 999


def _page_url(line: Line) -> str:
    return f"{SITE}/ntnSafetyInfo/{_number(line)}/detail"


def _badge(line: Line) -> str:
    """A level that nobody knows has a badge that nobody knows."""
    if line.strange:
        return '<span class="caution02 t09">단계</span>'
    number = NUMBERS.get(line.level or Level.NORMAL)
    return f'<span class="caution02 t0{number}">{number}단계</span>' if number else ""


def _list(told: Sequence[Line], badges: dict[str, str]) -> str:
    listed = "".join(
        f'<li><a href="/ntnSafetyInfo/{_number(line)}/detail">{line.name}{badges.get(line.name, "")}</a></li>'
        for line in told
    )
    return f'<ul class="list-country-01">{listed}</ul>'


def _page(line: Line, tag: str) -> str:
    zone = f'<li><span class="{tag}">{line.word}</span> 전 지역</li>' if line.word else ""
    return f'<h4 class="country-name">{line.name}</h4><ul class="info-02">{zone}</ul><p>{line.text}</p>'


WORLDS = (Service(), Site())
