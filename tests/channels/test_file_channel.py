"""The file: whole lines only, whatever happens in between."""

from __future__ import annotations

import errno
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisoryd.channels import build_channel, channel_problems, file
from advisoryd.channels.file import File
from advisoryd.model.message import Form, Message, Post
from advisoryd.model.outcome import Sent, TryAgain

Tell = Callable[..., Message]


@pytest.fixture
def channel(tmp_path: Path) -> File:
    return File(tmp_path / "alerts.jsonl")


def lines(channel: File) -> list[dict[str, Any]]:
    return [json.loads(line) for line in channel.path.read_bytes().splitlines()]


def test_each_message_is_one_line(channel: File, tell: Tell) -> None:
    assert channel.send(tell(key="a", title="two\nlines")) == Sent()
    assert channel.send(tell(key="b")) == Sent()
    first, second = lines(channel)
    assert (first["key"], first["title"], first["data"]["kind"]) == ("a", "two\nlines", "raised")
    assert second["key"] == "b"


def test_a_relative_path_lies_below_the_state_directory(spec: Any, post: Post, tmp_path: Path, tell: Tell) -> None:
    channel = build_channel(spec("file", path="out/alerts.jsonl"), post, tmp_path)
    assert channel.form is Form.JSON
    assert channel.send(tell()) == Sent()
    assert (tmp_path / "out" / "alerts.jsonl").stat().st_mode & 0o777 == 0o640


def test_an_absolute_path_is_taken_as_it_is(spec: Any, post: Post, tmp_path: Path, tell: Tell) -> None:
    path = tmp_path / "elsewhere.jsonl"
    assert build_channel(spec("file", path=str(path)), post, tmp_path / "state").send(tell()) == Sent()
    assert path.exists()


def test_a_torn_line_at_any_byte_is_cut_off(channel: File, tell: Tell) -> None:
    channel.send(tell(key="whole"))
    channel.send(tell(key="torn"))
    full = channel.path.read_bytes()
    start = full.index(b"\n") + 1
    for end in range(start, len(full) - 1):
        channel.path.write_bytes(full[:end])
        channel.send(tell(key="next"))
        assert [line["key"] for line in lines(channel)] == ["whole", "next"]


def test_a_whole_line_without_its_end_is_kept(channel: File, tell: Tell) -> None:
    channel.send(tell(key="a"))
    channel.path.write_bytes(channel.path.read_bytes().rstrip(b"\n"))
    channel.send(tell(key="b"))
    assert [line["key"] for line in lines(channel)] == ["a", "b"]


def test_zero_bytes_that_a_file_system_left_are_cut_off(channel: File, tell: Tell) -> None:
    channel.send(tell(key="a"))
    with channel.path.open("ab") as stream:
        stream.write(b'{"key":"lost' + bytes(5_000))
    channel.send(tell(key="b"))
    assert [line["key"] for line in lines(channel)] == ["a", "b"]


def test_what_somebody_else_wrote_is_never_cut_off(channel: File, tell: Tell) -> None:
    channel.path.write_text("notes of the operator")
    channel.send(tell())
    assert channel.path.read_text().startswith("notes of the operator\n{")


def test_a_very_long_torn_line_is_found(channel: File, tell: Tell) -> None:
    channel.send(tell(key="a"))
    with channel.path.open("ab") as stream:
        stream.write(b'{"key":"' + b"x" * 300_000)
    channel.send(tell(key="b"))
    assert [line["key"] for line in lines(channel)] == ["a", "b"]


def test_a_disk_that_fills_up_leaves_the_file_as_it_was(
    channel: File, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel.send(tell(key="a"))
    before = channel.path.read_bytes()
    write = os.write

    def half(descriptor: int, payload: bytes) -> int:
        if len(payload) < 200:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, payload[: len(payload) // 2])

    monkeypatch.setattr(file.os, "write", half)
    assert channel.send(tell(key="b")) == TryAgain("The file cannot be written: No space left on device")
    assert channel.path.read_bytes() == before


def test_a_line_is_on_disk_before_it_counts_as_sent(channel: File, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    channel.send(tell(key="a"))
    monkeypatch.setattr(file.os, "fsync", failing)
    assert isinstance(channel.send(tell(key="b")), TryAgain)
    assert [line["key"] for line in lines(channel)] == ["a"]


def test_a_file_that_was_rotated_away_is_begun_anew(channel: File, tell: Tell) -> None:
    channel.send(tell(key="a"))
    channel.path.rename(channel.path.with_suffix(".1"))
    channel.send(tell(key="b"))
    assert [line["key"] for line in lines(channel)] == ["b"]


def test_a_directory_in_its_place_is_tried_again(channel: File, tell: Tell) -> None:
    channel.path.mkdir()
    assert channel.send(tell()) == TryAgain("The file cannot be written: Is a directory")


def test_several_writers_never_mix_their_lines(channel: File, tell: Tell) -> None:
    message = tell(title="x" * 100_000)
    threads = [threading.Thread(target=lambda: [channel.send(message) for _ in range(5)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines(channel)) == 20


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.text(st.characters() | st.sampled_from("\ud83d\x00\u2028\x85")))
def test_any_text_stays_on_its_line(channel: File, tell: Tell, text: str) -> None:
    channel.send(tell(title=text, body=text, data={"kind": "raised", "text": text}))
    content = channel.path.read_bytes()
    assert json.loads(content.splitlines()[-1])["key"] == tell().key
    assert content.endswith(b"\n")


def test_what_is_wrong_is_told(spec: Any, tmp_path: Path) -> None:
    assert channel_problems(spec("file")) == ["Option 'path' is missing; it must be one line of text."]
    assert channel_problems(spec("file", path=str(tmp_path))) == ["Option 'path' names a directory; name a file in it."]
