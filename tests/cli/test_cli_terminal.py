"""On a terminal: colours, tables that fit, progress; elsewhere none of them."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from advisoryd.cli import common, out
from advisoryd.places import UnknownPlace
from advisoryd.service.lock import AlreadyRunning
from advisoryd.settings.problem import ConfigError, Problem
from advisoryd.store.errors import StoreError

Home = Any


def on_a_terminal(*words: str, columns: int = 100) -> tuple[int, str]:
    """Exit status and output of a verb that runs on a terminal."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns)}
    command = [sys.executable, "-m", "advisoryd", *words]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=environment) as running:
        os.close(theirs)
        text = b"".join(chunks(ours)).decode()
    os.close(ours)
    return running.returncode, text


def chunks(descriptor: int) -> Iterator[bytes]:
    while True:
        try:
            chunk = os.read(descriptor, 65_536)
        except OSError:  # the other end is closed
            return
        if not chunk:
            return
        yield chunk


def test_a_table_has_colours_and_fits_the_screen(home: Home) -> None:
    status, wide = on_a_terminal("show", "JP", "--config", str(home.config), columns=160)
    assert status == 0
    assert "\x1b[1m" in wide
    assert "近期避免前往" in wide
    _, narrow = on_a_terminal("show", "JP", "--config", str(home.config), columns=70)
    assert len(narrow.splitlines()) > len(wide.splitlines())
    assert max(len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in narrow.splitlines()) <= 70


def test_json_is_the_same_on_a_terminal(home: Home) -> None:
    status, text = on_a_terminal("outbox", "--json", "--config", str(home.config))
    assert status == 0
    assert "\x1b" not in text
    assert len(text.splitlines()) == 2


def test_long_work_shows_how_far_it_is(tmp_path: Path) -> None:
    items = tmp_path / "items.jsonl"
    items.write_text('{"id": "a", "lang": "en", "title": "Weather", "summary": ""}\n' * 5)
    status, text = on_a_terminal("classify", str(items), "--out", str(tmp_path / "found.jsonl"))
    assert status == 0
    assert "5/5" in text


def test_nothing_is_shown_of_the_progress_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    with out.progress(10, "reading") as done:
        done(5)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("problem", "status", "sentence"),
    [
        (common.Stop("no such thing"), 1, "no such thing"),
        (common.Stop("not like this", common.MISUSED), 2, "not like this"),
        (ConfigError([Problem("a.toml", 3, "daemon", "is wrong")]), 1, "a.toml:3: daemon: is wrong"),
        (StoreError("the database is busy"), 3, "the database is busy"),
        (AlreadyRunning("another advisoryd is at work"), 3, "another advisoryd is at work"),
        (UnknownPlace("Freedonia"), 1, "'Freedonia' is neither a place code nor a group of places"),
        (PermissionError(13, "Permission denied", "/x"), 3, "cannot use /x: Permission denied"),
    ],
)
def test_what_can_be_expected_is_one_sentence_with_its_status(
    problem: Exception, status: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def verb() -> int:
        raise problem

    assert common.guarded(verb) == status
    assert capsys.readouterr() == ("", f"advisoryd: {sentence}\n")


@pytest.mark.parametrize("problem", [ValueError("x"), KeyError("x"), OSError("x"), AssertionError("x")])
def test_what_cannot_is_a_bug(problem: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    def verb() -> int:
        raise problem

    assert common.guarded(verb) == common.BUG
    assert "Traceback" in capsys.readouterr().err


def test_every_problem_of_a_configuration_is_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    def verb() -> int:
        raise ConfigError([Problem("a.toml", line, "", "is wrong") for line in (1, 2)])

    assert common.guarded(verb) == 1
    assert capsys.readouterr().err == "advisoryd: a.toml:1: is wrong\nadvisoryd: a.toml:2: is wrong\n"


@pytest.mark.parametrize(
    ("since", "words"), [(None, "never"), (timedelta(minutes=5), "5 min"), (timedelta(days=3), "3 d")]
)
def test_how_long_ago(since: timedelta | None, words: str) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert out.ago(None if since is None else now - since, now) == words


LINES: list[tuple[Callable[[], str], str]] = [
    (lambda: out.clean("a\nb\x1b[31m\u202ec"), "a b [31m c"),
    (lambda: out.clean("日本 é"), "日本 é"),
]


@pytest.mark.parametrize(("made", "expected"), LINES)
def test_a_line_is_kept_to_itself(made: Callable[[], str], expected: str) -> None:
    assert made() == expected
