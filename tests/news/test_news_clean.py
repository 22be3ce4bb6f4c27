"""Feed dirt, and the form in which words are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.news.clean import LONGEST, clean, fold, headline


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("Travel&nbsp;alert", "Travel alert"),
        ("China&#8217;s &quot;advice&quot;", 'China\'s "advice"'),
        ("AT&amp;amp;T", "AT&T"),
        ("<p>China <b>warns</b></p>", "China warns"),
        ("<a href='x'>Leave</a>\n\t now", "Leave now"),
        ("ｌｅｖｅｌ４", "level4"),
        ("「渡航中止」", '"渡航中止"'),
        ("reise\u00adwarnung", "reisewarnung"),
        ("\u200fتحذير", "تحذير"),
        ("تـحـذير", "تحذير"),
    ],
)
def test_markup_entities_and_unseen_characters_go(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


def test_a_less_than_sign_in_prose_is_no_markup() -> None:
    assert clean("1 < 2 and nothing closes it") == "1 < 2 and nothing closes it"


def test_only_the_beginning_of_an_endless_summary_is_read() -> None:
    assert len(clean("word " * 10_000)) <= LONGEST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ÉTATS-UNIS", "etats-unis"),
        ("Auswärtiges Amt", "auswartiges amt"),
        ("São Tomé", "sao tome"),
        ("أمريكا", "امريكا"),
        ("الخارجيّة", "الخارجيّه"),
        ("Ещё", "еще"),
    ],
)
def test_spellings_that_writers_use_at_will_are_one(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    cleaned = clean(text)
    folded = fold(cleaned)
    if len(folded) == len(cleaned):
        assert fold(folded) == folded
    else:
        assert any(len(letter.lower()) > 1 for letter in cleaned)


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_that_evidence_could_count(text: str) -> None:
    once = clean(text)
    assert "\n" not in once
    assert "  " not in once
    assert once == once.strip()


def test_the_publisher_that_search_feeds_append_is_cut() -> None:
    title = "China warns against travel to Japan - The Straits Times"
    assert headline(title, "straitstimes.com") == "China warns against travel to Japan"


def test_a_dash_in_the_headline_itself_stays() -> None:
    title = "Germany warns - and Austria follows"
    assert headline(title, "dw.com") == title


def test_a_host_that_is_part_of_the_publishers_name_is_recognised() -> None:
    assert headline("渡航中止勧告 - 読売新聞", "読売新聞オンライン") == "渡航中止勧告"
