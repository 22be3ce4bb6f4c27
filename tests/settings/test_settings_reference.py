"""The reference and the JSON Schema say what the loader does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from advisoryd.settings.reference import reference
from advisoryd.settings.schema import json_schema
from advisoryd.settings.shape import Sections

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json_schema()


def test_the_page_is_up_to_date() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert page == reference(), "run: python -m advisoryd.settings.reference > docs/configuration.md"


def test_every_key_has_a_meaning_and_a_default_or_an_example() -> None:
    rows = [line for line in reference().splitlines() if re.match(r"\| `\w+` \|", line)]
    assert len(rows) > 90
    for row in rows:
        _, key, kind, default, example, meaning, _ = (cell.strip() for cell in row.split(" | ".strip()))
        assert kind, key
        assert meaning.endswith((".", "…")), key
        assert default or example, key


def test_every_table_of_the_file_has_a_section() -> None:
    page = reference()
    for name in Sections.model_fields:
        assert f"\n## [{name}]\n" in page
    for heading in (
        "## [[source]]",
        "## [[channel]]",
        "## [[subscription]]",
        "### [sources.<id>]",
        "### subscription quiet",
    ):
        assert f"\n{heading}\n" in page


KINDS = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}


def check(value: Any, schema: dict[str, Any], path: str = "") -> list[str]:
    """What of ``value`` does not fit ``schema``: as much of JSON Schema as ours is made of."""
    if "$ref" in schema:
        return check(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], path)
    if "anyOf" in schema:
        found = [check(value, option, path) for option in schema["anyOf"]]
        return [] if [] in found else found[0]
    kind = schema.get("type", "any")
    if kind != "any" and (not isinstance(value, KINDS[kind]) or isinstance(value, bool) != (kind == "boolean")):
        return [f"{path}: not {kind}"]
    if isinstance(value, list):
        return [wrong for place, one in enumerate(value) for wrong in check(one, schema["items"], f"{path}.{place}")]
    return in_table(value, schema, path) if isinstance(value, dict) else alone(value, schema, path)


def in_table(table: dict[str, Any], schema: dict[str, Any], path: str) -> list[str]:
    wrong = [f"{path}.{name}: missing" for name in schema.get("required", []) if name not in table]
    for name, one in table.items():
        inner = schema.get("properties", {}).get(name, schema.get("additionalProperties", True))
        if inner is False:
            wrong.append(f"{path}.{name}: unknown")
        elif inner is not True:
            wrong += check(one, inner, f"{path}.{name}")
    return wrong


def alone(value: Any, schema: dict[str, Any], path: str) -> list[str]:
    rules = {
        "enum": lambda allowed: value in allowed,
        "pattern": lambda pattern: re.search(pattern, value) is not None,
        "minimum": lambda least: value >= least,
        "maximum": lambda most: value <= most,
    }
    return [f"{path}: {rule}" for rule, holds in rules.items() if rule in schema and not holds(schema[rule])]


GOOD: dict[str, Any] = {
    "daemon": {"locale": "ja", "baseline_summary": False},
    "sources": {"enable": ["cn-mfa"], "disable": "kind:news", "us-state": {"every": "15m", "spacing": 2}},
    "source": [{"id": "own", "type": "feed", "url": "https://example.org/", "options": {"anything": [1]}}],
    "http": {"timeout": "30s", "in_flight": 4},
    "channel": [{"name": "mail", "type": "email", "server": "mail.example.org", "to": ["a@example.org"]}],
    "subscription": [
        {"name": "desk", "channels": ["mail"], "min_level": 2, "quiet": {"from": "22:00", "to": "07:00"}, "events": "*"}
    ],
    "operator": {"channels": ["mail"], "heartbeat_every": "10m"},
    "limits": {"gone_share": 0.1, "vanish_polls": 4},
    "retention": {"items": "30d"},
}


def test_a_good_configuration_fits_the_schema() -> None:
    assert check(GOOD, SCHEMA) == []


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ("deamon", {}),
        ("daemon", {"lokale": "ja"}),
        ("daemon", {"locale": 3}),
        ("http", {"timeout": "soon"}),
        ("http", {"in_flight": 0}),
        ("http", {"in_flight": True}),
        ("sources", {"us-state": {"evry": "15m"}}),
        ("source", [{"id": "own", "type": "fed", "url": "x"}]),
        ("source", [{"id": "own", "type": "feed"}]),
        ("channel", [{"type": "console"}]),
        ("subscription", [{"name": "Desk 1", "channels": ["x"]}]),
        ("subscription", [{"name": "desk", "channels": ["x"], "quiet": {"from": "22:00"}}]),
    ],
)
def test_a_broken_one_does_not(table: str, value: Any) -> None:
    assert check({**GOOD, table: value}, SCHEMA)


def test_the_defaults_in_the_schema_fit_the_schema() -> None:
    for name, part in SCHEMA["$defs"].items():
        for key, inner in part["properties"].items():
            assert "default" not in inner or inner["default"] == "" or check(inner["default"], inner) == [], (name, key)


def test_the_schema_names_its_dialect_and_knows_no_null() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "null" not in str(SCHEMA)
