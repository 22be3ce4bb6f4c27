"""France's zones of vigilance: headings for colours, and sentences for the country as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisoryd.model.ladder import Level
from advisoryd.model.reading import Document
from advisoryd.sources import catalogue, fr_zones
from advisoryd.sources.fr_meae import PAGES, TOPIC
from advisoryd.sources.markup import outline
from advisoryd.sources.options import OptionError
from tests.sources import european


def zones(html: str, place: str = "OM") -> fr_zones.Zones:
    return fr_zones.read(outline(f"<h3>Zones de vigilance</h3>{html}<h3>Recommandations</h3><p>Rien.</p>"), place)


@pytest.mark.parametrize(
    ("sentence", "place", "level"),
    [
        ("L’ensemble du pays est placé en vigilance renforcée.", "LK", 2),
        ("L'intégralité du territoire de la Finlande est en vigilance normale.", "FI", 1),
        ("Le territoire belge est placé en vigilance normale.", "BE", 1),
        ("Le territoire de la Corée du Sud est placé en vigilance normale (vert).", "KR", 1),
        ("Vanuatu est placé en vigilance renforcée (en jaune sur la carte sécuritaire).", "VU", 2),
        ("La majeure partie du territoire est placée en orange sur la carte.", "AZ", 3),
        ("Tout déplacement au Niger est formellement déconseillé.", "NE", 4),
        ("Il est déconseillé, sauf pour des raisons impératives, de se rendre à Bahreïn.", "BH", 3),
        ("Il est formellement déconseillé de se rendre dans l’ensemble du territoire de la Russie.", "RU", 4),
        ("À l’exception des zones formellement déconseillées, le reste du pays est en vigilance renforcée.", "KE", 2),
        ("L’intégralité du pays est en vigilance renforcée, sauf les îles, formellement déconseillées.", "AE", 2),
    ],
)
def test_a_sentence_about_the_country_gives_its_level(sentence: str, place: str, level: int) -> None:
    found = zones(f"<p>{sentence}</p>", place)
    assert (found.level, found.native) == (level, sentence)


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Il est formellement déconseillé de se rendre dans l’ensemble du territoire de la Russie.", "GE"),
        ("Les zones frontalières du Niger sont formellement déconseillées.", "NE"),
        ("La région de Hua est formellement déconseillée.", "OM"),
        ("L’ensemble du pays n'est plus formellement déconseillé.", "OM"),
        ("Il est déconseillé de conduire la nuit.", "OM"),
        ("Oman est en proie à des orages.", "OM"),
    ],
)
def test_a_sentence_about_anything_else_gives_none(sentence: str, place: str) -> None:
    assert zones(f"<p>{sentence}</p>", place).level is None


def test_the_rest_of_the_country_has_the_colour_of_its_heading() -> None:
    found = zones(
        "<h4>Zones formellement déconseillées (en rouge)</h4><p>La frontière.</p>"
        "<h4>Zones de vigilance renforcée</h4><p>Le reste du pays.</p>"
    )
    assert (found.level, found.levels) == (Level.CAUTION, {Level.AVOID})
    assert found.native == "Zones de vigilance renforcée : Le reste du pays."


def test_areas_under_a_heading_are_not_the_country() -> None:
    found = zones("<h4>Zones formellement déconseillées</h4><p>Les camps, sur l’ensemble du territoire.</p>")
    assert (found.level, found.levels, found.native) == (None, {Level.AVOID}, "Zones formellement déconseillées")


def test_nothing_outside_the_part_on_zones_is_looked_at() -> None:
    html = "<h3>Risques</h3><p>L’ensemble du pays est formellement déconseillé aux nageurs.</p>"
    assert fr_zones.read(outline(html), "OM") == fr_zones.Zones(found=False)
    assert zones(html).level is None


def test_a_page_with_a_map_only_is_unknown_and_not_calm() -> None:
    url = f"{PAGES}/japon/{TOPIC}"
    parsed = european.parse("fr-meae", url, european.body("fr-meae", "japon.html"))
    assert parsed.pieces["japon"]["level"] is None
    assert parsed.findings


def test_every_page_of_the_table_follows_from_the_form() -> None:
    parsed = european.parse("fr-meae", PAGES, european.body("fr-meae", "information-par-pays.html"))
    keys = [page.key for page in parsed.follow]
    assert len(keys) > 180
    assert {"salvador", "kirghizstan", "israel-palestine"} <= set(keys)


def test_the_option_leaves_all_pages_but_those_of_some_places_alone() -> None:
    source = replace(catalogue.entries()["fr-meae"], options={"destinations": ["OM", "JP"]})
    payload = european.body("fr-meae", "information-par-pays.html")
    follow = catalogue.reader_for(source).parse(Document(PAGES, payload)).follow
    assert [page.key for page in follow] == ["japon", "oman"]


def test_an_option_that_is_no_list_is_refused() -> None:
    source = replace(catalogue.entries()["fr-meae"], options={"destinations": "OM"})
    assert catalogue.check_options(source)
    with pytest.raises(OptionError):
        catalogue.reader_for(source)


def test_one_page_may_serve_two_places() -> None:
    payload = european.body("fr-meae", "oman.html")
    parsed = european.parse("fr-meae", f"{PAGES}/israel-palestine/{TOPIC}", payload)
    assert parsed.pieces["israel-palestine"]["destination"] == "IL+PS"
