"""The world of the EDA's crisis page: a block for each country in one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.ch_eda import CRISIS, ZONE

from .world import Line, Row, Served, World, lines, served_html

WORDS = {
    Level.NORMAL: "Reisen nach {name} gelten grundsätzlich als sicher.",
    Level.CAUTION: "Der persönlichen Sicherheit ist grosse Aufmerksamkeit zu schenken.",
    Level.RECONSIDER: "Von touristischen und anderen nicht dringenden Reisen nach {name} wird abgeraten.",
    Level.AVOID: "Von Reisen nach {name} und von Aufenthalten jeder Art wird abgeraten.",
}


@dataclass(frozen=True)
class ChEda(World):
    source: Source = entries()["ch-eda"]

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        told = lines(rows, "de", WORDS, **quirks)
        blocks = "".join(_block(line, renamed or "Grundsätzliche Einschätzung") for line in told)
        return {CRISIS: served_html(f"<h1>Reisehinweise</h1>{blocks}", charset)}


def _block(line: Line, heading: str) -> str:
    edited = line.date.astimezone(ZoneInfo(ZONE))
    stamp = f"{edited.month}/{edited.day}/{edited.year} {edited:%I:%M:%S %p}"
    return (
        f'<div id="_ta_{line.place or "QQ"}"><h2>{line.name}</h2><p>Zuletzt editiert: {stamp}</p>'
        f"<h3>{heading}</h3><p>{line.word.format(name=line.name)}</p><p>{line.text}</p></div>"
    )


WORLD = ChEda()
