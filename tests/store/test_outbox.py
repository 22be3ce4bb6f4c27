"""The outbox: what becomes of a delivery from its planning to its end."""

from __future__ import annotations

import pytest

from advisoryd.model.ladder import Level
from advisoryd.model.standing import Delivery, DeliveryState
from advisoryd.store import outbox
from advisoryd.store.engine import Tx
from advisoryd.store.outbox import ChannelState

from .samples import DAY, HOUR, NOON, plan, planned

SENT, DEAD, DROPPED = DeliveryState.SENT, DeliveryState.DEAD, DeliveryState.DROPPED
WAITING, SENDING = DeliveryState.WAITING, DeliveryState.SENDING
LATER = NOON + HOUR


def only(tx: Tx, event: str = "e1") -> Delivery:
    (one,) = outbox.of_event(tx, event)
    return one


def through(tx: Tx, channel: str, event: str = "e1") -> Delivery:
    (one,) = [found for found in outbox.of_event(tx, event) if found.channel == channel]
    return one


def put(tx: Tx, state: DeliveryState, event: str = "e1", channel: str = "chat") -> Delivery:
    """A delivery that got as far as ``state``."""
    outbox.plan(tx, [planned(event, channel=channel)], NOON)
    ids = [through(tx, channel, event).id]
    if state is not WAITING:
        outbox.mark_sending(tx, ids, NOON)
    if state is SENT:
        outbox.settle_sent(tx, ids, NOON, f"message {event}")
    if state in (DEAD, DROPPED):
        outbox.settle_dead(tx, ids, NOON, "refused")
    if state is DROPPED:
        outbox.drop(tx, ids, NOON)
    return through(tx, channel, event)


def test_an_event_a_subscription_and_a_channel_make_one_delivery(tx: Tx) -> None:
    assert outbox.plan(tx, [planned(why="first"), planned(why="twice")], NOON) == 1
    assert outbox.plan(tx, [planned(why="again"), planned("e2")], NOON + DAY) == 1
    assert outbox.plan(tx, [planned(channel="mail"), planned(subscription="press")], NOON) == 2
    assert outbox.plan(tx, [], NOON) == 0
    assert [(one.subscription, one.channel, one.why) for one in outbox.of_event(tx, "e1")] == [
        ("desk", "chat", "first"),
        ("desk", "mail", "level 3 of 2"),
        ("press", "chat", "level 3 of 2"),
    ]


@pytest.mark.parametrize("state", DeliveryState)
def test_planning_again_changes_nothing_of_what_was_done(tx: Tx, state: DeliveryState) -> None:
    before = put(tx, state)
    outbox.plan(tx, [planned(release_at=NOON + DAY)], NOON + DAY)
    assert only(tx) == before


def test_a_planned_delivery_waits_until_it_may_go(tx: Tx) -> None:
    outbox.plan(tx, [planned(release_at=LATER, level=Level.AVOID)], NOON)
    assert only(tx) == Delivery(
        id=only(tx).id,
        event="e1",
        subscription="desk",
        channel="chat",
        state=WAITING,
        created_at=NOON,
        next_attempt=LATER,
        story="s1",
        why="level 3 of 2",
        level=Level.AVOID,
    )


@pytest.mark.parametrize(
    ("state", "told"), [(WAITING, True), (SENDING, True), (SENT, True), (DEAD, True), (DROPPED, False)]
)
def test_a_subscription_is_told_of_a_story_unless_its_messages_were_dropped(
    tx: Tx, state: DeliveryState, told: bool
) -> None:
    put(tx, state)
    assert outbox.told(tx, "s1", "desk") is told
    assert not outbox.told(tx, "s1", "press")
    assert not outbox.told(tx, "s2", "desk")


def test_nobody_is_told_of_no_story(tx: Tx) -> None:
    plan(tx, planned(story=""))
    assert not outbox.told(tx, "", "desk")
    assert outbox.first_sent(tx, "", "desk", "chat") is None


