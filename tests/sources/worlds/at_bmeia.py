"""The world of bmeia.gv.at: the data of the map, without countries at the first step, and a page for each country."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from advisoryd.model.ladder import Level, strictest
from advisoryd.model.source import Source
from advisoryd.sources import slugs
from advisoryd.sources.at_bmeia import MAP, PAGES
from advisoryd.sources.catalogue import entries

from .world import Impossible, Line, Row, Served, World, lines, served_html

SLUGS = {place: slug for slug, place in slugs.table("at_pages").items()}
STEPS = {level: str(level.value) for level in Level}
PLACES = tuple(sorted(place for place in SLUGS if place != "AT"))[:40]


SOURCE = replace(entries()["at-bmeia"], options={"destinations": PLACES})


@dataclass(frozen=True)
class AtBmeia(World):
    source: Source = SOURCE
    places: tuple[str, ...] = PLACES

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("the countries are members of an object, each code once")
        told = lines(rows, "de", STEPS, **quirks)
        data = {line.place or "QQ": _entry(line, renamed or "security") for line in told if _peak(line) != Level.NORMAL}
        data["0"] = {renamed or "security": 0, "securityPartial": 0, "title": "", "link": ""}
        script = f"<script>var bmeiaCountrySecurityInfos = {json.dumps(data, ensure_ascii=False)};</script>"
        pages = {f"{PAGES}/{_slug(line)}": served_html(_page(line), charset) for line in told}
        return {MAP: served_html(f"<h1>Reisewarnungen</h1>{script}", charset)} | pages


def _slug(line: Line) -> str:
    return SLUGS.get(line.place, line.slug)


def _peak(line: Line) -> Level | None:
    return strictest((line.level, *(region.level for region in line.regions)))


def _entry(line: Line, field: str) -> dict[str, object]:
    peak = _peak(line)
    return {
        field: peak.value if peak else line.word,
        "securityPartial": int(bool(line.regions)),
        "title": line.name,
        "link": f"/reise-services/reiseinformation/land/{_slug(line)}",
    }


def _page(line: Line) -> str:
    peak = _peak(line)
    parts = "".join(
        f"<div class='card'><p>Sicherheitsrisiko (Sicherheitsstufe {region.level}) in {region.name}</p></div>"
        for region in line.regions
    )
    rest = f"<div class='card'><p>Sicherheitsrisiko (Sicherheitsstufe {line.word}) im Rest des Landes</p></div>"
    return (
        f"<h1>{line.name} <small>(amtlich)</small></h1><div class='country-security'>"
        f"<p><strong>Stand 23.11.2026</strong>"
        f" (Unverändert gültig seit: {line.date:%d.%m.%Y})</p></div><div class='country-security'>"
        f"<h3>Sicherheitsstufe</h3><a>Sicherheitsstufe&nbsp;{peak.value if peak else line.word}"
        f"{' (regional)' if line.regions else ''}</a></div>"
        f"<div class='panel-group'>{parts + rest if line.regions else ''}"
        f"<h4>Sicherheit &amp; Kriminalität</h4><p>{line.text}</p></div>"
    )


WORLD = AtBmeia()
