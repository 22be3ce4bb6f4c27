"""The world of an ordinary feed, that of the European Centre for Disease Prevention and Control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries

from .world import Impossible, Line, Row, Served, World, lines, served_xml

SITE = "https://www.ecdc.europa.eu"


@dataclass(frozen=True)
class Feed(World):
    source: Source = entries()["ecdc"]
    levels: tuple[Level, ...] = ()

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        if renamed or quirks.get("unknown_level"):
            raise Impossible("entries have no levels")
        if quirks.get("duplicate"):
            raise Impossible("an entry is known by its bytes, and one that stands there twice is not read again")
        items = "".join(map(_item, lines(rows, "en", {}, **quirks)))
        address = str(self.source.options["url"])
        return {address: served_xml(f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>', charset)}


def _item(line: Line) -> str:
    guid = f"{line.slug}-{line.date:%Y-%m-%d} at {SITE}"
    return (
        f"<item><title><![CDATA[Risk assessment: cholera in {line.name}]]></title><link>{SITE}/{line.slug}</link>"
        f"<description>{line.text}</description><pubDate>{line.date:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f'<guid isPermaLink="false">{guid}</guid></item>'
    )


WORLD = Feed()