def test_the_first_message_of_a_story_is_the_first_that_was_sent(tx: Tx) -> None:
    put(tx, DEAD, "e1")
    put(tx, SENT, "e2")
    put(tx, SENT, "e3")
    first = outbox.first_sent(tx, "s1", "desk", "chat")
    assert first is not None
    assert (first.event, first.reference) == ("e2", "message e2")
    assert outbox.first_sent(tx, "s1", "desk", "mail") is None
    assert outbox.first_sent(tx, "s1", "press", "chat") is None


def test_all_that_waits_in_a_channel_is_seen_oldest_first_due_or_not(tx: Tx) -> None:
    many = [planned(f"e{number}", release_at=NOON + (1500 - number) * HOUR) for number in range(1500)]
    outbox.plan(tx, [*many, planned("other", channel="mail")], NOON)
    put(tx, SENT, "sent")
    assert [one.event for one in outbox.waiting(tx, "chat")] == [item.event for item in many]


def test_a_channel_is_due_when_one_of_its_deliveries_is(tx: Tx) -> None:
    outbox.plan(
        tx,
        [planned("e1"), planned("e2"), planned(channel="mail", release_at=LATER), planned(channel="ntfy")],
        NOON,
    )
    assert outbox.due_channels(tx, NOON - HOUR) == []
    assert outbox.due_channels(tx, NOON) == ["chat", "ntfy"]
    assert outbox.due_channels(tx, LATER) == ["chat", "mail", "ntfy"]
    outbox.mark_sending(tx, [one.id for one in outbox.waiting(tx, "chat")], NOON)
    assert outbox.due_channels(tx, NOON) == ["ntfy"]


def test_a_channel_that_is_down_is_left_alone_until_its_time(tx: Tx) -> None:
    plan(tx, planned())
    outbox.save_channel(tx, ChannelState("chat", failing_since=NOON, not_before=LATER, cause="timeout"))
    assert outbox.due_channels(tx, NOON) == []
    assert outbox.due_channels(tx, LATER) == ["chat"]
    outbox.save_channel(tx, ChannelState("chat", failing_since=NOON))
    assert outbox.due_channels(tx, NOON) == ["chat"]


def test_a_channel_without_troubles_has_none(tx: Tx) -> None:
    assert outbox.channel_state(tx, "chat") == ChannelState("chat")


def test_a_delivery_is_marked_before_it_is_sent(tx: Tx) -> None:
    one, other = plan(tx, planned("e1"), planned("e2"))
    outbox.mark_sending(tx, [one.id], NOON)
    assert (only(tx).state, only(tx).first_attempt, only(tx).attempts) == (SENDING, NOON, 0)
    assert outbox.waiting(tx, "chat") == [other]


@pytest.mark.parametrize("state", [SENDING, SENT, DEAD, DROPPED])
def test_a_bundle_is_sent_whole_or_not_at_all(tx: Tx, state: DeliveryState) -> None:
    """Somebody else settled one of them meanwhile: none is marked."""
    other = put(tx, state, "other")
    (one,) = plan(tx, planned())
    assert not outbox.mark_sending(tx, [one.id, other.id], LATER)
    assert (only(tx), only(tx, "other")) == (one, other)
    assert outbox.mark_sending(tx, [one.id], LATER)
    assert not outbox.mark_sending(tx, [one.id], LATER)


def test_the_first_attempt_stays_the_first(tx: Tx) -> None:
    (one,) = plan(tx, planned())
    outbox.mark_sending(tx, [one.id], NOON)
    outbox.settle_later(tx, [one.id], LATER, "busy")
    outbox.mark_sending(tx, [one.id], LATER)
    assert only(tx).first_attempt == NOON


def test_after_a_crash_what_was_on_its_way_is_sent_again_as_a_possible_duplicate(tx: Tx) -> None:
    states = {state: put(tx, state, f"e-{state}") for state in DeliveryState}
    assert outbox.recover(tx, LATER) == 1
    again = only(tx, "e-sending")
    assert (again.state, again.uncertain, again.attempts) == (WAITING, True, 1)
    assert (again.next_attempt, again.last_reason) == (LATER, "stopped while sending")
    assert all(only(tx, before.event) == before for state, before in states.items() if state is not SENDING)
    assert outbox.recover(tx, LATER) == 0


