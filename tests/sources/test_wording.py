"""Advice in English prose: which phrases ask something, of whom, and for which part of a country."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd.model.ladder import Action, Level
from advisoryd.model.record import Area, Region
from advisoryd.sources import wording
from advisoryd.sources.wording import Advice


def advice(*paragraphs: str, place: str = "TH") -> Advice:
    found = wording.advice(paragraphs, place)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("sentence", "level", "actions"),
    [
        ("Travellers should defer all non-essential travel to Thailand.", 3, {Action.AVOID_NON_ESSENTIAL}),
        ("Nationals should avoid all unnecessary travel to Thailand.", 3, {Action.AVOID_NON_ESSENTIAL}),
        ("Travellers are advised to reconsider their need to travel to Thailand.", 3, {Action.AVOID_NON_ESSENTIAL}),
        ("Travellers should defer travel to Thailand.", 3, {Action.AVOID_NON_ESSENTIAL}),
        ("Travellers should defer all travel to Thailand.", 4, {Action.AVOID_ALL}),
        ("Do not travel to Thailand.", 4, {Action.AVOID_ALL}),
        ("Nationals are strongly advised not to travel to Thailand.", 4, {Action.AVOID_ALL}),
        ("We advise against all travel to Thailand.", 4, {Action.AVOID_ALL}),
        ("Nationals should avoid travelling to Thailand.", 4, {Action.AVOID_ALL}),
        ("Those in Thailand should leave the country immediately.", 4, {Action.LEAVE, Action.AVOID_ALL}),
        ("Leave Thailand by available means, including flights.", 4, {Action.LEAVE, Action.AVOID_ALL}),
        (
            "Those in Thailand should depart while commercial flights are available.",
            4,
            {Action.LEAVE, Action.AVOID_ALL},
        ),
        ("Travellers should exercise increased caution.", 2, {Action.CAUTION}),
        ("Those in the country should remain vigilant.", 2, {Action.CAUTION}),
    ],
)
def test_whole_phrases_are_advice(sentence: str, level: int, actions: set[Action]) -> None:
    found = advice(sentence)
    assert (found.level, found.actions, found.regions) == (level, actions, ())
    assert found.words in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "A visa is required before you travel.",
        "Travellers should avoid crowds and take precautions.",
        "Do not travel alone at night.",
        "Avoid travelling by road after dark.",
        "It is no longer necessary to defer travel to Thailand.",
        "The advice to defer all travel has been lifted.",
        "Travellers may now resume travel, and need not avoid all travel.",
        "Travellers should defer all travel to Iraq.",
    ],
)
def test_manners_of_travelling_things_taken_back_and_other_countries_are_none(sentence: str) -> None:
    assert wording.advice([sentence], "TH") is None


def test_the_strictest_sentence_about_the_country_counts() -> None:
    found = advice("Remain vigilant. Travellers should defer all non-essential travel to Thailand. Stay safe.")
    assert (found.level, found.words) == (Level.RECONSIDER, "defer all non-essential travel")


@pytest.mark.parametrize(
    ("sentence", "region"),
    [
        ("Defer all travel to the border areas with Cambodia.", ("the border areas with Cambodia", Area.STRIP)),
        ("Defer all travel to areas within 50 km of the border.", ("areas within 50 km of the border", Area.STRIP)),
        ("Defer all travel to the southern provinces.", ("the southern provinces", Area.AREA)),
        ("Defer all travel to Bangkok.", ("Bangkok", Area.AREA)),
    ],
)
def test_advice_on_a_part_is_a_region_and_the_country_is_take_care_at_most(
    sentence: str, region: tuple[str, Area]
) -> None:
    found = advice(sentence)
    name, kind = region
    assert found.regions == (Region(name, Level.AVOID, kind),)
    assert (found.level, found.actions) == (Level.CAUTION, frozenset())


def test_a_border_of_two_other_countries_is_elsewhere() -> None:
    assert wording.advice(["Travellers should defer all travel to the India-Pakistan border areas."], "TH") is None


def test_advice_on_a_part_does_not_loosen_that_on_the_whole() -> None:
    found = advice("Defer all non-essential travel to Thailand.", "Defer all travel to the border areas with Cambodia.")
    assert (found.level, found.actions) == (Level.RECONSIDER, {Action.AVOID_NON_ESSENTIAL})
    assert [region.level for region in found.regions] == [Level.AVOID]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Travellers should put off visits to Thailand.", "should put off visits"),
        ("Nationals are urged to rethink travel to Thailand.", "urged to rethink travel"),
        ("Nationals must not visit Thailand.", "must not visit"),
        ("Travellers should put off visits to Iraq.", ""),
        ("Travellers should check the rules before travelling.", ""),
        ("Travellers should take out travel insurance.", ""),
        ("Travellers should not travel alone.", ""),
        ("Travellers should not visit if unwell.", ""),
        ("Travellers should defer all travel to Thailand.", ""),
        ("Travellers no longer must put off visits.", ""),
    ],
)
def test_what_sounds_like_advice_in_unknown_words_is_told_apart(sentence: str, words: str) -> None:
    assert wording.unclear([sentence], "TH") == words


def test_a_phrase_is_a_phrase_whomever_it_is_about() -> None:
    assert wording.has_phrase(["Nationals should defer all travel to Iraq."])
    assert not wording.has_phrase(["Nationals should put off visits to Iraq."])


WORDS = ["defer", "avoid", "all", "travel", "to", "leave", "immediately", "Thailand", "Iraq", "border", "area", "not."]


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), st.sampled_from(["TH", "IQ", "IL+PS", ""]))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read(text: str, place: str) -> None:
    found = wording.advice([text], place)
    assert found is None or found.words in text
    assert wording.unclear([text], place) in text
