"""The world of India's Ministry of External Affairs: a list of titles, and a notice behind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.in_mea import LIST

from .world import COUNTRIES, Impossible, Line, Row, Served, World, lines, served_html

WORDS = {
    Level.CAUTION: "exercise due caution when they travel",
    Level.RECONSIDER: "avoid all non-essential travel",
    Level.AVOID: "avoid all travel",
}
KOLKATA = ZoneInfo("Asia/Kolkata")


@dataclass(frozen=True)
class InMea(World):
    source: Source = entries()["in-mea"]
    levels: tuple[Level, ...] = (Level.CAUTION, Level.RECONSIDER, Level.AVOID)

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", unknown_name: str = "", **quirks: Any
    ) -> dict[str, Served]:
        if renamed:
            raise Impossible("the sentences of a notice are its level, whatever element they stand in")
        if unknown_name:
            raise Impossible("a title that names no country that is known is a bulletin")
        told = lines(rows, "en", WORDS, **quirks)
        menu = '<li><a href="/travel-advisories.htm">Travel Advisories</a></li>'
        listed = "".join(map(_row, told))
        notices = {f"https://www.mea.gov.in/{_link(line)}": served_html(_notice(line), charset) for line in told}
        return {LIST: served_html(f"<ul>{menu}{listed}</ul>", charset)} | notices


def _link(line: Line) -> str:
    return f"advisories-details.htm?{COUNTRIES.index(line.place)}{line.date:%y%m%d%H}"


def _title(line: Line) -> str:
    return f"Travel advisory for Indian nationals in {line.name}"


def _row(line: Line) -> str:
    day = line.date.astimezone(KOLKATA).strftime("%B %d, %Y")
    return f'<li><a href="{_link(line)}">{_title(line)}</a> <span>{day}</span></li>'


def _notice(line: Line) -> str:
    asked = f"<p>Indian nationals are advised to {line.word} to {line.name}.</p>"
    return f"<h3>{_title(line)}</h3>{asked}<p>{line.text}</p>"


WORLD = InMea()