def test_what_was_sent_keeps_the_channels_reference(tx: Tx) -> None:
    one = put(tx, SENDING)
    outbox.settle_later(tx, [one.id], NOON, "busy", uncertain=True)
    outbox.settle_sent(tx, [one.id], LATER, "ts 17")
    sent = only(tx)
    assert (sent.state, sent.settled_at, sent.reference) == (SENT, LATER, "ts 17")
    assert (sent.attempts, sent.last_reason, sent.uncertain) == (2, "", True)


def test_what_failed_waits_with_its_reason(tx: Tx) -> None:
    one = put(tx, SENDING)
    outbox.settle_later(tx, [one.id], LATER, "503 from the server")
    waits = only(tx)
    assert (waits.state, waits.next_attempt, waits.last_reason) == (WAITING, LATER, "503 from the server")
    assert (waits.attempts, waits.uncertain, waits.plain, waits.settled_at) == (1, False, False, None)


def test_the_marks_of_a_delivery_stay_with_it(tx: Tx) -> None:
    one = put(tx, SENDING)
    outbox.settle_later(tx, [one.id], NOON, "timed out", uncertain=True)
    outbox.settle_later(tx, [one.id], NOON, "too long", plain=True)
    outbox.settle_later(tx, [one.id], NOON, "busy")
    assert (only(tx).uncertain, only(tx).plain) == (True, True)


def test_what_is_given_up_is_kept(tx: Tx) -> None:
    one = put(tx, SENDING)
    outbox.settle_dead(tx, [one.id], LATER, "401 from the server")
    dead = only(tx)
    assert (dead.state, dead.settled_at, dead.attempts) == (DEAD, LATER, 1)
    assert dead.last_reason == "401 from the server"
    assert outbox.listed(tx, [DEAD]) == [dead]


def test_a_bundle_is_settled_together(tx: Tx) -> None:
    ids = [one.id for one in plan(tx, *(planned(f"e{number}") for number in range(5)))]
    outbox.mark_sending(tx, ids, NOON)
    outbox.settle_sent(tx, ids[:4], NOON, "one message")
    assert [one.reference for one in outbox.listed(tx, [SENT])] == ["one message"] * 4
    assert [one.id for one in outbox.listed(tx)] == ids[4:]


def hand_over(tx: Tx, channel: str = "chat", fallback: str = "mail") -> int:
    return outbox.hand_over(tx, outbox.waiting(tx, channel), fallback, NOON)


def test_a_fallback_takes_over_what_it_is_given_once(tx: Tx) -> None:
    _, given = plan(tx, planned("e1"), planned("e2", level=Level.AVOID, release_at=LATER))
    assert outbox.hand_over(tx, [given], "mail", NOON) == 1
    assert outbox.hand_over(tx, [given], "mail", LATER) == 0
    (handed,) = outbox.waiting(tx, "mail")
    assert (handed.event, handed.subscription, handed.story) == ("e2", "desk", "s1")
    assert (handed.level, handed.created_at, handed.next_attempt) == (Level.AVOID, NOON, NOON)
    assert handed.why == "level 3 of 2; channel chat is failing"
    assert len(outbox.waiting(tx, "chat")) == 2


@pytest.mark.parametrize("state", [WAITING, DEAD])
def test_what_went_through_the_fallback_does_not_come_again(tx: Tx, state: DeliveryState) -> None:
    plan(tx, planned("e1"), planned("e2"), planned("e1", subscription="press"))
    hand_over(tx)
    if state is DEAD:
        outbox.settle_dead(tx, [outbox.waiting(tx, "chat")[0].id], NOON, "refused")
    handed = [one.id for one in outbox.waiting(tx, "mail") if (one.event, one.subscription) == ("e1", "desk")]
    outbox.settle_sent(tx, handed, LATER, "")
    outbox.drop_covered(tx, handed, ["chat", "ntfy"], LATER)
    (dropped,) = outbox.listed(tx, [DROPPED])
    assert (dropped.event, dropped.subscription, dropped.channel) == ("e1", "desk", "chat")
    assert (dropped.settled_at, dropped.last_reason) == (LATER, "sent through its fallback")
    assert [(one.event, one.subscription) for one in outbox.waiting(tx, "chat")] == [("e2", "desk"), ("e1", "press")]


