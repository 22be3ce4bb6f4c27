"""The world of the Slovak ministry's open data, on a day when it has the recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.sk_mzv import DATA, ZONE

from .world import Line, Row, Served, World, lines, served_json

WORDS = {
    Level.CAUTION: "1. stupeň - varovanie (výstraha)",
    Level.RECONSIDER: "2. stupeň - zvážiť nevyhnutnosť cestovania",
    Level.AVOID: "3. stupeň - odporúčanie necestovať",
}


@dataclass(frozen=True)
class SkMzv(World):
    source: Source = entries()["sk-mzv"]
    levels: tuple[Level, ...] = (Level.CAUTION, Level.RECONSIDER, Level.AVOID)

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        told = lines(rows, "sk", WORDS, **quirks)
        records = [_record(number, line, renamed or "Stupen rizika CO") for number, line in enumerate(told, 1)]
        return {DATA: served_json({"success": True, "result": {"total": len(told), "records": records}}, charset)}


def _record(number: int, line: Line, field: str) -> dict[str, object]:
    return {
        "_id": number,
        "Datum zmeny": line.date.astimezone(ZoneInfo(ZONE)).strftime("%d.%m.%Y %H:%M:%S"),
        "Stat": line.name,
        "Zauzivany slovensky nazov": line.name,
        "Nadpis": f"{line.name} - cestovné odporúčanie",
        "Kategoria (CO/ICV)": "Cestovné odporúčanie",
        field: line.word or None,
        "Text CO/ICV": f"<p>{line.text}</p>",
    }


WORLD = SkMzv()
