"""The world of Singapore's foreign ministry: a sitemap of all countries, and pages of prose, most without advice.

A row is a page that gives advice; the pages of all other countries hold a note on visas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.sg_mfa import SITEMAP

from .world import COUNTRIES, Impossible, Line, Row, Served, World, lines, served_html, served_xml

WORDS = {
    Level.CAUTION: "exercise increased caution when they travel",
    Level.RECONSIDER: "defer all non-essential travel",
    Level.AVOID: "defer all travel",
}
FOLDER = "https://www.mfa.gov.sg/travelling-overseas/travel-advisories-notices-and-visa-information"
SINGAPORE = ZoneInfo("Asia/Singapore")
VISITED = tuple(place for place in COUNTRIES if place != "AX")[:40]
"""Åland has no page of its own."""

LONG_AGO = datetime(2020, 1, 1, tzinfo=SINGAPORE)
CALM = '<p class="prose-body-base">Singaporeans do not need a visa for stays of up to 30 days.</p>'


@dataclass(frozen=True)
class SgMfa(World):
    source: Source = entries()["sg-mfa"]
    levels: tuple[Level, ...] = (Level.CAUTION, Level.RECONSIDER, Level.AVOID)
    places: tuple[str, ...] = VISITED

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("a page that the sitemap names twice is one page")
        told = lines(rows, "en", WORDS, **quirks)
        known = {line.slug: _page(line, renamed or "prose-body-base") for line in told}
        calm = {slug: f"<h1>{name}</h1>{CALM}" for slug, name in _visited().items()} if rows else {}
        pages = {f"{FOLDER}/{slug}/": page for slug, page in (calm | known).items()}
        urls = "".join(f"<url><loc>{url}</loc></url>" for url in pages)
        sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
        return {SITEMAP: served_xml(sitemap, charset)} | {url: served_html(pages[url], charset) for url in pages}


def _visited() -> dict[str, str]:
    """The countries that have a page, by their slugs."""
    nothing = [Row(place, None, LONG_AGO) for place in VISITED]
    return {line.slug: line.name for line in lines(nothing, "en", {})}


def _page(line: Line, style: str) -> str:
    """A level that nobody knows is advice in other words."""
    asked = f"{line.word} their travel" if line.strange else line.word
    day = line.date.astimezone(SINGAPORE).strftime("%d %B %Y").lstrip("0")
    told = (f"Last updated on {day}", f"Singaporeans should {asked} to {line.name}.", line.text)
    return f"<h1>{line.name}</h1>" + "".join(f'<p class="mt-4 {style}">{text}</p>' for text in told)


WORLD = SgMfa()
