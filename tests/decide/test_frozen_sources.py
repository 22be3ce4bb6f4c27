"""A source that has said nothing for longer than usual is told to the operator, and none too early."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from advisoryd.decide.drift import quiet
from advisoryd.model.reading import Contract, FindingKind
from advisoryd.sources import catalogue

from .making import NOON

TWO_WEEKS = Contract(usual_gap=timedelta(days=14))
MOMENT = timedelta(seconds=1)


def test_a_pause_within_the_usual_is_no_finding() -> None:
    assert quiet(NOON - timedelta(days=14), TWO_WEEKS, NOON) is None


def test_a_longer_pause_is_told_with_the_date_and_both_lengths() -> None:
    newest = NOON - timedelta(days=15)
    found = quiet(newest, TWO_WEEKS, NOON)
    assert found is not None
    assert (found.kind, found.keys) == (FindingKind.QUIET, ())
    assert found.detail == (
        f"nothing is newer than {newest:%Y-%m-%d}, 15 days ago; something new is usual within 14 days"
    )


def test_a_moment_too_long_is_too_long() -> None:
    assert quiet(NOON - timedelta(days=14) - MOMENT, TWO_WEEKS, NOON) is not None


def test_short_pauses_are_told_in_hours() -> None:
    found = quiet(NOON - timedelta(hours=30), Contract(usual_gap=timedelta(hours=6)), NOON)
    assert found is not None
    assert "30 hours ago" in found.detail
    assert "within 6 hours" in found.detail


@pytest.mark.parametrize("newest", [None, NOON + timedelta(days=400)])
def test_a_source_without_dates_and_one_dated_in_the_future_are_not_silent(newest: datetime | None) -> None:
    assert quiet(newest, TWO_WEEKS, NOON) is None


def test_a_source_that_promises_nothing_is_never_silent() -> None:
    assert quiet(NOON - timedelta(days=3650), Contract(), NOON) is None


@pytest.mark.parametrize("source", catalogue.entries().values(), ids=lambda source: source.id)
def test_every_source_that_names_its_usual_pause_is_noticed_when_it_freezes(source: catalogue.Source) -> None:
    contract = catalogue.reader_for(source).contract
    frozen = quiet(NOON - timedelta(days=3650), contract, NOON)
    assert (frozen is None) == (contract.usual_gap is None)
