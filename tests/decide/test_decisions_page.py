"""The page about decisions names every reason and every limit, and no other."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType

import pytest

from advisoryd.decide import absence, compare, expiry, judge
from advisoryd.model.config import Thresholds
from advisoryd.model.standing import State
from advisoryd.settings.shape import Limits
from advisoryd.settings.words import duration

PAGE = (Path(__file__).parents[2] / "docs" / "decisions.md").read_text(encoding="utf-8")
SAYING = {"Verdict", "_say", "_end", "_event"}
"""The functions that are given a reason."""


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def named(text: str) -> list[str]:
    """The names in the first column of the tables of ``text``."""
    return re.findall(r"^\| `([a-z_-]+)` \|", text, re.MULTILINE)


DOCUMENTED = named(section("Reasons"))


def reasons_in(module: ModuleType) -> Iterator[str]:
    """Every reason that a module gives, with a star for what an f-string fills in."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
            for argument in node.args:
                yield from texts(argument)
        elif (isinstance(node, ast.keyword) and node.arg == "reason") or (
            isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["reason"]
        ):
            yield from texts(node.value)


def texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(str(text)):
            yield text
        case ast.JoinedStr(parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)
        case ast.IfExp(_, yes, no):
            yield from texts(yes)
            yield from texts(no)


GIVEN = sorted({reason for module in (absence, compare, expiry, judge) for reason in reasons_in(module)})


def test_the_reasons_are_found_in_the_source() -> None:
    assert {"stricter-first-reading", "*-confirmed", "back-from-*", "unchanged", "end-date-near"} <= set(GIVEN)


@pytest.mark.parametrize("reason", GIVEN)
def test_every_reason_that_is_given_is_in_the_table(reason: str) -> None:
    assert any(fnmatchcase(name, reason) for name in DOCUMENTED)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_reason_in_the_table_is_given(name: str) -> None:
    assert any(fnmatchcase(name, reason) for reason in GIVEN)


def test_no_reason_is_in_the_table_twice() -> None:
    assert len(set(DOCUMENTED)) == len(DOCUMENTED)


def test_every_state_is_in_the_table() -> None:
    assert named(section("What stands")) == [str(state) for state in State]


def test_every_limit_that_can_be_set_has_its_line_and_its_default() -> None:
    lines = re.findall(r"^\| `([a-z_]+)` \| ([0-9.]+[a-z]?) \|", section("Limits"), re.MULTILINE)
    defaults = {name: field.default for name, field in Limits.model_fields.items()}
    assert {name: value(text) for name, text in lines} == defaults
    assert {name: getattr(Thresholds(), name) for name in defaults} == defaults


def value(text: str) -> float | timedelta:
    return duration(text) if text[-1].isalpha() else float(text)
