"""The world of the Travel Health Notices: a feed of the notices in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.cdc_thn import FEED

from .world import Line, Row, Served, World, lines, served_xml

WORDS = {level: f"Level {int(level)}" for level in Level}
PAGES = "https://wwwnc.cdc.gov/travel/notices"


@dataclass(frozen=True)
class CdcThn(World):
    source: Source = entries()["cdc-thn"]

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        items = "".join(_item(line, renamed or "title") for line in lines(rows, "en", WORDS, **quirks))
        return {FEED: served_xml(f'<rss version="2.0"><channel>{items}</channel></rss>', charset)}


def _item(line: Line, title: str) -> str:
    """The day is the midnight of Washington that begins it; the level stands in the address, too."""
    address = f"{PAGES}/{line.word.replace(' ', '').lower()}/cholera-{line.slug}"
    return (
        f"<item><{title}><![CDATA[{line.word} - Cholera in {line.name}]]></{title}>"
        f"<description>{line.text}</description><link>{address}</link><guid>{address}</guid>"
        f"<pubDate>{line.date:%a, %d %b %Y} 05:00:00 GMT</pubDate></item>"
    )


WORLD = CdcThn()
