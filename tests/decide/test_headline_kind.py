"""What two readings of one advisory amount to: the table of event kinds, row by row."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisoryd.decide.changes import text_gap
from advisoryd.decide.compare import Verdict, confirm, decide
from advisoryd.model.event import Facet, Kind
from advisoryd.model.ladder import Action, Level, Reason
from advisoryd.model.record import Record, Scope
from advisoryd.model.standing import State

from .making import NOON, around, calm, reading, record, standing

HALF_AN_HOUR = timedelta(minutes=30)
LEAVE, BAN = frozenset({Action.LEAVE}), frozenset({Action.LEGAL_BAN})
PARTS = Scope(regional=True)
NO_PARTS = Scope(regional=False)


def first_reading(before: Record, after: Record, **more: object) -> Verdict:
    return decide(standing(before), reading(after), around(**more))


def both_readings(before: Record, after: Record) -> Verdict:
    """The verdict when the second reading says the same as the first."""
    once = first_reading(before, after)
    return confirm(once.standing, around(NOON + HALF_AN_HOUR)) or once


STRICTER = [
    ("level up", record("JP", 2), record("JP", 3), Kind.RAISED),
    ("level up by two", record("JP", 2), record("JP", 4), Kind.RAISED),
    ("level up from an explicit lowest level", record("JP", 1), record("JP", 2), Kind.RAISED),
    ("told to leave at the same level", record("JP", 4), record("JP", 4, actions=LEAVE), Kind.RAISED),
    ("forbidden to go at the same level", record("JP", 4), record("JP", 4, actions=BAN), Kind.RAISED),
    (
        "told to leave while no level can be read",
        record("JP", None, native="take note"),
        record("JP", None, native="leave", actions=LEAVE),
        Kind.RAISED,
    ),
    ("first advice for a place that had none", calm(), record("JP", 2), Kind.ISSUED),
    ("first advice at once the strictest", calm(), record("JP", 4), Kind.ISSUED),
    ("a region of a higher level", record("JP", 2, regional=False), record("JP", 2, regions={"Noto": 3}), Kind.WIDENED),
    (
        "another region",
        record("JP", 2, regions={"Noto": 3}),
        record("JP", 2, regions={"Noto": 3, "Iwo": 3}),
        Kind.WIDENED,
    ),
    ("a region's level up", record("JP", 2, regions={"Noto": 3}), record("JP", 2, regions={"Noto": 4}), Kind.WIDENED),
    (
        "parts, where only that much is said",
        record("JP", scope=NO_PARTS),
        record("JP", scope=PARTS),
        Kind.WIDENED,
    ),
    (
        "level up while a region goes",
        record("JP", 2, regions={"Noto": 3}),
        record("JP", 3, regional=False),
        Kind.RAISED,
    ),
]

LOOSER = [
    ("level down", record("JP", 3), record("JP", 2), Kind.LOWERED),
    ("level down to an explicit lowest level", record("JP", 3), record("JP", 1), Kind.LOWERED),
    ("no longer told to leave", record("JP", 4, actions=LEAVE), record("JP", 4), Kind.LOWERED),
    ("no advice any more", record("JP", 2), calm(), Kind.LIFTED),
    ("no advice after the strictest", record("JP", 4), calm(), Kind.LIFTED),
    ("a region gone", record("JP", 2, regions={"Noto": 3}), record("JP", 2, regional=False), Kind.NARROWED),
    (
        "a region's level down",
        record("JP", 2, regions={"Noto": 4}),
        record("JP", 2, regions={"Noto": 3}),
        Kind.NARROWED,
    ),
    (
        "no parts, where only that much is said",
        record("JP", scope=PARTS),
        record("JP", scope=NO_PARTS),
        Kind.NARROWED,
    ),
    (
        "level down while a region comes",
        record("JP", 3, regional=False),
        record("JP", 2, regions={"Noto": 3}),
        Kind.LOWERED,
    ),
]


@pytest.mark.parametrize(("before", "after", "kind"), [row[1:] for row in STRICTER], ids=[row[0] for row in STRICTER])
def test_what_is_stricter_is_said_on_the_first_reading(before: Record, after: Record, kind: Kind) -> None:
    verdict = first_reading(before, after)
    assert verdict.event is not None
    assert (verdict.event.kind, verdict.reason) == (kind, "stricter-first-reading")
    assert verdict.standing.record == after
    assert verdict.standing.state is State.IN_FORCE


@pytest.mark.parametrize(("before", "after", "kind"), [row[1:] for row in LOOSER], ids=[row[0] for row in LOOSER])
def test_what_is_looser_is_said_on_the_second_reading(before: Record, after: Record, kind: Kind) -> None:
    once = first_reading(before, after)
    assert (once.event, once.reason) == (None, "looser-awaits-second-reading")
    assert once.standing.record == before
    verdict = both_readings(before, after)
    assert verdict.event is not None
    assert (verdict.event.kind, verdict.reason) == (kind, "looser-confirmed")
    assert verdict.standing.record == after


@pytest.mark.parametrize(("before", "after", "kind"), [row[1:] for row in LOOSER], ids=[row[0] for row in LOOSER])
def test_what_is_looser_is_void_in_a_poll_that_is_not_believed(before: Record, after: Record, kind: Kind) -> None:
    verdict = first_reading(before, after, healthy=False)
    assert (verdict.event, verdict.reason) == (None, "looser-void-source-unhealthy")
    assert verdict.standing.record == before
    assert verdict.standing.candidate is None


@pytest.mark.parametrize(("before", "after", "kind"), [row[1:] for row in STRICTER], ids=[row[0] for row in STRICTER])
def test_what_is_stricter_is_said_even_by_a_poll_that_is_not_believed(
    before: Record, after: Record, kind: Kind
) -> None:
    verdict = first_reading(before, after, healthy=False)
    assert verdict.event is not None
    assert verdict.event.kind is kind


@pytest.mark.parametrize(
    ("what", "before", "after", "reason"),
    [
        ("nothing differs", record("JP"), record("JP"), "unchanged"),
        ("a new date", record("JP", issued="2025-11-01"), record("JP", issued="2025-11-14"), "date-only"),
        ("an earlier date", record("JP", issued="2025-11-14"), record("JP", issued="2025-11-01"), "date-only"),
        ("other capitals and spaces", record("JP", text="Take  care."), record("JP", text="TAKE CARE"), "unchanged"),
        ("a sentence that moved", record("JP", text="One.\nTwo."), record("JP", text="Two.\nOne."), "unchanged"),
        ("a page read for the first time", record("JP"), record("JP", text="Curfew."), "page-first-read"),
        ("a level read for the first time", record("JP", None), record("JP", 3), "first-level-read"),
        ("a level that cannot be read", record("JP", 3), record("JP", None), "level-unreadable"),
    ],
)
def test_what_is_no_news_moves_nothing_but_the_standing(what: str, before: Record, after: Record, reason: str) -> None:
    verdict = first_reading(before, after)
    assert (verdict.event, verdict.reason) == (None, reason), what


def test_a_new_reason_is_an_amendment_of_substance() -> None:
    after = record("JP", reasons=frozenset({Reason.NATURAL_HAZARD}))
    verdict = first_reading(record("JP"), after)
    assert verdict.event is not None
    assert (verdict.event.kind, verdict.reason) == (Kind.AMENDED, "text-substance")
    assert [change.facet for change in verdict.event.changes] == [Facet.REASON_ADDED]


def test_at_an_unknown_level_nothing_is_ever_looser() -> None:
    before = record("JP", None, native="leave", actions=LEAVE)
    verdict = first_reading(before, record("JP", None, native="take note"))
    assert verdict.event is not None
    assert (verdict.event.kind, verdict.reason) == (Kind.AMENDED, "text-substance")


def test_an_unknown_wording_that_becomes_a_known_level_is_an_amendment_of_substance() -> None:
    verdict = first_reading(record("JP", None, native="avoid for now"), record("JP", 3))
    assert verdict.event is not None
    assert (verdict.event.kind, verdict.reason) == (Kind.AMENDED, "text-substance")


def test_in_a_bulk_review_only_substance_is_told() -> None:
    wording = first_reading(record("JP", text="One thing."), record("JP", text="Another thing."), bulk=True)
    assert wording.event is None
    substance = first_reading(record("JP"), record("JP", reasons=frozenset({Reason.CRIME})), bulk=True)
    assert substance.event is not None


def test_an_unreadable_level_keeps_the_last_known_one_and_marks_it_stale() -> None:
    verdict = first_reading(record("JP", 3), record("JP", None))
    assert verdict.standing.record.level is Level.RECONSIDER
    assert verdict.standing.stale_since == NOON
    again = decide(verdict.standing, reading(record("JP", None)), around(NOON + HALF_AN_HOUR))
    assert again.standing.stale_since == NOON


def test_advice_off_the_ladder_is_in_force_and_a_listed_place_without_advice_is_not() -> None:
    assert standing(record("JP", None, native="avoid for now")).state is State.IN_FORCE
    assert standing(record("JP", None)).state is State.IN_FORCE
    assert standing(record("JP", 1)).state is State.IN_FORCE
    assert standing(calm()).state is State.NO_ADVICE


def test_a_fall_from_the_strictest_to_the_lowest_is_marked_as_unusual() -> None:
    unusual = both_readings(record("JP", 4), record("JP", 1))
    assert unusual.event is not None
    assert unusual.event.changes[-1].facet is Facet.UNUSUAL
    usual = both_readings(record("JP", 4), record("JP", 2))
    assert usual.event is not None
    assert Facet.UNUSUAL not in {change.facet for change in usual.event.changes}


def test_an_event_names_what_a_reader_needs() -> None:
    before = record("JP", 2, native="谨慎前往", regions={"Noto": 3})
    after = record("JP", 4, native="暂勿前往", title="提醒", note="升级", issued="2025-11-14T13:30", language="zh-Hans")
    event = first_reading(before, after).event
    assert event is not None
    assert (event.issuer, event.destination, event.track, event.source) == ("CN", "JP", "security", "cn-mfa")
    assert (event.native_before, event.native_after) == ("谨慎前往", "暂勿前往")
    assert (event.level_before, event.level_after) == (Level.CAUTION, Level.AVOID)
    assert (event.highest_before, event.highest_after) == (Level.RECONSIDER, Level.AVOID)
    assert (event.title, event.summary, event.url, event.language) == ("提醒", "升级", after.url, "zh-Hans")
    assert event.issued_at == after.issued_at
    assert (event.at, event.first_seen) == (NOON, NOON)
    assert event.before == standing(before).revision
    assert event.after == reading(after).revision


def test_a_confirmed_loosening_tells_what_changed_as_fully_as_one_that_is_read_again() -> None:
    before, after = record("JP", 3, text="Curfew in Tokyo."), record("JP", 2, text="Take care.")
    once = first_reading(before, after)
    later = around(NOON + HALF_AN_HOUR)
    unchanged = confirm(once.standing, later)
    read_again = decide(once.standing, reading(after, gap=text_gap(before, after)), later)
    assert unchanged is not None
    assert unchanged.event is not None
    assert read_again.event is not None
    assert unchanged.event.changes == read_again.event.changes
