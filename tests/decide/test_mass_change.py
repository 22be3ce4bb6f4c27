"""So many levels at once that a second reading is asked for, except where people must leave or never go."""

from __future__ import annotations

from advisoryd.model.reading import Contract, FindingKind, Shape
from advisoryd.model.record import Record

from .history import History
from .making import record

PLACES = [f"A{number}" for number in range(20)]


def twenty(level: int, **more: object) -> list[Record]:
    return [record(place, level, **more) for place in PLACES]


def test_a_mass_raise_waits_for_a_second_reading_and_the_operator_sees_it_first() -> None:
    history = History(*twenty(1)).says(*twenty(3))
    assert (history.news(), history.reason("A0")) == ([], "mass-change-awaits-second-reading")
    assert history.findings == [FindingKind.MASS_CHANGE]
    assert history.after("29m").again().news() == []
    assert len(history.after("1m").again().news()) == 20
    assert {event.reason for event in history.events} == {"mass-change-confirmed"}


def test_raises_to_the_strictest_level_go_out_at_once_even_then() -> None:
    history = History(*twenty(1), record("JP", 2)).says(*twenty(3), record("JP", 4))
    assert history.news() == ["JP raised 2→4"]


def test_a_mass_raise_that_is_taken_back_is_no_news() -> None:
    history = History(*twenty(2)).says(*twenty(3)).after("15m").says(*twenty(2))
    assert history.after("1h").again().news() == []


def test_a_mass_loosening_waits_no_longer_than_any_other() -> None:
    history = History(*twenty(3)).says(*twenty(2)).after("30m").again()
    assert len(history.news()) == 20
    assert {event.reason for event in history.events} == {"looser-confirmed"}


def test_a_held_row_whose_page_is_read_a_minute_later_still_waits() -> None:
    history = History(*twenty(1)).says(*twenty(3)).after("1m").says(record("A0", 3, text="Curfew."))
    assert (history.news(), history.reason("A0")) == ([], "mass-change-awaits-second-reading")
    history.after("29m").again()
    assert "A0 raised 1→3" in history.news()


def test_a_held_row_that_rises_further_is_judged_anew() -> None:
    history = History(*twenty(1)).says(*twenty(2)).after("1m").says(record("A0", 3))
    assert history.news() == ["A0 raised 1→3"]


def test_an_issuer_known_for_bulk_reviews_is_told_at_once() -> None:
    history = History(*twenty(1), contract=Contract(bulk_reviews=True)).says(*twenty(3))
    assert len(history.news()) == 20


def test_one_bulletin_about_many_places_of_different_levels_is_no_mass_change() -> None:
    many = [record(place, 2, key="bulletin") for place in PLACES]
    edited = [record(place, 2, key="bulletin", text="Take care.") for place in PLACES]
    history = History(*many, record("FR", 3, key="bulletin"), contract=Contract(shape=Shape.STREAM))
    history.says(*edited, record("FR", 3, key="bulletin", text="Take care."), record("JP", 3, key="other"))
    assert history.findings == []
    assert history.news() == ["JP issued ?→3"]
