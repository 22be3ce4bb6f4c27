"""PagerDuty and Opsgenie: one incident per story, against servers that answer as they do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisoryd.channels import build_channel, channel_problems
from advisoryd.channels.incident import action_for, story_key
from advisoryd.model.message import Message, Post, Priority
from advisoryd.model.outcome import Refused, Sent, TryAgain, Uncertain

Tell = Callable[..., Message]


def events_api(request: Any) -> tuple[int, dict[str, str], object]:
    """PagerDuty's Events API v2: it names what is invalid."""
    fields = request.json
    wrong = []
    if len(fields["routing_key"]) != 32:
        wrong.append("'routing_key' is invalid")
    if fields["event_action"] == "trigger" and not 0 < len(fields["payload"]["summary"]) <= 1_024:
        wrong.append("'payload.summary' is missing or too long")
    if wrong:
        return 400, {}, {"status": "invalid event", "message": "Event object is invalid", "errors": wrong}
    return 202, {}, {"status": "success", "message": "Event processed", "dedup_key": fields["dedup_key"]}


@pytest.fixture
def pagerduty(sink: Any, spec: Any, post: Post, tmp_path: Path) -> Callable[..., Any]:
    sink.replies = events_api

    def channel(key: str = "R" * 32, **options: Any) -> Any:
        configured = spec("pagerduty", secrets={"routing_key": key}, server=sink.url, **options)
        return build_channel(configured, post, tmp_path)

    return channel


@pytest.fixture
def opsgenie(sink: Any, spec: Any, post: Post, tmp_path: Path) -> Callable[..., Any]:
    sink.answer(202, {"result": "Request will be processed", "requestId": "43a29c5c"})

    def channel(**options: Any) -> Any:
        configured = spec("opsgenie", secrets={"api_key": "eb243592"}, server=sink.url, **options)
        return build_channel(configured, post, tmp_path)

    return channel


@pytest.mark.parametrize(
    ("changes", "acknowledge", "action"),
    [
        ({}, True, "trigger"),
        ({"opens_story": False}, True, "trigger"),
        ({"opens_story": False, "priority": Priority.LOW}, True, "acknowledge"),
        ({"opens_story": False, "priority": Priority.LOW}, False, "trigger"),
        ({"opens_story": True, "priority": Priority.LOW}, True, "trigger"),
        ({"opens_story": False, "ends_story": True}, False, "resolve"),
    ],
)
def test_what_a_message_does_to_its_incident(
    tell: Tell, changes: dict[str, Any], acknowledge: bool, action: str
) -> None:
    assert action_for(tell(**changes), acknowledge) == action


def test_the_incident_is_the_story_or_else_the_message(tell: Tell) -> None:
    assert story_key(tell()) == "cn-jp-2025-11"
    assert story_key(tell(story="", key="k")) == "k"
    assert len(story_key(tell(story="s" * 300))) == 40
    assert story_key(tell(story="s" * 300)) != story_key(tell(story="s" * 299))


def test_pagerduty_opens_an_incident(pagerduty: Any, sink: Any, tell: Tell) -> None:
    assert pagerduty().send(tell(priority=Priority.URGENT)) == Sent("cn-jp-2025-11")
    assert sink.last.path == "/v2/enqueue"
    assert sink.last.json["event_action"] == "trigger"
    assert sink.last.json["links"] == [{"href": "https://www.mfa.gov.cn/notice/1", "text": "Official page"}]
    payload = sink.last.json["payload"]
    assert (payload["summary"], payload["source"]) == ("China raises its advice on Japan", "CN/JP")
    assert payload["custom_details"]["event"]["kind"] == "raised"


@pytest.mark.parametrize(
    ("priority", "severity"), list(zip(Priority, ("info", "info", "warning", "error", "critical"), strict=True))
)
def test_pagerduty_severities(pagerduty: Any, sink: Any, tell: Tell, priority: Priority, severity: str) -> None:
    pagerduty().send(tell(priority=priority))
    assert sink.last.json["payload"]["severity"] == severity


