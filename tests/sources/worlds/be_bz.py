"""The world of diplomatie.belgium.be: a list of links, and a page of prose for each country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.be_bz import INDEX
from advisoryd.sources.catalogue import entries

from .world import Impossible, Line, Row, Served, World, lines, served_html

WORDS = {
    Level.NORMAL: "Il n'y a pas de risques de sécurité particuliers.",
    Level.CAUTION: "Une vigilance accrue est recommandée.",
    Level.RECONSIDER: "Les voyages non essentiels sont déconseillés sur l'ensemble du territoire.",
    Level.AVOID: "Tous les voyages sont formellement déconseillés sur l'ensemble du territoire.",
}


@dataclass(frozen=True)
class BeBz(World):
    source: Source = entries()["be-bz"]

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("a page that is linked to twice is one page")
        if renamed:
            raise Impossible("the level stands in the prose, in no field or element of its own")
        told = lines(rows, "fr", WORDS, **quirks)
        links = "".join(f'<li><a href="/fr/pays/{_slug(line)}">{line.name}</a></li>' for line in told)
        pages = {f"{INDEX}/{_slug(line)}": served_html(_page(line), charset) for line in told}
        return {INDEX: served_html(f"<ul>{links}</ul>", charset)} | pages


def _slug(line: Line) -> str:
    return f"pays-{line.place or 'inconnu'}".lower()


def _page(line: Line) -> str:
    return f"<main><h1>{line.name}</h1><h2>Sécurité générale</h2><p>{line.word}</p><p>{line.text}</p></main>"


WORLD = BeBz()
