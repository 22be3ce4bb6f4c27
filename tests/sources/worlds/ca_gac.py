"""The world of Canada's travel advice: an index with numbers for levels, and a file for each destination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.ca_gac import FILES
from advisoryd.sources.catalogue import entries

from .world import Impossible, Line, Row, Served, World, lines, served_json

WORDS = {
    Level.NORMAL: "Take normal security precautions",
    Level.CAUTION: "Exercise a high degree of caution",
    Level.RECONSIDER: "Avoid non-essential travel",
    Level.AVOID: "Avoid all travel",
}
INDEX = f"{FILES}/index-alpha-eng.json"


@dataclass(frozen=True)
class CaGac(World):
    source: Source = entries()["ca-gac"]

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("the rows are members of an object, each name once")
        told = lines(rows, "en", WORDS, **quirks)
        data = {_code(line): _entry(line, renamed or "advisory-state") for line in told}
        files = {f"{FILES}/cta-cap-{_code(line)}.json": served_json({"data": _file(line)}, charset) for line in told}
        return {INDEX: served_json({"metadata": {}, "data": data}, charset)} | files


def _code(line: Line) -> str:
    return line.place or "QQ"


def _entry(line: Line, state: str) -> dict[str, object]:
    return {
        "country-iso": _code(line),
        "country-eng": line.name,
        state: 9 if line.strange else int(line.level or 1) - 1,
        "date-published": {"timestamp": int(line.date.timestamp())},
        "has-regional-advisory": 0,
        "recent-updates-type": "Full TAA review",
        "eng": {"name": line.name, "url-slug": line.slug, "advisory-text": line.word, "recent-updates": ""},
    }


def _file(line: Line) -> dict[str, object]:
    texts = {"name": line.name, "advisories": f"<h3>{line.name} - {line.word}</h3>", "security": f"<p>{line.text}</p>"}
    return {"country-iso": _code(line), "eng": texts}


WORLD = CaGac()
