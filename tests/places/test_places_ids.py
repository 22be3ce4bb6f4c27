"""Ids, groups, names to show and parts of countries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd import places
from advisoryd.places.data import LOCALES
from advisoryd.places.gazetteer import joined
from advisoryd.places.gazetteer import places as known_places

IDS = sorted(known_places())


@pytest.mark.parametrize(
    "place", ["JP", "XK", "HK", "PT-20", "ES-CN", "BQ-BO", "PS-GZ", "WORLD", "SEA-ADEN", "IL+PS", "CK+NU+TK"]
)
def test_ids_that_are_known(place: str) -> None:
    assert places.known(place)


@pytest.mark.parametrize("place", ["", "+", "XX", "jp", "JPN", "PS+IL", "IL+IL", "IL+", "IL+XX", "ZZ-01", "UK"])
def test_ids_that_are_not(place: str) -> None:
    assert not places.known(place)


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("JP", ("JP",)),
        ("HK", ("HK",)),
        ("IL+PS", ("IL", "PS")),
        ("PS-GZ", ("PS", "PS-GZ")),
        ("PT-20", ("PT", "PT-20")),
        ("BL+GP+MF+MQ", ("BL", "GP", "MF", "MQ")),
        ("BQ-SA+BQ-SE", ("BQ", "BQ-SA", "BQ-SE")),
        ("WORLD", ("WORLD",)),
        ("SEA-ADEN", ("SEA-ADEN",)),
    ],
)
def test_members_are_everybody_whom_news_of_the_place_concerns(place: str, wanted: tuple[str, ...]) -> None:
    assert places.members(place) == wanted


@pytest.mark.parametrize(("code", "place"), [("JP", "JP"), ("JPN", "JP"), ("392", "JP"), ("UK", "GB"), ("XKX", "XK")])
def test_a_place_is_found_by_any_of_its_codes(code: str, place: str) -> None:
    found = places.find(code)
    assert found is not None
    assert found.id == place


def test_a_code_nobody_has_finds_nothing() -> None:
    assert places.find("QQ") is None


@settings(deadline=None)
@given(st.lists(st.sampled_from(IDS), min_size=1, max_size=6))
def test_however_places_are_joined_the_id_is_the_same(ids: list[str]) -> None:
    assert joined(ids) == joined(reversed(ids)) == joined([joined(ids)])
    assert places.known(joined(ids))


@pytest.mark.parametrize(
    ("words", "some", "others"),
    [
        (["asean"], {"TH", "TL"}, {"CN"}),
        (["EU"], {"DE", "HR"}, {"GB", "CH"}),
        (["schengen"], {"BG", "RO", "CH"}, {"IE", "CY", "GB"}),
        (["gcc"], {"AE", "SA"}, {"YE", "IQ"}),
        (["efta"], {"CH", "LI"}, {"SE"}),
        (["nordics"], {"SE", "GL"}, {"EE"}),
        (["g7"], {"JP", "IT"}, {"CN"}),
        (["g20"], {"AR", "SA"}, {"ES"}),
        (["BRICS"], {"ID", "ET"}, {"AR"}),
        (["mercosur"], {"BO", "UY"}, {"VE", "CL"}),
        (["african union"], {"MA", "EH"}, {"YE"}),
        (["caribbean"], {"JM", "PR"}, {"MX"}),
        (["central-america"], {"MX", "PA"}, {"CO"}),
        (["middle_east"], {"IR", "EG", "PS"}, {"AF"}),
        (["oceania"], {"FJ", "NZ"}, {"ID"}),
        (["JP", "PT-20", "IL+PS", "gcc"], {"JP", "PT-20", "IL+PS", "QA"}, {"PT"}),
        (["UK"], {"GB"}, {"UK"}),
    ],
)
def test_groups_are_spelt_out(words: list[str], some: set[str], others: set[str]) -> None:
    spelt = places.expand(words)
    assert some <= spelt
    assert not others & spelt


@pytest.mark.parametrize(
    ("group", "member", "day", "inside"),
    [
        ("schengen", "RO", date(2024, 12, 31), False),
        ("schengen", "RO", date(2025, 1, 1), True),
        ("schengen", "HR", date(2022, 12, 31), False),
        ("eu", "GB", date(2020, 1, 31), True),
        ("eu", "GB", date(2020, 2, 1), False),
        ("brics", "ID", date(2025, 1, 5), False),
        ("asean", "TL", date(2025, 10, 26), True),
        ("mercosur", "BO", date(2024, 7, 7), False),
        ("nato", "SE", date(2024, 3, 7), True),
        ("ecowas", "ML", date(2025, 1, 28), True),
        ("ecowas", "ML", date(2025, 1, 29), False),
    ],
)
def test_membership_is_that_of_the_day(group: str, member: str, day: date, inside: bool) -> None:
    assert (member in places.expand([group], day)) is inside


def test_the_parts_of_the_world_leave_nobody_out_and_nobody_in_two() -> None:
    continents = [places.expand([word]) for word in ("africa", "americas", "asia", "europe", "oceania")]
    assert sum(map(len, continents)) == len(frozenset().union(*continents))
    assert {place.id for place in known_places().values() if place.alpha3} - frozenset().union(*continents) == {"AQ"}


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("Japan", "JP"),
        ("jp", "JP"),
        ("asaen", "asean"),
        ("Kirgistan", "KG"),
        ("shengen", "schengen"),
        ("midle-east", "middle-east"),
    ],
)
def test_a_word_that_is_no_place_is_named_with_what_it_may_stand_for(word: str, hint: str) -> None:
    with pytest.raises(places.UnknownPlace, match=rf"'{word}' is neither .* did you mean .*{hint}") as caught:
        places.expand(["FR", word])
    assert caught.value.word == word
    assert hint in caught.value.near


@pytest.mark.parametrize("word", ["", " ", "*", "xx", "qqqqqqqqq", "+"])
def test_a_word_that_is_like_nothing_is_refused_without_a_hint(word: str) -> None:
    with pytest.raises(places.UnknownPlace, match="is neither a place code nor a group of places"):
        places.expand([word])


@pytest.mark.parametrize(
    ("place", "locale", "shown"),
    [
        ("JP", "en", "Japan"),
        ("HK", "en", "Hong Kong"),
        ("HK", "zh-Hant", "香港"),
        ("MO", "pt", "Macau"),
        ("CD", "zh-Hans", "刚果（金）"),
        ("PS", "de", "Palästinensische Gebiete"),
        ("US", "ja", "米国"),
        ("KP", "zh-Hans", "朝鲜"),
        ("KP", "zh-Hant", "北韓"),
        ("PT-20", "fr", "Açores"),
        ("SEA-ADEN", "es", "Golfo de Adén"),
        ("IL+PS", "en", "Israel and Palestine"),
        ("IL+PS", "zh-Hans", "以色列和巴勒斯坦"),
        ("IL+PS", "ja", "イスラエル、パレスチナ"),
        ("IL+PS", "ko", "이스라엘 및 팔레스타인"),
        ("IL+PS", "ar", "إسرائيل وفلسطين"),
        ("CK+NU+TK", "de", "Cookinseln, Niue und Tokelau"),
        ("CK+NU+TK", "en", "Cook Islands, Niue, and Tokelau"),
        ("BL+GP+MF+MQ", "fr", "Antilles françaises"),
        ("BL+GP+MF+MQ", "sv", "French West Indies"),
        ("SO-SL", "hu", "Somaliland"),
        ("JP", "pt-BR", "Japão"),
        ("IR", "pt-PT", "Irão"),
        ("JP", "xx", "Japan"),
        ("JP", "", "Japan"),
        ("QQ", "en", "QQ"),
    ],
)
def test_places_are_shown_in_the_readers_language(place: str, locale: str, shown: str) -> None:
    assert places.display_name(place, locale) == shown


@settings(deadline=None)
@given(st.lists(st.sampled_from(IDS), min_size=1, max_size=5), st.sampled_from(LOCALES))
def test_a_composite_shows_every_part_by_its_name(ids: list[str], locale: str) -> None:
    shown = places.display_name(joined(ids), locale)
    if joined(ids) != "BL+GP+MF+MQ":
        assert all(places.display_name(part, locale) in shown for part in ids)


@pytest.mark.parametrize(
    ("country", "name", "code"),
    [
        ("JP", "Fukushima", "JP-07"),
        ("JP", "福島県", "JP-07"),
        ("TH", "Yala", "TH-95"),
        ("TH", "Narathiwat Province", "TH-96"),
        ("TH", "ウボンラチャタニ県", "TH-34"),
        ("KH", "Oddar Meanchey province", "KH-22"),
        ("EG", "North Sinai Governorate", "EG-SIN"),
        ("MX", "Michoacán", "MX-MIC"),
        ("MX", "Guerrero state", "MX-GRO"),
        ("MX", "State of Mexico", "MX-MEX"),
        ("IN", "Jammu & Kashmir", "IN-JK"),
        ("UA", "Donetska oblast", "UA-14"),
        ("UA", "Crimea", "UA-43"),
        ("DE", "Bayern", "DE-BY"),
        ("DE", "Bavaria", "DE-BY"),
        ("IT", "Sicilia", "IT-82"),
        ("ES", "Canary Islands", "ES-CN"),
        ("US", "Florida", "US-FL"),
        ("PK", "Khyber-Pakhtunkhwa", "PK-KP"),
        ("CO", "Norte de Santander", "CO-NSA"),
        ("ES", "Madrid", ""),
        ("JP", "the border area", ""),
        ("", "Yala", ""),
        ("ZZ", "Yala", ""),
        ("TH", "", ""),
    ],
)
def test_parts_of_a_country_have_their_code(country: str, name: str, code: str) -> None:
    assert places.resolve_region(country, name) == code


@settings(deadline=None)
@given(st.sampled_from(["JP", "TH", "", "QQ", "x\ty"]), st.text(max_size=100))
def test_any_part_may_be_asked_for(country: str, name: str) -> None:
    assert isinstance(places.resolve_region(country, name), str)


def test_the_package_says_what_it_does_not_have() -> None:
    with pytest.raises(AttributeError, match="no attribute 'weather'"):
        places.weather  # noqa: B018
