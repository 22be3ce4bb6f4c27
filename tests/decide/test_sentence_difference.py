"""What a new text says that the old did not: moved, re-wrapped and re-punctuated sentences say nothing new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.decide.sentences import (
    NO_DIFFERENCE,
    Difference,
    Passage,
    difference,
    likeness,
    passages,
    same_words,
    sense,
    sentences,
)
from advisoryd.model.record import Section

T = TypeVar("T")


def text(*blocks: str, heading: str = "Safety") -> tuple[Section, ...]:
    return (Section(heading, blocks),)


def said(found: Difference) -> tuple[list[str], list[str]]:
    return [passage.text for passage in found.added], [passage.text for passage in found.removed]


@pytest.mark.parametrize(
    ("block", "parts"),
    [
        ("Take care. Stay away!", ["Take care.", "Stay away!"]),
        ("Is it safe? No.", ["Is it safe?", "No."]),
        ("No full stop", ["No full stop"]),
        ("", []),
        ("  \n ", []),
        ("Wait… Then go.", ["Wait…", "Then go."]),
        ("¿Es seguro? ¡No!", ["¿Es seguro?", "¡No!"]),
        ("Dr. Smith of the U.S. embassy waits at St. Mary's.", ["Dr. Smith of the U.S. embassy waits at St. Mary's."]),
        ("Call before 5 p.m. on weekdays. Then wait.", ["Call before 5 p.m. on weekdays.", "Then wait."]),
        ("Use e.g. taxis, i.e. no buses.", ["Use e.g. taxis, i.e. no buses."]),
        ("Reisen nach z.B. Jena bzw. Gera. Bleiben Sie.", ["Reisen nach z.B. Jena bzw. Gera.", "Bleiben Sie."]),
        ("Route No. 7 is 3.5 km long. It is closed.", ["Route No. 7 is 3.5 km long.", "It is closed."]),
        ("近期避免前往日本。已在日本的请注意安全！", ["近期避免前往日本。", "已在日本的请注意安全！"]),
        (
            "危険レベル３：渡航は止めてください。退避してください。",
            ["危険レベル３：渡航は止めてください。", "退避してください。"],
        ),
        ("See https://example.org/a.b for more.", ["See https://example.org/a.b for more."]),
    ],
)
def test_a_paragraph_falls_into_its_sentences(block: str, parts: list[str]) -> None:
    assert sentences(block) == parts


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Take care.", "TAKE  CARE"),
        ("Don’t go!", "Don't go."),
        ("Level\u00a03 – reconsider", "Level 3 - Reconsider"),
        ("暂勿前往。", "暂勿前往"),
        ("レベル３：渡航中止", "レベル3：渡航中止"),
        ("ﬁre", "fire"),
    ],
)
def test_case_spaces_and_punctuation_carry_no_sense(one: str, two: str) -> None:
    assert sense(one) == sense(two)
    assert difference(text(one), text(two)) == NO_DIFFERENCE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (text("One. Two."), text("Two. One.")),
        (text("One. Two."), text("One.", "Two.")),
        (text("One.", "Two."), (*text("Two.", heading="Health"), *text("One."))),
        (text("One."), text("One.", heading="Another heading")),
    ],
    ids=["within a paragraph", "cut in two", "to another section", "under another heading"],
)
def test_a_sentence_that_moved_is_no_change(before: tuple[Section, ...], after: tuple[Section, ...]) -> None:
    assert difference(before, after) == NO_DIFFERENCE


def test_sentences_that_came_and_went_are_given_with_their_headings_in_reading_order() -> None:
    before = (*text("Crime is low. Trains run."), *text("Drink water.", heading="Health"))
    after = (*text("Trains run. Curfew at nine. Stay in."), *text("Boil water.", heading="Health"))
    found = difference(before, after)
    assert found.added == (
        Passage("Safety", "Curfew at nine."),
        Passage("Safety", "Stay in."),
        Passage("Health", "Boil water."),
    )
    assert found.removed == (Passage("Safety", "Crime is low."), Passage("Health", "Drink water."))


def test_a_sentence_said_twice_where_it_was_said_once_is_new_once() -> None:
    assert said(difference(text("Go home."), text("Go home.", "Go home."))) == (["Go home."], [])


def test_marks_without_letters_say_nothing() -> None:
    assert difference(text("***", "—"), text("One.")) == Difference(added=(Passage("Safety", "One."),))


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [("Take care.", "take care", 1.0), ("Take care.", "Leave now.", 0.0), ("", "", 0.0), ("a b c d", "a b c e", 0.75)],
)
def test_likeness_is_the_share_of_common_words(one: str, two: str, alike: float) -> None:
    assert likeness(text(one), text(two)) == alike


def test_two_versions_of_a_sentence_share_most_of_their_words() -> None:
    assert same_words("The curfew begins at nine.", "The curfew begins at ten.") == pytest.approx(0.8)
    assert same_words("Take care.", "take care") == 1.0


# What holds for every two texts.

WORDS = st.sampled_from(
    ["Take care.", "Leave now!", "Curfew at nine.", "Dr. No waits.", "暂勿前往。", "take care", "…", "No"]
)
BLOCKS = st.lists(WORDS, max_size=4).map(" ".join)
SECTIONS = st.builds(Section, st.sampled_from(["Safety", "Health", ""]), st.lists(BLOCKS, max_size=4).map(tuple))
TEXTS = st.lists(SECTIONS, max_size=3).map(tuple)


def senses(sections: tuple[Section, ...]) -> Counter[str]:
    return Counter(filter(None, (sense(passage.text) for passage in passages(sections))))


def meant(side: tuple[Passage, ...]) -> Counter[str]:
    return Counter(sense(passage.text) for passage in side)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(sections: tuple[Section, ...]) -> None:
    assert difference(sections, sections) == NO_DIFFERENCE


@given(TEXTS, TEXTS)
def test_what_is_added_one_way_is_removed_the_other(one: tuple[Section, ...], two: tuple[Section, ...]) -> None:
    there, back = difference(one, two), difference(two, one)
    assert (there.added, there.removed) == (back.removed, back.added)


@given(TEXTS, TEXTS)
def test_the_difference_is_that_of_the_two_bags_of_sentences(
    one: tuple[Section, ...], two: tuple[Section, ...]
) -> None:
    found = difference(one, two)
    assert meant(found.added) == senses(two) - senses(one)
    assert meant(found.removed) == senses(one) - senses(two)


@given(TEXTS, TEXTS, st.randoms())
def test_the_order_of_paragraphs_and_sections_does_not_matter(
    one: tuple[Section, ...], two: tuple[Section, ...], chance: Random
) -> None:
    moved = [Section(section.heading, _shuffled(section.blocks, chance)) for section in two]
    found, other = difference(one, two), difference(one, _shuffled(moved, chance))
    assert meant(found.added) == meant(other.added)
    assert meant(found.removed) == meant(other.removed)


def _shuffled(values: Sequence[T], chance: Random) -> tuple[T, ...]:
    order = list(values)
    chance.shuffle(order)
    return tuple(order)


@given(st.text(max_size=200))
def test_no_letter_of_a_strangers_paragraph_is_lost(block: str) -> None:
    assert sense(" ".join(sentences(block))).replace(" ", "") == sense(block).replace(" ", "")
