"""Strangers' text is made one harmless line, and its letters stay as they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.render.clean import Said, address, clean, shorten

FSI, PDI = "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("近期避免前往日本", "近期避免前往日本"),
        ("Reise\u00adwarnung\u00a0für\tMali\r\n", "Reisewarnung für Mali"),
        ("two\n\nparagraphs\u2028here", "two paragraphs here"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;https://evil.example\x07link\x1b]8;;\x07", "link"),
        ("bell\x07 null\x00 delete\x7f", "bell null delete"),
        ("gov\u202eelpmaxe", "govelpmaxe"),
        ("pa\u200by\u200cp\u200da\u2060l", "paypal"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("\u3164\u115f", ""),
        ("e\u0301te\u0301", "e\u0301te\u0301"),
        ("می\u200cخواهم", f"{FSI}می\u200cخواهم{PDI}"),
        ("שלום", f"{FSI}שלום{PDI}"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_only_what_misleads_the_eye_is_taken_away(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_tower_of_combining_marks_is_cut_down() -> None:
    assert len(clean("Z" + "\u0351" * 300)) < 10


@given(st.text())
def test_cleaned_text_is_one_visible_line_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert once == clean(str(once))
    assert "\n" not in once
    inner = once.replace(FSI, "").replace(PDI, "")
    assert not [char for char in inner if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert once.count(FSI) == once.count(PDI) <= 1


def test_text_that_was_cleaned_is_left_alone() -> None:
    assert clean(Said("a\u00a0: b")) == "a\u00a0: b"


@pytest.mark.parametrize(
    ("url", "inert"),
    [
        ("https://www.gov.uk/foreign-travel-advice/japan", "https://www.gov.uk/foreign-travel-advice/japan"),
        ("http://cs.mfa.gov.cn/a?b=1&c=%E4%B8%AD#d", "http://cs.mfa.gov.cn/a?b=1&c=%E4%B8%AD#d"),
        ("https://example.org/日本", "https://example.org/%E6%97%A5%E6%9C%AC"),
        ("https://example.org/a b)c]<d>\"e|f`g*h'i", "https://example.org/a%20b%29c%5D%3Cd%3E%22e%7Cf%60g%2Ah%27i"),
        ("  https://example.org/\n", "https://example.org/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://www.gov.uk@evil.example/", ""),
        ("//example.org", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("", ""),
    ],
)
def test_an_address_can_neither_run_nor_break_out(url: str, inert: str) -> None:
    assert address(url) == inert


@given(st.text())
def test_no_address_ends_a_link_early(tail: str) -> None:
    assert not set(address("https://example.org/" + tail)) & set(" \n\t<>\"'`()[]|\\*{}^")


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("advice for Japan raised", 40, "advice for Japan raised"),
        ("advice for Japan raised", 18, "advice for Japan…"),
        ("advice for Japan, raised", 18, "advice for Japan…"),
        ("近期避免前往日本", 6, "近期避免前…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("nai\u0308ve", 4, "na…"),
        ("word", 1, "…"),
        ("word", 0, ""),
    ],
)
def test_text_is_shortened_at_a_word_and_never_inside_a_letter(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@given(st.text(), st.integers(min_value=0, max_value=60))
def test_shortened_text_fits_and_keeps_its_isolates_paired(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short.count(FSI) == short.count(PDI)
