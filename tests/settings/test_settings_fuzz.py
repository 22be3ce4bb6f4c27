"""Any text may be refused; none may crash the loader."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisoryd.settings import Config, ConfigError, Problem, prove
from advisoryd.settings.keys import known_keys

WHOLE = """
[daemon]
state_dir = "state"
locale = "ja"
[sources]
enable = ["cn-mfa", "us-state"]
disable = ["us-state"]
[sources.cn-mfa]
every = "20m"
headers = { Accept-Language = "zh" }
[[source]]
id = "own"
type = "table"
issuer = "CN"
url = "https://example.org/x"
[source.options]
row = "tr"
name = "td"
[[channel]]
name = "mail"
type = "email"
server = "mail.example.org"
from = "a@example.org"
to = ["b@example.org"]
fallback = "screen"
[[channel]]
name = "screen"
type = "console"
[[subscription]]
name = "japan-desk"
channels = ["mail"]
destinations = ["JP", "asean"]
issuers = ["CN"]
events = ["raised", "issued"]
min_level = 2
quiet = { from = "22:00", to = "07:00", days = ["monday"], unless_level = 4 }
digest = "daily 08:00"
[operator]
channels = ["screen"]
[limits]
gone_share = 0.1
[retention]
items = "30d"
"""

QUICKLY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def survives(body: bytes, environment: dict[str, str] | None = None) -> None:
    """Whatever it says, ``body`` is proven or refused with problems that fit one line each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "advisoryd.toml"
        path.write_bytes(body)
        path.chmod(0o600)
        for problem in problems_of(path, environment or {}):
            assert problem.message
            assert len(str(problem).splitlines()) == 1


def problems_of(path: Path, environment: dict[str, str]) -> tuple[Problem, ...]:
    """What is wrong with a file; nothing when it can be used."""
    try:
        assert isinstance(prove(path, environment), Config)
    except ConfigError as refused:
        return refused.problems
    return ()


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
@QUICKLY
def test_any_bytes(body: bytes) -> None:
    survives(body)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 12), st.text(max_size=6)), max_size=4))
@QUICKLY
def test_a_good_file_with_parts_cut_out_and_others_put_in(edits: list[tuple[int, int, str]]) -> None:
    text = WHOLE
    for start, length, put in edits:
        text = text[:start] + put + text[start + length :]
    survives(text.encode("utf-8", "surrogatepass"))


@given(st.permutations(WHOLE.splitlines()), st.integers(0, 60))
@QUICKLY
def test_the_lines_of_a_good_file_in_any_order(lines: list[str], number: int) -> None:
    survives("\n".join(lines[:number]).encode())


ODD = st.one_of(
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        ["*", "JP", "CN", "cn-mfa", "screen", "raised", "daily 08:00", "22:00", "1h", "9999999999d", "\0", "a\nb"]
    ),
    st.datetimes(),
    st.dates(),
    st.times(),
)
VALUES = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """Tables that exist, keys that exist (and some that do not), and values of every kind anywhere."""

    def table(name: str) -> Any:
        keys = st.sampled_from([*known_keys((name,)), "options", "headers", "type", "to", "password", "token_file"])
        return draw(st.dictionaries(keys | st.text(max_size=5), VALUES, max_size=5) | VALUES)

    tree = {name: table(name) for name in ("daemon", "sources", "http", "operator", "limits") if draw(st.booleans())}
    for name in ("source", "channel", "subscription"):
        if draw(st.booleans()):
            tree[name] = [table(name) for _ in range(draw(st.integers(0, 2)))]
    return tree


@given(trees())
@QUICKLY
def test_values_of_any_kind_in_any_place(tree: dict[str, Any]) -> None:
    survives("".join(f"{quoted(name)} = {toml(value)}\n" for name, value in tree.items()).encode())


@given(
    st.dictionaries(
        st.sampled_from(["ADVISORYD_DAEMON__LOCALE", "ADVISORYD_SOURCES", "ADVISORYD_HTTP__IN_FLIGHT", "ADVISORYD_"])
        | st.text("ABC_", max_size=9).map("ADVISORYD_".__add__),
        st.text(max_size=9) | st.sampled_from(["{}", "[]", '{"enable": 3}', "1e999", "NaN", '{"x": {"every": []}}']),
    )
)
@QUICKLY
def test_any_environment(environment: dict[str, str]) -> None:
    survives(WHOLE.encode(), environment)


def toml(value: Any) -> str:
    """``value`` as TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(name)} = {toml(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return quoted(value) if isinstance(value, str) else str(value)


def quoted(text: str) -> str:
    """``text`` between quotes, every letter escaped that might need it."""
    return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in text) + '"'


def test_the_good_file_is_good() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "advisoryd.toml"
        path.write_text(WHOLE)
        assert len(prove(path, {}).sources) == 2


@pytest.mark.parametrize("value", ["a\0b", "x" * 5000, "a\nb"])
@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("daemon", "state_dir"),
        ("daemon", "database"),
        ("channel", "templates"),
        ("channel", "ca_file"),
        ("channel", "path"),
    ],
)
def test_a_path_that_no_file_can_have_is_refused(tmp_path: Path, table: str, key: str, value: str) -> None:
    channel = {"name": "screen", "type": "console"} | ({key: value} if table == "channel" else {})
    tree = {
        "sources": {"enable": ["cn-mfa"]},
        "daemon": {key: value} if table == "daemon" else {},
        "channel": [channel],
    }
    path = tmp_path / "advisoryd.toml"
    path.write_text("".join(f"{name} = {toml(inner)}\n" for name, inner in tree.items()))
    assert "must be a path that a file or folder can have" in [problem.message for problem in problems_of(path, {})]
