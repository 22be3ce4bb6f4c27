"""Notices of a stream: each new one is compared with what stands; old ones are history, and absence means nothing."""

from __future__ import annotations

from advisoryd.model.record import Record

from .history import STREAM, History
from .making import record


def notice(number: int, level: int, day: str, place: str = "JP", **more: object) -> Record:
    return record(place, level, key=f"n{number}", issued=day, **more)


def stream() -> History:
    return History(notice(1, 2, "2025-11-01"), contract=STREAM)


def test_a_stricter_notice_is_a_raise_and_the_same_advice_again_is_reaffirmed() -> None:
    history = stream().says(notice(2, 3, "2025-11-14"))
    assert history.news() == ["JP raised 2→3"]
    history.after("20d").says(notice(3, 3, "2025-12-04"))
    assert (history.news(), history.reason()) == (["JP reaffirmed 3→3"], "new-notice-same-advice")


def test_a_milder_notice_is_a_loosening_that_waits() -> None:
    history = stream().says(notice(2, 3, "2025-11-14")).after("7d").says(notice(3, 2, "2025-11-21"))
    assert history.after("30m").again().news() == ["JP raised 2→3", "JP lowered 3→2"]


def test_two_notices_in_one_poll_are_taken_in_the_order_of_their_dates() -> None:
    history = stream().says(notice(3, 4, "2025-11-14"), notice(2, 3, "2025-11-13"))
    assert history.news() == ["JP raised 2→3", "JP raised 3→4"]


def test_an_old_notice_that_turns_up_is_history() -> None:
    history = stream().says(notice(0, 4, "2016-07-17"))
    assert (history.news(), history.reason()) == ([], "older-notice")
    assert history.level() == 2


def test_a_notice_that_had_ended_before_it_was_read_is_history() -> None:
    history = stream().says(notice(2, 4, "2025-11-14", ends="2025-11-14T11:00"))
    assert (history.news(), history.reason()) == ([], "ended-notice")


def test_an_archive_that_is_generated_anew_is_silent() -> None:
    history = History(
        *(notice(number, 1 + number % 4, f"2025-10-{number + 10}") for number in range(9)),
        contract=STREAM,
    )
    assert history.replayed().replayed().news() == []


def test_an_archive_that_gets_new_addresses_is_silent() -> None:
    history = History(*(notice(number, 2, f"2025-10-{number + 10}") for number in range(9)), contract=STREAM)
    history.says(*(notice(100 + number, 2, f"2025-10-{number + 10}") for number in range(9)))
    assert (history.news(), history.reason()) == ([], "same-notice-new-address")
    assert history.stands().key == "n108"


def test_a_notice_of_the_same_day_with_another_title_is_another_notice() -> None:
    history = stream().says(notice(2, 2, "2025-11-01", title="Once more"))
    assert history.news() == ["JP reaffirmed 2→2"]


def test_a_notice_that_leaves_the_window_still_stands() -> None:
    history = stream().drops("JP")
    assert history.after("400d").again().news() == []
    assert history.level() == 2


def test_a_notice_dated_in_the_future_does_not_silence_those_that_follow() -> None:
    history = stream().says(notice(2, 3, "2035-11-14"))
    history.after("1d").says(notice(3, 4, "2025-11-15"))
    assert history.news() == ["JP raised 2→3", "JP raised 3→4"]


def test_a_notice_without_a_date_is_taken_as_it_comes() -> None:
    assert stream().says(notice(2, 3, "")).news() == ["JP raised 2→3"]


def test_an_edited_notice_that_still_stands_is_compared_with_itself() -> None:
    assert stream().says(notice(1, 3, "2025-11-01")).news() == ["JP raised 2→3"]


def test_each_track_of_an_issuer_has_its_own_ladder() -> None:
    history = stream().says(notice(2, 4, "2025-11-14", track="health"))
    assert history.news() == ["JP issued ?→4"]
    assert (history.level(), history.stands("JP", "health").record.level) == (2, 4)
