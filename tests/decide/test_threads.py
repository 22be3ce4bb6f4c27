"""Which story an event belongs to."""

from __future__ import annotations

import pytest

from advisoryd.decide.stories import WARM, Story, matter, thread
from advisoryd.model.event import Event, Kind

from .history import History
from .making import NOON, calm, event, record, span


def opened(before: int = 2, after: int = 3) -> Story:
    return thread(event(Kind.RAISED, before, after), None)


def later(length: str, kind: Kind, before: int | None = None, after: int | None = None, **more: object) -> Event:
    return event(kind, before, after, id="e2", at=NOON + span(length), **more)


def test_the_first_event_of_a_pair_opens_a_story_named_after_it() -> None:
    story = opened()
    assert (story.id, story.issuer, story.destination) == ("se1", "CN", "JP")
    assert (story.opened_at, story.last_at, story.parent, story.closed) == (NOON, NOON, "", False)
    assert story.level_before == 2


@pytest.mark.parametrize("kind", [Kind.RAISED, Kind.WIDENED, Kind.ISSUED])
def test_a_tightening_joins_a_warm_story_and_follows_a_cold_one(kind: Kind) -> None:
    assert thread(later("30d", kind, 3, 4), opened()).id == "se1"
    follow_on = thread(later("31d", kind, 3, 4), opened())
    assert (follow_on.id, follow_on.parent) == ("se2", "se1")
    assert span("30d") == WARM


@pytest.mark.parametrize(
    "kind",
    [
        Kind.LOWERED,
        Kind.NARROWED,
        Kind.LIFTED,
        Kind.EXPIRED,
        Kind.WITHDRAWN,
        Kind.VANISHED,
        Kind.RESTORED,
        Kind.REAFFIRMED,
        Kind.AMENDED,
    ],
)
def test_repetition_amendment_and_loosening_belong_to_the_story_that_brought_the_advice(kind: Kind) -> None:
    story = thread(later("700d", kind, 3, 3), opened())
    assert (story.id, story.last_at) == ("se1", NOON + span("700d"))


@pytest.mark.parametrize(
    ("kind", "after", "closed"),
    [
        (Kind.LIFTED, 1, True),
        (Kind.EXPIRED, None, True),
        (Kind.LOWERED, 2, True),
        (Kind.LOWERED, 1, True),
        (Kind.LOWERED, 3, False),
        (Kind.NARROWED, 4, False),
        (Kind.VANISHED, None, False),
        (Kind.AMENDED, 4, False),
    ],
)
def test_a_story_closes_when_the_advice_has_ended_or_is_back_where_it_began(
    kind: Kind, after: int | None, closed: bool
) -> None:
    assert thread(later("1d", kind, 4, after), opened(2, 4)).closed is closed


def test_a_tightening_after_the_end_opens_a_follow_on() -> None:
    closed = thread(later("1d", Kind.LIFTED, 3, 1), opened())
    again = thread(event(Kind.ISSUED, 1, 3, id="e3", at=NOON + span("2d")), closed)
    assert (again.id, again.parent) == ("se3", "se1")


def test_an_amendment_does_not_open_a_closed_story_again() -> None:
    closed = thread(later("1d", Kind.LOWERED, 3, 2), opened())
    amended = thread(event(Kind.AMENDED, 2, 2, id="e3", at=NOON + span("2d")), closed)
    assert (amended.id, amended.closed) == ("se1", True)
    assert thread(event(Kind.RAISED, 2, 3, id="e4", at=NOON + span("3d")), amended).parent == "se1"


def test_renewed_advice_opens_its_story_again() -> None:
    ended = thread(later("1d", Kind.EXPIRED, 3), opened())
    restored = thread(event(Kind.RESTORED, 3, 3, id="e3", at=NOON + span("2d")), ended)
    assert (restored.id, restored.closed) == ("se1", False)


@pytest.mark.parametrize(("after", "story"), [("7d", "se1"), ("8d", "se2")])
def test_a_bulletin_belongs_to_a_story_of_the_last_seven_days(after: str, story: str) -> None:
    assert thread(later(after, Kind.BULLETIN), opened()).id == story


# Tracks of one issuer.


def test_two_tracks_about_the_same_matter_share_a_story() -> None:
    joined = thread(later("1d", Kind.RAISED, 2, 4, track="study"), None, opened())
    assert (joined.id, joined.track, joined.last_at) == ("se1", "security", NOON + span("1d"))


@pytest.mark.parametrize("kind", [Kind.LIFTED, Kind.EXPIRED, Kind.LOWERED])
def test_only_the_track_that_opened_a_story_closes_it(kind: Kind) -> None:
    assert not thread(later("1d", kind, 3, 1, track="study"), None, opened()).closed


def test_a_track_does_not_join_what_another_has_ended() -> None:
    closed = thread(later("1d", Kind.LIFTED, 3, 1), opened())
    follow_on = thread(event(Kind.LOWERED, 3, 2, id="e3", track="study", at=NOON + span("2d")), None, closed)
    assert (follow_on.id, follow_on.parent, follow_on.track) == ("se3", "se1", "study")


def test_a_track_with_a_story_of_its_own_keeps_to_it() -> None:
    own = Story("sown", "CN", "JP", "study", opened_at=NOON, last_at=NOON)
    assert thread(later("1d", Kind.RAISED, 2, 3, track="study"), own, opened()).id == "sown"


@pytest.mark.parametrize(
    ("track", "about"),
    [("security", "advice"), ("study", "advice"), ("my-own", "advice"), ("health", "health"), ("hazard", "hazard")],
)
def test_health_and_hazards_are_matters_of_their_own(track: str, about: str) -> None:
    assert matter(track) == about


def test_an_epidemic_and_a_coup_in_one_country_are_two_stories() -> None:
    history = History(record("JP", 2), record("JP", 2, key="jp-health", track="health"))
    history.says(record("JP", 3), record("JP", 4, key="jp-health", track="health"))
    assert len({event.story for event in history.events}) == len(history.events) == 2


def test_a_year_of_one_pair_is_told_in_threads() -> None:
    history = History(record("JP", 2)).says(record("JP", 3)).after("20d").says(record("JP", 4))
    history.after("200d").says(record("JP", 2)).after("30m").again()
    history.after("1d").says(record("JP", 3))
    history.after("60d").says(calm("JP")).after("1h").again()
    told = [(str(event.kind), event.story) for event in history.events]
    first, second = told[0][1], told[3][1]
    assert told == [
        ("raised", first),
        ("raised", first),
        ("lowered", first),
        ("raised", second),
        ("lifted", second),
    ]
    assert first != second
