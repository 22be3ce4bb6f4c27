"""The world of ireland.ie: a page of links, and a page for each country with the level as a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.ie_dfa import INDEX

from .world import Impossible, Line, Row, Served, World, lines, served

WORDS = {
    Level.NORMAL: "Normal Precautions",
    Level.CAUTION: "High Degree of Caution",
    Level.RECONSIDER: "Avoid Non-Essential Travel",
    Level.AVOID: "Do Not Travel",
}
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class IeDfa(World):
    source: Source = entries()["ie-dfa"]

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("a page that is linked to twice is one page, and the true list does so")
        told = lines(rows, "en", WORDS, **quirks)
        links = "".join(f'<a href="/en/dfa/overseas-travel/advice/{line.slug}/">{line.name}</a>' for line in told)
        index = served(
            f"<!DOCTYPE html><html><body><main><h1>Travel Advice</h1>{links}</main></body></html>", HTML, charset
        )
        return {INDEX: index} | {
            f"{INDEX}{line.slug}/": served(_page(line, renamed or "h3"), HTML, charset) for line in told
        }


def _page(line: Line, heading: str) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta property="website:modified_time" content="{line.date.isoformat()}"></head>'
        f"<body><main><h1>{line.name}</h1><{heading}>{line.word}</{heading}>"
        f"<h2>Overview</h2><p>{line.text}</p></main></body></html>"
    )


WORLD = IeDfa()
