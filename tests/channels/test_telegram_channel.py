"""Telegram, against a server that answers as the Bot API does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisoryd.channels import build_channel, channel_problems
from advisoryd.channels.text import utf16
from advisoryd.model.message import Form, Message, Post, Priority
from advisoryd.model.outcome import Refused, Sent, TryAgain, Uncertain

Tell = Callable[..., Message]
TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


def bot_api(request: Any) -> tuple[int, dict[str, str], object]:
    """The part of the Bot API that matters here: it parses markup strictly and counts UTF-16."""
    fields = request.json
    if request.path != f"/bot{TOKEN}/sendMessage":
        return 401, {}, {"ok": False, "error_code": 401, "description": "Unauthorized"}
    if utf16(fields["text"]) > 4_096:
        return 400, {}, {"ok": False, "error_code": 400, "description": "Bad Request: message is too long"}
    if fields.get("parse_mode") == "HTML" and fields["text"].count("<") != fields["text"].count(">"):
        said = "Bad Request: can't parse entities: Unsupported start tag"
        return 400, {}, {"ok": False, "error_code": 400, "description": said}
    return 200, {}, {"ok": True, "result": {"message_id": 42, "chat": {"id": -100}}}


@pytest.fixture
def make(sink: Any, spec: Any, post: Post, tmp_path: Path) -> Callable[..., Any]:
    sink.replies = bot_api

    def channel(**options: Any) -> Any:
        fields = {"server": sink.url, "chat": "-100"} | options
        return build_channel(spec("telegram", secrets={"token": TOKEN}, **fields), post, tmp_path)

    return channel


def test_a_message_goes_out_as_plain_text(make: Any, sink: Any, tell: Tell) -> None:
    assert make().send(tell(body="a < b & *c*")) == Sent("42")
    assert sink.last.json["text"] == "China raises its advice on Japan\n\na < b & *c*"
    assert "parse_mode" not in sink.last.json


def test_later_messages_of_a_story_answer_the_first_even_when_it_is_gone(make: Any, sink: Any, tell: Tell) -> None:
    make().send(tell(reply_to="41", opens_story=False))
    assert sink.last.json["reply_parameters"] == {"message_id": 41, "allow_sending_without_reply": True}


def test_a_reference_of_another_channel_is_ignored(make: Any, sink: Any, tell: Tell) -> None:
    make().send(tell(reply_to="<abc@example.org>"))
    assert "reply_parameters" not in sink.last.json


@pytest.mark.parametrize(("priority", "silent"), [(Priority.LOW, True), (Priority.NORMAL, False)])
def test_quiet_messages_make_no_sound(make: Any, sink: Any, tell: Tell, priority: Priority, silent: bool) -> None:
    make().send(tell(priority=priority))
    assert sink.last.json["disable_notification"] is silent


def test_a_forum_topic_is_kept_to(make: Any, sink: Any, tell: Tell) -> None:
    make(topic=7).send(tell())
    assert sink.last.json["message_thread_id"] == 7


def test_the_html_form_escapes_the_title(make: Any, sink: Any, tell: Tell) -> None:
    channel = make(form="html")
    assert channel.form is Form.HTML
    channel.send(tell(title="Raised <now> & here", body="<i>fine</i>"))
    assert sink.last.json["text"] == "<b>Raised &lt;now&gt; &amp; here</b>\n\n<i>fine</i>"
    assert sink.last.json["parse_mode"] == "HTML"


def test_refused_markup_goes_out_again_as_plain_text(make: Any, sink: Any, tell: Tell) -> None:
    link = "https://www.mfa.gov.cn/notice/1"
    assert make(form="html").send(tell(body=f'<b>Avoid</b> 3 < 4 <a href="{link}">page</a>')) == Sent("42")
    assert len(sink.requests) == 2
    assert "parse_mode" not in sink.last.json
    assert sink.last.json["text"].endswith(link)


def test_markup_that_is_too_long_is_not_cut_but_turned_into_plain_text(make: Any, sink: Any, tell: Tell) -> None:
    assert make(form="html").send(tell(body="<b>word</b> " * 1_000)) == Sent("42")
    assert "<b>" not in sink.last.json["text"]
    assert sink.last.json["text"].endswith("https://www.mfa.gov.cn/notice/1")


def test_the_limit_counts_utf16(make: Any, tell: Tell) -> None:
    assert make().send(tell(body="👍" * 4_000)) == Sent("42")


def test_a_throttled_message_waits_as_long_as_the_body_says(make: Any, sink: Any, tell: Tell) -> None:
    said = "Too Many Requests: retry after 35"
    sink.answer(429, {"ok": False, "error_code": 429, "description": said, "parameters": {"retry_after": 35}})
    assert make().send(tell()) == TryAgain(f"Telegram answered 429 Too Many Requests: {said}", 35.0)


def test_a_group_that_became_a_supergroup_says_its_new_number(make: Any, sink: Any, tell: Tell) -> None:
    said = "Bad Request: group chat was upgraded to a supergroup chat"
    sink.answer(400, {"ok": False, "description": said, "parameters": {"migrate_to_chat_id": -1009}})
    outcome = make().send(tell())
    assert isinstance(outcome, Refused)
    assert outcome.reason.endswith("set 'chat' to \"-1009\"")


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "Unauthorized"), (403, "Forbidden: bot was blocked by the user"), (400, "Bad Request: chat not found")],
)
def test_what_stays_wrong_is_refused(make: Any, sink: Any, tell: Tell, status: int, said: str) -> None:
    sink.answer(status, {"ok": False, "description": said})
    outcome = make().send(tell())
    assert isinstance(outcome, Refused)
    assert said in outcome.reason


def test_silence_after_sending_is_uncertain_and_keeps_the_token(make: Any, sink: Any, tell: Tell) -> None:
    sink.hang_up()
    outcome = make().send(tell())
    assert isinstance(outcome, Uncertain)
    assert "AAbbCC" not in outcome.reason


def test_an_answer_that_is_no_json_is_judged_by_its_status(make: Any, sink: Any, tell: Tell) -> None:
    sink.answer(502, b"<html>Bad gateway</html>")
    assert isinstance(make().send(tell()), TryAgain)


def test_what_is_wrong_is_told(spec: Any) -> None:
    assert channel_problems(spec("telegram", form="markdown")) == [
        "'token' or 'token_file' is missing.",
        "Option 'chat' is missing; it must be one line of text.",
        "Option 'form' must be one of: plain, html.",
    ]
