"""How a source is, by elapsed time and count; what the operator hears, and how often."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.decide.health import Condition, Turn, after_disbelief, after_failure, after_good
from advisoryd.model.standing import Health

from .making import LIMITS, NOON, span


def failing(*moments: str, condition: Condition = Condition(Health.HEALTHY)) -> Turn:  # noqa: B008 - frozen
    """The turn after the last of several failures."""
    turn = Turn(condition)
    for moment in moments:
        turn = after_failure(turn.condition, f"no answer after {moment}", NOON + span(moment), LIMITS)
    return turn


BROKEN = failing("0m", "30m", "1h").condition


@pytest.mark.parametrize(
    ("moments", "health", "tell"),
    [
        (["0m"], Health.FAILING, ""),
        (["0m", "15m", "30m", "45m"], Health.FAILING, ""),
        (["0m", "2h"], Health.FAILING, ""),
        (["0m", "30m", "1h"], Health.BROKEN, "degraded"),
        (["0m", "30m", "1h", "2h"], Health.BROKEN, ""),
    ],
    ids=["one bad moment", "many in a short time", "two in a long time", "lasting", "told once"],
)
def test_a_source_is_broken_after_several_failures_over_some_time(
    moments: list[str], health: Health, tell: str
) -> None:
    turn = failing(*moments)
    assert (turn.condition.health, turn.tell) == (health, tell)
    assert turn.condition.failures == len(moments)


def test_the_cause_is_the_last_trouble_and_the_beginning_is_the_first() -> None:
    assert (BROKEN.cause, BROKEN.since) == ("no answer after 1h", NOON)


def test_a_good_reading_ends_it_and_the_operator_hears_so_if_he_heard_of_the_trouble() -> None:
    back = after_good(BROKEN, NOON + span("3h"))
    assert back == Turn(Condition(Health.HEALTHY, 0, NOON + span("3h"), NOON + span("3h")), "recovered")
    hiccup = after_good(failing("0m").condition, NOON + span("15m"))
    assert (hiccup.condition.health, hiccup.tell) == (Health.HEALTHY, "")


def test_since_is_when_the_health_became_what_it_is() -> None:
    first = after_good(Condition(), NOON).condition
    assert first.since == NOON
    assert after_good(first, NOON + span("1d")).condition.since == NOON
    hiccup = failing("1d", condition=first).condition
    assert hiccup.since == NOON + span("1d")
    assert after_good(hiccup, NOON + span("2d")).condition.since == NOON + span("2d")


def test_failures_are_counted_anew_after_a_good_reading() -> None:
    good = after_good(failing("0m", "30m").condition, NOON + span("1h")).condition
    assert failing("2h", "3h", condition=good).condition.health is Health.FAILING


def test_a_reading_that_is_not_believed_breaks_the_source_at_once() -> None:
    turn = after_disbelief(Condition(Health.HEALTHY, last_good=NOON), "20 rows are missing", NOON + span("1h"))
    assert (turn.condition.health, turn.tell) == (Health.BROKEN, "degraded")
    assert (turn.condition.since, turn.condition.last_good) == (NOON + span("1h"), NOON)
    again = after_disbelief(turn.condition, "20 rows are missing", NOON + span("2h"))
    assert (again.condition.since, again.tell) == (NOON + span("1h"), "")


def test_a_broken_source_that_then_fails_stays_broken_and_quiet() -> None:
    turn = failing("2h", condition=after_disbelief(Condition(), "rows missing", NOON).condition)
    assert (turn.condition.health, turn.tell) == (Health.BROKEN, "")


@given(st.lists(st.sampled_from(["good", "fails", "doubted"]), max_size=30))
def test_the_operator_hears_of_trouble_and_recovery_in_turn(outcomes: list[str]) -> None:
    condition, told, now = Condition(), [], NOON
    for outcome in outcomes:
        now += span("20m")
        if outcome == "good":
            turn = after_good(condition, now)
        elif outcome == "fails":
            turn = after_failure(condition, "no answer", now, LIMITS)
        else:
            turn = after_disbelief(condition, "rows missing", now)
        condition = turn.condition
        told += [turn.tell] if turn.tell else []
        assert (condition.health is Health.BROKEN) == bool(told and told[-1] == "degraded")
    assert told[::2] == ["degraded"] * len(told[::2])
    assert told[1::2] == ["recovered"] * len(told[1::2])
