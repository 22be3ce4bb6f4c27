"""What a register no longer lists: never called lifted, unless the register lists advice only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisoryd.decide.absence import Page, absent
from advisoryd.model.event import Kind
from advisoryd.model.reading import Contract
from advisoryd.model.standing import State

from .history import ADVICE_ONLY, History
from .making import NOON, around, calm, record, standing

OTHERS = [calm(f"C{number}") for number in range(60)]


def register() -> History:
    return History(record("JP", 3), *OTHERS)


def polls(history: History, days: int) -> History:
    for _ in range(days):
        history.after("1d").again()
    return history


def test_a_row_that_is_missing_counts_as_vanished_after_its_grace() -> None:
    history = register().drops("JP")
    assert history.reason() == "missing"
    assert polls(history, 6).news() == []
    assert polls(history, 1).news() == ["JP vanished 3→?"]
    assert history.stands().state is State.VANISHED
    assert history.events[0].reason == "missing-past-grace"
    assert history.events[0].first_seen == NOON
    assert polls(history, 30).news() == []


def test_it_takes_three_healthy_polls_however_long_it_is_missing() -> None:
    history = register().drops("JP").after("30d").again()
    assert history.news() == []
    assert history.after("1d").again().news() == ["JP vanished 3→?"]


def test_polls_that_fail_are_not_counted() -> None:
    history = register().drops("JP").after("8d").fails().after("1h").fails().after("1h").again()
    assert history.news() == []
    assert history.after("1h").again().news() == ["JP vanished 3→?"]


def test_looser_advice_is_not_confirmed_while_its_row_is_not_listed_though_its_page_advises() -> None:
    history = register().says(record("JP", 1)).page("JP", "advises").after("1h").drops("JP")
    assert history.replayed().news() == []
    assert history.after("1h").says(record("JP", 1)).news() == ["JP lowered 3→1"]


def test_the_grace_begins_when_the_page_stops_to_advise() -> None:
    history = polls(register().drops("JP").page("JP", "advises"), 30).page("JP", "gone")
    assert polls(history, 6).news() == []
    assert polls(history, 2).news() == ["JP vanished 3→?"]


def test_a_row_is_not_gone_while_its_own_page_advises() -> None:
    history = polls(register().drops("JP").page("JP", "advises"), 30)
    assert (history.news(), history.reason()) == ([], "missing-but-page-advises")
    assert history.stands().state is State.IN_FORCE


@pytest.mark.parametrize("says", ["gone", "unknown"])
def test_a_page_that_does_not_advise_does_not_hold_it(says: str) -> None:
    assert polls(register().drops("JP").page("JP", says), 7).news() == ["JP vanished 3→?"]


def test_a_page_that_says_it_was_withdrawn_is_told_at_once() -> None:
    history = register().page("JP", "withdrawn").drops("JP")
    assert history.news() == ["JP withdrawn 3→?"]
    assert history.events[0].reason == "page-says-withdrawn"
    assert history.stands().state is State.WITHDRAWN


def test_a_row_that_comes_back_within_its_grace_was_never_away() -> None:
    history = polls(register().drops("JP"), 4).says(record("JP", 3))
    assert history.news() == []
    assert history.stands().missing is None


def test_a_second_absence_is_counted_from_its_own_beginning() -> None:
    history = polls(polls(register().drops("JP"), 6).says(record("JP", 3)).drops("JP"), 6)
    assert history.news() == []


@pytest.mark.parametrize("times", [3, 4])
def test_rows_that_go_missing_together_never_vanish_within_twice_the_grace(times: int) -> None:
    gone = [f"C{number}" for number in range(times)]
    history = polls(register().drops(*gone), 13)
    assert (history.news(), history.reason("C0")) == ([], "missing-void-source-unhealthy")


def test_rows_that_go_missing_one_after_the_other_are_a_fault_from_the_third_on() -> None:
    history = register()
    for place in ("C0", "C1", "C2"):
        history.after("2d").drops(place)
    assert not history.healthy
    assert polls(history, 8).news() == []


def test_a_poll_that_is_not_believed_does_not_count_towards_vanishing() -> None:
    history = register().drops("JP").after("8d").drops("C0", "C1", "C2").after("1d").again()
    assert history.news() == []
    history.says(calm("C0"), calm("C1"), calm("C2")).after("1d").again()
    assert history.news() == ["JP vanished 3→?"]


@pytest.mark.parametrize("state", [State.VANISHED, State.WITHDRAWN])
def test_what_is_gone_already_is_not_told_again(state: State) -> None:
    gone = replace(standing(record("JP", 3)), state=state)
    verdict = absent(gone, around(), Contract(), Page("withdrawn"))
    assert (verdict.event, verdict.reason, verdict.standing) == (None, "still-missing", gone)


# What comes back.


def vanished() -> History:
    history = polls(register().drops("JP"), 7)
    history.news()
    return history


def test_what_comes_back_as_it_was_is_restored() -> None:
    history = vanished().says(record("JP", 3))
    assert (history.news(), history.reason()) == (["JP restored 3→3"], "back-from-vanished")
    assert history.stands().state is State.IN_FORCE


def test_what_comes_back_with_another_text_is_restored_too() -> None:
    assert vanished().says(record("JP", 3, text="Curfew.")).news() == ["JP restored 3→3"]


def test_what_comes_back_stricter_is_raised_from_the_last_known_level() -> None:
    assert vanished().says(record("JP", 4)).news() == ["JP raised 3→4"]


def test_what_comes_back_looser_is_lowered_on_its_second_reading() -> None:
    history = vanished().says(record("JP", 2))
    assert history.news() == []
    assert history.after("30m").again().news() == ["JP lowered 3→2"]


def test_what_comes_back_looser_in_a_poll_that_is_not_believed_is_not_back() -> None:
    history = vanished()
    history.replaces(["C0", "C1", "C2"], record("JP", 1))
    assert (history.news(), history.reason()) == ([], "looser-void-source-unhealthy")
    assert history.stands().state is State.VANISHED
    assert history.level() == 3


def test_what_comes_back_without_a_readable_level_keeps_its_last_known_one() -> None:
    history = vanished().says(record("JP", None))
    assert (history.news(), history.reason()) == ([], "level-unreadable")
    assert history.level() == 3
    assert history.says(record("JP", 4)).news() == ["JP raised 3→4"]


def test_a_withdrawn_page_that_is_back_is_restored() -> None:
    history = register().page("JP", "withdrawn").drops("JP").after("1d").says(record("JP", 3))
    assert history.news() == ["JP withdrawn 3→?", "JP restored 3→3"]
    assert history.events[1].reason == "back-from-withdrawn"


# Registers that list places with advice only.


def alerts() -> History:
    return History(*(record(place, 2) for place in ("JP", "FR", "KR", "TH")), contract=ADVICE_ONLY)


def test_a_row_that_stays_away_from_a_list_of_advice_is_lifted() -> None:
    history = alerts().drops("JP")
    assert (history.news(), history.reason()) == ([], "looser-awaits-second-reading")
    assert history.after("29m").again().news() == []
    assert history.after("1m").again().news() == ["JP lifted 2→?"]
    assert history.events[0].reason == "unlisted-confirmed"
    assert history.stands().state is State.NO_ADVICE
    assert history.after("9d").again().news() == []


def test_advice_that_comes_back_to_such_a_list_is_issued_again() -> None:
    history = alerts().drops("JP").after("30m").again()
    history.news()
    assert history.after("1d").says(record("JP", 3)).news() == ["JP issued 1→3"]


def test_a_row_that_is_back_before_the_second_reading_was_never_away() -> None:
    assert alerts().drops("JP").after("15m").says(record("JP", 2)).after("1h").again().news() == []


def test_what_such_a_list_no_longer_names_has_no_words_or_regions_left() -> None:
    history = History(
        record("JP", 2, text="Curfew.", regions={"Noto": 3}), record("FR", 2), contract=ADVICE_ONLY
    ).drops("JP")
    left = history.after("30m").again().stands().record
    assert not left.advises
    assert (left.native_level, left.sections, left.scope.regions) == ("", (), ())


def test_the_end_of_advice_tells_what_it_was_and_invents_nothing_in_its_place() -> None:
    verdict = absent(standing(record("JP", 4, native="Black")), around(), Contract(), Page("withdrawn"))
    assert verdict.event is not None
    assert verdict.event.kind is Kind.WITHDRAWN
    assert (verdict.event.level_before, verdict.event.native_before) == (4, "Black")
    assert (verdict.event.level_after, verdict.event.native_after, verdict.event.after) == (None, "", "")
