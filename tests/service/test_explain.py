"""Why a subscription heard of an event, and why another did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from advisoryd.model.config import Subscription
from advisoryd.model.event import Event, Kind, Texture
from advisoryd.model.ladder import Level
from advisoryd.model.standing import DeliveryState
from advisoryd.service.explain import Explanation, explain

from .conftest import Play, playing
from .world import COUNTRIES, START, Server, config, later, register, rows

CALM = dict.fromkeys(COUNTRIES, "calm")
DESK = Subscription(name="desk", channels=("inbox",), destinations=frozenset({"JP"}))
SUBSCRIPTIONS = (
    DESK,
    replace(DESK, name="europe", destinations=frozenset({"FR", "IT"})),
    replace(DESK, name="board", min_level=Level.AVOID),
    replace(DESK, name="china", issuers=frozenset({"CN"})),
    replace(DESK, name="eased", direction="down"),
    replace(DESK, name="allies", tags=frozenset({"ally"})),
    replace(DESK, name="lifted", events=frozenset({Kind.LIFTED})),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Play]:
    with playing(tmp_path, config(tmp_path, [register()], subscriptions=SUBSCRIPTIONS), Server()) as made:
        made.server.serve(register(), rows(CALM))
        made.poll(START)
        made.server.serve(register(), rows({**CALM, "JP": "reconsider"}))
        made.poll(later(minutes=15))
        yield made


def explained(play: Play, event: Event, **changes: object) -> dict[str, Explanation]:
    with play.house.store.reading() as tx:
        found = explain(tx, replace(play.house.config, **changes), event)  # type: ignore[arg-type]
    return {one.subscription: one for one in found}


def raised(play: Play) -> Event:
    [event] = [event for event in play.events() if event.kind is Kind.RAISED]
    return event


def test_who_hears_is_told_why_with_what_became_of_it(desk: Play) -> None:
    why = explained(desk, raised(desk))["desk"]
    assert (why.hears, why.why) == (True, "raised is among the subscription's events")
    assert [(one.channel, one.state) for one in why.deliveries] == [("inbox", DeliveryState.WAITING)]
    desk.deliver(later(minutes=16))
    [sent] = explained(desk, raised(desk))["desk"].deliveries
    assert (sent.state, sent.reference) == (DeliveryState.SENT, "ref")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("europe", "destination JP is not among the subscription's"),
        ("board", "level 3 is below min_level 4"),
        ("china", "issuer NZ is not among the subscription's"),
        ("eased", "raised makes the advice stricter, and direction is down"),
        ("allies", "source r0 has none of the tags ally"),
        ("lifted", "raised is not among the subscription's events"),
        ("operator", "the operator hears of trouble only"),
    ],
)
def test_who_does_not_hear_is_told_the_one_condition_that_failed(desk: Play, name: str, why: str) -> None:
    answer = explained(desk, raised(desk))[name]
    assert (answer.hears, answer.why, answer.deliveries) == (False, why, ())


def test_the_class_of_a_text_change_is_a_reason(desk: Play) -> None:
    wording = replace(raised(desk), id="w", kind=Kind.AMENDED, texture=Texture.WORDING, story="other")
    answer = explained(desk, wording)["desk"]
    assert answer.why == "a text change of class wording, and only substance is heard"


def test_what_was_sent_keeps_the_reason_of_its_own_time(desk: Play) -> None:
    """The answers are those of today's configuration, except where something was really planned."""
    today = explained(desk, raised(desk), subscriptions=(replace(DESK, min_level=Level.AVOID),))
    assert today["desk"].hears
    assert today["desk"].why == "raised is among the subscription's events"
    assert len(today["desk"].deliveries) == 1


def test_a_subscription_of_today_is_answered_for_an_event_of_yesterday(desk: Play) -> None:
    newcomer = explained(desk, raised(desk), subscriptions=(replace(DESK, name="newcomer"),))["newcomer"]
    assert (newcomer.hears, newcomer.deliveries) == (True, ())


def test_how_a_story_goes_on_is_heard_by_whoever_heard_its_beginning(desk: Play) -> None:
    desk.server.serve(register(), rows(CALM))
    desk.poll(later(hours=1))
    desk.poll(later(hours=2))
    [lowered] = [event for event in desk.events() if event.kind is Kind.LOWERED]
    only_raises = (replace(DESK, name="newcomer", events=frozenset({Kind.RAISED})),)
    assert explained(desk, lowered)["desk"].why == "follow-up of a story this subscription was told of"
    assert not explained(desk, lowered, subscriptions=only_raises)["newcomer"].hears
