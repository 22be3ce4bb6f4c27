"""Strangers' text through every channel: nothing is injected, limits hold, the link arrives, nothing raises."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Mapping
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisoryd.channels import build_channel
from advisoryd.channels.letter import Stationery, compose, mailbox
from advisoryd.channels.mqtt import publications
from advisoryd.channels.text import utf8, utf16
from advisoryd.channels.webhook import Webhook
from advisoryd.model.message import Message, Priority
from advisoryd.model.outcome import Sent

LINK = "https://www.gov.uk/foreign-travel-advice/japan"
HOSTILE = [
    "<script>alert(1)</script>", "<b>", "</b>", "<a href='javascript:x'>", "&lt;", "&amp;amp;",
    "*_`~[x](http://evil.example)",
    "@everyone", "@here", "@channel", "<!channel>", "<!here|here>", "<@U0123>", "<#C01>", "<users/all>",
    "\x00", "\x07", "\x08", "\x1b[31m", "\x1b]0;owned\x07", "\x9b2J", "\x7f",
    "\r\n", "\n\n", "\u2028", "\u2029", "\x85", "\x0c",
    "\u202e", "\u202d", "\u2066", "\u2067", "\u200f", "\u2068", "\u2069", "\ufeff", "\ud83d", "\udc00", "\uffff",
    "{{7*7}}", "{% raise %}", "${x}", "$(id)", "%s%n", "%0d%0aBcc:%20x",
    "\r\nBcc: victim@example.org\r\n\r\n", "\r\n.\r\n",
    "👩‍👩‍👧", "e\u0301\u0301\u0301", "近期避免前往日本", "עברית", "x" * 5_000, "word " * 2_000, "\n" * 300, LINK,
]  # fmt: skip
TEXT = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=40), max_size=8).map("".join)
HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067\ud800-\udfff]")

MESSAGES = st.builds(
    Message,
    key=TEXT.filter(bool),
    title=TEXT,
    body=TEXT.map(lambda text: f"{text}\n{LINK}"),
    url=st.just(LINK),
    html=TEXT,
    priority=st.sampled_from(Priority),
    tags=st.lists(TEXT, max_size=3).map(tuple),
    story=TEXT,
    opens_story=st.booleans(),
    ends_story=st.just(False),
    reply_to=TEXT,
    subscription=TEXT,
    language=TEXT,
    data=st.fixed_dictionaries(
        {
            "id": TEXT,
            "kind": TEXT | st.just("raised"),
            "issuer": st.fixed_dictionaries({"id": TEXT}),
            "destination": st.fixed_dictionaries({"id": TEXT}),
            "track": TEXT,
            "title": TEXT,
        }
    ),
)

Posted = list[tuple[str, dict[str, Any], Mapping[str, str]]]
hostile = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=40
)


@pytest.fixture
def posted() -> Posted:
    return []


@pytest.fixture
def build(spec: Any, tmp_path: Path, posted: Posted) -> Callable[..., Any]:
    """A channel whose service takes everything."""

    def post(
        url: str, body: bytes, headers: Mapping[str, str], timeout: float = 0
    ) -> tuple[int, dict[str, str], bytes]:
        assert all(value.isascii() and value.isprintable() for value in [*headers, *headers.values(), url])
        posted.append((url, json.loads(body), headers))
        return 200, {}, b'{"ok": true}'

    return lambda kind, **options: build_channel(spec(kind, **options), post, tmp_path)


@hostile
@given(message=MESSAGES)
def test_slack(build: Any, posted: Posted, message: Message) -> None:
    assert isinstance(build("slack", token="t", channel="C01").send(message), Sent)
    text = posted[-1][1]["text"]
    assert len(text) <= 4_000
    assert LINK in text
    assert not HARMFUL.search(text)
    assert not re.search(r"<[!@#]|<users/", text)
    assert not re.search(r"<(?!https?://|mailto:)", text)


@hostile
@given(message=MESSAGES)
def test_telegram(build: Any, posted: Posted, message: Message) -> None:
    assert isinstance(build("telegram", token="t", chat="1").send(message), Sent)
    fields = posted[-1][1]
    assert utf16(fields["text"]) <= 4_096
    assert LINK in fields["text"]
    assert not HARMFUL.search(fields["text"])
    assert "parse_mode" not in fields


@hostile
@given(message=MESSAGES)
def test_ntfy(build: Any, posted: Posted, message: Message) -> None:
    assert isinstance(build("ntfy", topic="t").send(message), Sent)
    fields = posted[-1][1]
    assert utf8(fields["message"]) <= 4_096
    assert len(fields["title"]) <= 250
    assert LINK in fields["message"]
    assert not HARMFUL.search(fields["message"] + fields["title"])
    assert "\n" not in fields["title"]
    assert all(re.fullmatch(r"[\w+-]+", tag) for tag in fields.get("tags", []))


@hostile
@given(message=MESSAGES)
def test_pagerduty(build: Any, posted: Posted, message: Message) -> None:
    assert isinstance(build("pagerduty", routing_key="k").send(message), Sent)
    fields = posted[-1][1]
    assert len(fields["dedup_key"]) <= 255
    assert 0 < len(fields["payload"]["summary"]) <= 1_024
    assert LINK in fields["payload"]["custom_details"]["text"]
    assert not HARMFUL.search(fields["payload"]["summary"] + fields["dedup_key"])


@hostile
@given(message=MESSAGES)
def test_opsgenie(build: Any, posted: Posted, message: Message) -> None:
    assert isinstance(build("opsgenie", api_key="k").send(message), Sent)
    fields = posted[-1][1]
    assert 0 < len(fields["message"]) <= 130
    assert len(fields["alias"]) <= 512
    assert LINK in fields["description"]
    assert len(fields["description"]) <= 15_000


@hostile
@given(message=MESSAGES, mode=st.sampled_from(["structured", "binary"]))
def test_webhook(build: Any, posted: Posted, message: Message, mode: str) -> None:
    channel = build("webhook", url="https://example.org/hook", mode=mode, secret="x" * 32)
    assert isinstance(channel, Webhook)
    assert isinstance(channel.send(message), Sent)
    data = posted[-1][1] if mode == "binary" else posted[-1][1]["data"]
    assert data["message"]["url"] == LINK
    assert not HARMFUL.search(data["message"]["title"])


@hostile
@given(message=MESSAGES)
def test_file(build: Any, message: Message, tmp_path: Path) -> None:
    assert build("file", path="alerts.jsonl").send(message) == Sent()
    lines = (tmp_path / "alerts.jsonl").read_bytes().split(b"\n")
    assert lines[-1] == b""
    assert json.loads(lines[-2])["url"] == LINK


@hostile
@given(message=MESSAGES)
def test_console(build: Any, message: Message) -> None:
    stream, before = io.StringIO(), sys.stdout
    sys.stdout = stream
    try:
        assert build("console", colour="never").send(message) == Sent()
    finally:
        sys.stdout = before
    assert LINK in stream.getvalue()
    assert not HARMFUL.search(stream.getvalue())


@hostile
@given(message=MESSAGES)
def test_email(message: Message) -> None:
    from datetime import UTC, datetime

    stationery, recipient = Stationery(mailbox("a@example.org"), "l.example.org"), mailbox("b@example.org")
    raw = compose(message, stationery, recipient, datetime(2025, 11, 14, tzinfo=UTC)).as_bytes()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    letter = message_from_bytes(raw, policy=default)
    assert letter["Bcc"] is None
    assert letter["To"] == "b@example.org"
    plain = letter.get_body(("plain",))  # type: ignore[attr-defined]
    assert LINK in plain.get_content()


@hostile
@given(message=MESSAGES)
def test_mqtt(message: Message) -> None:
    for publication in publications(message, "advisoryd"):
        assert not set(publication.topic) & set("+#\x00\n")
        assert publication.topic.count("/") <= 3
        json.loads(publication.payload)


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
@hostile
@given(message=MESSAGES)
def test_apprise(spec: Any, tmp_path: Path, message: Message) -> None:
    from unittest.mock import patch

    import requests

    said: list[dict[str, Any]] = []

    class Answer:
        status_code, content, headers = 200, b"{}", {}

    def recorded(*_: object, data: str, **__: object) -> Answer:
        said.append(json.loads(data))
        return Answer()

    channel = build_channel(spec("apprise", url="mmost://localhost/3ccdd113474722377935511fc85d3dd4"), None, tmp_path)
    with patch.object(requests, "post", recorded):
        assert channel.send(message) == Sent()
    assert len(said) == 1
    assert len(said[0]["text"]) <= 4_000
    assert LINK in said[0]["text"]
    assert not HARMFUL.search(said[0]["text"])
    assert not re.search(r"@(everyone|here|channel|all)\b|<[!@#]", said[0]["text"])
