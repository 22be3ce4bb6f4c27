"""The world of GDACS: an event for each row, beside the green events of a usual day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.gdacs import EVENTS

from .world import COUNTRIES, Line, Row, Served, World, lines, served_json

WORDS = {Level.CAUTION: "Orange", Level.RECONSIDER: "Red"}


@dataclass(frozen=True)
class Gdacs(World):
    source: Source = entries()["gdacs"]
    levels: tuple[Level, ...] = (Level.CAUTION, Level.RECONSIDER)

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        told = lines(rows, "en", WORDS, **quirks)
        features = [{"type": "Feature", "properties": _event(line, renamed or "alertlevel")} for line in told]
        return {EVENTS: served_json({"type": "FeatureCollection", "features": features}, charset)}


def _event(line: Line, colour: str) -> dict[str, object]:
    number = COUNTRIES.index(line.place) if line.place else 999
    return {
        "eventtype": "FL",
        "eventid": number,
        "episodeid": 1,
        "name": f"Flood in {line.name}",
        "description": line.text,
        colour: line.word,
        "iscurrent": "true",
        "country": line.name,
        "affectedcountries": f"[{{'iso2': '{line.place}', 'countryname': '{line.name}'}}]" if line.place else "",
        "fromdate": f"{line.date:%Y-%m-%dT%H:%M:%S}",
        "todate": f"{line.date:%Y-%m-%dT%H:%M:%S}",
        "url": {"report": f"https://www.gdacs.org/report.aspx?eventid={number}&eventtype=FL"},
    }


WORLD = Gdacs()
