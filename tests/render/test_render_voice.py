"""A voice fills whole sentences, picks the fullest that it can, and lists names as its language does."""

from __future__ import annotations

import pytest

from advisoryd.render.clean import Said
from advisoryd.render.voice import LOCALES, placeholders, voice_for

ENGLISH = voice_for("en", "UTC")
TWO = ("{issuer}: advice for {place} expires on {until}", "{issuer}: advice for {place} expires soon")


def test_placeholders_are_the_names_in_braces() -> None:
    assert placeholders("{a} and {b}, then {a}") == {"a", "b"}
    assert placeholders("none") == frozenset()


def test_values_are_cleaned_on_the_way_in_and_never_filled_again() -> None:
    said = ENGLISH.say("{label}: {value}", label="a\nb", value="{label}\x1b[0m")
    assert said == "a b: {label}"


def test_what_was_said_can_be_said_again_unchanged() -> None:
    inner = ENGLISH.say("{label}: {value}", label="שלום", value="x")
    assert ENGLISH.say("TEST – {text}", text=inner) == f"TEST – {inner}"
    assert isinstance(inner, Said)


def test_numbers_are_values_too() -> None:
    assert ENGLISH.say("{label}: {value}", label="n", value=3) == "n: 3"


def test_the_fullest_sentence_that_can_be_filled_is_said() -> None:
    values = {"issuer": "I", "place": "P", "until": "Friday", "unused": "x"}
    assert ENGLISH.best(TWO, values) == "I: advice for P expires on Friday"
    del values["until"]
    assert ENGLISH.best(TWO, values) == "I: advice for P expires soon"
    assert ENGLISH.best(TWO, {}) == ""


@pytest.mark.parametrize(
    ("locale", "listed"),
    [
        ("en", "A, B and C"),
        ("de", "A, B und C"),
        ("fr", "A, B et C"),
        ("es", "A, B y C"),
        ("it", "A, B e C"),
        ("pt", "A, B e C"),
        ("ja", "A、B、C"),
        ("ko", "A, B 및 C"),
        ("zh-Hans", "A、B和C"),
        ("zh-Hant", "A、B和C"),
    ],
)
def test_names_are_listed_as_the_language_does(locale: str, listed: str) -> None:
    assert voice_for(locale, "UTC").listing(["A", "B", "C"]) == listed


def test_short_lists_need_no_comma() -> None:
    assert ENGLISH.listing(["A"]) == "A"
    assert ENGLISH.listing([]) == ""


def test_a_voice_is_made_once() -> None:
    assert voice_for("ja", "Asia/Tokyo") is voice_for("ja", "Asia/Tokyo")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_speaks_for_itself(locale: str) -> None:
    tag = locale.replace("_", "-")
    words = voice_for(tag, "UTC").say("Official page")
    assert (words == "Official page") == (tag == "en")


def test_the_readers_own_tag_is_kept_for_names() -> None:
    hong_kong = voice_for("zh-Hant-HK", "Asia/Hong_Kong")
    assert (hong_kong.tag, hong_kong.exact) == ("zh-Hant", "zh-Hant-HK")
