"""The world of ReliefWeb: the newest disasters, for somebody whose name was approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.places import find
from advisoryd.sources import catalogue
from advisoryd.sources.catalogue import entries

from .world import Impossible, Line, Row, Served, World, lines, served_json

SOURCE = replace(entries()["reliefweb"], options={"appname": "example"})
ADDRESS = catalogue.reader_for(SOURCE).endpoints(datetime(2026, 1, 1, tzinfo=UTC))[0].url


@dataclass(frozen=True)
class ReliefWeb(World):
    source: Source = SOURCE
    levels: tuple[Level, ...] = ()

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        if renamed or quirks.get("unknown_level"):
            raise Impossible("disasters have no levels")
        data = [_disaster(line) for line in lines(rows, "en", {}, **quirks)]
        return {ADDRESS: served_json({"count": len(data), "data": data}, charset)}


def _disaster(line: Line) -> dict[str, object]:
    place = find(line.place) if line.place else None
    fields = {
        "name": f"{line.name}: Floods - {line.date:%b %Y}",
        "date": {"created": line.date.isoformat()},
        "country": [{"name": line.name, "iso3": place.alpha3.lower() if place else "xxx"}],
        "url": f"https://reliefweb.int/disaster/{line.slug}",
    }
    return {"id": f"{line.date:%Y%m%d}-{line.slug}", "score": 1, "fields": fields}


WORLD = ReliefWeb()
