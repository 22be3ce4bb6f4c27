"""Slovakia's open data: recommendations and notices take turns at one address."""

from __future__ import annotations

import json

import pytest

from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import FindingKind, Parsed, Unreadable
from advisoryd.model.record import Record
from advisoryd.sources.sk_mzv import DATA
from tests.sources import european

RECOMMENDATIONS = european.body("sk-mzv", "recommendations.json")
NOTICES = european.body("sk-mzv", "notices.json")


def with_degree(degree: object, **fields: object) -> Parsed:
    body = json.loads(RECOMMENDATIONS)
    body["result"]["records"] = [body["result"]["records"][1] | {"Stupen rizika CO": degree} | fields]
    return european.parse("sk-mzv", DATA, json.dumps(body))


def record(degree: str) -> Record:
    return european.reader("sk-mzv").records("KW", [with_degree(degree).pieces["KW"]])[0]


@pytest.mark.parametrize(
    ("degree", "level", "regional"),
    [
        ("1. stupeň - varovanie (výstraha)", 2, None),
        ("2. stupeň - zvážiť nevyhnutnosť cestovania", 3, None),
        ("2. stupeň - zvážiť nevyhnutnosť cestovania (zvážiť nevyhnutnosť cestovania do určitých oblastí)", 3, None),
        ("3. stupeň - odporúčanie necestovať (necestovať do určitých oblastí)", 4, None),
        ("3. stupeň - (necestovať do krajiny s výnimkou hlavného mesta)", 4, None),
        ("3. stupeň - odporúčanie necestovať do určitých oblastí", 2, True),
        ("2. stupeň - zvážiť nevyhnutnosť cestovania do Podnesterského regiónu", 2, True),
        ("4. stupeň - odporúčanie opustiť krajinu", 4, None),
        ("5. stupeň - neznámy", None, None),
        ("bez stupňa", None, None),
    ],
)
def test_the_degree_gives_the_level(degree: str, level: int | None, regional: bool | None) -> None:
    found = record(degree)
    assert (found.level, found.scope.regional, found.native_level) == (level, regional, degree)


def test_advice_about_parts_keeps_its_step() -> None:
    assert record("3. stupeň - odporúčanie necestovať do určitých oblastí").highest is Level.AVOID


def test_a_call_to_leave_is_kept_apart() -> None:
    assert record("4. stupeň - odporúčanie opustiť krajinu").actions == {Action.LEAVE}


def test_a_degree_nobody_knows_is_told() -> None:
    assert [found.kind for found in with_degree("5. stupeň").findings] == [FindingKind.UNKNOWN_LEVEL]


def test_the_place_is_told_by_the_heading_before_the_state_it_belongs_to() -> None:
    pieces = european.parse("sk-mzv", DATA, RECOMMENDATIONS).pieces
    assert {key: piece["name"] for key, piece in pieces.items()} == {
        "XK": "Kosovo",
        "KW": "Kuvajt",
        "AF": "Afganistan",
        "RW": "Rwanda",
        "KP": "Kórejská ľudovodemokratická republika",
    }


def test_notices_are_bulletins_and_a_heading_is_one_of_them() -> None:
    parsed = european.parse("sk-mzv", DATA, NOTICES)
    assert list(parsed.pieces) == ["NI"]
    assert [(item.key, item.destinations) for item in parsed.items] == [
        ("Fínsko - uzavreté hraničné priechody (vymyslené)", ("FI", "RU")),
        ("Zimná dovolenka v zahraničí (vymyslené)", ()),
    ]


def test_neither_list_claims_to_be_everything() -> None:
    for payload in (RECOMMENDATIONS, NOTICES):
        assert not european.parse("sk-mzv", DATA, payload).complete


@pytest.mark.parametrize(
    "payload",
    [
        RECOMMENDATIONS.replace(b'"success": true', b'"success": false'),
        RECOMMENDATIONS.replace(b"Stupen rizika CO", b"Stupen"),
        RECOMMENDATIONS.replace(b'"records"', b'"rows"'),
    ],
)
def test_an_answer_of_another_shape_is_unreadable(payload: bytes) -> None:
    with pytest.raises(Unreadable):
        european.parse("sk-mzv", DATA, payload)
