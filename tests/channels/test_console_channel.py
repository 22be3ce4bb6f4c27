"""The console: readable, coloured on a terminal only, and not to be steered by strangers' text."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisoryd.channels import build_channel, channel_problems
from advisoryd.channels.console import page
from advisoryd.model.message import Message, Post, Priority
from advisoryd.model.outcome import Sent, TryAgain

Tell = Callable[..., Message]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def make(spec: Any, post: Post, tmp_path: Path) -> Callable[..., Any]:
    return lambda **options: build_channel(spec("console", **options), post, tmp_path)


def test_a_message_reads_like_a_note(make: Any, tell: Tell, capsys: pytest.CaptureFixture[str]) -> None:
    assert make().send(tell(body="Avoid travelling.", priority=Priority.URGENT)) == Sent()
    assert capsys.readouterr().out == (
        "!! China raises its advice on Japan\nAvoid travelling.\nhttps://www.mfa.gov.cn/notice/1\n\n"
    )


def test_a_link_in_the_text_is_not_repeated(tell: Tell) -> None:
    assert page(tell(), coloured=False).count("https://www.mfa.gov.cn/notice/1") == 1


def test_standard_error_on_request(make: Any, tell: Tell, capsys: pytest.CaptureFixture[str]) -> None:
    make(stream="stderr").send(tell())
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "China raises" in captured.err


def test_a_terminal_gets_colour(make: Any, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    monkeypatch.delenv("NO_COLOR", raising=False)
    make().send(tell(priority=Priority.URGENT))
    assert terminal.getvalue().startswith("\x1b[1;31m!! China raises its advice on Japan\x1b[0m\n")


@pytest.mark.parametrize(("options", "no_color"), [({}, "1"), ({"colour": "never"}, "")])
def test_a_terminal_gets_no_colour_where_it_is_not_wanted(
    make: Any, tell: Tell, monkeypatch: pytest.MonkeyPatch, options: dict[str, str], no_color: str
) -> None:
    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    monkeypatch.setenv("NO_COLOR", no_color)
    make(**options).send(tell())
    assert "\x1b" not in terminal.getvalue()


def test_colour_can_be_forced(make: Any, tell: Tell, capsys: pytest.CaptureFixture[str]) -> None:
    make(colour="always").send(tell())
    assert "\x1b[" in capsys.readouterr().out


def test_strangers_text_cannot_steer_the_terminal(tell: Tell) -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J\r\x08\x9b31m\u202e"
    shown = page(tell(title=hostile, body=hostile, url=f"https://a.example/{hostile}"), coloured=False)
    assert not any(char in shown for char in "\x1b\x07\r\x08\x9b\u202e")
    assert "␛]0;owned␇" in shown


def test_a_narrow_encoding_shows_escapes_instead_of_failing(
    make: Any, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert make().send(tell(body="日本")) == Sent()
    assert b"\\u65e5\\u672c" in raw.getvalue()


def test_a_closed_stream_is_tried_again(make: Any, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdout", closed)
    assert isinstance(make().send(tell()), TryAgain)


def test_what_is_wrong_is_told(spec: Any) -> None:
    assert channel_problems(spec("console", color="always")) == [
        "Option 'color' is unknown to a channel of type 'console'; did you mean 'colour'?"
    ]
