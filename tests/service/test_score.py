"""Comparing what was found with what is known to be true."""

from __future__ import annotations

import json
import lzma
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advisoryd.model.event import Event, Kind
from advisoryd.service.recorded import NotAStream
from advisoryd.service.replay import Replayed
from advisoryd.service.score import (
    CLASSES,
    DOWN,
    NARROWER,
    TEXT,
    UP,
    WIDER,
    Truth,
    class_of,
    covers,
    read_truth,
    score,
    totals,
)

NOON = datetime(2025, 6, 13, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RAISED = Truth(NOON, "AU", "IL", "Israel", "level_raised", 3, 4)


def event(kind: Kind, place: str = "IL", seen: datetime = NOON, told: datetime | None = None) -> Event:
    return Event(
        id=f"{kind}{place}", kind=kind, issuer="AU", destination=place, source="au-dfat", at=told or seen,
        first_seen=seen, reason="",
    )  # fmt: skip


def replayed(*events: Event) -> Replayed:
    polls = tuple(NOON + number * HOUR for number in range(5))
    return Replayed("AU", ("au-dfat",), polls[0], polls[-1], polls, polls, events)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (RAISED, UP),
        (replace(RAISED, kind="level_lowered", old_level=4, new_level=3), DOWN),
        (replace(RAISED, new_level=3), TEXT),
        (replace(RAISED, old_level=None), TEXT),
        (replace(RAISED, new_level=3, regional_advisory="added"), WIDER),
        (replace(RAISED, new_level=3, regional_advisory="removed"), NARROWER),
        (
            replace(
                RAISED,
                new_level=3,
                alert_status_changed=True,
                native_old="avoid_all_but_essential_travel_to_parts",
                native_new="avoid_all_travel_to_parts,avoid_all_but_essential_travel_to_parts",
            ),
            WIDER,
        ),
        (
            replace(
                RAISED,
                new_level=3,
                alert_status_changed=True,
                native_old="avoid_all_travel_to_parts",
                native_new="avoid_all_but_essential_travel_to_parts",
            ),
            NARROWER,
        ),
    ],
)
def test_a_true_event_is_a_level_a_scope_or_a_text_that_moved(row: Truth, expected: str) -> None:
    assert class_of(row) == expected


@pytest.mark.parametrize("kind", [Kind.RAISED, Kind.ISSUED])
def test_what_was_told_of_that_place_in_that_poll_is_found(kind: Kind) -> None:
    scored = score(replayed(event(kind)), [RAISED])
    [match] = scored.matches[UP]
    assert (match.event is not None, match.polls) == (True, 0)
    assert scored.counts(UP) == (1, 1, 0, 0)


def test_the_delay_is_counted_in_polls_from_the_first_sight() -> None:
    lowered = Truth(NOON, "AU", "IL", "Israel", "level_lowered", 4, 3)
    [match] = score(replayed(event(Kind.LOWERED, told=NOON + 2 * HOUR)), [lowered]).matches[DOWN]
    assert match.polls == 2


@pytest.mark.parametrize(
    "told",
    [event(Kind.RAISED, "PS"), event(Kind.RAISED, seen=NOON + HOUR), event(Kind.LOWERED), event(Kind.AMENDED)],
    ids=["another place", "another poll", "another direction", "another kind"],
)
def test_anything_else_is_a_miss(told: Event) -> None:
    scored = score(replayed(told), [RAISED])
    assert scored.matches[UP][0].event is None
    assert scored.counts(UP)[:2] == (1, 0)


def test_an_event_counts_for_one_true_event_only() -> None:
    scored = score(replayed(event(Kind.RAISED)), [RAISED, RAISED])
    assert scored.counts(UP) == (2, 1, 0, 0)


def test_a_joint_row_is_about_each_of_its_members() -> None:
    assert covers(event(Kind.RAISED, "IL+PS")) == ("IL+PS", "IL", "PS")
    assert score(replayed(event(Kind.RAISED, "IL+PS")), [RAISED]).counts(UP) == (1, 1, 0, 0)


def test_what_the_truth_does_not_know_is_extra() -> None:
    scored = score(replayed(event(Kind.RAISED, "FR"), event(Kind.WIDENED, "FR")), [])
    assert (scored.counts(UP), scored.counts(WIDER)) == ((0, 0, 1, 0), (0, 0, 1, 0))


@pytest.mark.parametrize(
    ("sections", "cosmetic", "finer"),
    [
        (["risk"], False, 1),
        (["Warnings and insurance"], False, 1),
        (["Safety", "overview"], False, 1),
        (["risk"], True, 0),
        (["health", "Entry requirements"], False, 0),
    ],
)
def test_a_region_that_moved_with_the_text_of_the_advice_is_finer_than_the_truth(
    sections: list[str], cosmetic: bool, finer: int
) -> None:
    text = Truth(NOON, "AU", "IL", "Israel", "text_changed", 3, 3, sections=sections, cosmetic=cosmetic)
    scored = score(replayed(event(Kind.WIDENED)), [text])
    assert scored.counts(WIDER) == (0, 0, 1 - finer, finer)
    assert score(replayed(event(Kind.RAISED)), [text]).counts(UP) == (0, 0, 1, 0), "a level is never finer"


def test_what_came_back_within_days_and_other_issuers_are_left_out() -> None:
    flap, other = replace(RAISED, flap=True), replace(RAISED, issuer="GB")
    assert score(replayed(), [flap, other]).matches == {}


def test_sums_over_all_issuers() -> None:
    one = score(replayed(event(Kind.RAISED)), [RAISED])
    two = score(replayed(event(Kind.RAISED, "FR")), [RAISED])
    assert totals([one, two], UP) == (2, 1, 1, 0)
    assert all(totals([one, two], name) == (0, 0, 0, 0) for name in CLASSES if name != UP)


@pytest.mark.parametrize("name", ["truth.jsonl", "truth.jsonl.xz"])
def test_the_truth_is_read_plain_or_packed(tmp_path: Path, name: str) -> None:
    row = {"time": "2025-06-13T12:00:00Z", "issuer": "AU", "destination_iso2": "IL", "destination": "Israel"}
    row |= {"kind": "level_raised", "old_level": 3, "new_level": 4, "unheard_of": "left out"}
    text = f"{json.dumps(row)}\n".encode()
    (tmp_path / name).write_bytes(lzma.compress(text) if name.endswith("xz") else text)
    assert read_truth(tmp_path / name) == [RAISED]


def test_a_line_that_is_no_true_event_is_named(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    path.write_text('{"time": "2025-06-13T12:00:00Z", "issuer": "AU"}\n')
    with pytest.raises(NotAStream, match=r"truth\.jsonl line 1 is not a true event"):
        read_truth(path)
    packed = tmp_path / "truth.jsonl.xz"
    packed.write_bytes(b"not packed at all")
    with pytest.raises(NotAStream, match=r"truth\.jsonl\.xz cannot be read"):
        read_truth(packed)
