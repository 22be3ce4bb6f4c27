"""Poland's country profiles."""

from __future__ import annotations

import json

import pytest

from advisoryd.model.reading import FindingKind, Unreadable
from advisoryd.sources.pl_msz import CODE, PROFILES
from tests.sources import european

ROWS = json.loads(european.body("pl-msz", "profiles.json"))


def changed(iso: str, **fields: object) -> str:
    return json.dumps([row | fields if row["kodIso"] == iso else row for row in ROWS])


def test_a_base_level_says_nothing_of_regions() -> None:
    pieces = european.parse("pl-msz", PROFILES, json.dumps(ROWS)).pieces
    assert {piece["regional"] for piece in pieces.values()} == {None}


def test_a_missing_code_on_purpose_is_unknown_and_no_news() -> None:
    parsed = european.parse("pl-msz", PROFILES, json.dumps(ROWS))
    assert (parsed.pieces["AQ"]["level"], parsed.pieces["AQ"]["native"], parsed.findings) == (None, "", ())


def test_a_code_nobody_knows_is_unknown_and_told() -> None:
    parsed = european.parse("pl-msz", PROFILES, changed("OM", **{CODE: "MSZ_NAKAZUJE_POWROT"}))
    assert (parsed.pieces["OM"]["level"], parsed.pieces["OM"]["native"]) == (None, "MSZ_NAKAZUJE_POWROT")
    assert [(found.kind, found.keys) for found in parsed.findings] == [(FindingKind.UNKNOWN_LEVEL, ("OM",))]


def test_one_row_without_the_field_is_told_and_all_of_them_stop_the_reading() -> None:
    rows = [{name: value for name, value in row.items() if name != CODE or row["kodIso"] != "OM"} for row in ROWS]
    assert [found.kind for found in european.parse("pl-msz", PROFILES, json.dumps(rows)).findings] == [
        FindingKind.UNKNOWN_FIELD
    ]
    with pytest.raises(Unreadable):
        european.parse("pl-msz", PROFILES, json.dumps(ROWS).replace(CODE, "kod"))


def test_a_place_is_told_by_its_code_or_else_by_its_polish_name() -> None:
    parsed = european.parse("pl-msz", PROFILES, changed("OM", kodIso="QQ"))
    assert parsed.pieces["QQ"]["destination"] == "OM"