def test_pagerduty_resolves_when_the_story_ends(pagerduty: Any, sink: Any, tell: Tell) -> None:
    assert pagerduty().send(tell(ends_story=True, opens_story=False)) == Sent("cn-jp-2025-11")
    assert sink.last.json == {"routing_key": "R" * 32, "event_action": "resolve", "dedup_key": "cn-jp-2025-11"}


def test_pagerduty_summaries_are_kept_short(pagerduty: Any, tell: Tell) -> None:
    assert isinstance(pagerduty().send(tell(title="word " * 1_000)), Sent)
    assert isinstance(pagerduty().send(tell(title="", body="word " * 1_000)), Sent)


def test_pagerduty_says_what_is_invalid_without_the_key(pagerduty: Any, tell: Tell) -> None:
    outcome = pagerduty(key="short-key").send(tell())
    assert outcome == Refused("PagerDuty answered 400 Bad Request: [\"'routing_key' is invalid\"]")


def test_opsgenie_opens_an_alert(opsgenie: Any, sink: Any, tell: Tell) -> None:
    assert opsgenie().send(tell(priority=Priority.URGENT)) == Sent("cn-jp-2025-11")
    assert sink.last.path == "/v2/alerts"
    assert sink.last.headers["authorization"] == "GenieKey eb243592"
    alert = sink.last.json
    assert (alert["alias"], alert["priority"], alert["entity"]) == ("cn-jp-2025-11", "P1", "CN/JP")
    assert "note" not in alert


def test_opsgenie_leaves_later_texts_as_notes(opsgenie: Any, sink: Any, tell: Tell) -> None:
    opsgenie().send(tell(opens_story=False, body="Now in force for longer"))
    assert sink.last.json["note"] == "Now in force for longer"


def test_opsgenie_closes_when_the_story_ends(opsgenie: Any, sink: Any, tell: Tell) -> None:
    opsgenie().send(tell(ends_story=True, story="cn/jp 1", body="Lifted"))
    assert sink.last.path == "/v2/alerts/cn%2Fjp%201/close?identifierType=alias"
    assert sink.last.json == {"source": "advisoryd", "note": "Lifted"}


def test_opsgenie_acknowledges_calm_updates_on_request(opsgenie: Any, sink: Any, tell: Tell) -> None:
    opsgenie(acknowledge_updates=True).send(tell(opens_story=False, priority=Priority.LOW))
    assert sink.last.path == "/v2/alerts/cn-jp-2025-11/acknowledge?identifierType=alias"


def test_opsgenie_keeps_to_its_limits(opsgenie: Any, sink: Any, tell: Tell) -> None:
    opsgenie().send(tell(title="word " * 100, body="word " * 5_000, tags=("t" * 80,) * 30))
    alert = sink.last.json
    assert len(alert["message"]) <= 130
    assert len(alert["description"]) <= 15_000
    assert len(alert["tags"]) == 20
    assert len(alert["tags"][0]) == 50


@pytest.mark.parametrize("kind", ["pagerduty", "opsgenie"])
def test_throttling_failures_and_silence(request: Any, sink: Any, tell: Tell, kind: str) -> None:
    channel = request.getfixturevalue(kind)()
    sink.answer(429, {"message": "throttled"}, Retry_After="7")
    assert channel.send(tell()).after == 7
    sink.answer(503)
    assert isinstance(channel.send(tell()), TryAgain)
    sink.answer(401, {"message": "Could not authenticate"})
    assert isinstance(channel.send(tell()), Refused)
    sink.hang_up()
    assert isinstance(channel.send(tell()), Uncertain)


@pytest.mark.parametrize(("kind", "secret"), [("pagerduty", "routing_key"), ("opsgenie", "api_key")])
def test_what_is_wrong_is_told(spec: Any, kind: str, secret: str) -> None:
    assert channel_problems(spec(kind, acknowledge_updates="yes")) == [
        f"'{secret}' or '{secret}_file' is missing.",
        "Option 'acknowledge_updates' must be true or false.",
    ]
