"""From a server's answer to events and deliveries, through the real readers, deciders and store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from advisoryd.model.event import Kind
from advisoryd.model.outcome import Trouble
from advisoryd.model.standing import DeliveryState, Health, State
from advisoryd.store import advisories, documents, findings, outbox, sources

from .conftest import Play, playing
from .world import COUNTRIES, START, Server, config, later, register, rows

CALM = dict.fromkeys(COUNTRIES, "calm")
SOURCE = register()


def but(**changes: str) -> dict[str, str]:
    """Everything calm, except as given."""
    return {**CALM, **changes}


def without(*codes: str) -> dict[str, str]:
    """The calm register without some rows."""
    return {code: word for code, word in but(KE="avoid").items() if code not in codes}


def kinds(events: object) -> list[Kind]:
    return [event.kind for event in events]  # type: ignore[attr-defined]


def test_the_first_reading_is_a_baseline_and_alerts_nobody(play: Play) -> None:
    play.server.serve(SOURCE, rows(but(KE="avoid")))
    assert play.poll(START) == []
    play.deliver(START)
    assert play.inboxes["inbox"].got == []
    with play.house.store.reading() as tx:
        assert len(advisories.of_source(tx, "r0")) == len(COUNTRIES)


def test_a_raise_is_told_on_its_first_reading_and_once(play: Play) -> None:
    play.server.serve(SOURCE, rows(CALM))
    play.poll(START)
    play.server.serve(SOURCE, rows(but(JP="reconsider")))
    events = play.poll(later(minutes=15))
    assert kinds(events) == [Kind.RAISED]
    assert events[0].destination == "JP"
    play.deliver(later(minutes=15))
    assert play.poll(later(minutes=30)) == []
    play.deliver(later(minutes=30))
    assert len(play.inboxes["inbox"].got) == 1


def test_a_lowering_waits_for_a_second_reading_half_an_hour_later(play: Play) -> None:
    play.server.serve(SOURCE, rows(but(JP="reconsider")))
    play.poll(START)
    play.server.serve(SOURCE, rows(CALM))
    assert play.poll(later(hours=1)) == []
    assert play.poll(later(hours=1, minutes=10)) == []
    events = play.poll(later(hours=1, minutes=31))
    assert kinds(events) == [Kind.LOWERED]
    assert events[0].first_seen == later(hours=1)


def test_a_waiting_lowering_brings_the_next_poll_forward(play: Play) -> None:
    slow = replace(SOURCE, every=later(hours=6) - START)
    with playing(
        Path(play.house.config.state_dir) / "slow", config(play.house.state_dir / "slow", [slow]), Server()
    ) as own:
        own.server.serve(slow, rows(but(JP="avoid")))
        own.poll(START)
        own.server.serve(slow, rows(CALM))
        own.poll(later(hours=7))
        with own.house.store.reading() as tx:
            assert sources.states(tx)["r0"].next_poll == later(hours=7, minutes=30)


def test_a_lowering_that_is_undone_before_it_is_confirmed_is_never_told(play: Play) -> None:
    play.server.serve(SOURCE, rows(but(JP="avoid")))
    play.poll(START)
    play.server.serve(SOURCE, rows(CALM))
    play.poll(later(hours=1))
    play.server.serve(SOURCE, rows(but(JP="avoid")))
    assert play.poll(later(hours=2)) == []
    assert play.poll(later(hours=3)) == []


def test_rows_that_vanish_together_break_the_source_and_lift_nothing(play: Play) -> None:
    play.server.serve(SOURCE, rows(but(KE="avoid", EG="avoid", MX="avoid")))
    play.poll(START)
    play.server.serve(SOURCE, rows({code: word for code, word in CALM.items() if code not in ("KE", "EG", "MX")}))
    for day in range(1, 12):
        events = play.poll(later(days=day))
        assert kinds(events) == ([Kind.SOURCE_DEGRADED] if day == 1 else [])
    with play.house.store.reading() as tx:
        broken = sources.states(tx)["r0"]
        stands = {one.destination: one for one in advisories.of_source(tx, "r0")}
    assert broken.condition.health is Health.BROKEN
    assert stands["KE"].record.level == 4
    assert stands["KE"].stale_since == later(days=1)


def test_a_raise_still_goes_out_while_the_source_is_broken(play: Play) -> None:
    play.server.serve(SOURCE, rows(but(KE="avoid", EG="avoid", MX="avoid")))
    play.poll(START)
    fewer = {code: word for code, word in but(JP="avoid").items() if code not in ("KE", "EG", "MX")}
    play.server.serve(SOURCE, rows(fewer))
    assert set(kinds(play.poll(later(days=1)))) == {Kind.RAISED, Kind.SOURCE_DEGRADED}


def test_one_row_that_stays_away_past_its_grace_is_vanished_never_lifted(play: Play) -> None:
    play.server.serve(SOURCE, rows(without()))
    play.poll(START)
    play.server.serve(SOURCE, rows(without("KE")))
    told = [event for day in range(1, 10) for event in play.poll(later(days=day))]
    assert kinds(told) == [Kind.VANISHED]
    with play.house.store.reading() as tx:
        stands = advisories.standing(tx, "NZ", "KE", "r0")
    assert stands is not None
    assert stands.state is State.VANISHED


def test_a_row_that_is_missing_for_two_days_and_back_is_no_event(play: Play) -> None:
    play.server.serve(SOURCE, rows(without()))
    play.poll(START)
    play.server.serve(SOURCE, rows(without("KE")))
    gone = [event for day in (1, 2) for event in play.poll(later(days=day))]
    play.server.serve(SOURCE, rows(without()))
    back = [event for day in (3, 4) for event in play.poll(later(days=day))]
    assert gone + back == []


def test_an_unknown_level_word_keeps_the_last_level_and_is_told_once(play: Play) -> None:
    play.server.serve(SOURCE, rows(but(JP="reconsider")))
    play.poll(START)
    play.server.serve(SOURCE, rows(but(JP="purple")))
    events = play.poll(later(hours=1))
    assert set(kinds(events)) == {Kind.AMENDED, Kind.SOURCE_FINDING}
    with play.house.store.reading() as tx:
        stands = advisories.standing(tx, "NZ", "JP", "r0")
        noticed = findings.of_source(tx, "r0")
    assert stands is not None
    assert stands.record.level == 3
    assert any(kind == "unknown-level" for kind, *_ in noticed)
    assert play.poll(later(hours=2)) == []


def test_an_unchanged_answer_parses_nothing_and_writes_one_row(play: Play) -> None:
    play.server.serve(SOURCE, rows(CALM))
    play.poll(START)
    with play.house.store.reading() as tx:
        before = documents.held(tx, "r0")
    play.poll(later(minutes=15))
    assert play.polled[0].unchanged
    assert play.server.conditional == [SOURCE.options["url"]]
    with play.house.store.reading() as tx:
        assert documents.held(tx, "r0") == before
        assert sources.states(tx)["r0"].condition.last_good == later(minutes=15)


def test_a_failing_server_slows_down_and_breaks_after_an_hour_of_failures(play: Play) -> None:
    play.server.serve(SOURCE, rows(CALM))
    play.poll(START)
    play.server.break_down(SOURCE)
    told = [event for quarter in range(1, 8) for event in play.poll(later(minutes=15 * quarter))]
    assert kinds(told) == [Kind.SOURCE_DEGRADED]
    with play.house.store.reading() as tx:
        assert sources.states(tx)["r0"].next_poll > later(minutes=15 * 7 + 30)
    play.server.serve(SOURCE, rows(CALM))
    assert kinds(play.poll(later(hours=9))) == [Kind.SOURCE_RECOVERED]


def test_retry_after_is_obeyed(play: Play) -> None:
    play.server.serve(SOURCE, rows(CALM))
    play.poll(START)
    play.server.break_down(SOURCE, Trouble.THROTTLED, retry_after=7200)
    play.poll(later(minutes=15))
    with play.house.store.reading() as tx:
        assert sources.states(tx)["r0"].next_poll >= later(minutes=15, seconds=7200)


def test_a_body_that_is_not_in_shape_is_a_failure_with_evidence_and_no_event(play: Play) -> None:
    play.server.serve(SOURCE, rows(but(JP="avoid")))
    play.poll(START)
    play.server.serve(SOURCE, b'{"rows": []}')
    assert play.poll(later(minutes=15)) == []
    assert [failure.trouble for failure in play.polled[0].failures] == [Trouble.UNREADABLE]
    play.server.serve(SOURCE, rows(but(JP="avoid")))
    assert play.poll(later(minutes=30)) == []


def test_a_name_nobody_knows_is_quarantined_and_reported(play: Play) -> None:
    play.server.serve(SOURCE, rows(CALM))
    play.poll(START)
    play.server.serve(SOURCE, rows(but(Freedonia="avoid")))
    events = play.poll(later(hours=1))
    assert set(kinds(events)) == {Kind.SOURCE_FINDING}
    assert any("Freedonia" in event.summary for event in events)


def test_a_new_destination_in_a_register_that_lists_everything_is_a_baseline(play: Play) -> None:
    play.server.serve(SOURCE, rows(CALM))
    play.poll(START)
    play.server.serve(SOURCE, rows(but(CL="avoid")))
    assert play.poll(later(hours=1)) == []


def test_a_new_row_in_a_list_of_advice_only_is_advice_issued(tmp_path: Path) -> None:
    source = register(options={**SOURCE.options, "lists_calm": False})
    with playing(tmp_path, config(tmp_path, [source]), Server()) as play:
        play.server.serve(source, rows({"KE": "avoid", "EG": "care"}))
        play.poll(START)
        play.server.serve(source, rows({"KE": "avoid", "EG": "care", "JP": "reconsider"}))
        assert kinds(play.poll(later(hours=1))) == [Kind.ISSUED]
        play.server.serve(source, rows({"EG": "care", "JP": "reconsider"}))
        assert play.poll(later(hours=2)) == []
        assert kinds(play.poll(later(hours=3))) == [Kind.LIFTED]
        play.server.serve(source, rows({"KE": "avoid", "EG": "care", "JP": "reconsider"}))
        assert kinds(play.poll(later(hours=4))) == [Kind.ISSUED]


def test_the_same_history_twice_gives_the_same_ids(tmp_path: Path) -> None:
    histories = []
    for name in ("one", "two"):
        folder = tmp_path / name
        with playing(folder, config(folder, [SOURCE]), Server()) as play:
            for step, words in enumerate(
                [CALM, but(JP="avoid"), but(JP="care", IT="avoid"), but(JP="avoid"), CALM, CALM]
            ):
                play.server.serve(SOURCE, rows(words))
                play.poll(later(hours=step))
            histories.append([(event.id, event.kind, event.destination) for event in play.events()])
    assert histories[0] == histories[1]
    assert len({name for name, *_ in histories[0]}) == len(histories[0])


def test_a_level_that_goes_up_down_and_up_again_is_three_events(play: Play) -> None:
    play.server.serve(SOURCE, rows(CALM))
    play.poll(START)
    for step, words in enumerate([but(JP="reconsider"), CALM, CALM, but(JP="reconsider")], 1):
        play.server.serve(SOURCE, rows(words))
        play.poll(later(hours=step))
    told = [event for event in play.events() if event.destination == "JP"]
    assert kinds(told) == [Kind.RAISED, Kind.LOWERED, Kind.RAISED]
    assert len({event.id for event in told}) == 3


def test_every_matching_subscription_gets_its_own_delivery(tmp_path: Path) -> None:
    base = config(tmp_path, [SOURCE])
    two = (base.subscriptions[0], replace(base.subscriptions[0], name="japan", destinations=frozenset({"JP"})))
    with playing(tmp_path, replace(base, subscriptions=two), Server()) as play:
        play.server.serve(SOURCE, rows(CALM))
        play.poll(START)
        play.server.serve(SOURCE, rows(but(JP="avoid", IT="avoid")))
        play.poll(later(hours=1))
        with play.house.store.reading() as tx:
            planned = outbox.listed(tx, (DeliveryState.WAITING,))
    assert sorted((one.subscription, one.channel) for one in planned) == [
        ("all", "inbox"),
        ("all", "inbox"),
        ("japan", "inbox"),
    ]


@pytest.mark.parametrize("share", [0.2, 0.9])
def test_many_levels_at_once_wait_for_a_second_reading_except_the_strictest(play: Play, share: float) -> None:
    chosen = COUNTRIES[: max(6, int(len(COUNTRIES) * share))]
    play.server.serve(SOURCE, rows(CALM))
    play.poll(START)
    words = {code: ("avoid" if code == "JP" else "care") if code in chosen else "calm" for code in COUNTRIES}
    play.server.serve(SOURCE, rows(words))
    first = play.poll(later(hours=1))
    assert [event.destination for event in first if event.kind is Kind.RAISED] == ["JP"]
    second = play.poll(later(hours=2))
    assert {event.destination for event in second} == set(chosen) - {"JP"}
