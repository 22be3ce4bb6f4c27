"""The world of the Auswärtiges Amt's open data: a list of flags, and a page of prose for each country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.de_aa import LIST

from .world import COUNTRIES, Impossible, Line, Row, Served, World, lines, served_json

FLAGS = {Level.CAUTION: "partialWarning", Level.AVOID: "warning"}
"""Step 3 is said by the prose alone."""


@dataclass(frozen=True)
class DeAa(World):
    source: Source = entries()["de-aa"]

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("the rows are members of an object, each name once")
        told = lines(rows, "de", {}, **quirks)
        ids = {_id(line): _entry(line, renamed or "warning") for line in told}
        pages = {
            f"{LIST}/{_id(line)}": served_json({"response": {_id(line): ids[_id(line)] | _prose(line)}}, charset)
            for line in told
        }
        return {LIST: served_json({"response": {**ids, "contentList": list(ids)}}, charset)} | pages


def _id(line: Line) -> str:
    return str(200_000 + (COUNTRIES.index(line.place) if line.place else 999))


def _entry(line: Line, warning: str) -> dict[str, object]:
    """A flag that is neither true nor false is the only unknown level that the list can have."""
    flags: dict[str, object] = {
        name: FLAGS.get(line.level or Level.NORMAL) == name
        for name in ("warning", "partialWarning", "situationWarning", "situationPartWarning")
    }
    flags[warning] = line.word if line.strange else flags.pop("warning")
    return {
        "lastModified": int(line.date.timestamp()),
        "title": f"{line.name}: Reise- und Sicherheitshinweise",
        "countryCode": line.place or "QQ",
        "countryName": line.name,
        **flags,
    }


def _prose(line: Line) -> dict[str, object]:
    against = f"<p>Von Reisen nach {line.name} wird abgeraten.</p>" if line.level is Level.RECONSIDER else ""
    return {"lastChanges": "", "content": f"<h2>Sicherheit</h2>{against}<p>{line.text}</p>"}


WORLD = DeAa()
