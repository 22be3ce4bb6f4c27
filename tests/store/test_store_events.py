"""Events are added once and never changed; the same thing said twice is two events."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisoryd.decide.stories import Story
from advisoryd.model.event import Event, Kind
from advisoryd.model.ladder import Level
from advisoryd.store import events
from advisoryd.store.engine import Store, StoreError, Tx

from .samples import DAY, HOUR, NOON, event

RAISED = event()
LOWERED = event(Kind.LOWERED, before="r2", after="r1")


def record_all(tx: Tx, said: list[Event]) -> list[str]:
    """Record what was said in turn; returns the ids."""
    ids = []
    for draft in said:
        known = events.identify(tx, replace(draft, id=""))
        events.add(tx, known)
        ids.append(known.id)
    return ids


def test_the_same_raise_after_a_loosening_is_a_second_event(tx: Tx) -> None:
    first, lowered, second = record_all(tx, [RAISED, LOWERED, RAISED])
    assert len({first, lowered, second}) == 3
    assert (first, second) == (event(turn=0).id, event(turn=1).id)


def test_the_same_history_gives_the_same_ids(tx: Tx) -> None:
    history = [RAISED, LOWERED, RAISED, event(destination="CN"), LOWERED, RAISED]
    with tx.begin_nested() as first:
        once = record_all(tx, history)
        first.rollback()
    assert record_all(tx, [replace(said, at=said.at + DAY, summary="told again") for said in history]) == once


def test_what_another_pair_said_does_not_count(tx: Tx) -> None:
    record_all(tx, [event(destination="CN"), event(issuer="GB"), event(track="health"), event(after="r3")])
    assert events.identify(tx, RAISED).id == event(turn=0).id


def test_an_operators_event_counts_by_source(tx: Tx) -> None:
    broken = event(Kind.SOURCE_DEGRADED, destination="", before="", after="")
    record_all(tx, [broken])
    assert events.identify(tx, replace(broken, source="uk-fcdo")).id != events.identify(tx, broken).id


def test_an_event_cannot_be_recorded_twice(sqlite_store: Store) -> None:
    with sqlite_store.begin() as tx:
        events.add(tx, RAISED)
    with pytest.raises(StoreError, match="UNIQUE"), sqlite_store.begin() as tx:
        events.add(tx, RAISED)


def test_an_event_is_found_by_its_id_or_a_beginning_of_it(tx: Tx) -> None:
    one, other = replace(RAISED, id="abc1"), replace(RAISED, id="abc2")
    longer = replace(RAISED, id="abc12")
    for known in (one, other, longer):
        events.add(tx, known)
    assert events.get(tx, "abc12") == longer
    assert events.get(tx, "abc2") == other
    assert events.get(tx, "abc1") == one
    assert events.get(tx, "abc") is None
    assert events.get(tx, "d") is None


@pytest.mark.parametrize("name", ["%", "_bc1", "ab%", "a\\", "' OR 1=1 --"])
def test_signs_of_the_database_in_an_id_mean_nothing(tx: Tx, name: str) -> None:
    events.add(tx, replace(RAISED, id="abc1"))
    assert events.get(tx, name) is None


def test_events_come_in_the_order_they_were_recorded(tx: Tx) -> None:
    ids = record_all(tx, [event(after=f"r{number}", at=NOON - number * HOUR) for number in range(5)])
    assert [known.id for known in events.listed(tx)] == ids
    assert [known.id for known in events.listed(tx, limit=2)] == ids[-2:]
    assert [known.id for known in events.listed(tx, limit=None)] == ids


def test_events_are_chosen_by_time_kind_place_and_issuer(tx: Tx) -> None:
    early = event(at=NOON - DAY)
    british = event(issuer="GB")
    chinese = event(destination="CN")
    record_all(tx, [early, british, chinese, LOWERED])

    def found(**wanted: object) -> list[tuple[str, str, Kind]]:
        return [(known.issuer, known.destination, known.kind) for known in events.listed(tx, **wanted)]  # type: ignore[arg-type]

    assert len(found(since=NOON)) == 3
    assert found(kinds=[Kind.LOWERED]) == [("US", "JP", Kind.LOWERED)]
    assert found(destinations=["CN", "KR"]) == [("US", "CN", Kind.RAISED)]
    assert found(issuers=["GB"], kinds=[Kind.RAISED], destinations=["JP"], since=NOON) == [("GB", "JP", Kind.RAISED)]
    assert found(issuers=["FR"]) == []


def test_a_story_is_read_from_its_beginning(tx: Tx) -> None:
    record_all(tx, [replace(said, story="s1") for said in (RAISED, LOWERED)])
    record_all(tx, [event(destination="CN", story="s2")])
    assert [known.kind for known in events.of_story(tx, "s1")] == [Kind.RAISED, Kind.LOWERED]
    assert events.of_story(tx, "s3") == []


def story(name: str, opened: int, last: int, **members: object) -> Story:
    base = Story(name, "US", "JP", "security", NOON + opened * HOUR, NOON + last * HOUR)
    return replace(base, **members)  # type: ignore[arg-type]


def test_the_latest_story_is_the_one_that_moved_last(tx: Tx) -> None:
    long, short = story("s1", 0, 9), story("s2", 3, 5)
    for known in (long, short, replace(long, id="s3", destination="CN", last_at=NOON + DAY)):
        events.save_story(tx, known)
    assert events.latest_story(tx, "US", "JP", track="security") == long
    assert events.latest_story(tx, "GB", "JP", track="security") is None


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_of_stories_that_moved_together_the_one_opened_last_and_still_open_is_the_latest(
    tx: Tx, order: tuple[int, ...]
) -> None:
    stories = [story("s9", 0, 5), story("s8", 5, 5, closed=True), story("s7", 5, 5, parent="s8")]
    for place in order:
        events.save_story(tx, stories[place])
    assert events.latest_story(tx, "US", "JP", track="security") == stories[2]


def test_a_story_goes_on_in_its_place(tx: Tx) -> None:
    events.save_story(tx, story("s1", 0, 0, level_before=Level.CAUTION))
    ended = story("s1", 0, 8, level_before=Level.CAUTION, closed=True)
    events.save_story(tx, ended)
    assert events.latest_story(tx, "US", "JP", track="security") == ended


def test_the_stories_of_two_tracks_are_told_apart_and_meet_in_their_matter(tx: Tx) -> None:
    advice, study = story("s1", 0, 1, track="security"), story("s2", 0, 2, track="study")
    health = story("s3", 0, 3, track="health")
    for known in (advice, study, health):
        events.save_story(tx, known)
    assert events.latest_story(tx, "US", "JP", track="security") == advice
    assert events.latest_story(tx, "US", "JP", track="hazard") is None
    assert events.latest_story(tx, "US", "JP", matter="advice") == study
    assert events.latest_story(tx, "US", "JP", matter="health") == health
