"""The world of um.fi: a list of links by country code, and a page for each with its step in an element of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.fi_um import INDEX, PAGES, ZONE

from .world import Impossible, Line, Row, Served, World, lines, served_html

WORDS = {
    Level.NORMAL: "Noudata tavanomaista varovaisuutta",
    Level.CAUTION: "Noudata erityistä varovaisuutta",
    Level.RECONSIDER: "Vältä tarpeetonta matkustamista",
    Level.AVOID: "Vältä kaikkea matkustamista",
}


@dataclass(frozen=True)
class FiUm(World):
    source: Source = entries()["fi-um"]

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("a page that is linked to twice is one page")
        told = lines(rows, "fi", WORDS, **quirks)
        links = "".join(f'<a href="/matkustustiedote/-/c/{line.place or "QQ"}">{line.name}</a> ' for line in told)
        pages = {
            f"{PAGES}/{line.place or 'QQ'}": served_html(_page(line, renamed or "safetyLevelMainLevel"), charset)
            for line in told
        }
        return {INDEX: served_html(links, charset)} | pages


def _page(line: Line, element: str) -> str:
    saved = line.date.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None).isoformat(timespec="milliseconds")
    parts = "".join(f"<p>{region.name}: {WORDS[region.level]}</p>" for region in line.regions if region.level)
    return (
        f"<div class='portlet-body'><div data-modifydate='{saved}'></div><h1>{line.name}: matkustustiedote</h1>"
        f"<div id='{element}' class='safetylevel'><h2>Turvallisuustaso</h2> {line.word}</div>"
        f"<h2>Poikkeava turvallisuustaso</h2>{parts}"
        f"<div id='politicalSafety'><h2>Yleinen turvallisuustilanne</h2><p>{line.text}</p></div></div>"
    )


WORLD = FiUm()
