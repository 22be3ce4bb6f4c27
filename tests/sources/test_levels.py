"""Wording of levels and reasons."""

from __future__ import annotations

import pytest

from advisoryd.model.ladder import Level, Reason
from advisoryd.sources import levels

SCALE = {"avoid non essential travel": Level.RECONSIDER}


@pytest.mark.parametrize(
    "words", ["Avoid Non-Essential Travel", "avoid non essential\u00a0travel.", " AVOID NON-ESSENTIAL TRAVEL"]
)
def test_wording_is_compared_without_case_punctuation_and_odd_spaces(words: str) -> None:
    assert levels.on_scale(words, SCALE) is Level.RECONSIDER


@pytest.mark.parametrize("words", ["", "Avoid all travel", "Avoid non-essential travel to some areas"])
def test_other_wording_is_on_no_step(words: str) -> None:
    assert levels.on_scale(words, SCALE) is None


@pytest.mark.parametrize(
    ("statement", "reasons"),
    [
        (
            "Do not travel due to armed conflict, kidnapping, and wrongful detention.",
            "armed-conflict kidnapping detention",
        ),
        ("Reconsider travel due tocrime and the threat of terrorism.", "crime terrorism"),
        ("Avoid all travel because of an earthquake and flooding.", "natural-hazard"),
        ("Exercise caution owing to demonstrations, disease and closed airspace.", "unrest health transport"),
        ("Exercise caution due to tensions and border closures.", "political entry-rules"),
        ("Exercise caution due to high prices.", ""),
        ("Crime and terrorism are common.", ""),
        ("Exercise caution due to crime. Terrorism is rare.", "crime"),
    ],
)
def test_reasons_are_what_the_statement_blames(statement: str, reasons: str) -> None:
    assert levels.reasons([statement]) == frozenset(map(Reason, reasons.split()))


def test_the_reasons_of_several_statements_are_joined() -> None:
    assert levels.reasons(["due to crime", "due to war"]) == {Reason.CRIME, Reason.ARMED_CONFLICT}
    assert levels.reasons([]) == frozenset()
