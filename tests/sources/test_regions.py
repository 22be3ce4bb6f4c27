"""Regions as English advice names them: statements, lists and what is left out of them."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.model.ladder import Level
from advisoryd.model.record import Area, Region
from advisoryd.sources import markup, regions
from advisoryd.sources.regions import Statement


def named(html: str, destination: str = "JO") -> list[tuple[str, int]]:
    found = (regions.region(statement, destination) for statement in regions.stated(markup.outline(html), destination))
    return [(region.name, int(region.level or 0)) for region in found if region]


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("FCDO advises against all travel to the Red Hills.", 4),
        ("We strongly advise against all travel to the Red Hills until further notice.", 4),
        ("Do not travel to the Red Hills for any reason.", 4),
        ("Avoid all travel to the Red Hills due to crime.", 4),
        ("FCDO advises against all but essential travel to the Red Hills, as there is fighting.", 3),
        ("We advise against non-essential travel to the Red Hills at this time.", 3),
        ("Avoid non-essential travel to the Red Hills because of crime.", 3),
        ("Reconsider your need to travel to the Red Hills. See Safety.", 3),
        ("Exercise a high degree of caution in the Red Hills in light of recent events.", 2),
        ("Exercise increased caution when traveling to the Red Hills, where you should be alert.", 2),
        ("Take normal security precautions in the Red Hills.", 1),
    ],
)
def test_a_statement_names_its_area_and_its_level(sentence: str, level: int) -> None:
    assert named(f"<p>{sentence}</p>") == [("the Red Hills", level)]


def test_a_distance_belongs_to_the_name() -> None:
    assert named("<p>Do not travel within 5 km of the border with Syria.</p>") == [
        ("within 5 km of the border with Syria", 4)
    ]


def test_an_abbreviated_saint_ends_no_sentence() -> None:
    assert named("<p>Do not travel to St. Mary and Mt. Hagen due to crime.</p>") == [("St. Mary and Mt. Hagen", 4)]


def test_two_sentences_glued_together_are_two() -> None:
    assert named("<p>Do not travel to the Red Hills.The hills are red.</p>") == [("the Red Hills", 4)]


def test_the_announcement_of_a_list_lends_its_words_to_the_items() -> None:
    html = (
        "<p>FCDO advises against all travel to within 5 km of the borders with:</p><ul><li>Iraq</li><li>Syria</li></ul>"
    )
    assert named(html) == [("within 5 km of the borders with Iraq", 4), ("within 5 km of the borders with Syria", 4)]


@pytest.mark.parametrize(
    "announced", ["to:", "to the following areas:", "to these areas in the north:", "to the states of:"]
)
def test_a_general_announcement_lends_nothing(announced: str) -> None:
    html = f"<p>We advise against all travel {announced}</p><ul><li>Red State due to crime</li></ul>"
    assert named(html) == [("Red State", 4)]


def test_labels_may_stand_between_the_announcement_and_the_items() -> None:
    html = "<p>Do not travel to:</p><h4>All parts:</h4><ul><li>Red</li></ul><p>Towns:</p><ul><li>Blue</li></ul>"
    assert named(html) == [("Red", 4), ("Blue", 4)]


def test_any_other_text_ends_the_list() -> None:
    html = "<p>Do not travel to:</p><ul><li>Red</li></ul><p>You should:</p><ul><li>be careful</li></ul>"
    assert named(html) == [("Red", 4)]


def test_an_item_may_be_a_statement_of_its_own() -> None:
    html = "<ul><li>Do not travel to Red due to crime.</li><li>Reconsider travel to Blue.</li></ul>"
    assert named(html) == [("Red", 4), ("Blue", 3)]


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>Red, excluding:<ul><li>Here</li><li>there</li></ul></li><li>blue</li></ul>",
        "<ul><li>Red, except the border crossings at:<ul><li>Here</li></ul></li><li>blue</li></ul>",
        "<ul><li>Red, except for:</li><li>here</li><li>the town of There</li></ul><p>Do not travel to blue.</p>",
    ],
)
def test_what_a_list_leaves_out_is_no_region(html: str) -> None:
    assert named(f"<p>Do not travel to:</p>{html}") == [("Red", 4), ("blue", 4)]


def test_what_a_flat_list_leaves_out_begins_in_another_case() -> None:
    html = "<ul><li>the hills, except the crossings at:</li><li>Wagah</li><li>Khunjerab</li><li>the coast</li></ul>"
    assert named(f"<p>Do not travel to:</p>{html}") == [("the hills", 4), ("the coast", 4)]


def test_a_paragraph_that_announces_exceptions_keeps_its_list_out() -> None:
    html = (
        "<p>Do not travel to Red Hills, except for these towns:</p><ul><li>Here</li></ul><p>Do not travel to Blue.</p>"
    )
    assert named(html) == [("Red Hills", 4), ("Blue", 4)]


def test_an_exception_inside_the_announcement_leaves_the_list_a_list() -> None:
    html = (
        "<p>Do not travel to these areas, excluding Route 51 from the centre to the airport:</p><ul><li>Red</li></ul>"
    )
    assert named(html) == [("Red", 4)]


def test_a_withdrawn_statement_names_nothing() -> None:
    assert named("<p>We no longer advise against all travel to the Red Hills.</p>") == []


def test_only_sentences_of_the_speaker_count() -> None:
    blocks = markup.outline("<p>We advise against all travel to Red. Do not travel to Blue.</p>")
    found = regions.stated(blocks, "JO", speaker=re.compile("advise"))
    assert [statement.area for statement in found] == ["Red"]


def test_an_area_at_night_is_an_area() -> None:
    assert named("<p>Do not travel to:</p><ul><li>Red “Towns” at night. This includes Blue.</li></ul>") == [
        ("Red “Towns”", 4)
    ]


@pytest.mark.parametrize("words", ["alone.", "at night.", "by road.", "outside Amman at night.", "unless you must."])
def test_how_or_when_to_travel_is_no_region(words: str) -> None:
    assert named(f"<p>Do not travel {words}</p>") == []


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("Jordan", True),
        ("Jordan overall", True),
        ("the whole of Jordan", True),
        ("Jordan, including Amman", True),
        ("Jordan (see below)", True),
        ("Jordan except Petra", True),
        ("the country", True),
        ("Syria", False),
        ("the Jordan Valley", False),
        ("", False),
    ],
)
def test_the_country_itself_is_told_from_its_parts(name: str, whole: bool) -> None:
    assert regions.is_whole(name, "JO") is whole


@pytest.mark.parametrize(
    ("name", "destination", "whole"),
    [("Northern Cyprus", "CY", False), ("South Sudan", "SS", True), ("North Korea", "KP", True), ("Jordan", "", False)],
)
def test_a_point_of_the_compass_makes_a_part_unless_it_is_the_name(name: str, destination: str, whole: bool) -> None:
    assert regions.is_whole(name, destination) is whole


def test_the_whole_country_is_no_region_unless_it_is_asked_for() -> None:
    statement = Statement(Level.AVOID, "Jordan, except Amman")
    assert regions.region(statement, "JO") is None
    assert regions.region(statement, "JO", keep_whole=True) == Region("Jordan, except Amman", Level.AVOID, Area.REST)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("the rest of Jordan", Area.REST),
        ("the rest of the country", Area.REST),
        ("all other areas", Area.REST),
        ("the rest of Red Province", Area.AREA),
        ("within 5 km of Syria", Area.STRIP),
        ("border areas with Syria", Area.STRIP),
        ("Red Province, including the border", Area.AREA),
        ("the city of Aqaba", Area.CITY),
        ("Belize City", Area.CITY),
        ("Red Province, except Aqaba city", Area.AREA),
    ],
)
def test_the_kind_of_a_region_is_told_by_its_name(name: str, kind: Area) -> None:
    found = regions.region(Statement(Level.AVOID, name), "JO")
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    ("name", "destination", "code"),
    [
        ("the state of Chihuahua", "MX", "MX-CHH"),
        ("Balochistan Province", "PK", "PK-BA"),
        ("Chihuahua, excluding the capital", "MX", ""),
        ("Red Hills", "MX", ""),
        ("Chihuahua", "", ""),
    ],
)
def test_a_region_that_is_a_part_of_iso_3166_2_has_its_code(name: str, destination: str, code: str) -> None:
    assert regions.code(name, destination) == code


def test_the_same_region_twice_is_one() -> None:
    one, again, other = Region("Red", Level.AVOID), Region("red.", Level.AVOID), Region("Red", Level.RECONSIDER)
    assert [region.level for region in regions.unique([one, None, again, other])] == [Level.AVOID, Level.RECONSIDER]


@pytest.mark.parametrize("filler", [",", " ", "- ", "and ", "except ", "the ", "(", "due ", "Do not travel "])
def test_a_wall_of_text_is_read_at_once(filler: str) -> None:
    begin = time.process_time()
    blocks = [markup.Block(markup.Kind.TEXT, f"Do not travel to X{filler * 20_000}Y:")]
    assert len(list(regions.stated(blocks, "JO"))) <= 20_001
    assert time.process_time() - begin < 2


@given(st.text(alphabet="abc ,.:;()“*–-\u00a0", max_size=60))
def test_any_words_give_areas_or_none(words: str) -> None:
    for statement in regions.statements(f"Do not travel to {words} and advises against all travel {words}:"):
        assert statement.area == statement.area.strip()
