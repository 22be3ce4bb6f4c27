"""Titles and links of the United States' travel advisories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.model.ladder import Level
from advisoryd.sources import us_titles

CLASSIC = "https://travel.state.gov/content/travel/en/traveladvisories/traveladvisories"
NEW = "https://travel.state.gov/content/tsg_aem/us/en/home/international-travel/travel-advisories"


def place(title: str, link: str = "") -> str:
    return us_titles.place(us_titles.read(title), link)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kingdom of Denmark - Level 2: Exercise Increased Caution", "DK"),
        ("Côte d’Ivoire - Level 2: Exercise Increased Caution", "CI"),
        ("Cote d Ivoire - Level 2: Exercise Increased Caution", "CI"),
        ("Côte d'Ivoire (Ivory-Coast) - Level 2: Exercise Increased Caution", "CI"),
        ("Burma (Myanmar) - Level 4: Do Not Travel", "MM"),
        ("The Kyrgyz Republic - Level 1: Exercise Normal Precautions", "KG"),
        ("Solomon Island - Level 2: Exercise Increased Caution", "SB"),
        ("French West Indies - Level 1: Exercise Normal Precautions", "BL+GP+MF+MQ"),
        ("West Bank - Level 3: Reconsider Travel", "PS-WB"),
        ("Gaza - Level 4: Do Not Travel", "PS-GZ"),
        ("Bonaire - Level 1: Exercise Normal Precautions", "BQ-BO"),
        ("Antarctica - Level 2: Exercise Increased Caution", "AQ"),
        ("Worldwide Caution", "WORLD"),
        ("Atlantis - Level 1: Exercise Normal Precautions", ""),
    ],
)
def test_the_spellings_of_a_place_lead_to_one_id(title: str, expected: str) -> None:
    assert place(title) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (f"{CLASSIC}/macau-travel-advisory1.html", "MO"),
        (f"{CLASSIC}/hong-kong-travel-advisory.html", "HK"),
        (f"{NEW}/destination.chn.html", "CN"),
        (f"{NEW}/destination.jpn.html", "CN+HK+MO"),
        ("", "CN+HK+MO"),
    ],
)
def test_a_shared_title_is_told_by_a_link_that_leads_to_one_of_its_places(link: str, expected: str) -> None:
    title = "Mainland China, Hong Kong & Macau - See Summaries - Level 3: Reconsider Travel"
    assert us_titles.read(title).shared
    assert place(title, link) == expected


def test_a_title_that_is_about_several_places_by_itself_keeps_them_whatever_its_link() -> None:
    title = "Israel, the West Bank and Gaza - See Individual Summaries"
    assert not us_titles.read(title).shared
    assert place(title, f"{NEW}/destination.isr.html") == "IL+PS"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (f"{CLASSIC}/japan-travel-advisory.html", "JP"),
        (f"{CLASSIC}/afghanistan-advisory.html", "AF"),
        (f"{CLASSIC}/papua-new-guinea-travel-advisory1.html", "PG"),
        (f"{NEW}/destination.tun.html", "TN"),
        (f"{NEW}/destination.xxq.html", ""),
        ("https://travel.state.gov/", ""),
    ],
)
def test_a_link_leads_to_a_place_where_the_title_does_not(link: str, expected: str) -> None:
    assert place("Zzz - Level 1", link) == expected


def test_the_level_beside_a_title_is_used_only_where_the_title_has_none() -> None:
    assert us_titles.read("Japan", "Level 2: Exercise Increased Caution").level is Level.CAUTION
    assert us_titles.read("Japan - Level 1", "Level 2: Exercise Increased Caution").level is Level.NORMAL
    assert us_titles.read("Mexico - See Individual Summaries", "").known


def test_a_title_of_any_length_is_read_at_once() -> None:
    assert us_titles.read("-" * 1_000_000).level is None


@given(st.text(max_size=80), st.text(max_size=30))
def test_any_title_is_taken_apart(title: str, words: str) -> None:
    found = us_titles.read(title, words)
    assert found.level is None or found.known
