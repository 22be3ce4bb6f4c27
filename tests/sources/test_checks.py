"""What every register is checked for, and how the operator hears of it."""

from __future__ import annotations

import pytest

from advisoryd.model.reading import Contract, FindingKind, Unreadable
from advisoryd.sources import checks

URL = "https://example.org/list"


@pytest.mark.parametrize(("rows", "kind"), [(0, "empty-list"), (1, "short-list"), (149, "short-list")])
def test_a_list_that_is_too_short_is_refused(rows: int, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        checks.refuse_short(rows, Contract(min_rows=150), URL)
    assert refusal.value.kind == kind
    assert URL in refusal.value.detail


def test_a_list_that_is_long_enough_is_not() -> None:
    checks.refuse_short(150, Contract(min_rows=150), URL)


def test_findings_name_the_row_and_what_is_wrong_with_it() -> None:
    (place,) = checks.unknown_places({"a": {"name": "Atlantis", "destination": ""}, "b": {"destination": "FJ"}})
    level = checks.unknown_level("fj", "Fiji", "Level 9")
    field = checks.unknown_field("fj", "Fiji", "advisory-state")
    assert [(found.kind, found.keys) for found in (place, level, field)] == [
        (FindingKind.UNKNOWN_PLACE, ("a",)),
        (FindingKind.UNKNOWN_LEVEL, ("fj",)),
        (FindingKind.UNKNOWN_FIELD, ("fj",)),
    ]
    assert "'Atlantis'" in place.detail
    assert "'Level 9'" in level.detail
    assert "'advisory-state'" in field.detail
