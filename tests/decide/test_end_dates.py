"""Advice that says itself when it ends: warned of a day ahead, ended once, taken up again when it is renewed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisoryd.decide.expiry import expire
from advisoryd.model.reading import Contract
from advisoryd.model.standing import State

from .history import ADVICE_ONLY, STREAM, History
from .making import NOON, around, record, span, standing

TOMORROW = "2025-11-15T12:00"


def test_the_end_is_announced_a_day_ahead_and_told_when_it_comes() -> None:
    history = History(record("KR", 3, ends="2025-11-20T12:00"))
    assert history.after("4d").again().news() == []
    assert history.after("1d").again().news() == ["KR expiring 3→?"]
    assert history.after("1d").again().news() == ["KR expired 3→?"]
    assert history.stands("KR").state is State.EXPIRED
    assert [event.reason for event in history.events] == ["end-date-near", "end-date-passed"]


def test_the_warning_comes_once_however_often_the_page_is_stamped_anew() -> None:
    history = History(record("KR", 3, ends=TOMORROW)).again()
    assert history.news() == ["KR expiring 3→?"]
    history.after("1h").says(record("KR", 3, ends=TOMORROW, issued="2025-11-14T13:00"))
    assert (history.reason("KR"), history.news()) == ("unchanged", [])


def test_a_new_end_date_is_warned_of_anew() -> None:
    history = History(record("KR", 3, ends=TOMORROW)).again()
    history.says(record("KR", 3, ends="2025-11-20T12:00"))
    assert history.news() == ["KR expiring 3→?", "KR amended 3→3"]
    assert history.after("5d").again().news() == ["KR expiring 3→?"]


def test_a_day_as_the_end_counts_in_full() -> None:
    history = History(record("KR", 3, ends="2025-11-20"))
    assert history.after("6d").again().news() == ["KR expiring 3→?"]
    assert history.now.isoformat() == "2025-11-20T12:00:00+00:00"
    assert history.after("11h").again().news() == []
    assert history.after("1h").again().news() == ["KR expired 3→?"]


def test_the_end_waits_until_the_source_is_healthy() -> None:
    history = History(record("KR", 3, ends=TOMORROW)).again()
    history.news()
    assert history.after("2d").fails().news() == []
    assert history.after("15m").again().news() == ["KR expired 3→?"]


@pytest.mark.parametrize("contract", [STREAM, ADVICE_ONLY], ids=["stream", "advice only"])
def test_advice_that_had_ended_before_it_was_first_read_is_history(contract: Contract) -> None:
    old = record("JP", 3, key="n1", issued="2016-07-17", ends="2016-12-31")
    history = History(old, record("FR", 2), contract=contract)
    assert history.after("1d").again().news() == []
    assert history.stands().state is State.EXPIRED
    assert history.says(record("KR", 3, key="n2", issued="2017-07-17", ends="2017-12-31")).news() == []


def test_an_ended_advisory_that_is_edited_stays_ended() -> None:
    history = History(record("KR", 3, ends=TOMORROW)).after("2d").again()
    history.news()
    history.after("1d").says(record("KR", 3, ends=TOMORROW, issued="2025-11-17"))
    assert (history.news(), history.reason("KR")) == ([], "still-expired")
    assert history.after("1d").again().news() == []


def test_an_ended_advisory_that_is_renewed_is_back() -> None:
    history = History(record("KR", 3, ends=TOMORROW)).after("2d").again()
    history.news()
    assert history.says(record("KR", 3, ends="2026-02-01")).news() == ["KR restored 3→3"]
    assert history.stands("KR").state is State.IN_FORCE


def test_an_ended_advisory_that_is_renewed_at_a_higher_level_is_raised() -> None:
    history = History(record("KR", 3, ends=TOMORROW)).after("2d").again()
    history.news()
    assert history.says(record("KR", 4, ends="2026-02-01")).news() == ["KR raised 3→4"]


def test_an_ended_advisory_that_comes_back_looser_is_lowered_on_its_second_reading_and_does_not_end_twice() -> None:
    history = History(record("KR", 3, ends=TOMORROW)).after("2d").again()
    history.news()
    history.says(record("KR", 2))
    assert (history.news(), history.stands("KR").state) == ([], State.EXPIRED)
    assert history.after("30m").again().news() == ["KR lowered 3→2"]
    assert history.stands("KR").state is State.IN_FORCE


def test_an_ended_row_that_leaves_a_list_of_advice_is_not_lifted_once_more() -> None:
    history = History(record("KR", 3, ends=TOMORROW), record("FR", 2), contract=ADVICE_ONLY).after("2d").again()
    history.news()
    history.drops("KR").after("1h").again()
    assert (history.news(), history.reason("KR")) == ([], "unlisted-without-advice")
    assert history.stands("KR").state is State.NO_ADVICE


def test_no_end_is_ever_invented() -> None:
    assert History(record("JP", 3)).after("900d").again().news() == []


@pytest.mark.parametrize("state", [state for state in State if state is not State.IN_FORCE])
def test_only_advice_in_force_can_end(state: State) -> None:
    ended = replace(standing(record("KR", 3, ends=TOMORROW)), state=state)
    assert expire(ended, around(NOON + span("2d"))) is None


def test_an_ending_names_the_end_date_so_that_two_ends_are_two_events() -> None:
    verdict = expire(standing(record("KR", 3, ends=TOMORROW)), around(NOON + span("2d")))
    assert verdict is not None
    assert verdict.event is not None
    assert verdict.event.after == "2025-11-15T12:00:00+00:00"
