"""Delivering: order, retries, marks, fallbacks, and a slow channel that blocks nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from advisoryd.model.config import ChannelSpec, Subscription
from advisoryd.model.event import Kind
from advisoryd.model.message import Form, Message
from advisoryd.model.outcome import Refused, SendOutcome, Sent, TryAgain, Uncertain
from advisoryd.model.standing import DeliveryState
from advisoryd.store import outbox

from .conftest import Play, playing
from .world import COUNTRIES, START, Inbox, Server, config, later, register, rows

SOURCE = register()
CALM = dict.fromkeys(COUNTRIES, "calm")
HALF_AN_HOUR_ON = later(minutes=30)


def raised(play: Play, *places: str, level: str = "reconsider", at: datetime = HALF_AN_HOUR_ON) -> None:
    """A baseline, then advice against these places."""
    play.server.serve(SOURCE, rows(CALM))
    play.poll(START)
    for number in range(len(places)):
        play.server.serve(SOURCE, rows(CALM | dict.fromkeys(places[: number + 1], level)))
        play.poll(at + timedelta(minutes=number))


def states(play: Play, channel: str = "inbox") -> list[str]:
    """The states of a channel's deliveries, in their order."""
    with play.house.store.reading() as tx:
        every = outbox.listed(tx, tuple(DeliveryState), limit=1000)
    return [delivery.state for delivery in every if delivery.channel == channel]


def told(play: Play) -> list[str]:
    """The kinds of the operator's messages."""
    return [event.kind for event in play.events() if event.kind in (Kind.CHANNEL_FAILING, Kind.CHANNEL_RECOVERED)]


def test_a_failing_send_is_tried_again_and_arrives_once(play: Play) -> None:
    raised(play, "JP")
    play.inboxes["inbox"].answers = [TryAgain("busy", 0.0)]
    play.deliver(later(minutes=31))
    assert play.inboxes["inbox"].got == []
    assert states(play) == ["waiting"]
    play.deliver(later(hours=2))
    assert len(play.inboxes["inbox"].got) == 1
    assert states(play) == ["sent"]
    play.deliver(later(hours=4))
    assert len(play.inboxes["inbox"].got) == 1


def test_a_send_whose_fate_is_unknown_is_repeated_and_says_so(play: Play) -> None:
    raised(play, "JP")
    play.inboxes["inbox"].answers = [Uncertain("the connection broke after the message")]
    play.deliver(later(minutes=31))
    play.deliver(later(hours=3))
    (message,) = play.inboxes["inbox"].got
    assert message.data["possible_duplicate"] is True


def test_the_receivers_wait_is_obeyed(play: Play) -> None:
    raised(play, "JP")
    play.inboxes["inbox"].answers = [TryAgain("429", 7200.0)]
    play.deliver(later(minutes=31))
    play.deliver(later(minutes=31, hours=1, seconds=3500))
    assert play.inboxes["inbox"].got == []
    play.deliver(later(minutes=31, hours=2, seconds=1))
    assert len(play.inboxes["inbox"].got) == 1


def test_a_refused_message_is_tried_as_plain_text_and_then_set_aside(play: Play) -> None:
    raised(play, "JP")
    refusing = play.inboxes["inbox"]
    refusing.always = Refused("markup not understood")
    play.deliver(later(minutes=31))
    assert states(play) == ["dead"]
    assert told(play) == [Kind.CHANNEL_FAILING]
    play.deliver(later(minutes=32))
    assert "given up" in play.inboxes["ops"].got[-1].title + play.inboxes["ops"].got[-1].body


def test_a_dead_letter_is_sent_when_somebody_asks_for_it(play: Play) -> None:
    raised(play, "JP")
    play.inboxes["inbox"].always = Refused("no such room")
    play.deliver(later(minutes=31))
    play.inboxes["inbox"].always = Sent("fine")
    with play.house.store.begin() as tx:
        dead = outbox.listed(tx, (DeliveryState.DEAD,))
        outbox.retry(tx, [delivery.id for delivery in dead], later(hours=1))
    play.deliver(later(hours=1))
    assert states(play) == ["sent"]
    assert len(play.inboxes["inbox"].got) == 1


def test_messages_are_tried_for_days_and_then_set_aside(play: Play) -> None:
    raised(play, "JP")
    play.inboxes["inbox"].always = TryAgain("down")
    now, tries = later(minutes=31), 0
    while states(play) == ["waiting"] and now < later(days=10):
        play.deliver(now)
        now += timedelta(minutes=10)
        tries += 1
    assert states(play) == ["dead"]
    assert timedelta(days=2) < now - START < timedelta(days=5)


def test_a_later_message_never_overtakes_an_earlier_one_of_its_story(play: Play) -> None:
    raised(play, "JP", level="care")
    play.server.serve(SOURCE, rows(CALM | {"JP": "reconsider"}))
    play.poll(later(minutes=60))
    play.inboxes["inbox"].answers = [TryAgain("busy", 3600.0)]
    play.deliver(later(minutes=61))
    assert play.inboxes["inbox"].got == []
    play.deliver(later(minutes=125))
    after = [message.data["levels"]["after"] for message in play.inboxes["inbox"].got]  # type: ignore[index]
    assert after == [2, 3]


def test_one_bad_message_does_not_hold_up_the_others(play: Play) -> None:
    raised(play, "JP", "FR", "IT")
    play.inboxes["inbox"].answers = [TryAgain("something about this one")]
    play.deliver(later(minutes=40))
    assert states(play) == ["waiting", "sent", "sent"]


