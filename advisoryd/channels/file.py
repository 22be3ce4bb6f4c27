"""File: one JSON object a line, for other programs and for the record.

A line is written in one piece under a lock and forced to disk before the message counts as sent. The file is opened
anew for each message, so it may be rotated from outside at any time; nothing is rotated here. When the power fails
in the middle of a line, the next writing finds a last line without its end: a whole one gets the missing line end, a
torn one is cut off; it was never reported as sent and comes again.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from advisoryd import codec
from advisoryd.channels.options import Options, problems_of, settled
from advisoryd.channels.text import json_bytes
from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Form, Limits, Message, Post
from advisoryd.model.outcome import SendOutcome, Sent, TryAgain

_STEP = 65_536
_OPENING = b'{"key":"'


@dataclass(frozen=True, slots=True)
class Settings:
    """``path`` is the file; a relative one lies below the state directory."""

    path: str


def _settings(options: Options) -> Settings:
    settings = Settings(path=options.text("path"))
    if settings.path and Path(settings.path).is_dir():
        options.complain("Option 'path' names a directory; name a file in it.")
    return settings


def problems(spec: ChannelSpec) -> list[str]:
    """What is wrong with ``spec``, one sentence each."""
    return problems_of(spec, _settings)


def build(spec: ChannelSpec, post: Post, state_dir: Path) -> File:
    """The channel. Raises :class:`ValueError` for a ``spec`` with problems."""
    return File(state_dir / settled(spec, _settings).path)


@dataclass(frozen=True, slots=True)
class File:
    """One file that only grows."""

    path: Path
    form: ClassVar[Form] = Form.JSON
    limits: ClassVar[Limits] = Limits()

    def send(self, message: Message) -> SendOutcome:
        """Append; there is no reference."""
        try:
            with _locked(self.path) as descriptor:
                _mend(descriptor)
                _append(descriptor, json_bytes(record(message)) + b"\n")
        except OSError as problem:
            return TryAgain(f"The file cannot be written: {problem.strerror or problem}")
        return Sent()

    def close(self) -> None:
        """The file is open only while a line is written."""


def record(message: Message) -> dict[str, object]:
    """``message`` as one line holds it. ``key`` tells a line that came twice."""
    return {
        "key": message.key,
        "subscription": message.subscription,
        "story": message.story,
        "opens_story": message.opens_story,
        "ends_story": message.ends_story,
        "priority": int(message.priority),
        "title": message.title,
        "url": message.url,
        "language": message.language,
        "tags": list(message.tags),
        "data": dict(message.data),
    }


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if new:
            _sync_directory(path.parent)
        yield descriptor
    finally:
        os.close(descriptor)


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _mend(descriptor: int) -> None:
    """Give the last line the end it lacks; cut it off when it is a torn line of ours."""
    size = os.fstat(descriptor).st_size
    if size == 0 or os.pread(descriptor, 1, size - 1) == b"\n":
        return
    start = _start_of_last_line(descriptor, size)
    if _torn(os.pread(descriptor, size - start, start)):
        os.ftruncate(descriptor, start)
    else:
        os.write(descriptor, b"\n")


def _torn(tail: bytes) -> bool:
    """Whether ``tail`` is the beginning of one of our lines. Some file systems fill what was lost with zero bytes."""
    begun = tail.rstrip(b"\0")
    if not (begun.startswith(_OPENING) or _OPENING.startswith(begun)):
        return False
    try:
        codec.plain(tail)
    except codec.Malformed:
        return True
    return False


def _start_of_last_line(descriptor: int, size: int) -> int:
    end = size
    while end > 0:
        start = max(0, end - _STEP)
        found = os.pread(descriptor, end - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _append(descriptor: int, line: bytes) -> None:
    """Write the whole ``line`` and force it to disk, or leave the file as it was and raise :class:`OSError`."""
    before = os.fstat(descriptor).st_size
    try:
        while line:
            line = line[os.write(descriptor, line) :]
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, before)
        raise
