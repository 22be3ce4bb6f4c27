"""Which waiting deliveries go out now, which travel together, and that no message overtakes its own story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.decide.outbox import BURST, Parcel, due_parcels
from advisoryd.model.config import Digest, Subscription
from advisoryd.model.ladder import Level
from advisoryd.model.standing import Delivery, DeliveryState

from .making import L2, L3, L4, NOON, span

AT_ONCE = Subscription(name="desk", channels=("chat",))
DAILY = Subscription(name="daily", channels=("chat",), digest=Digest(every="daily", zone="UTC"))
SUBSCRIPTIONS = {subscription.name: subscription for subscription in (AT_ONCE, DAILY)}


def delivery(number: int, story: str = "", *, due: str = "0s", made: str = "0s", **more: object) -> Delivery:
    """A delivery that was made so long ago and became due so long ago."""
    plain: dict[str, object] = {
        "id": number,
        "event": f"e{number}",
        "subscription": "desk",
        "channel": "chat",
        "state": DeliveryState.WAITING,
        "created_at": NOON - span(made),
        "next_attempt": NOON - span(due),
        "story": story or f"s{number}",
        "level": L2,
    }
    return Delivery(**(plain | more))


def later(number: int, story: str = "", **more: object) -> Delivery:
    return delivery(number, story, next_attempt=NOON + span("1h"), **more)


def parcels(*waiting: Delivery, bundles: bool = True) -> list[tuple[int, ...]]:
    return [parcel.ids for parcel in due_parcels(waiting, SUBSCRIPTIONS, NOON, bundles)]


def some(count: int, **more: object) -> list[Delivery]:
    return [delivery(number, **more) for number in range(1, count + 1)]


def test_what_is_due_goes_out_by_itself_oldest_first() -> None:
    assert parcels(*some(3)) == [(1,), (2,), (3,)]


def test_what_is_not_due_waits() -> None:
    assert parcels(delivery(1), later(2), delivery(3)) == [(1,), (3,)]


def test_a_message_does_not_overtake_an_earlier_one_of_its_story() -> None:
    assert parcels(later(1, "typhoon"), delivery(2, "typhoon"), delivery(3, "coup")) == [(3,)]


def test_a_story_that_waits_for_one_subscription_does_not_wait_for_another() -> None:
    assert parcels(later(1, "typhoon"), delivery(2, "typhoon", subscription="daily")) == [(2,)]


def test_messages_without_a_story_do_not_wait_for_each_other() -> None:
    assert parcels(replace(later(1), story=""), replace(delivery(2), story="")) == [(2,)]


@pytest.mark.parametrize(("count", "together"), [(BURST - 1, False), (BURST, True), (BURST * 10, True)])
def test_a_burst_becomes_one_message(count: int, together: bool) -> None:
    ids = tuple(range(1, count + 1))
    assert parcels(*some(count)) == ([ids] if together else [(number,) for number in ids])


def test_in_a_burst_the_strictest_level_is_told_by_itself() -> None:
    assert parcels(*some(5), delivery(6, level=L4)) == [(1, 2, 3, 4, 5), (6,)]


def test_bursts_of_two_subscriptions_are_two_messages() -> None:
    daily = [delivery(number, subscription="daily") for number in (6, 7)]
    assert parcels(*some(5), *daily) == [(1, 2, 3, 4, 5), (6, 7)]


def test_a_digest_is_one_message_whatever_it_holds() -> None:
    waiting = [delivery(1, subscription="daily"), delivery(2, subscription="daily", level=L4)]
    assert parcels(*waiting) == [(1, 2)]
    assert parcels(waiting[0]) == [(1,)]


def test_what_comes_out_of_quiet_hours_together_is_one_message() -> None:
    assert parcels(*some(3, made="8h")) == [(1, 2, 3)]
    assert parcels(delivery(1, made="8h")) == [(1,)]


def test_what_comes_out_of_quiet_hours_and_is_the_strictest_is_told_by_itself() -> None:
    assert parcels(*some(3, made="8h"), delivery(4, level=L4, made="8h")) == [(1, 2, 3), (4,)]


def test_what_only_failed_before_was_not_held() -> None:
    assert parcels(*some(3, made="8h", attempts=1)) == [(1,), (2,), (3,)]


def test_after_an_outage_many_failed_messages_are_one() -> None:
    assert parcels(*some(6, made="8h", attempts=3, level=L4)) == [(1, 2, 3, 4, 5, 6)]


@pytest.mark.parametrize("mark", ["plain", "uncertain"])
def test_what_was_refused_once_or_may_have_arrived_goes_by_itself(mark: str) -> None:
    assert parcels(*some(5), delivery(6, **{mark: True})) == [(1, 2, 3, 4, 5), (6,)]
    assert parcels(*some(6, **{mark: True})) == [(number,) for number in range(1, 7)]


def test_a_machine_gets_every_event_by_itself() -> None:
    assert parcels(*some(8), bundles=False) == [(number,) for number in range(1, 9)]


def test_an_unknown_subscription_gets_every_event_by_itself() -> None:
    gone = [delivery(number, subscription="gone") for number in range(1, 8)]
    assert parcels(*gone) == [(number,) for number in range(1, 8)]


def test_a_story_of_which_one_message_goes_by_itself_goes_by_itself_as_a_whole() -> None:
    waiting = [
        *some(4),
        delivery(5, "typhoon", level=L4),
        delivery(6, "typhoon", level=L3),
        delivery(7),
    ]
    assert parcels(*waiting) == [(1, 2, 3, 4, 7), (5,), (6,)]


def test_a_parcel_knows_its_stories() -> None:
    assert Parcel((delivery(1, "a"), delivery(2, "b"), delivery(3, "a"))).stories == {"a", "b"}


# What holds for every outbox.


@st.composite
def outboxes(draw: st.DrawFn) -> Sequence[Delivery]:
    count = draw(st.integers(0, 20))
    return [
        Delivery(
            id=number,
            event=f"e{number}",
            subscription=draw(st.sampled_from(["desk", "desk", "desk", "desk", "daily", "gone"])),
            channel="chat",
            state=DeliveryState.WAITING,
            created_at=NOON - timedelta(minutes=draw(st.sampled_from([0, 1, 2, 600]))),
            next_attempt=NOON + timedelta(minutes=draw(st.sampled_from([-1, 0, 0, 0, 5]))),
            attempts=draw(st.sampled_from([0, 0, 1])),
            uncertain=draw(st.sampled_from([False, False, True])),
            plain=draw(st.sampled_from([False, False, False, True])),
            story=draw(st.sampled_from(["", "typhoon", "coup"])),
            level=draw(st.sampled_from([None, *Level])),
        )
        for number in range(count)
    ]


@given(outboxes(), st.booleans())
def test_every_delivery_goes_out_once_or_waits(waiting: Sequence[Delivery], bundles: bool) -> None:
    sent = [one for parcel in due_parcels(waiting, SUBSCRIPTIONS, NOON, bundles) for one in parcel.deliveries]
    assert len({one.id for one in sent}) == len(sent)
    assert all(one.next_attempt <= NOON for one in sent)
    gone = {one.id for one in sent}
    held_up = {(one.subscription, one.story) for one in waiting if one.story and one.next_attempt > NOON}
    left = [one for one in waiting if one.id not in gone and one.next_attempt <= NOON]
    assert all((one.subscription, one.story) in held_up for one in left)


@given(outboxes(), st.booleans())
def test_the_order_of_a_story_is_kept_on_its_way_to_one_subscription(
    waiting: Sequence[Delivery], bundles: bool
) -> None:
    sent = [one for parcel in due_parcels(waiting, SUBSCRIPTIONS, NOON, bundles) for one in parcel.deliveries]
    for thread in {(one.subscription, one.story) for one in sent if one.story}:
        mine = [one.id for one in waiting if (one.subscription, one.story) == thread]
        went = [one.id for one in sent if (one.subscription, one.story) == thread]
        assert went == mine[: len(went)]


@given(outboxes())
def test_a_message_is_for_one_subscription(waiting: Sequence[Delivery]) -> None:
    for parcel in due_parcels(waiting, SUBSCRIPTIONS, NOON):
        assert len({one.subscription for one in parcel.deliveries}) == 1