def test_a_channel_that_is_down_is_left_alone_for_growing_times(play: Play) -> None:
    raised(play, "JP", "FR", "IT", "KE")
    play.inboxes["inbox"].always = TryAgain("nobody answers")
    handed = play.couriers["inbox"].deliver(lambda: later(minutes=40))
    assert len(handed) == 2, "the second failure proves that it is the channel"
    with play.house.store.reading() as tx:
        pauses = outbox.channel_state(tx, "inbox").not_before
        assert pauses is not None
        assert pauses >= later(minutes=40)


def test_the_operator_hears_of_a_failing_channel_once_and_of_its_recovery(play: Play) -> None:
    raised(play, "JP", "FR")
    play.inboxes["inbox"].always = TryAgain("nobody answers")
    for minutes in range(35, 240, 5):
        play.deliver(later(minutes=minutes))
    assert told(play) == [Kind.CHANNEL_FAILING]
    play.inboxes["inbox"].always = Sent("fine")
    play.deliver(later(hours=12))
    assert told(play) == [Kind.CHANNEL_FAILING, Kind.CHANNEL_RECOVERED]


class Broken(Inbox):
    """A third party's channel with a bug."""

    def send(self, message: Message) -> SendOutcome:
        """Crash."""
        raise KeyError("room")


def test_a_channel_that_crashes_is_one_that_may_have_sent(tmp_path: Path) -> None:
    with playing(tmp_path, config(tmp_path, [SOURCE]), Server(), inbox=Broken()) as play:
        raised(play, "JP")
        play.deliver(later(minutes=31))
        with play.house.store.reading() as tx:
            (delivery,) = [found for found in outbox.listed(tx) if found.channel == "inbox"]
        assert delivery.uncertain
        assert "KeyError" in delivery.last_reason


@contextmanager
def with_fallback(tmp_path: Path) -> Iterator[Play]:
    """A chat with a letter box behind it."""
    given = config(
        tmp_path,
        [SOURCE],
        channels=(
            ChannelSpec(name="inbox", kind="console", fallback="post", fallback_after=timedelta(minutes=15)),
            ChannelSpec(name="post", kind="console"),
            ChannelSpec(name="ops", kind="console"),
        ),
    )
    with playing(tmp_path, given, Server()) as play:
        yield play


def test_what_a_failing_channel_cannot_send_goes_through_its_fallback_and_only_there(tmp_path: Path) -> None:
    with with_fallback(tmp_path) as play:
        raised(play, "JP")
        play.inboxes["inbox"].always = TryAgain("nobody answers")
        for minutes in range(31, 120, 5):
            play.deliver(later(minutes=minutes))
        assert len(play.inboxes["post"].got) == 1
        play.inboxes["inbox"].always = Sent("fine")
        play.deliver(later(hours=12))
        assert play.inboxes["inbox"].got == []
        assert states(play) == ["dropped"]


def test_a_refused_message_reaches_its_readers_through_the_fallback_at_once(tmp_path: Path) -> None:
    with with_fallback(tmp_path) as play:
        raised(play, "JP")
        play.inboxes["inbox"].always = Refused("the token was revoked")
        play.deliver(later(minutes=31))
        play.deliver(later(minutes=31))
        assert len(play.inboxes["post"].got) == 1


class Slow(Inbox):
    """A receiver that answers when the test says so."""

    go = threading.Event()

    def send(self, message: Message) -> SendOutcome:
        """Wait."""
        assert self.go.wait(30)
        return super().send(message)


def test_a_slow_channel_blocks_nobody(tmp_path: Path) -> None:
    subscription = Subscription(name="all", channels=("inbox", "ops"))
    given = config(tmp_path, [SOURCE], subscriptions=(subscription,))
    slow = Slow()
    with playing(tmp_path, given, Server(), inbox=slow) as play, ThreadPoolExecutor(2) as threads:
        raised(play, "JP", "FR", "IT")
        stuck = threads.submit(play.couriers["inbox"].deliver, lambda: later(minutes=40))
        quick = threads.submit(play.couriers["ops"].deliver, lambda: later(minutes=40))
        assert len(quick.result(30)) == 3
        assert not stuck.done()
        slow.go.set()
        assert len(stuck.result(30)) == 3


def test_a_delivery_that_the_operator_drops_is_not_sent_any_more(play: Play) -> None:
    raised(play, "JP", "FR")
    courier, inbox = play.couriers["inbox"], play.inboxes["inbox"]

    def dropping(message: Message) -> SendOutcome:
        with play.house.store.begin() as tx:
            outbox.drop(tx, [delivery.id for delivery in outbox.waiting(tx, "inbox")], later(minutes=40))
        return Sent("")

    inbox.send = dropping  # type: ignore[method-assign]
    assert len(courier.deliver(lambda: later(minutes=40))) == 1
    assert states(play) == ["sent", "dropped"]


def test_many_messages_at_once_become_one(play: Play) -> None:
    raised(play, *COUNTRIES[:6])
    play.deliver(later(hours=1))
    (message,) = play.inboxes["inbox"].got
    assert set(states(play)) == {"sent"}
    assert message.data


def test_a_machine_gets_every_event_by_itself(play: Play) -> None:
    play.inboxes["inbox"].form = Form.JSON
    raised(play, *COUNTRIES[:6])
    play.deliver(later(hours=1))
    assert len(play.inboxes["inbox"].got) == 6
