"""The world of regjeringen.no: a feed of the latest edits, and a page for each country with a box where it advises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.no_ud import FEED

from .world import COUNTRIES, Line, Row, Served, World, lines, served_html, served_xml

WORDS = {
    Level.RECONSIDER: "fraråder reiser som ikke er strengt nødvendige til",
    Level.AVOID: "fraråder alle reiser til",
}
SITE = "https://www.regjeringen.no/no/tema/utenrikssaker/reiseinformasjon/velg-land"


@dataclass(frozen=True)
class NoUd(World):
    source: Source = entries()["no-ud"]
    levels: tuple[Level, ...] = (Level.NORMAL, Level.RECONSIDER, Level.AVOID)

    def serve(self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", **quirks: Any) -> dict[str, Served]:
        told = lines(rows, "no", WORDS, **quirks)
        entries_ = "".join(map(_entry, told))
        feed = (
            '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel xml:base="https://www.regjeringen.no/">'
            f"<title>RSS Regjeringen.no</title>{entries_}</channel></rss>"
        )
        pages = {
            _address(line): served_html(_page(line, renamed or "Reiseadvarsel for"), charset)
            for line in sorted(told, key=lambda line: line.date)
        }
        return {FEED: served_xml(feed, charset)} | pages


def _number(line: Line) -> int:
    return 2_415_000 + (COUNTRIES.index(line.place) if line.place else 999)


def _address(line: Line) -> str:
    return f"{SITE}/reiseinfo_{_number(line)}/id{_number(line)}/"


def _entry(line: Line) -> str:
    return (
        f'<item><guid isPermaLink="false">{_number(line)}</guid>'
        f"<link>{_address(line)}?utm_source=regjeringen.no&amp;utm_medium=rss</link>"
        f"<title>{escape(line.name)} - reiseinformasjon</title><description>{escape(line.text)}</description>"
        f"<pubDate>{format_datetime(line.date)}</pubDate><atom:updated>{line.date.isoformat()}</atom:updated></item>"
    )


def _page(line: Line, box: str) -> str:
    advice = f"<h2>{box} {line.name}</h2><p>Utenriksdepartementet {line.word} {line.name}.</p>" if line.word else ""
    return (
        f"<main><h1>{line.name} - reiseinformasjon</h1>"
        f"<p>Reiseinformasjon | Sist oppdatert: {line.date:%d.%m.%Y} | Utenriksdepartementet</p>"
        f"{advice}<h3>Sikkerhet</h3><p>{line.text}</p></main>"
    )


WORLD = NoUd()
