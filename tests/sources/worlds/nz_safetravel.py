"""The world of SafeTravel: a sitemap, and a page for each destination with its advice as JSON in an attribute."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.nz_safetravel import SITEMAP

from .world import COUNTRIES, Impossible, Line, Row, Served, World, lines, served_html, served_xml

WORDS = {
    Level.NORMAL: "Exercise normal safety precautions",
    Level.CAUTION: "Exercise increased caution",
    Level.RECONSIDER: "Avoid non-essential travel",
    Level.AVOID: "Do not travel",
}
SITE = "https://www.safetravel.govt.nz"
AUCKLAND = ZoneInfo("Pacific/Auckland")


@dataclass(frozen=True)
class NzSafetravel(World):
    source: Source = entries()["nz-safetravel"]
    places: tuple[str, ...] = tuple(place for place in COUNTRIES if place != "AX")  # Åland has no page of its own

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("a page that the sitemap names twice is one page")
        told = lines(rows, "en", WORDS, **quirks)
        urls = "".join(f"<url><loc>{_url(line)}</loc></url>" for line in told)
        sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
        pages = {_url(line): served_html(_page(line, renamed or "title"), charset) for line in told}
        return {SITEMAP: served_xml(sitemap, charset)} | pages


def _url(line: Line) -> str:
    return f"{SITE}/destinations/{line.slug}"


def _page(line: Line, title: str) -> str:
    day = line.date.astimezone(AUCKLAND).strftime("%d %B %Y").lstrip("0")
    advice = {
        "lastUpdated": day,
        "stillCurrentAt": "23 November 2026",
        title: line.word,
        "subtitle": f"in {line.name}",
        "body": f"<p>{line.word} in {line.name}.</p>",
        "regional": True,
        "level": "medium",
    }
    content = escape(json.dumps([advice], ensure_ascii=False), quote=True)
    return (
        f"<h1>{line.name}</h1><div id='js-advice-level-accordion' data-content='{content}'></div>"
        f"<div class='fr-view'><h2>Overview</h2><p>{line.text}</p></div>"
    )


WORLD = NzSafetravel()
