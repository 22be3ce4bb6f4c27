"""Copies of one report count once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.news import NewsItem, canonical_url, syndication_key


def key(title: str = "", summary: str = "", url: str = "", outlet: str = "") -> str:
    return syndication_key(NewsItem(title=title, summary=summary, url=url, outlet=outlet, language="en"))


@pytest.mark.parametrize(
    ("summary", "agency"),
    [
        ("TOKYO (Reuters) - China on Friday told its citizens to avoid Japan.", "reuters"),
        ("BEIJING (AP) — China cautioned its citizens.", "ap"),
        ("【北京共同】中国外務省は14日、渡航自粛を呼びかけた。", "kyodo"),
        ("（中央社記者吳昇鴻台北14日電）中國外交部提醒公民避免前往日本。", "cna"),
        ("Berlin/Peking (dpa) - China hat vor Reisen nach Japan gewarnt.", "dpa"),
    ],
)
def test_a_signed_text_is_the_agencys(summary: str, agency: str) -> None:
    assert key(summary=summary) == f"agency:{agency}"


def test_a_word_in_brackets_that_is_no_agency_signs_nothing() -> None:
    assert not key(summary="The ministry (MFA) told citizens to avoid travel to Japan.").startswith("agency")


def test_a_shared_first_paragraph_makes_copies_of_differently_titled_items() -> None:
    paragraph = "China on Friday told its citizens to avoid travelling to Japan, its foreign ministry said."
    assert key("Beijing warns", paragraph) == key("China says stay away", f"{paragraph} Short tail.")


def test_items_without_a_summary_are_copies_when_their_headlines_are_one() -> None:
    first = key("China warns against travel to Japan - Straits Times", outlet="straitstimes.com")
    second = key("China warns against travel to Japan!")
    assert first == second


def test_a_short_sentence_shared_by_accident_makes_no_copies() -> None:
    assert key("A", "Read more.") != key("B", "Read more.")


def test_an_item_with_nothing_but_an_address_is_known_by_it() -> None:
    assert key(url="https://www.example.com/a?utm_source=x") == key(url="http://m.example.com/a/")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.com/a/", "example.com/a"),
        ("http://amp.example.com/a/amp", "example.com/a"),
        ("https://example.com/a?utm_medium=rss&id=7#top", "example.com/a?id=7"),
        ("https://EXAMPLE.com/A", "example.com/A"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_an_address_is_freed_of_what_differs_between_copies(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@given(st.text(max_size=120))
def test_any_text_has_an_address_form_and_a_key(text: str) -> None:
    assert canonical_url(text) is not None
    assert ":" in key(text, text, text)
