"""The world of the United States' travel advisories: the service and the feed, with the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.us_state import FEED, SERVICE

from .world import Line, Row, Served, World, lines, served_json, served_xml

WORDS = {
    Level.NORMAL: "Level 1: Exercise Normal Precautions",
    Level.CAUTION: "Level 2: Exercise Increased Caution",
    Level.RECONSIDER: "Level 3: Reconsider Travel",
    Level.AVOID: "Level 4: Do Not Travel",
}
PAGES = "https://travel.state.gov/content/travel/en/traveladvisories/traveladvisories"


@dataclass(frozen=True)
class UsState(World):
    source: Source = entries()["us-state"]

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        told = lines(rows, "en", WORDS, **quirks)
        title = renamed or "title"
        items = "".join(_item(line, title) for line in told)
        return {
            SERVICE: served_json([_entry(line, renamed or "Title") for line in told], charset),
            FEED: served_xml(f'<rss version="2.0"><channel>{items}</channel></rss>', charset),
        }


def _title(line: Line) -> str:
    return f"{line.name} - {line.word}"


def _summary(line: Line) -> str:
    return f"<p>{line.word.rpartition(': ')[2]} in {line.name}.</p><p>{line.text}</p>"


def _entry(line: Line, title: str) -> dict[str, object]:
    """A day is printed as the midnight that begins it, in Washington and so on the evening before."""
    evening = (line.date - timedelta(days=1)).strftime("%Y-%m-%dT20:00:00-04:00")
    return {
        title: _title(line),
        "Link": f"{PAGES}/{line.slug}-travel-advisory.html",
        "Category": [line.place],
        "Summary": _summary(line),
        "id": line.slug,
        "Published": evening,
        "Updated": evening,
    }


def _item(line: Line, title: str) -> str:
    return (
        f"<item><{title}><![CDATA[{_title(line)}]]></{title}><link>{PAGES}/{line.slug}-travel-advisory.html</link>"
        f"<pubDate>{line.date:%a, %d %b %Y}</pubDate><description><![CDATA[{_summary(line)}]]></description></item>"
    )


WORLD = UsState()
