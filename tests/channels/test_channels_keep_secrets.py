"""Whatever happens, no secret shows: not in problems, not in representations, not in outcomes, not in logs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisoryd.channels import build_channel, channel_problems
from advisoryd.model.message import Message, Post

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

SECRET = "Zx9-s3cr3t-Value-77-of-some-length"

CHANNELS: dict[str, dict[str, Any]] = {
    "apprise": {"url": f"json://user:{SECRET}@HOST/{SECRET}?+X-Key={SECRET}"},
    "email": {
        "server": "127.0.0.1", "port": "PORT", "tls": "none", "from": "a@example.org", "to": ["b@example.org"],
        "username": "u", "password": SECRET,
    },
    "mqtt": {"host": "127.0.0.1", "port": "PORT", "tls": False, "username": "u", "password": SECRET, "timeout": 1},
    "ntfy": {"server": "http://HOST", "topic": SECRET, "token": SECRET},
    "opsgenie": {"server": "http://HOST", "api_key": SECRET},
    "pagerduty": {"server": "http://HOST", "routing_key": SECRET},
    "slack": {"server": "http://HOST", "token": SECRET, "channel": "C01"},
    "slack webhook": {"url": f"http://HOST/services/{SECRET}"},
    "telegram": {"server": "http://HOST", "token": SECRET, "chat": "1"},
    "webhook": {"url": f"http://HOST/{SECRET}?key={SECRET}", "secret": SECRET, "authorization": f"Bearer {SECRET}"},
}  # fmt: skip


def configured(spec: Any, name: str, host: str) -> Any:
    """The channel's configuration, pointed at ``host``; secrets among the options are wrapped by the channel."""
    port = int(host.rpartition(":")[2])
    filled = {
        key: port if value == "PORT" else value.replace("HOST", host) if isinstance(value, str) else value
        for key, value in CHANNELS[name].items()
    }
    return spec(name.split()[0], **filled)


@pytest.fixture
def proof(caplog: pytest.LogCaptureFixture) -> Callable[..., None]:
    """Fails when the secret shows in any of the values, or has shown in a log line."""
    caplog.set_level(logging.DEBUG)

    def check(*values: object) -> None:
        told = "".join(f"{value!r} {value!s}" for value in values)
        assert SECRET not in told + caplog.text
        assert "s3cr3t" not in told + caplog.text

    return check


@pytest.fixture(params=list(CHANNELS))
def name(request: pytest.FixtureRequest) -> str:
    if request.param == "mqtt":
        pytest.importorskip("paho.mqtt", reason="needs the package paho-mqtt (the extra 'mqtt')")
    return str(request.param)


def test_when_it_is_wrongly_configured(name: str, spec: Any, sink: Any, proof: Any) -> None:
    wrong = configured(spec, name, sink.url.removeprefix("http://"))
    misplaced = {**wrong.options, "tokens": SECRET, "form": SECRET, "timeout": SECRET, "server": SECRET}
    proof(*channel_problems(spec(wrong.kind, url=SECRET, **misplaced)))


def test_when_it_is_shown(name: str, spec: Any, sink: Any, post: Post, tmp_path: Path, proof: Any) -> None:
    channel = build_channel(configured(spec, name, sink.url.removeprefix("http://")), post, tmp_path)
    proof(channel, channel.form, channel.limits)


@pytest.mark.parametrize("name", [name for name in CHANNELS if name not in ("email", "mqtt")])
@pytest.mark.parametrize("status", [200, 302, 400, 401, 404, 429, 500, 0])
def test_whatever_the_service_answers(
    name: str, status: int, spec: Any, sink: Any, post: Post, tmp_path: Path, tell: Callable[..., Message], proof: Any
) -> None:
    said = {"ok": False, "error": SECRET, "description": SECRET, "message": SECRET, "errors": [SECRET]}
    sink.replies = lambda request: (status, {}, said)
    channel = build_channel(configured(spec, name, sink.url.removeprefix("http://")), post, tmp_path)
    proof(channel.send(tell()))


def test_when_nobody_answers(
    name: str, spec: Any, closed_port: int, post: Post, tmp_path: Path, tell: Callable[..., Message], proof: Any
) -> None:
    channel = build_channel(configured(spec, name, f"127.0.0.1:{closed_port}"), post, tmp_path)
    proof(channel.send(tell()))
