"""Slack, against a server that answers as Slack's Web API and incoming webhooks do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisoryd.channels import build_channel, channel_problems
from advisoryd.model.message import Message, Post, Priority
from advisoryd.model.outcome import Refused, Sent, TryAgain, Uncertain

Tell = Callable[..., Message]
TOKEN = "xoxb-1234-abcd"


def web_api(request: Any) -> tuple[int, dict[str, str], object]:
    """The part of Slack that matters here: 200 for everything, the truth in ``ok`` and ``error``."""
    fields = request.json
    if request.headers.get("authorization") != f"Bearer {TOKEN}":
        return 200, {}, {"ok": False, "error": "not_authed"}
    if fields["channel"] != "C01":
        return 200, {}, {"ok": False, "error": "channel_not_found"}
    if len(fields["text"]) > 4_000:
        return 200, {}, {"ok": False, "error": "msg_too_long"}
    if fields.get("thread_ts") == "deleted":
        return 200, {}, {"ok": False, "error": "thread_not_found"}
    return 200, {}, {"ok": True, "channel": "C01", "ts": "1731600000.000100"}


@pytest.fixture
def make(sink: Any, spec: Any, post: Post, tmp_path: Path) -> Callable[..., Any]:
    sink.replies = web_api

    def channel(token: str = TOKEN, **options: Any) -> Any:
        fields = {"server": sink.url, "channel": "C01"} | options
        return build_channel(spec("slack", secrets={"token": token}, **fields), post, tmp_path)

    return channel


@pytest.fixture
def hook(sink: Any, spec: Any, post: Post, tmp_path: Path) -> Any:
    sink.answer(200, b"ok")
    return build_channel(spec("slack", url=f"{sink.url}/services/T01/B01/XYZxyz"), post, tmp_path)


def test_a_message_gives_back_its_time_stamp(make: Any, sink: Any, tell: Tell) -> None:
    assert make().send(tell()) == Sent("1731600000.000100")
    assert sink.last.path == "/api/chat.postMessage"
    assert sink.last.json["text"].startswith("*China raises its advice on Japan*\nAvoid travelling")
    assert "thread_ts" not in sink.last.json


@pytest.mark.parametrize(("priority", "shown"), [(Priority.NORMAL, False), (Priority.HIGH, True)])
def test_a_later_message_answers_the_first_and_shows_in_the_channel_when_it_matters(
    make: Any, sink: Any, tell: Tell, priority: Priority, shown: bool
) -> None:
    make().send(tell(reply_to="1731600000.000100", priority=priority))
    assert sink.last.json["thread_ts"] == "1731600000.000100"
    assert sink.last.json["reply_broadcast"] is shown


def test_a_thread_that_is_gone_does_not_cost_the_message(make: Any, sink: Any, tell: Tell) -> None:
    assert make().send(tell(reply_to="deleted")) == Sent("1731600000.000100")
    assert len(sink.requests) == 2


def test_a_wrong_token_is_refused(make: Any, tell: Tell) -> None:
    assert make(token="xoxb-wrong").send(tell()) == Refused("Slack answered 200 OK: not_authed")


def test_a_wrong_channel_is_refused(make: Any, tell: Tell) -> None:
    assert make(channel="C99").send(tell()) == Refused("Slack answered 200 OK: channel_not_found")


def test_a_long_message_is_cut_before_slack_would_refuse_it(make: Any, sink: Any, tell: Tell) -> None:
    assert isinstance(make().send(tell(body=f"{'word ' * 2_000}\nhttps://www.mfa.gov.cn/notice/1")), Sent)
    assert sink.last.json["text"].endswith("https://www.mfa.gov.cn/notice/1")


def test_a_throttled_message_waits_as_long_as_asked(make: Any, sink: Any, tell: Tell) -> None:
    sink.answer(429, {"ok": False, "error": "ratelimited"}, Retry_After="30")
    assert make().send(tell()) == TryAgain("Slack answered 429 Too Many Requests", 30.0)


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "service_unavailable"])
def test_what_passes_is_tried_again(make: Any, sink: Any, tell: Tell, error: str) -> None:
    sink.answer(200, {"ok": False, "error": error}, Retry_After="5")
    assert make().send(tell()) == TryAgain(f"Slack answered 200 OK: {error}", 5.0)


def test_an_answer_without_sense_is_tried_again(make: Any, sink: Any, tell: Tell) -> None:
    sink.answer(200, b"<html>maintenance</html>")
    assert isinstance(make().send(tell()), TryAgain)


def test_silence_after_sending_is_uncertain(make: Any, sink: Any, tell: Tell) -> None:
    sink.hang_up()
    assert isinstance(make().send(tell()), Uncertain)


@pytest.mark.parametrize(
    "hostile", ["<!channel>", "<!here|here>", "<@U01>", "<#C01>", "<https://a.example|<!channel>>"]
)
def test_nothing_in_a_message_wakes_the_channel(make: Any, sink: Any, tell: Tell, hostile: str) -> None:
    make().send(tell(title=hostile, body=hostile))
    assert "<!" not in sink.last.json["text"]
    assert "<@" not in sink.last.json["text"]
    assert "<#" not in sink.last.json["text"]


def test_links_of_the_form_stay_links(make: Any, sink: Any, tell: Tell) -> None:
    make().send(tell(body="See <https://a.example/?a=1&amp;b=2|the notice> or <mailto:ops@a.example>"))
    assert "<https://a.example/?a=1&amp;b=2|the notice> or <mailto:ops@a.example>" in sink.last.json["text"]


def test_an_incoming_webhook_has_no_reference_and_no_thread(hook: Any, sink: Any, tell: Tell) -> None:
    assert hook.send(tell(reply_to="1731600000.000100")) == Sent("")
    assert sink.last.path == "/services/T01/B01/XYZxyz"
    assert set(sink.last.json) == {"text", "unfurl_links"}


@pytest.mark.parametrize(
    ("status", "said"), [(404, b"no_service"), (403, b"action_prohibited"), (400, b"invalid_payload")]
)
def test_a_webhook_that_is_gone_is_refused(hook: Any, sink: Any, tell: Tell, status: int, said: bytes) -> None:
    sink.answer(status, said)
    outcome = hook.send(tell())
    assert isinstance(outcome, Refused)
    assert said.decode() in outcome.reason


def test_a_webhooks_address_is_not_shown_in_a_reason(
    spec: Any, post: Post, tmp_path: Path, tell: Tell, closed_port: int
) -> None:
    url = f"http://127.0.0.1:{closed_port}/services/T01TEAM/B01HOOK/XYZxyz"
    outcome = build_channel(spec("slack", url=url), post, tmp_path).send(tell())
    assert isinstance(outcome, TryAgain)
    assert not any(part in outcome.reason for part in ("T01TEAM", "B01HOOK", "XYZxyz"))


@pytest.mark.parametrize(
    ("url", "options"),
    [
        (None, {}),
        (None, {"token": "xoxb"}),
        (None, {"channel": "C01"}),
        ("https://hooks.slack.com/x", {"token": "xoxb", "channel": "C01"}),
        ("https://hooks.slack.com/x", {"channel": "C01"}),
    ],
)
def test_half_a_configuration_is_told(spec: Any, url: str | None, options: dict[str, str]) -> None:
    assert channel_problems(spec("slack", url=url, **options)) == [
        "Give either 'token' and 'channel', or the 'url' of an incoming webhook."
    ]
