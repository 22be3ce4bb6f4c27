"""Silences, acknowledgements and the pace of channels, on both databases."""

from __future__ import annotations

from datetime import timedelta

from advisoryd.model.event import Kind
from advisoryd.model.ladder import Level
from advisoryd.model.silence import Matcher, Silence
from advisoryd.model.standing import Acknowledgement, DeliveryState
from advisoryd.store import acknowledgements, outbox, pace, silences
from advisoryd.store.engine import Tx

from .samples import DAY, HOUR, NOON, plan, planned

EVERYTHING = Matcher(
    issuers=frozenset({"CN"}), destinations=frozenset({"JP", "IL+PS"}), kinds=frozenset({Kind.AMENDED}),
    subscriptions=frozenset({"desk"}), channels=frozenset({"chat"}), min_level=Level.CAUTION,
    max_level=Level.RECONSIDER, alarms=True,
)  # fmt: skip


def silence(tx: Tx, hours: int = 1, matcher: Matcher = EVERYTHING, reason: str = "drill") -> Silence:
    return silences.add(tx, matcher, reason, NOON, NOON + hours * HOUR)


def test_a_silence_comes_back_as_it_was_made(tx: Tx) -> None:
    made = silence(tx, reason="台風訓練 \0")
    [found] = silences.active(tx, NOON)
    assert found.id == made.id
    assert (found.matcher, found.begins, found.ends) == (EVERYTHING, NOON, NOON + HOUR)
    assert found.reason == "台風訓練 \N{REPLACEMENT CHARACTER}"


def test_a_silence_holds_from_its_beginning_until_just_before_its_end(tx: Tx) -> None:
    silence(tx)
    moments = [NOON - timedelta(microseconds=1), NOON, NOON + HOUR - timedelta(microseconds=1), NOON + HOUR]
    assert [len(silences.active(tx, now)) for now in moments] == [0, 1, 1, 0]


def test_an_ended_silence_is_kept(tx: Tx) -> None:
    first, second = silence(tx), silence(tx)
    assert silences.end(tx, first.id, NOON + HOUR / 2)
    assert not silences.end(tx, first.id, NOON + HOUR / 2)
    assert not silences.end(tx, 1000, NOON)
    assert [one.id for one in silences.listed(tx, NOON + HOUR / 2)] == [second.id]
    assert [one.id for one in silences.listed(tx, NOON + DAY, ended=True)] == [first.id, second.id]


def test_the_first_acknowledgement_of_a_subscription_counts(tx: Tx) -> None:
    given = Acknowledgement("e1", "desk", NOON, "link")
    assert acknowledgements.add(tx, given)
    assert not acknowledgements.add(tx, Acknowledgement("e1", "desk", NOON + HOUR, "command"))
    assert acknowledgements.add(tx, Acknowledgement("e1", "press", NOON + HOUR, "link"))
    assert list(acknowledgements.of_event(tx, "e1")) == ["desk", "press"]
    assert acknowledgements.of_event(tx, "e1")["desk"] == given
    assert acknowledgements.of_event(tx, "e2") == {}


def test_only_escalations_that_wait_are_dropped(tx: Tx) -> None:
    alarm = {"escalation": True, "release_at": NOON + HOUR}
    plan(
        tx, planned(), planned(channel="phone", **alarm), planned("e2", channel="phone", **alarm),
        planned(channel="phone", subscription="press", **alarm),
    )  # fmt: skip
    assert outbox.drop_escalations(tx, "desk", NOON, "acknowledged", event="e1") == 1
    assert outbox.drop_escalations(tx, "desk", NOON, "eased", story="s1") == 1
    assert outbox.drop_escalations(tx, "desk", NOON, "eased", story="s1") == 0
    states = [(one.event, one.subscription, one.channel, one.state) for one in outbox.listed(tx, list(DeliveryState))]
    assert [state for *_, state in states] == ["waiting", "dropped", "dropped", "waiting"]
    assert outbox.number_dropped(tx, "eased") == 1


def test_an_escalation_is_known_as_one(tx: Tx) -> None:
    [first] = plan(tx, planned(channel="phone", escalation=True))
    assert first.escalation


def test_old_sends_are_forgotten(tx: Tx) -> None:
    for minutes in (0, 30, 61):
        pace.note(tx, "chat", NOON + timedelta(minutes=minutes), HOUR)
    pace.note(tx, "mail", NOON, HOUR)
    assert pace.recent(tx, "chat") == [NOON + timedelta(minutes=minutes) for minutes in (30, 61)]
    assert pace.recent(tx, "mail") == [NOON]
