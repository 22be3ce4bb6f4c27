"""Dutch reisadviezen: two pages of open data, and a colour in the summary."""

from __future__ import annotations

import pytest

from advisoryd.model.ladder import Level
from advisoryd.model.reading import Document, Unreadable
from advisoryd.model.record import Area, Region
from advisoryd.sources import catalogue, markup, nl_colours
from tests.sources import european

FIRST, SECOND = european.FILES["nl-bz"]


def read(html: str, place: str) -> nl_colours.Colours:
    return nl_colours.read(markup.blocks(html), place)


@pytest.mark.parametrize(
    ("summary", "place", "level"),
    [
        ("De kleurcode van het reisadvies voor Duitsland is groen. U kunt erheen reizen.", "DE", 1),
        ("De kleurcode van het reisadvies voor het VK is groen.", "GB", 1),
        ("De kleurcode voor het reisadvies voor Zuid-Afrika is geel.", "ZA", 2),
        ("Het reisadvies voor Noorwegen heeft kleurcode groen.", "NO", 1),
        ("Het reisadvies is groen.", "BQ", 1),
        ("Vor de rest van Marokko geldt kleurcode geel.", "MA", 2),
        ("Voor de rest van de VAE geldt kleurcode oranje.", "AE", 3),
        ("Voor de rest van Pakistan, onder andere de hoofdstad Islamabad, geldt kleurcode geel.", "PK", 2),
        ("Voor de rest van het land is de kleurcode van het reisadvies geel.", "IR", 2),
        ("De kleurcode van het reisadvies voor Burkina Faso is voor het grootste deel rood.", "BF", 4),
        ("De kleurcode van het reisadvies voor Naoero is groen.", "NR", 1),
        ("De kleurcode van het reisadvies voor Oman is geel. Die van het reisadvies voor Jemen is rood.", "OM", 2),
        ("Het gele strand is mooi. De kleurcode van het reisadvies voor Oman is oranje.", "OM", 3),
    ],
)
def test_the_colour_of_the_country(summary: str, place: str, level: int) -> None:
    assert read(summary, place).level == level


@pytest.mark.parametrize(
    ("summary", "place"),
    [
        ("De kleurcode van het reisadvies van India is rood voor de regio’s Hua en Tua.", "IN"),
        ("Voor de grensstreek geldt kleurcode rood.", "OM"),
        ("Voor de rest van Absurdistan geldt kleurcode rood.", "OM"),
        ("De kleurcode van het reisadvies voor Oman is paars.", "OM"),
        ("Er is niets aan de hand.", "OM"),
        ("", "OM"),
    ],
)
def test_what_is_said_of_parts_or_in_other_colours_is_no_level(summary: str, place: str) -> None:
    assert read(summary, place).level is None


def test_the_first_colour_of_a_summary_means_nothing() -> None:
    html = (
        "<li>De kleurcode van het reisadvies voor het zuidoosten van Fukushima is rood.</li>"
        "<li>Voor de rest van Japan geldt kleurcode groen.</li>"
    )
    said = read(html, "JP")
    assert (said.level, said.regional, said.levels) == (Level.NORMAL, True, (Level.AVOID,))
    assert said.regions == (Region("zuidoosten van Fukushima", Level.AVOID),)


def test_a_rest_of_a_region_is_not_the_country() -> None:
    html = (
        "<p>Kleurcode oranje geldt voor de rest van het noordwesten van de provincie Hua.</p>"
        "<p>Voor de rest van Burundi geldt kleurcode geel.</p>"
    )
    said = read(html, "BI")
    assert (said.level, said.levels) == (Level.CAUTION, (Level.RECONSIDER,))


def test_a_border_is_a_strip() -> None:
    said = read(
        "<p>Het reisadvies voor de grensstreek is rood. Voor de rest van Oman is het reisadvies geel.</p>", "OM"
    )
    assert said.regions == (Region("grensstreek", Level.AVOID, Area.STRIP),)


def test_hard_wraps_and_no_break_spaces_are_folded() -> None:
    first = european.parse("nl-bz", FIRST, european.body("nl-bz", "first.json"))
    assert first.pieces["JPN"]["native"] == "Voor de rest van Japan geldt kleurcode groen."
    assert first.pieces["DEU"]["level"] == 1


def test_the_xml_of_one_country_says_the_same() -> None:
    url = "https://opendata.nederlandwereldwijd.nl/v2/sources/nederlandwereldwijd/infotypes/countries/omn/traveladvice"
    parsed = european.parse("nl-bz", url, european.body("nl-bz", "oman.xml"))
    assert (parsed.pieces["OMN"]["level"], parsed.pieces["OMN"]["destination"]) == (3, "OM")


def test_a_first_page_that_is_not_full_has_lost_its_end() -> None:
    reader = catalogue.reader_for(catalogue.entries()["nl-bz"])
    with pytest.raises(Unreadable) as refusal:
        reader.parse(Document(FIRST, european.body("nl-bz", "first.json")))
    assert refusal.value.kind == "short-list"
    assert reader.parse(Document(SECOND, european.body("nl-bz", "second.json"))).pieces


def test_a_row_that_slid_onto_both_pages_is_read_from_the_newer() -> None:
    first = european.parse("nl-bz", FIRST, european.body("nl-bz", "first.json")).pieces["DEU"]
    newer = {**first, "level": 2, "issued": ["2026-11-22T00:00:00+00:00", "later", False]}
    for order in ((first, newer), (newer, first)):
        assert european.reader("nl-bz").records("DEU", order)[0].level is Level.CAUTION


def test_a_summary_field_of_another_name_stops_the_reading() -> None:
    payload = european.body("nl-bz", "first.json").replace(b'"introduction"', b'"intro"')
    with pytest.raises(Unreadable):
        european.parse("nl-bz", FIRST, payload)
