"""The world of the Disease Outbreak News: the newest reports, without levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources import catalogue
from advisoryd.sources.catalogue import entries

from .world import Impossible, Line, Row, Served, World, lines, served_json

ADDRESS = catalogue.reader_for(entries()["who-don"]).endpoints(datetime(2026, 1, 1, tzinfo=UTC))[0].url


@dataclass(frozen=True)
class WhoDon(World):
    source: Source = entries()["who-don"]
    levels: tuple[Level, ...] = ()

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        if renamed or quirks.get("unknown_level"):
            raise Impossible("reports have no levels")
        told = sorted(lines(rows, "en", {}, **quirks), key=lambda line: line.date, reverse=True)
        return {ADDRESS: served_json({"value": [_report(line) for line in told]}, charset)}


def _report(line: Line) -> dict[str, object]:
    number = f"{line.date:%Y-%m%d}-{line.slug}"
    return {
        "Id": number,
        "DonId": number,
        "Title": f"Cholera - {line.name}",
        "UrlName": number,
        "PublicationDateAndTime": f"{line.date:%Y-%m-%dT%H:%M:%SZ}",
        "Summary": f"<p>{line.text}</p>",
    }


WORLD = WhoDon()
