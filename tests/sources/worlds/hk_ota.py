"""The world of Hong Kong's Outbound Travel Alert: a file with a bucket for each level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.hk_ota import REGISTER

from .world import Line, Row, Served, World, lines, served_json

WORDS = {Level.CAUTION: "amber", Level.RECONSIDER: "red", Level.AVOID: "black"}
HONG_KONG = ZoneInfo("Asia/Hong_Kong")


@dataclass(frozen=True)
class HkOta(World):
    source: Source = entries()["hk-ota"]
    levels: tuple[Level, ...] = (Level.CAUTION, Level.RECONSIDER, Level.AVOID)

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        told = lines(rows, "en", WORDS, **quirks)
        buckets = [
            {renamed or "level": word, "countries": [_country(line) for line in told if line.word == word]}
            for word in dict.fromkeys(line.word for line in told)
        ]
        return {REGISTER: served_json({"otas": buckets}, charset)}


def _country(line: Line) -> dict[str, object]:
    return {
        "countryCode": line.place,
        "titleEn": line.name,
        "countryFileName": f"note-{line.slug}.html",
        "showInIndex": 1,
        "updateDate": line.date.astimezone(HONG_KONG).strftime("%Y%m%d%H%M%S"),
    }


WORLD = HkOta()
