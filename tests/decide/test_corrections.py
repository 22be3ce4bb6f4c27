"""A page that slipped from the strictest level to the lowest and was mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from advisoryd.decide.correction import corrected
from advisoryd.decide.match import match
from advisoryd.decide.stories import Story, thread
from advisoryd.model.config import Subscription
from advisoryd.model.event import Change, Event, Facet, Kind
from advisoryd.model.ladder import Level

NOW = datetime(2025, 9, 28, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def event(kind: Kind, before: int, after: int, at: datetime = NOW, unusual: bool = False) -> Event:
    return Event(
        id="e",
        kind=kind,
        issuer="IE",
        destination="HK",
        source="ie-dfa",
        at=at,
        first_seen=at,
        reason="stricter-first-reading",
        level_before=Level(before),
        level_after=Level(after),
        changes=(Change(Facet.UNUSUAL),) if unusual else (),
    )


FALL = event(Kind.LOWERED, 4, 1, unusual=True)
BACK = event(Kind.RAISED, 1, 4, NOW + 3 * DAY)


def test_a_fall_that_is_taken_back_was_a_slip() -> None:
    found = corrected(BACK, [event(Kind.RAISED, 1, 4, NOW - DAY), FALL])
    assert (found.kind, found.reason) == (Kind.CORRECTED, "unusual-fall-undone")


@pytest.mark.parametrize(
    ("back", "told"),
    [
        (BACK, []),
        (BACK, [event(Kind.LOWERED, 4, 2)]),
        (BACK, [FALL, event(Kind.RAISED, 1, 2, NOW + DAY)]),
        (event(Kind.RAISED, 1, 3, NOW + DAY), [FALL]),
        (replace(BACK, at=NOW + 8 * DAY), [FALL]),
        (replace(BACK, track="study"), [FALL]),
        (event(Kind.AMENDED, 4, 4), [FALL]),
    ],
)
def test_anything_else_stays_what_it_is(back: Event, told: list[Event]) -> None:
    assert corrected(back, told) == back


def test_a_raise_and_its_honest_reversal_are_both_told() -> None:
    storm = event(Kind.RAISED, 1, 4)
    passed = event(Kind.LOWERED, 4, 1, NOW + DAY, unusual=True)
    assert corrected(storm, []).kind is Kind.RAISED
    assert corrected(passed, [storm]).kind is Kind.LOWERED


def test_the_story_that_the_fall_closed_is_open_again() -> None:
    story = Story("s", "IE", "HK", "security", NOW, NOW, closed=True, level_before=Level.NORMAL)
    joined = thread(replace(BACK, kind=Kind.CORRECTED), story, None)
    assert (joined.id, joined.closed) == ("s", False)


@pytest.mark.parametrize(
    ("subscription", "told_before", "hears"),
    [
        (Subscription(name="all", channels=("c",)), False, True),
        (Subscription(name="raises", channels=("c",), events=frozenset({Kind.RAISED})), False, True),
        (Subscription(name="lowered", channels=("c",), events=frozenset({Kind.LOWERED})), False, False),
        (Subscription(name="lowered", channels=("c",), events=frozenset({Kind.LOWERED}), followups=False), True, True),
    ],
)
def test_whoever_heard_the_fall_or_hears_raises_is_told(
    subscription: Subscription, told_before: bool, hears: bool
) -> None:
    assert match(subscription, replace(BACK, kind=Kind.CORRECTED), (), told_before).hears is hears
