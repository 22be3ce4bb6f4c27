"""The world of Viaggiare Sicuri: a list, a sheet for each country with the level as a set phrase, and no alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.places.gazetteer import places as gazetteer
from advisoryd.sources.catalogue import entries
from advisoryd.sources.it_maeci import ALERTS, LIST, SITE

from .world import Impossible, Line, Row, Served, World, lines, served_json

WORDS = {
    Level.NORMAL: "Si raccomanda di adottare le normali precauzioni richieste da un viaggio all’estero.",
    Level.CAUTION: "Nel Paese sono presenti alcune aree che richiedono una particolare cautela.",
    Level.RECONSIDER: "Sono sconsigliati i viaggi non essenziali.",
    Level.AVOID: "Sono sconsigliati tutti i viaggi, a qualsiasi titolo.",
}
ROME = ZoneInfo("Europe/Rome")


@dataclass(frozen=True)
class ItMaeci(World):
    source: Source = entries()["it-maeci"]

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("the list has every code once, and a sheet is a file of that name")
        told = lines(rows, "it", WORDS, **quirks)
        listed = [{"Nome": line.name, "Codice-3": _code(line), "Codice-2": line.place} for line in told]
        sheets = {
            f"{SITE}/schede_paese/{_code(line)}.json": served_json(_sheet(line, renamed or "contenuto"), charset)
            for line in told
        }
        return {
            LIST: served_json(listed, charset),
            ALERTS: served_json({"ultima_ora": [], "focus": [], "aggiornamentiSchedaPaese": []}, charset),
        } | sheets


def _code(line: Line) -> str:
    return gazetteer()[line.place].alpha3 if line.place else "QQQ"


def _sheet(line: Line, field: str) -> dict[str, object]:
    midnight = line.date.astimezone(ROME).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    care = {"titolo": "Aree di particolare cautela", field: f"<p>{line.word}</p>", "ordinamento": 4}
    advice = {"titolo": "Indicazioni generali", "contenuto": f"<p>{line.text}</p>", "ordinamento": 1}
    return {
        "updateDate": midnight.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "infoPrimopiano": {"titolo": "In Primo Piano", "nodi": {"Aree-di-particolare-cautela": care}},
        "infoSicurezza": {"titolo": "Sicurezza", "nodi": {"Indicazioni-generali": advice}},
    }


WORLD = ItMaeci()
