"""Five hundred deliveries over twenty channels, some of them sick, and a deliverer that is killed again and again.

``python -m benchmarks.deliveries`` is the same trial with ten thousand.
"""

from __future__ import annotations

import random

import pytest

from benchmarks.deliveries import FALLBACK, HEALTHY, KINDS, WAVES, Outcome, Trial, run
from benchmarks.ledger import Arrival, account
from benchmarks.receivers import DOWN_UNTIL

STORIES, KILLS = 7, 10


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """One trial, looked at from several sides."""
    trial = Trial(tmp_path_factory.mktemp("trial"), STORIES, slowness=0.05)
    return run(trial, KILLS, random.Random(7), longest=0.8)


def arrivals(*numbers: int, again: frozenset[int] = frozenset()) -> list[Arrival]:
    """Messages of two stories, each a second after the last; those at the places ``again`` say that they may repeat."""
    return [Arrival(place, place, number, place in again) for place, number in enumerate(numbers)]


def test_the_account_finds_what_it_looks_for() -> None:
    clean = account(arrivals(0, 1, 2, 3), stories=2, waves=2, between=0)
    assert (clean.lost, clean.overtaken, clean.unmarked, clean.repeated, clean.late) == ([], [], [], 0, 3)
    assert account(arrivals(0, 2, 3), 2, 2, 0).lost == [1]
    assert account(arrivals(2, 0, 1, 3), 2, 2, 0).overtaken == [0]
    assert account(arrivals(0, 1, 0, 2, 3), 2, 2, 0).unmarked == [0]
    marked = account(arrivals(0, 1, 0, 2, 3, again=frozenset({2})), 2, 2, 0)
    assert (marked.unmarked, marked.repeated) == ([], 1)


def test_it_was_a_hard_one(outcome: Outcome) -> None:
    assert len(KINDS) == 20
    assert outcome.deliveries >= 500
    assert 3 <= outcome.kills <= KILLS


def test_nothing_is_lost(outcome: Outcome) -> None:
    assert outcome.total("lost") == 0
    assert {state for _, state in outcome.states} == {"sent", "dropped"}


def test_no_message_overtakes_an_earlier_one_of_its_story(outcome: Outcome) -> None:
    assert outcome.total("overtaken") == 0


def test_only_what_was_in_flight_is_repeated_and_says_so(outcome: Outcome) -> None:
    assert outcome.total("unmarked") == 0
    assert all(outcome.accounts[name].repeated <= outcome.kills for name in HEALTHY)


def test_what_is_refused_reaches_its_readers_through_the_fallback(outcome: Outcome) -> None:
    assert outcome.states["refusing", "dropped"] == STORIES * WAVES
    assert outcome.states[FALLBACK, "sent"] == STORIES * WAVES


def test_no_healthy_channel_waits_for_a_sick_one(outcome: Outcome) -> None:
    assert {name: outcome.accounts[name].late for name in HEALTHY} == dict.fromkeys(HEALTHY, 0)
    assert DOWN_UNTIL - 3 * 3600 <= outcome.accounts["down"].late <= DOWN_UNTIL + 4 * 3600
