"""What the operator was told is not told again; sweeps are remembered for a while."""

from __future__ import annotations

from advisoryd.model.reading import Finding, FindingKind
from advisoryd.store import findings
from advisoryd.store.engine import Tx

from .samples import DAY, HOUR, NOON

ODD = Finding(FindingKind.UNKNOWN_LEVEL, "no level is known by 'Hmm'", ("JP",))
QUIET = Finding(FindingKind.QUIET, "nothing new for 40 days")


def test_a_finding_is_new_once(tx: Tx) -> None:
    assert findings.note(tx, "us-state", [ODD, QUIET], NOON) == [ODD, QUIET]
    assert findings.note(tx, "us-state", [QUIET, ODD], NOON + HOUR) == []
    assert findings.note(tx, "uk-fcdo", [ODD], NOON) == [ODD]
    assert findings.note(tx, "us-state", [], NOON) == []


def test_a_finding_is_known_by_its_kind_and_the_one_row_it_is_about(tx: Tx) -> None:
    findings.note(tx, "us-state", [ODD], NOON)
    china = Finding(ODD.kind, ODD.detail, ("CN",))
    reworded = Finding(ODD.kind, "no level is known by 'Well'", ("JP",))
    both = Finding(ODD.kind, ODD.detail, ("JP", "CN"))
    whole = Finding(ODD.kind, ODD.detail)
    assert findings.note(tx, "us-state", [china, reworded, both, whole], NOON) == [china, both]


def test_a_finding_made_twice_in_one_poll_is_told_once(tx: Tx) -> None:
    again = Finding(ODD.kind, "another wording", ODD.keys)
    assert findings.note(tx, "us-state", [ODD, again], NOON) == [ODD]
    assert findings.of_source(tx, "us-state") == [(ODD.kind, "another wording", NOON, "")]


def test_a_finding_keeps_the_payload_that_showed_it_first(tx: Tx) -> None:
    findings.note(tx, "us-state", [ODD], NOON, "ab12")
    findings.note(tx, "us-state", [ODD], NOON + HOUR, "cd34")
    assert findings.of_source(tx, "us-state") == [(ODD.kind, ODD.detail, NOON + HOUR, "ab12")]


def test_what_was_seen_last_is_shown_first(tx: Tx) -> None:
    findings.note(tx, "us-state", [ODD], NOON)
    findings.note(tx, "us-state", [QUIET], NOON + HOUR)
    assert [kind for kind, *_ in findings.of_source(tx, "us-state")] == ["quiet", "unknown-level"]
    assert findings.of_source(tx, "uk-fcdo") == []


def test_a_finding_that_comes_back_is_new_again(tx: Tx) -> None:
    findings.note(tx, "us-state", [ODD], NOON)
    findings.note(tx, "us-state", [QUIET], NOON + DAY)
    findings.note(tx, "uk-fcdo", [ODD], NOON)
    findings.clear(tx, NOON + DAY)
    assert findings.note(tx, "us-state", [ODD, QUIET], NOON + 2 * DAY) == [ODD]
    assert findings.note(tx, "uk-fcdo", [ODD], NOON + 2 * DAY) == [ODD]


def test_the_marks_of_a_sweep_are_remembered_for_its_window(tx: Tx) -> None:
    findings.note_sweeps(tx, "us-state", ["a", "b"], NOON, NOON - 3 * DAY)
    findings.note_sweeps(tx, "uk-fcdo", ["c"], NOON, NOON - 3 * DAY)
    assert findings.swept_since(tx, "us-state", NOON) == {"a", "b"}
    assert findings.swept_since(tx, "us-state", NOON + HOUR) == set()


def test_a_mark_that_is_seen_again_stays(tx: Tx) -> None:
    findings.note_sweeps(tx, "us-state", ["a", "b"], NOON, NOON)
    findings.note_sweeps(tx, "us-state", ["b", "c"], NOON + DAY, NOON)
    findings.note_sweeps(tx, "us-state", [], NOON + 2 * DAY, NOON + DAY)
    assert findings.swept_since(tx, "us-state", NOON - DAY) == {"b", "c"}
