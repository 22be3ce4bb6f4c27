"""What would be read in a headline, with the words that decided."""

from __future__ import annotations

import pytest

from .conftest import Home, Verb


def test_a_headline_is_explained_without_a_database(verb: Verb) -> None:
    said = verb("explain", "--headline", "China rät seinen Bürgern von Reisen nach Japan ab", "--language", "de")
    assert said.status == 0
    assert said.lines[0] == "travel advice of China about Japan: issued, level 3"
    assert any("issuer CN" in line and "China" in line for line in said.lines)


def test_what_is_no_advice_says_why(verb: Verb) -> None:
    said = verb("explain", "--headline", "British Airways issues travel alert to passengers")
    assert said.lines[0] == "no government's travel advice"


def test_it_comes_as_json(verb: Verb) -> None:
    (claim,) = verb("explain", "--headline", "中国提醒公民近期避免前往日本", "--language", "zh", "--json").values
    assert (claim["issuers"], claim["destinations"]) == (["CN"], ["JP"])


@pytest.mark.parametrize(("words", "sentence"), [((), "name an event"), (("--headline", " "), "the headline is empty")])
def test_nothing_to_explain_is_said_so(verb: Verb, words: tuple[str, ...], sentence: str) -> None:
    said = verb("explain", *words)
    assert said.status != 0
    assert sentence in said.err


def test_an_official_event_has_no_headline_to_read(home: Home) -> None:
    assert "confidence" not in home("explain", home.raised).out
