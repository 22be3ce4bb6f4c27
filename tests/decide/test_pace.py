"""A channel's limit: no window, wherever it begins, holds more messages than its owner allows."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.decide.outbox import due_parcels
from advisoryd.decide.pace import LONGEST, free_at, limits, room
from advisoryd.model.config import ChannelSpec
from advisoryd.model.standing import Delivery

from .making import L4, NOON, span
from .test_parcels import SUBSCRIPTIONS, delivery, some


def spec(minute: int | None = None, hour: int | None = None) -> ChannelSpec:
    return ChannelSpec(name="chat", kind="console", max_per_minute=minute, max_per_hour=hour)


def ago(*spans: str) -> list[datetime]:
    return sorted(NOON - span(text) for text in spans)


@pytest.mark.parametrize(
    ("given", "sent", "left"),
    [
        (spec(), ago("1s", "2s", "3s"), None),
        (spec(minute=2), [], 2),
        (spec(minute=2), ago("1s"), 1),
        (spec(minute=2), ago("1s", "59s"), 0),
        (spec(minute=2), ago("1s", "60s"), 1),
        (spec(minute=2), ago("1s", "2s", "3s"), 0),
        (spec(hour=3), ago("1s", "59m", "60m"), 1),
        (spec(minute=2, hour=3), ago("10m", "20m", "30m"), 0),
    ],
)
def test_what_is_left_of_a_limit(given: ChannelSpec, sent: list[datetime], left: int | None) -> None:
    assert room(given, sent, NOON) == left


@pytest.mark.parametrize(
    ("given", "sent", "wait"),
    [
        (spec(), ago("1s"), "0s"),
        (spec(minute=2), ago("1s"), "0s"),
        (spec(minute=2), ago("1s", "50s"), "10s"),
        (spec(minute=2), ago("1s", "5s", "50s"), "55s"),
        (spec(minute=1, hour=2), ago("1s", "10m"), "50m"),
    ],
)
def test_when_the_next_one_may_go(given: ChannelSpec, sent: list[datetime], wait: str) -> None:
    assert free_at(given, sent, NOON) == NOON + span(wait)


@given(
    minute=st.none() | st.integers(1, 5),
    hour=st.none() | st.integers(1, 20),
    pauses=st.lists(st.integers(0, 400), max_size=60),
)
def test_no_window_ever_holds_more(minute: int | None, hour: int | None, pauses: list[int]) -> None:
    owner, now = spec(minute, hour), NOON
    sent: list[datetime] = []
    for pause in pauses:
        now += timedelta(seconds=pause)
        recent = [at for at in sent if at > now - LONGEST]
        if room(owner, recent, now) == 0:
            assert free_at(owner, recent, now) > now
            now = free_at(owner, recent, now)
        assert room(owner, recent, now) != 0
        sent.append(now)
    for most, window in limits(owner):
        for begin in sent:
            assert sum(begin <= at < begin + window for at in sent) <= most


def scarce(*waiting: Delivery, room: int, bundles: bool = True) -> list[tuple[int, ...]]:
    return [parcel.ids for parcel in due_parcels(waiting, SUBSCRIPTIONS, NOON, bundles, room)]


def test_with_room_for_all_nothing_changes() -> None:
    assert scarce(*some(3), room=3) == [(1,), (2,), (3,)]


def test_without_room_what_is_left_travels_together() -> None:
    assert scarce(*some(3), room=1) == [(1, 2, 3)]
    assert scarce(*some(3), room=0) == []


def test_the_strictest_level_goes_first_with_its_whole_story() -> None:
    waiting = [delivery(1, "typhoon"), delivery(2, "coup"), delivery(3, "typhoon", level=L4), delivery(4, "strike")]
    assert scarce(*waiting, room=2) == [(1,), (3,)]
    assert scarce(*waiting, room=3) == [(1,), (3,), (2, 4)]


def test_a_machine_gets_every_event_by_itself_however_long_it_takes() -> None:
    assert scarce(*some(3), delivery(4, level=L4), room=2, bundles=False) == [(4,), (1,)]
