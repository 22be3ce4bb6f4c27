"""The world of um.dk: a list of choices, and a page for each country with a bar for each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.dk_um import INDEX, ZONE

from .world import Impossible, Line, Row, Served, World, lines, served_html

WORDS = {
    Level.NORMAL: "Vær opmærksom",
    Level.CAUTION: "Vær ekstra forsigtig",
    Level.RECONSIDER: "Vi fraråder alle ikke-nødvendige rejser til",
    Level.AVOID: "Vi fraråder alle rejser til",
}


@dataclass(frozen=True)
class DkUm(World):
    source: Source = entries()["dk-um"]

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("a page that is listed twice is one page")
        told = lines(rows, "da", WORDS, **quirks)
        choices = "".join(f'<option data-href="{INDEX}/{line.slug}/">{line.name}</option>' for line in told)
        pages = {f"{INDEX}/{line.slug}/": served_html(_page(line, renamed), charset) for line in told}
        return {INDEX: served_html(f"<select>{choices}</select>", charset)} | pages


def _page(line: Line, renamed: str) -> str:
    bars = "".join(
        f"<li><h3><span>{WORDS[region.level]}:</span><span> {region.name}.</span></h3></li>"
        for region in line.regions
        if region.level
    )
    where = "Hele landet undtagen områderne nedenfor" if bars else "Hele landet"
    edited = line.date.astimezone(ZoneInfo(ZONE))
    return (
        f"<h1>{line.name}</h1><div class='travel-guide-content'>"
        f"<p>Rejsevejledning opdateret: {edited:%d.%m.%Y Kl. %H.%M}</p><p>Gyldig: 23.11.2026</p>"
        f"<ul><li><h3><span>{renamed or line.word}:</span><span> {where}.</span></h3></li>{bars}</ul>"
        f"<ul><li><h3>Generel anbefaling</h3><p>{line.text}</p></li></ul></div>"
    )


WORLD = DkUm()
