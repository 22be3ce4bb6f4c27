"""Names as issuers write them, and the places they mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd import places
from advisoryd.places.data import LOCALES
from advisoryd.places.gazetteer import places as known_places
from advisoryd.places.names import LONGEST

HERE = Path(__file__).parent


def told(file: str) -> Iterator[tuple[str, str, str]]:
    """Every (name, place, language) of a table of names; the language is English where the table gives none."""
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, place, language = (line + "\ten").split("\t")[:3]
            yield name, place, language


@pytest.mark.parametrize("issuer", ["ca", "gb", "ie", "us", "au", "others"])
def test_every_name_an_issuer_uses_is_understood(issuer: str) -> None:
    wrong = [
        (name, place, found)
        for name, place, language in told(f"names-{issuer}.tsv")
        if (found := places.resolve(name, language)).place != place
    ]
    assert not wrong


@pytest.mark.parametrize("locale", LOCALES)
def test_what_we_show_is_what_we_understand(locale: str) -> None:
    wrong = {
        place: (shown, places.resolve(shown, locale))
        for place in known_places()
        if places.resolve(shown := places.display_name(place, locale), locale).place != place
    }
    assert not wrong


@pytest.mark.parametrize(
    ("name", "language", "how"),
    [
        ("JP", "en", "code"),
        ("JPN", "en", "code"),
        ("392", "en", "code"),
        ("XKX", "de", "code"),
        ("UK", "en", "code"),
        ("IC", "en", "code"),
        ("PT-20", "en", "code"),
        ("IL+PS", "en", "code"),
        ("Japan", "en", "name"),
        ("Japan", "", "foreign-name"),
        ("Japón", "en", "foreign-name"),
        ("Ivory Coast", "en", "alias"),
        ("Israel and Palestine", "en", "umbrella"),
        ("Guinea", "en", "table"),
        ("Oman, Qatar and Kuwait", "en", "composite"),
        ("republica de mocambique", "pl", "folded"),
        ("Congo", "", "ambiguous"),
        ("Examplia", "en", "unknown"),
    ],
)
def test_the_answer_says_which_rule_decided(name: str, language: str, how: str) -> None:
    assert places.resolve(name, language).how == how


@pytest.mark.parametrize(
    "name",
    [
        "Côte d'Ivoire",
        "CÔTE D’IVOIRE",
        "cote-d-ivoire",
        "  Cote  d’Ivoire ",
        "Côte\u00a0d‘Ivoire*",
        "Cote_d'Ivoire",
        "Ｃôte d´Ivoire",
    ],
)
def test_case_quotes_dashes_blanks_and_accents_make_no_difference(name: str) -> None:
    assert places.resolve(name, "en").place == "CI"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("The Gambia", "GM"),
        ("Gambia, The", "GM"),
        ("Gambia, Republic of The", "GM"),
        ("Bahamas (The)", "BS"),
        ("St. Kitts & Nevis", "KN"),
        ("Saint Kitts and Nevis", "KN"),
        ("Moldova, Republic of", "MD"),
        ("Tanzania, United Republic of", "TZ"),
    ],
)
def test_articles_inversions_and_ampersands_are_undone(name: str, place: str) -> None:
    assert places.resolve(name, "en").place == place


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("South Korea (Republic of Korea)", "KR"),
        ("Korea, Democratic Republic of (North Korea)", "KP"),
        ("Congo (Kinshasa)", "CD"),
        ("Hong Kong (China)", "HK"),
        ("Puerto Rico (USA)", "PR"),
        ("Azores (Portugal)", "PT-20"),
        ("Georgia (United States)", ""),
        ("Niger (Nigeria)", ""),
        ("Korea (nobody knows which)", ""),
        ("Examplia (Japan)", ""),
    ],
)
def test_brackets_may_repeat_or_tell_apart_but_not_contradict(name: str, place: str) -> None:
    assert places.resolve(name, "en").place == place


def test_words_in_brackets_that_name_no_place_are_reported() -> None:
    found = places.resolve("Myanmar (south-eastern regions)", "en")
    assert found.place == "MM"
    assert "south-eastern regions" in found.detail


@pytest.mark.parametrize(
    ("name", "language", "candidates"),
    [
        ("Congo", "", ("CD", "CG")),
        ("Kongo", "de", ("CD", "CG")),
        ("刚果", "zh-Hans", ("CD", "CG")),
        ("Korea", "en", ("KP", "KR")),
        ("Corée", "fr", ("KP", "KR")),
        ("Virgin Islands", "en", ("VG", "VI")),
        ("Guiana", "en", ("GF", "GY", "SR")),
    ],
)
def test_an_ambiguous_name_stays_unknown_and_names_its_candidates(
    name: str, language: str, candidates: tuple[str, ...]
) -> None:
    found = places.resolve(name, language)
    assert found.place == ""
    assert found.candidates == candidates
    assert all(candidate in found.detail for candidate in candidates)


@pytest.mark.parametrize(
    ("name", "language", "place"),
    [
        ("Congo", "en", "CG"),
        ("Korea", "zh-Hant", "KR"),
        ("Georgia", "en", "GE"),
        ("Guinea", "en", "GN"),
        ("Saint Martin", "en", "MF"),
        ("Dominica", "en", "DM"),
    ],
)
def test_an_explicit_table_answers_where_an_issuer_leaves_no_doubt(name: str, language: str, place: str) -> None:
    found = places.resolve(name, language)
    assert (found.place, found.how) == (place, "table")
    assert found.detail


@pytest.mark.parametrize(
    ("name", "language", "place"),
    [
        ("Trinidad and Tobago and Cuba", "en", "CU+TT"),
        ("Antigua and Barbuda, Bosnia and Herzegovina", "en", "AG+BA"),
        ("Thailand / Cambodia", "en", "KH+TH"),
        ("Frankreich und Monaco", "de", "FR+MC"),
        ("Espagne et Portugal", "fr", "ES+PT"),
        ("España y Portugal", "es", "ES+PT"),
        ("Spagna e Portogallo", "it", "ES+PT"),
        ("日本、韓国と中国", "ja", "CN+JP+KR"),
        ("태국 및 캄보디아", "ko", "KH+TH"),
        ("Сирия и Ирак", "ru", "IQ+SY"),
        ("سوريا والعراق", "ar", "IQ+SY"),
        ("Israel and the Occupied Palestinian Territories", "en", "IL+PS"),
    ],
)
def test_several_places_become_one_sorted_id(name: str, language: str, place: str) -> None:
    assert places.resolve(name, language).place == place


@pytest.mark.parametrize("name", ["Japan and Examplia", "Korea and Gabon", "and", ", and ,", "North and South"])
def test_a_list_with_a_part_nobody_knows_is_unknown_as_a_whole(name: str) -> None:
    assert places.resolve(name, "en").place == ""


@pytest.mark.parametrize(
    ("name", "day", "how"),
    [
        ("Swaziland", date(2018, 4, 18), "alias"),
        ("Swaziland", date(2018, 4, 19), "former-name"),
        ("The Occupied Palestinian Territories", date(2025, 9, 21), "alias"),
        ("The Occupied Palestinian Territories", date(2025, 9, 22), "former-name"),
        ("Turkey", date(2026, 1, 1), "former-name"),
        ("Macedonia", date(2018, 1, 1), "alias"),
    ],
)
def test_a_name_given_up_is_still_understood_and_said_to_be_old(name: str, day: date, how: str) -> None:
    assert places.resolve(name, "en", day).how == how
    assert places.resolve(name, "en", day).place == places.resolve(name, "en").place


@pytest.mark.parametrize(
    ("before", "after", "issuer"),
    [
        ("Czech Republic", "Czechia", "GOV.UK, 11 July 2025"),
        ("czech-republic", "czechia", "its slugs"),
        ("The Occupied Palestinian Territories", "Palestine", "GOV.UK, 22 September 2025"),
        ("Israel, the West Bank and the Gaza Strip", "Israel and Palestine", "Canada, 22 September 2025"),
        ("Timor Leste", "Timor-Leste", "Ireland, 2025"),
        ("Swaziland", "Eswatini", "GOV.UK"),
        ("Turkey", "Türkiye", "Australia"),
        ("Burma", "Burma (Myanmar)", "the State Department"),
    ],
)
def test_a_rename_leaves_the_place_where_it_was(before: str, after: str, issuer: str) -> None:
    assert places.resolve(before, "en").place == places.resolve(after, "en").place != "", issuer


def test_nothing_is_matched_by_likeness() -> None:
    assert places.resolve("Jappan", "en").place == ""
    assert places.resolve("Nigera", "en").place == ""


def test_near_names_are_for_people_to_choose_from() -> None:
    assert places.suggest("Jappan") == ("JP",)
    assert "KG" in places.suggest("Kirgistn", "de")
    assert places.suggest("qqqqqqqq") == ()


@pytest.mark.parametrize("word", ["and", "y", "my", "uc", "ao", "can", "est", "per", "jp"])
def test_short_words_are_not_taken_for_codes_or_for_names_of_a_far_language(word: str) -> None:
    assert places.resolve(word, "en").place == ""


def test_state_department_tags_are_not_codes_of_ours() -> None:
    assert places.resolve("JA", "en").place == ""
    assert places.resolve("UC", "en").place == ""


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(["", "xx", *LOCALES]))
def test_any_text_may_be_refused_but_none_crashes(text: str, language: str) -> None:
    found = places.resolve(text, language)
    assert found.place == "" or places.known(found.place)
    assert found.place or found.detail


@settings(deadline=None)
@given(st.lists(st.sampled_from(["Japan", "and", ",", "(", ")", "Oman", "the", "/", "Korea", " "]), max_size=40))
def test_any_arrangement_of_names_and_joiners_is_answered(words: list[str]) -> None:
    assert isinstance(places.resolve(" ".join(words), "en"), places.Resolution)


def test_a_name_longer_than_any_issuer_uses_is_not_looked_at() -> None:
    assert places.resolve("Japan and " * 100).how == "unknown"
    assert places.resolve("x" * LONGEST).how == places.resolve("x" * (LONGEST + 1)).how == "unknown"
