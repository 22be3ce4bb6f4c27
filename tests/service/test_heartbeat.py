"""Proof of life outwards: at its own pace, and no trouble of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from advisoryd.model.config import Operator
from advisoryd.model.secret import Secret, plain
from advisoryd.service.heartbeat import Heartbeat

from .world import START, Server, later

URL = "https://hc.example.org/ping"


def beats(server: Server, secret: Secret | None, *minutes: float) -> list[str]:
    """Ask at these times; what the server was asked for."""
    server.bodies[URL] = b"ok"
    operator = Operator(heartbeat_url=secret, heartbeat_every=timedelta(minutes=5))
    now = START
    heartbeat = Heartbeat(lambda: now)
    for minute in minutes:
        now = later(minutes=minute)
        asyncio.run(heartbeat.beat(operator, server))
    return server.asked


def test_the_url_is_asked_at_its_own_pace() -> None:
    assert beats(Server(), plain(URL), 0, 0.25, 4.9, 5, 5.25, 10) == [URL, URL, URL]


def test_without_a_url_nobody_is_asked() -> None:
    assert beats(Server(), None, 0, 5) == []


def unreadable(_: Path) -> str:
    """A file that may not be read."""
    raise PermissionError(13, "Permission denied")


def binary(path: Path) -> str:
    """A file that holds no text."""
    path.write_bytes(b"\xff\xfe\xff")
    return path.read_text("utf-8")


@pytest.mark.parametrize("obtain", [unreadable, binary])
def test_an_unreadable_secret_is_no_reason_to_stop(tmp_path: Path, obtain: Callable[[Path], str]) -> None:
    secret = Secret(lambda: obtain(tmp_path / "heartbeat.url"), "a file")
    assert beats(Server(), secret, 0, 5) == []
