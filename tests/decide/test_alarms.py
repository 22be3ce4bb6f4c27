"""Which events have to be acknowledged, and which make it unnecessary."""

from __future__ import annotations

import pytest

from advisoryd.decide.alarm import calms, escalates, raised_to
from advisoryd.model.config import Escalation, Subscription
from advisoryd.model.event import Event, Kind
from advisoryd.model.ladder import Level

from .making import L3, L4, event

DESK = Subscription(name="desk", channels=("chat",), escalation=Escalation(channels=("phone",)))
CAREFUL = Subscription(name="desk", channels=("chat",), escalation=Escalation(channels=("phone",), level=L3))
EASY = Subscription(name="easy", channels=("chat",))


@pytest.mark.parametrize(
    ("said", "level"),
    [
        (event(Kind.RAISED, 2, 4), L4),
        (event(Kind.RAISED, 2, 3), L3),
        (event(Kind.WIDENED, 2, 2, highest_after=L4), L4),
        (event(Kind.RAISED), None),
        (event(Kind.AMENDED, 4, 4), None),
        (event(Kind.LOWERED, 4, 3), None),
    ],
)
def test_the_level_that_an_event_raises_to(said: Event, level: Level | None) -> None:
    assert raised_to(said) is level


@pytest.mark.parametrize(
    ("subscription", "level", "asks"), [(DESK, 4, True), (DESK, 3, False), (CAREFUL, 3, True), (EASY, 4, False)]
)
def test_who_must_acknowledge_what(subscription: Subscription, level: int, asks: bool) -> None:
    assert escalates(subscription, event(Kind.RAISED, 1, level)) is asks


@pytest.mark.parametrize(
    ("said", "over"),
    [
        (event(Kind.LOWERED, 4, 2), True),
        (event(Kind.LIFTED, 4), True),
        (event(Kind.EXPIRED, 4), True),
        (event(Kind.LOWERED, 4, 3, highest_after=L4), False),
        (event(Kind.VANISHED, 4), False),
        (event(Kind.WITHDRAWN, 4), False),
        (event(Kind.AMENDED, 4, 4), False),
    ],
)
def test_only_what_is_truly_eased_needs_nobody_any_more(said: Event, over: bool) -> None:
    assert calms(DESK, said) is over
    assert not calms(EASY, said)
