"""The world of France Diplomatie: a page for each country of the table, the level as a sentence under the zones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources import slugs
from advisoryd.sources.catalogue import entries
from advisoryd.sources.fr_meae import PAGES, TOPIC

from .world import Impossible, Line, Row, Served, World, lines, served_html

SLUGS = {place: slug for slug, place in slugs.table("fr_pages").items()}
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
WORDS = {
    Level.NORMAL: "en zone de vigilance normale",
    Level.CAUTION: "en zone de vigilance renforcée",
    Level.RECONSIDER: "déconseillé sauf raison impérative",
    Level.AVOID: "formellement déconseillé",
}
PLACES = tuple(sorted(place for place in SLUGS if place != "FR"))[:30]


SOURCE = replace(entries()["fr-meae"], options={"destinations": PLACES})


@dataclass(frozen=True)
class FrMeae(World):
    source: Source = SOURCE
    places: tuple[str, ...] = PLACES

    def serve(
        self,
        rows: Sequence[Row],
        *,
        renamed: str = "",
        charset: str = "",
        duplicate: bool = False,
        unknown_name: str = "",
        **quirks: Any,
    ) -> dict[str, Served]:
        if duplicate or unknown_name:
            raise Impossible("the pages come from a table of known countries, each once")
        told = lines(rows, "fr", WORDS, **quirks)
        pages = {
            f"{PAGES}/{SLUGS[line.place]}/{TOPIC}": served_html(_page(line, renamed or "Zones de vigilance"), charset)
            for line in told
        }
        return {PAGES: served_html("<h1>Information par pays</h1><p>France Diplomatie</p>", charset)} | pages


def _page(line: Line, heading: str) -> str:
    day = f"{line.date.day} {MONTHS[line.date.month - 1]} {line.date.year}"
    return (
        f"<main><h1>{line.name}</h1><h2>Sécurité</h2><p>"
        f"<span class='diplomatie--hdp-date--changed'>Date de mise à jour le : {day}</span> "
        f"<span class='diplomatie--hdp-date--changed'>Information toujours valable à la date du jour</span></p>"
        f"<h3>{heading}</h3><p>L’ensemble du pays est {line.word}.</p>"
        f"<h3>Risques encourus et recommandations associées</h3><p>{line.text}</p>"
        f"<h3>Liste des représentations françaises</h3><p>Ambassade</p></main>"
    )


WORLD = FrMeae()
