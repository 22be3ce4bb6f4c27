"""The world of exteriores.gob.es: a list of links, and a page for each country that opens with a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urljoin

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.es_maec import INDEX

from .world import Impossible, Line, Row, Served, World, lines, served_html

WORDS = {
    Level.NORMAL: "NO HAY RESTRICCIONES ESPECÍFICAS RELATIVAS A VIAJES A ESTE PAÍS.",
    Level.CAUTION: "SE RECOMIENDA VIAJAR CON PRECAUCIÓN.",
    Level.RECONSIDER: "SE DESACONSEJA EL VIAJE SALVO POR RAZONES DE EXTREMA NECESIDAD.",
    Level.AVOID: "SE DESACONSEJA EL VIAJE BAJO CUALQUIER CIRCUNSTANCIA.",
}
MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()


@dataclass(frozen=True)
class EsMaec(World):
    source: Source = entries()["es-maec"]

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("a page that is linked to twice is one page")
        told = lines(rows, "es", WORDS, **quirks)
        links = "".join(f'<li><a href="{_link(line)}">{line.name}</a></li>' for line in told)
        pages = {
            urljoin(INDEX, _link(line)): served_html(_page(line, renamed or "section__accordion-wrapper"), charset)
            for line in told
        }
        return {INDEX: served_html(f"<ul>{links}</ul>", charset)} | pages


def _link(line: Line) -> str:
    return f"Detalle-recomendaciones-de-viaje.aspx?trc={quote_plus(line.name)}"


def _page(line: Line, wrapper: str) -> str:
    day = f"{line.date.day} de {MONTHS[line.date.month - 1]} de {line.date.year}"
    return (
        f"<h1>Detalle recomendaciones de viaje</h1><h2>{line.name}</h2>"
        f"<p>Recomendaciones vigentes a 23 de noviembre de 2026</p><p>Última actualización el {day}</p>"
        f"<div class='{wrapper}'><h3 class='accordion__main'>Notas importantes</h3><div><p>{line.word}</p></div>"
        f"<h3 class='accordion__main'>Seguridad</h3><div><p>{line.text}</p></div></div>"
    )


WORLD = EsMaec()
