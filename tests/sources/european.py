"""The golden payloads of twelve European issuers, under the addresses they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from advisoryd.model.reading import Contract, Document, Parsed, Reader
from advisoryd.sources import (
    at_bmeia,
    be_bz,
    catalogue,
    ch_eda,
    dk_um,
    es_maec,
    fi_um,
    fr_meae,
    it_maeci,
    pl_msz,
    sk_mzv,
)

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ES_PAGE = "https://www.exteriores.gob.es/es/ServiciosAlCiudadano/Paginas/Detalle-recomendaciones-de-viaje.aspx?trc="
NO_PAGE = "https://www.regjeringen.no/no/tema/utenrikssaker/reiseinformasjon/velg-land"


def _endpoints(source_id: str) -> list[str]:
    return [request.url for request in catalogue.reader_for(catalogue.entries()[source_id]).endpoints(NOW)]


FILES: Mapping[str, Mapping[str, str]] = {
    "nl-bz": dict(zip(_endpoints("nl-bz"), ("first.json", "second.json"), strict=True)),
    "fr-meae": {
        fr_meae.PAGES: "information-par-pays.html",
        **{f"{fr_meae.PAGES}/{slug}/{fr_meae.TOPIC}": f"{slug}.html" for slug in ("afghanistan", "oman", "japon")},
    },
    "at-bmeia": {
        at_bmeia.MAP: "map.html",
        **{f"{at_bmeia.PAGES}/{slug}": f"{slug}.html" for slug in ("angola", "tschad", "japan")},
    },
    "it-maeci": {
        it_maeci.LIST: "lista_nazioni.json",
        it_maeci.ALERTS: "totale.json",
        **{f"{it_maeci.SITE}/schede_paese/{code}.json": f"{code}.json" for code in ("OMN", "AFG")},
    },
    "pl-msz": {pl_msz.PROFILES: "profiles.json"},
    "es-maec": {es_maec.INDEX: "index.html", f"{ES_PAGE}Om%C3%A1n": "oman.html", f"{ES_PAGE}Bahamas+": "bahamas.html"},
    "dk-um": {
        dk_um.INDEX: "index.html",
        **{f"{dk_um.INDEX}/{slug}/": f"{slug}.html" for slug in ("thailand", "afghanistan", "oman")},
    },
    "no-ud": {
        _endpoints("no-ud")[0]: "feed.xml",
        f"{NO_PAGE}/reiseinfo_japan/id9900001/": "japan.html",
        f"{NO_PAGE}/reiseinfo_oman/id9900002/": "oman.html",
    },
    "ch-eda": {ch_eda.CRISIS: "crisis.html", "https://www.eda.admin.ch/eda/de/home/oman.html": "oman.html"},
    "fi-um": {fi_um.INDEX: "index.html", f"{fi_um.PAGES}/AO": "AO.html", f"{fi_um.PAGES}/RU": "RU.html"},
    "be-bz": {
        be_bz.INDEX: "index.html",
        **{f"{be_bz.INDEX}/{slug}": f"{slug}.html" for slug in ("syrie", "lettonie", "italie")},
    },
    "sk-mzv": {sk_mzv.DATA: "recommendations.json"},
}


def reader(source_id: str) -> Reader:
    """The reader without a least number of rows, so that small payloads will do."""
    return replace(catalogue.reader_for(catalogue.entries()[source_id]), contract=Contract(min_rows=1))  # type: ignore[type-var]


def body(source_id: str, file: str) -> bytes:
    return (GOLDEN / source_id / file).read_bytes()


def bodies(source_id: str) -> dict[str, bytes]:
    """The payloads by URL, endpoints first."""
    return {url: body(source_id, file) for url, file in FILES[source_id].items()}


def parse(source_id: str, url: str, payload: bytes | str, content_type: str = "") -> Parsed:
    raw = payload.encode() if isinstance(payload, str) else payload
    return reader(source_id).parse(Document(url, raw, content_type))