def test_a_subscription_with_both_channels_gets_both(tx: Tx) -> None:
    """Mail is the fallback of chat and a channel of the subscription as well: it covers nothing."""
    plan(tx, planned(channel="chat"), planned(channel="mail"))
    assert hand_over(tx) == 0
    outbox.settle_sent(tx, [through(tx, "mail").id], NOON, "")
    outbox.drop_covered(tx, [through(tx, "mail").id], ["chat"], NOON)
    assert through(tx, "chat").state is WAITING


def test_a_fallback_of_two_channels_covers_the_one_it_stood_in_for(tx: Tx) -> None:
    plan(tx, planned(channel="chat"), planned(channel="ntfy"))
    hand_over(tx)
    outbox.drop_covered(tx, [through(tx, "mail").id], ["chat", "ntfy"], NOON)
    assert (through(tx, "chat").state, through(tx, "ntfy").state) == (DROPPED, WAITING)


@pytest.mark.parametrize("covered", [["ntfy"], []])
def test_a_fallback_covers_no_channel_that_is_no_longer_its_own(tx: Tx, covered: list[str]) -> None:
    plan(tx, planned(channel="chat"))
    hand_over(tx)
    outbox.drop_covered(tx, [through(tx, "mail").id], covered, NOON)
    assert through(tx, "chat").state is WAITING


@pytest.mark.parametrize("state", [SENDING, SENT])
def test_what_is_on_its_way_or_arrived_is_not_dropped_afterwards(tx: Tx, state: DeliveryState) -> None:
    plan(tx, planned(channel="chat"))
    hand_over(tx)
    put(tx, state)
    outbox.drop_covered(tx, [through(tx, "mail").id], ["chat"], NOON)
    assert through(tx, "chat").state is state


@pytest.mark.parametrize("state", DeliveryState)
def test_what_is_not_sent_can_be_sent_again_now(tx: Tx, state: DeliveryState) -> None:
    before = put(tx, state)
    moves = state in (DEAD, DROPPED, WAITING)
    assert outbox.retry(tx, [before.id], LATER) == int(moves)
    after = only(tx)
    if moves:
        assert (after.state, after.next_attempt) == (WAITING, LATER)
        assert (after.settled_at, after.first_attempt) == (None, None)
    else:
        assert after == before


@pytest.mark.parametrize("state", DeliveryState)
def test_what_is_not_sent_can_be_dropped(tx: Tx, state: DeliveryState) -> None:
    before = put(tx, state)
    moves = state in (DEAD, WAITING)
    assert outbox.drop(tx, [before.id], LATER) == int(moves)
    assert only(tx).state is (DROPPED if moves else state)
    assert outbox.drop(tx, [before.id + 1], LATER) == 0


def test_deliveries_are_listed_newest_last(tx: Tx) -> None:
    events = [put(tx, state, f"e-{state}").event for state in (WAITING, SENDING, SENT, WAITING)]
    put(tx, WAITING, "last")
    assert [one.event for one in outbox.listed(tx)] == [events[0], events[1], "last"]
    assert [one.event for one in outbox.listed(tx, limit=1)] == ["last"]


def test_deliveries_are_counted_by_channel_and_state(tx: Tx) -> None:
    put(tx, SENT, "e1")
    put(tx, WAITING, "e2")
    put(tx, WAITING, "e3")
    put(tx, DEAD, "e4", channel="mail")
    assert outbox.counts(tx) == {("chat", SENT): 1, ("chat", WAITING): 2, ("mail", DEAD): 1}
