"""What changed, facet by facet, and that every change of scope says at least one thing."""

from __future__ import annotations

import pytest
from hypothesis import given

from advisoryd.decide.changes import changes_between, is_unusual, text_gap
from advisoryd.decide.scope import compare_scopes
from advisoryd.decide.sentences import NO_DIFFERENCE
from advisoryd.model.event import Change, Facet
from advisoryd.model.ladder import Action, Level, Reason
from advisoryd.model.record import Record, Scope, Section

from .making import L3, record
from .test_scopes import SCOPES

CRIME, FLOOD = frozenset({Reason.CRIME}), frozenset({Reason.CRIME, Reason.NATURAL_HAZARD})


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (record(level=2), record(level=3), Change(Facet.LEVEL, "2", "3")),
        (record(level=None), record(level=3), Change(Facet.LEVEL, "", "3")),
        (
            record(scope=Scope(True, frozenset({L3}))),
            record(scope=Scope(False)),
            Change(Facet.SCOPE, "3", ""),
        ),
        (record(), record(actions=frozenset({Action.LEAVE})), Change(Facet.ACTION_ADDED, "", "leave")),
        (record(actions=frozenset({Action.LEAVE})), record(), Change(Facet.ACTION_REMOVED, "leave", "")),
        (record(reasons=CRIME), record(reasons=FLOOD), Change(Facet.REASON_ADDED, "", "natural-hazard")),
        (record(reasons=FLOOD), record(reasons=CRIME), Change(Facet.REASON_REMOVED, "natural-hazard", "")),
        (record(), record(ends="2026-01-31"), Change(Facet.EXPIRY, "", "2026-01-31T00:00:00+00:00")),
        (record(ends="2026-01-31"), record(), Change(Facet.EXPIRY, "2026-01-31T00:00:00+00:00", "")),
        (record(name="Turkey"), record(name="Türkiye"), Change(Facet.NAME, "Turkey", "Türkiye")),
        (record(text="One. Two."), record(text="One. Three. Four."), Change(Facet.TEXT, "1", "2")),
        (
            record(issued="2025-11-01"),
            record(issued="2025-11-14"),
            Change(Facet.DATE, "2025-11-01T00:00:00+00:00", "2025-11-14T00:00:00+00:00"),
        ),
    ],
    ids=lambda value: str(value.facet) if isinstance(value, Change) else "",
)
def test_each_facet_has_its_old_and_its_new_value(before: Record, after: Record, change: Change) -> None:
    assert changes_between(before, after) == (change,)


def test_sections_that_came_and_went_are_named() -> None:
    before = record(sections=(Section("Safety", ("One.",)), Section("Health", ("Two.",))))
    after = record(sections=(Section("SAFETY", ("One.",)), Section("Typhoon", ("Two.",))))
    assert changes_between(before, after) == (
        Change(Facet.SECTION_ADDED, new="Typhoon"),
        Change(Facet.SECTION_REMOVED, old="Health"),
    )


def test_a_text_that_is_read_for_the_first_time_differs_in_nothing() -> None:
    assert changes_between(record(), record(text="All of it.")) == ()
    assert text_gap(record(text="All of it."), record()) == NO_DIFFERENCE


def test_a_date_that_is_given_for_the_first_time_is_no_change() -> None:
    assert changes_between(record(), record(issued="2025-11-14")) == ()


def test_the_weightiest_change_comes_first() -> None:
    before = record(level=2, text="One.", issued="2025-11-01", regions={"Noto": 3})
    after = record(level=3, text="Two.", issued="2025-11-14", regions={"Noto": 4}, reasons=CRIME)
    facets = [change.facet for change in changes_between(before, after)]
    assert facets == [Facet.LEVEL, Facet.REGION_LEVEL, Facet.REASON_ADDED, Facet.TEXT, Facet.DATE]


def test_a_known_difference_of_the_texts_is_not_computed_again() -> None:
    assert changes_between(record(text="One."), record(text="Two."), NO_DIFFERENCE) == ()


@pytest.mark.parametrize(
    ("before", "after", "unusual"),
    [(4, 1, True), (4, 2, False), (3, 1, False), (1, 4, False), (4, None, False), (None, 1, False)],
)
def test_only_a_fall_from_the_strictest_to_the_lowest_is_unusual(
    before: int | None, after: int | None, unusual: bool
) -> None:
    assert is_unusual(record(level=before), record(level=after)) is unusual


@given(SCOPES, SCOPES)
def test_a_scope_that_grew_or_shrank_is_always_told_by_some_change(one: Scope, two: Scope) -> None:
    before, after = record(scope=one), record(scope=two)
    if compare_scopes(before, after):
        assert changes_between(before, after)


@given(SCOPES, SCOPES)
def test_a_level_is_shown_as_a_step_or_not_at_all(one: Scope, two: Scope) -> None:
    steps = {"", *(str(int(level)) for level in Level)}
    for before, after in ((record(level=None, scope=one), record(scope=two)), (record(scope=one), record(scope=two))):
        for change in changes_between(before, after):
            if change.facet in (Facet.LEVEL, Facet.SCOPE):
                assert {change.old, change.new} <= steps
