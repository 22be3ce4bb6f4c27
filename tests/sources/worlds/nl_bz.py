"""The world of NederlandWereldwijd's open data: two pages of rows, the level as a colour in the summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.places.gazetteer import places as gazetteer
from advisoryd.sources.catalogue import entries
from advisoryd.sources.nl_bz import PAGE_ROWS, NlBz

from .world import Line, Row, Served, World, lines, served_json

WORDS = {Level.NORMAL: "groen", Level.CAUTION: "geel", Level.RECONSIDER: "oranje", Level.AVOID: "rood"}
SOURCE = entries()["nl-bz"]
FIRST, SECOND = (request.url for request in NlBz(SOURCE).endpoints(datetime(2026, 11, 23, tzinfo=UTC)))


@dataclass(frozen=True)
class NlBzWorld(World):
    source: Source = SOURCE

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        told = [_row(line, renamed or "introduction") for line in lines(rows, "nl", WORDS, **quirks)]
        return {
            FIRST: served_json(told[:PAGE_ROWS], charset),
            SECOND: served_json(told[PAGE_ROWS : 2 * PAGE_ROWS], charset),
        }


def _row(line: Line, field: str) -> dict[str, object]:
    code = gazetteer()[line.place].alpha3 if line.place else "QQQ"
    parts = "".join(
        f"<li>De kleurcode van het reisadvies voor {region.name} is {WORDS[region.level]}.</li>"
        for region in line.regions
        if region.level
    )
    whole = f"Voor de rest van {line.name} geldt kleurcode {line.word}."
    alone = f"De kleurcode van het reisadvies voor {line.name} is {line.word}."
    return {
        "id": code,
        "type": "reisadvies",
        "canonical": f"https://www.nederlandwereldwijd.nl/reisadvies/{line.slug}",
        "title": f"Reisadvies {line.name} | Ministerie van Buitenlandse Zaken",
        field: f"<h2>In het kort</h2> <ul>{parts}<li>{whole if parts else alone}</li></ul><p>{line.text}</p>",
        "location": line.name,
        "isocode": code,
        "classification": "Dit veld wordt niet meer ondersteund",
        "lastmodified": line.date.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }


WORLD = NlBzWorld()
