"""The world of Smartraveller: the feed with levels and updates, and the export with the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.au_dfat import EXPORT, FEED, SITE
from advisoryd.sources.catalogue import entries

from .world import Impossible, Line, Row, Served, World, lines, served_json, served_xml

WORDS = {
    Level.NORMAL: "Exercise normal safety precautions",
    Level.CAUTION: "Exercise a high degree of caution",
    Level.RECONSIDER: "Reconsider your need to travel",
    Level.AVOID: "Do not travel",
}


@dataclass(frozen=True)
class AuDfat(World):
    source: Source = entries()["au-dfat"]

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("rows are known by their address, and two with one address are one")
        told = lines(rows, "en", WORDS, **quirks)
        items = "".join(_item(line, renamed or "warnings") for line in told)
        feed = f'<rss version="2.0" xmlns:ta="urn:ta" xmlns:dc="urn:dc"><channel>{items}</channel></rss>'
        export = [_entry(line, renamed or "field_overall_advice_level") for line in told]
        return {FEED: served_xml(feed, charset), EXPORT: served_json(export, charset)}


def _item(line: Line, warnings: str) -> str:
    """Noon in UTC, printed in Canberra's time, stands for the day."""
    return (
        f"<item><title><![CDATA[{line.name}]]></title><link>{SITE}/destinations/{line.slug}</link>"
        f"<description><![CDATA[{line.text}]]></description><pubDate>{line.date:%d %b %Y} 22:00:00 AEST</pubDate>"
        f"<ta:{warnings}><ta:level>2/5</ta:level><dc:description>{line.word}</dc:description></ta:{warnings}></item>"
    )


def _entry(line: Line, level: str) -> dict[str, object]:
    return {
        "title": line.name,
        level: line.word,
        "field_last_update": line.text,
        "field_last_update_notes": "",
        "field_advice_levels": "",
        "field_url": f"{SITE}/destinations/{line.slug}",
        "changed": f"{line.date:%a, %Y-%m-%d} 09:00",
    }


WORLD = AuDfat()
