"""ntfy, against a server that answers as ntfy does."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisoryd.channels import build_channel, channel_problems
from advisoryd.model.message import Message, Post, Priority
from advisoryd.model.outcome import Refused, Sent, TryAgain, Uncertain
from advisoryd.model.secret import Secret

Tell = Callable[..., Message]


@pytest.fixture
def channel(sink: Any, spec: Any, post: Post, tmp_path: Path) -> Any:
    sink.answer(200, {"id": "sPs71M8A2T", "event": "message"})
    return build_channel(spec("ntfy", secrets={"topic": "advisories-x7"}, server=sink.url), post, tmp_path)


def test_a_message_is_published_as_json(channel: Any, sink: Any, tell: Tell) -> None:
    assert channel.send(tell(priority=Priority.URGENT)) == Sent("sPs71M8A2T")
    assert sink.last.path in ("", "/")
    assert sink.last.json == {
        "topic": "advisories-x7",
        "title": "China raises its advice on Japan",
        "message": "Avoid travelling to Japan in the near future.\nhttps://www.mfa.gov.cn/notice/1",
        "priority": 5,
        "markdown": False,
        "click": "https://www.mfa.gov.cn/notice/1",
        "tags": ["official"],
    }


@pytest.mark.parametrize(("priority", "theirs"), list(zip(Priority, (1, 2, 3, 4, 5), strict=True)))
def test_priorities_are_those_of_ntfy(channel: Any, sink: Any, tell: Tell, priority: Priority, theirs: int) -> None:
    channel.send(tell(priority=priority))
    assert sink.last.json["priority"] == theirs


def test_the_limit_counts_bytes_so_that_nothing_becomes_an_attachment(channel: Any, sink: Any, tell: Tell) -> None:
    link = "https://www.mfa.gov.cn/notice/1"
    channel.send(tell(body=f"{'近期避免前往日本。' * 400}\n{link}", url=link))
    assert len(sink.last.json["message"].encode()) <= 4_096
    assert sink.last.json["message"].endswith(link)


def test_what_is_to_be_acknowledged_has_a_button_that_does_it(channel: Any, sink: Any, tell: Tell) -> None:
    link = "https://advice.example.org/ack/e1/desk/signature"
    channel.send(tell(data={"links": {"acknowledge": link}}))
    assert sink.last.json["actions"] == [
        {"action": "http", "method": "POST", "label": "✓ OK", "url": link, "clear": True}
    ]
    channel.send(tell(data={"links": {"acknowledge": ""}}))
    assert "actions" not in sink.last.json


def test_an_empty_body_is_filled_with_the_title(channel: Any, sink: Any, tell: Tell) -> None:
    channel.send(tell(body=""))
    assert sink.last.json["message"] == "China raises its advice on Japan"


def test_a_token_is_sent_as_bearer(sink: Any, spec: Any, post: Post, tmp_path: Path, tell: Tell) -> None:
    configured = spec("ntfy", secrets={"topic": "t", "token": "tk_abc"}, server=sink.url)
    build_channel(configured, post, tmp_path).send(tell())
    assert sink.last.headers["authorization"] == "Bearer tk_abc"


def test_a_password_is_sent_as_basic(sink: Any, spec: Any, post: Post, tmp_path: Path, tell: Tell) -> None:
    configured = spec("ntfy", secrets={"topic": "t", "password": "pä"}, server=sink.url, username="u")
    build_channel(configured, post, tmp_path).send(tell())
    assert sink.last.headers["authorization"] == f"Basic {b64encode('u:pä'.encode()).decode()}"


def test_a_throttled_message_waits_as_long_as_asked(channel: Any, sink: Any, tell: Tell) -> None:
    sink.answer(429, {"code": 42901, "http": 429, "error": "limit reached: too many requests"}, Retry_After="60")
    assert channel.send(tell()) == TryAgain(
        "ntfy answered 429 Too Many Requests: limit reached: too many requests", 60.0
    )


def test_a_wrong_token_is_refused_without_showing_the_topic(channel: Any, sink: Any, tell: Tell) -> None:
    sink.answer(403, {"code": 40301, "error": "forbidden for topic advisories-x7"})
    assert channel.send(tell()) == Refused("ntfy answered 403 Forbidden: forbidden for topic ***")


def test_a_server_that_takes_the_message_and_falls_silent_leaves_it_uncertain(
    channel: Any, sink: Any, tell: Tell
) -> None:
    sink.hang_up()
    assert isinstance(channel.send(tell()), Uncertain)


def test_a_server_that_is_not_there_is_tried_again(
    spec: Any, post: Post, tmp_path: Path, tell: Tell, closed_port: int
) -> None:
    configured = spec("ntfy", secrets={"topic": "t"}, server=f"http://127.0.0.1:{closed_port}")
    assert isinstance(build_channel(configured, post, tmp_path).send(tell()), TryAgain)


def test_a_secret_that_has_gone_is_waited_for(
    spec: Any, post: Post, tmp_path: Path, tell: Tell, tmp_path_factory: Any
) -> None:
    file = tmp_path / "topic"
    file.write_text("t\n")
    secret = Secret(file.read_text, f"file {file}")
    channel = build_channel(spec("ntfy", secrets={"topic": secret}), post, tmp_path)
    file.unlink()
    outcome = channel.send(tell())
    assert isinstance(outcome, TryAgain)
    assert "cannot be read" in outcome.reason


def test_what_is_wrong_is_told(spec: Any) -> None:
    assert channel_problems(spec("ntfy", username="u", server="ntfy.sh")) == [
        "Option 'server' must be an address that starts with https:// or http://.",
        "'topic' or 'topic_file' is missing.",
        "'username' and 'password' belong together: give both or neither.",
    ]
    both = spec("ntfy", secrets={"topic": "t", "token": "a", "password": "b"}, username="u")
    assert channel_problems(both) == ["'token' and 'password' exclude each other: give one of them."]
