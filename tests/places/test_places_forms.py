"""How the files that people keep become the tables that are read at run time."""

from __future__ import annotations

import pytest

from advisoryd.places import forms
from advisoryd.places.forms import LANGUAGES, table, table_of
from advisoryd.places.lexicon import HEAD, SUFFIX, Form, bare, lexicon


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_what_is_read(language: str) -> None:
    made, read = table_of(language), lexicon(language)
    assert {spelt: read.form(spelt) for spelt in read.forms} == made.forms
    assert read.suffixes == made.suffixes
    assert read.spaced == made.spaced


@pytest.mark.parametrize("language", ["en", "zh", "ar"])
def test_every_form_is_reached_from_its_head(language: str) -> None:
    read = lexicon(language)
    for spelt in read.forms:
        units = spelt.split(" ") if read.spaced else list(spelt)
        lengths = read.heads.get(units[0], (1,))
        assert len(units) in lengths
        assert list(lengths) == sorted(lengths, reverse=True)


def test_the_lines_are_in_order_so_that_a_change_shows_as_one_line() -> None:
    lines = table("nl")
    own = [line for line in lines if line[0] not in (HEAD, SUFFIX)]
    assert own == sorted(own)


@pytest.mark.parametrize(
    ("language", "spelt", "wanted"),
    [
        ("en", "japan", Form(("JP",), "name", "Capital")),
        ("en", "uae", Form(("AE",), "name", "CAPITALS")),
        ("en", "new england", Form()),
        ("de", "japanischem", Form(("JP",), "demonym", "any")),
        ("es", "japonesas", Form(("JP",), "demonym", "any")),
        ("fr", "azores", None),
        ("en", "azores", Form(("PT",), "region", "Capital")),
        ("en", "gulf of guinea", Form()),
        ("en", "worldwide", None),
        ("zh", "俄乌", Form(("RU", "UA"), "name", "any")),
    ],
)
def test_a_form_tells_its_place_its_kind_and_how_it_is_written(language: str, spelt: str, wanted: Form | None) -> None:
    assert lexicon(language).form(spelt) == wanted


def test_a_country_and_its_capital_of_one_name_are_the_country() -> None:
    form = lexicon("ru").form("тунис")
    assert form is not None
    assert form.kind == "name"


def test_a_condition_of_a_name_holds_for_its_inflected_forms() -> None:
    read = lexicon("ru")
    told = [read.form(spelt) for spelt in ("чад", "чада", "чаде")]
    assert all(form is not None and form.only_with for form in told)


def test_two_conditions_of_one_form_are_both_kept() -> None:
    form = lexicon("zh").form("来日")
    assert form is not None
    assert form.not_after
    assert form.only_with


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("unless Atlanta; I-85", Form(("GE",), unless=("atlanta", "i-85"))),
        ("only with Maldiv", Form(("GE",), only_with=("maldiv",))),
        ("not after 0123", Form(("GE",), not_after="0123")),
        ("only after ^。", Form(("GE",), only_after="^。")),
    ],
)
def test_conditions_are_read_as_they_are_said(condition: str, wanted: Form) -> None:
    assert forms._conditional(Form(("GE",)), condition) == wanted


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("اليابان", "يابان"),
        ("لليابان", "يابان"),
        ("الصين", "صين"),
        ("عُمان", "عمان"),
        ("قطـر", "قطر"),
        ("japan", "japan"),
        ("цели", "цели"),
    ],
)
def test_the_arabic_article_and_vowel_signs_are_taken_off(word: str, wanted: str) -> None:
    assert bare(word) == wanted
