"""Stricter advice is told on the first good reading, looser advice on the second."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisoryd.model.ladder import Reason
from advisoryd.model.record import Record

from .history import History
from .making import NOON, calm, record


def test_a_raise_goes_out_at_once() -> None:
    history = History(record("JP", 2)).after("15m").says(record("JP", 3))
    assert history.news() == ["JP raised 2→3"]
    assert history.events[0].first_seen == history.events[0].at == history.now


def test_a_loosening_goes_out_half_an_hour_after_it_was_first_read() -> None:
    history = History(record("JP", 3)).says(record("JP", 2))
    assert history.after("29m").again().news() == []
    assert history.after("1m").again().news() == ["JP lowered 3→2"]
    event = history.events[0]
    assert event.at - event.first_seen == timedelta(minutes=30)


def test_what_stands_while_a_loosening_waits_is_the_stricter_advice() -> None:
    history = History(record("JP", 3)).says(record("JP", 2))
    assert history.level() == 3
    assert history.after("30m").again().level() == 2


def test_advice_that_is_loosened_and_tightened_again_before_the_second_reading_is_no_news() -> None:
    history = History(record("JP", 3)).says(record("JP", 2)).after("10m").says(record("JP", 3))
    assert history.after("1h").again().news() == []
    assert history.stands().candidate is None


def test_a_raise_while_a_loosening_waits_is_counted_from_what_was_told() -> None:
    history = History(record("JP", 3)).says(record("JP", 2)).after("10m").says(record("JP", 4))
    assert history.news() == ["JP raised 3→4"]
    assert history.after("1h").again().news() == []


def test_an_edit_while_a_loosening_waits_does_not_start_the_wait_again() -> None:
    history = History(record("JP", 3, text="One.")).says(record("JP", 2, text="Two."))
    history.after("20m").says(record("JP", 2, text="Two, and three."))
    assert history.news() == []
    assert history.after("10m").again().news() == ["JP lowered 3→2"]


def test_a_different_loosening_starts_the_wait_again() -> None:
    history = History(record("JP", 4)).says(record("JP", 3)).after("20m").says(record("JP", 2))
    assert history.after("20m").again().news() == []
    assert history.after("10m").again().news() == ["JP lowered 4→2"]


def test_a_poll_that_fails_neither_confirms_nor_forgets() -> None:
    history = History(record("JP", 3)).says(record("JP", 2)).after("30m").fails()
    assert history.news() == []
    assert history.after("15m").again().news() == ["JP lowered 3→2"]


def test_a_row_that_is_missing_is_no_second_reading() -> None:
    history = History(record("JP", 3), record("FR", 2)).says(record("JP", 2)).after("31m").drops("JP")
    assert history.news() == []
    assert history.after("1h").says(record("JP", 2)).news() == ["JP lowered 3→2"]


def test_a_missing_row_is_not_confirmed_by_pages_that_were_read_later_in_the_same_poll() -> None:
    history = History(record("JP", 3), record("FR", 2)).says(record("JP", 2)).after("31m").drops("JP")
    assert history.replayed().news() == []


@pytest.mark.parametrize(
    ("rises", "falls", "told"),
    [
        (record("JP", 4), record("JP", 2), ["JP raised 2→4", "JP lowered 4→2"]),
        (record("JP", 2, regions={"Noto": 3}), record("JP", 2, regional=False), ["JP widened 2→2", "JP narrowed 2→2"]),
    ],
)
def test_a_raise_of_a_day_is_told_both_ways(rises: Record, falls: Record, told: list[str]) -> None:
    history = History(record("JP", 2, regional=False)).says(rises).after("1d").says(falls).after("30m").again()
    assert history.news() == told


def test_what_goes_up_down_and_up_again_is_three_events() -> None:
    history = History(record("JP", 2)).says(record("JP", 3))
    history.after("1d").says(record("JP", 2)).after("1h").again()
    history.after("1d").says(record("JP", 3))
    assert history.news() == ["JP raised 2→3", "JP lowered 3→2", "JP raised 2→3"]
    assert len({event.id for event in history.events}) == 3


def test_other_news_of_the_same_place_waits_with_its_loosening() -> None:
    history = History(record("JP", 3)).says(record("JP", 2, reasons=frozenset({Reason.CRIME})))
    assert history.news() == []
    history.after("30m").again()
    assert [change.facet for change in history.events[0].changes] == ["level", "reason-added"]


def test_advice_that_is_lifted_and_issued_again_reads_so() -> None:
    history = History(record("JP", 2)).says(calm()).after("30m").again()
    assert history.news() == ["JP lifted 2→1"]
    assert history.after("7d").says(record("JP", 3)).news() == ["JP issued 1→3"]


def test_every_event_points_at_the_readings_before_and_after() -> None:
    history = History(record("JP", 2)).says(record("JP", 3)).after("1d").says(record("JP", 2)).after("1h").again()
    first, second = history.events
    assert first.before
    assert first.after == second.before
    assert second.after == first.before


def test_the_clock_of_the_issuer_does_not_matter() -> None:
    history = History(record("JP", 2, issued="2031-01-01"))
    assert history.says(record("JP", 3, issued="2019-01-01")).news() == ["JP raised 2→3"]
    assert history.events[0].at == NOON
