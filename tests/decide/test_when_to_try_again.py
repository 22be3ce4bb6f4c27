"""When a delivery is tried again and given up, and when a source is asked again."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.decide.cadence import SLOWEST, next_poll
from advisoryd.decide.outbox import patience
from advisoryd.decide.retry import WAITS, gives_up, next_attempt
from advisoryd.model.config import ChannelSpec

from .making import L3, L4, NOON, span

CHANCE = st.floats(0, 1)
EVERY = st.timedeltas(timedelta(minutes=1), timedelta(days=7))


def wait(attempts: int, **more: float) -> timedelta:
    return next_attempt(NOON, attempts, **({"chance": 0.0} | more)) - NOON


def test_a_delivery_is_tried_after_seconds_first_and_hours_later() -> None:
    assert [wait(attempts) for attempts in range(1, 12)] == [
        span(length) for length in "10s 30s 2m 5m 15m 30m 1h 2h 4h 4h 4h".split()
    ]


def test_what_was_not_tried_yet_is_due_now() -> None:
    assert wait(0) == timedelta(0)


def test_waits_grow_by_up_to_a_fifth_so_that_many_do_not_come_at_once() -> None:
    assert wait(3, chance=1.0) == span("2m") * 1.2
    assert wait(3, chance=0.5) == span("2m") * 1.1


@pytest.mark.parametrize(("asked", "length"), [(None, "10s"), (5.0, "10s"), (60.0, "60s"), (7200.0, "2h")])
def test_what_the_channel_asks_for_is_a_floor_and_never_a_shortcut(asked: float | None, length: str) -> None:
    assert next_attempt(NOON, 1, chance=0.0, retry_after=asked) - NOON == span(length)


@given(st.integers(0, 1000), CHANCE)
def test_no_wait_is_longer_than_the_longest_and_its_spread(attempts: int, chance: float) -> None:
    assert timedelta(0) <= wait(attempts, chance=chance) <= WAITS[-1] * 1.2


def test_each_wait_is_longer_than_the_one_before() -> None:
    assert all(shorter < longer for shorter, longer in pairwise(WAITS))


@pytest.mark.parametrize(("tried", "over"), [("0s", False), ("71h", False), ("72h", True), ("30d", True)])
def test_elapsed_time_counts_before_giving_up(tried: str, over: bool) -> None:
    assert gives_up(NOON, NOON - span(tried), span("3d")) is over


def test_the_strictest_level_is_tried_twice_as_long() -> None:
    channel = ChannelSpec(name="chat", kind="console", give_up_after=span("3d"))
    assert patience(channel, L4) == span("6d")
    assert patience(channel, L3) == patience(channel, None) == span("3d")


# Sources.


def due(every: str = "15m", **more: object) -> timedelta:
    return next_poll(NOON, span(every), **({"chance": 0.0} | more)) - NOON


def test_a_source_is_asked_again_after_its_cadence() -> None:
    assert due() == span("15m")


def test_sources_of_one_cadence_are_spread_by_up_to_a_tenth_of_it() -> None:
    assert due("20m", chance=1.0) == span("22m")
    assert due("20m", chance=0.5) == span("21m")


@pytest.mark.parametrize(("fresh", "length"), [(None, "15m"), (60.0, "15m"), (3600.0, "1h")])
def test_a_server_that_says_how_long_it_stays_fresh_is_not_asked_earlier(fresh: float | None, length: str) -> None:
    assert due(fresh_for=fresh) == span(length)


@pytest.mark.parametrize(("failures", "length"), [(0, "15m"), (1, "30m"), (2, "1h"), (3, "2h"), (5, "6h"), (99, "6h")])
def test_a_failing_source_is_asked_at_growing_distances(failures: int, length: str) -> None:
    assert due(failures=failures) == span(length)


def test_a_slow_source_that_fails_is_not_asked_more_often_than_a_well_one() -> None:
    assert due("1d", failures=5) == span("1d")


@pytest.mark.parametrize("failures", [0, 1, 9])
def test_retry_after_is_obeyed(failures: int) -> None:
    assert due(retry_after=86400.0, failures=failures) == span("1d")
    assert due(retry_after=1.0) == span("15m")


def test_a_reading_that_waits_brings_the_next_poll_forward() -> None:
    assert due("6h", confirm_at=NOON + span("30m")) == span("30m")
    assert due("15m", confirm_at=NOON + span("30m")) == span("15m")
    assert due("6h", confirm_at=NOON + span("30m"), fresh_for=7200.0) == span("30m")


def test_a_reading_that_waits_never_overrules_the_servers_wish_or_a_failure() -> None:
    assert due("6h", confirm_at=NOON + span("30m"), retry_after=3600.0) == span("1h")
    assert due("6h", confirm_at=NOON + span("30m"), failures=1) == span("6h")


@pytest.mark.parametrize("late", ["0s", "1s", "3d"])
def test_a_second_reading_that_is_overdue_does_not_make_a_source_be_asked_without_a_pause(late: str) -> None:
    assert due(confirm_at=NOON - span(late)) == span("15m")


@given(
    EVERY, CHANCE, st.integers(0, 100), st.none() | st.floats(0, 86400), st.none() | st.timedeltas(-SLOWEST, SLOWEST)
)
def test_no_source_is_asked_at_once_or_never_again(
    every: timedelta, chance: float, failures: int, fresh: float | None, confirm: timedelta | None
) -> None:
    confirm_at = None if confirm is None else NOON + confirm
    wait = next_poll(NOON, every, chance=chance, failures=failures, fresh_for=fresh, confirm_at=confirm_at) - NOON
    longest = max(SLOWEST, every, timedelta(days=1)) + every / 10 + timedelta.resolution
    assert timedelta(0) < wait <= longest
