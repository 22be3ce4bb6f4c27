"""Webhooks: CloudEvents in both modes, signatures that a receiver can check, outcomes by status."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from advisoryd.channels import allows_private, build_channel, channel_problems
from advisoryd.channels.answer import Service
from advisoryd.channels.cloudevents import attributes, header_fields
from advisoryd.channels.payload import events_of, identity, severity_of, subject_of
from advisoryd.channels.webhook import Webhook, signature_headers, signing_key
from advisoryd.model.message import Message, Post
from advisoryd.model.outcome import Refused, Sent, TryAgain, Uncertain

Tell = Callable[..., Message]
SECRET = f"whsec_{b64encode(bytes(range(32))).decode()}"
OLD_SECRET = f"whsec_{b64encode(bytes(range(32, 64))).decode()}"


@pytest.fixture
def make(sink: Any, spec: Any, post: Post, tmp_path: Path) -> Callable[..., Any]:
    def channel(secrets: Mapping[str, str] = {}, **options: Any) -> Any:
        return build_channel(spec("webhook", url=f"{sink.url}/hooks/T0KEN", secrets=secrets, **options), post, tmp_path)

    return channel


def verifies(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """A receiver's check, written from the scheme's specification."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = b64decode(secret.removeprefix("whsec_"))
    mine = b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{mine}" in headers["webhook-signature"].split(" ")


def test_the_structured_mode_holds_all_in_one_object(make: Any, sink: Any, tell: Tell) -> None:
    assert make(source="https://alerts.example.org").send(tell()) == Sent()
    assert sink.last.path == "/hooks/T0KEN"
    assert sink.last.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    event = sink.last.json
    assert {name: event[name] for name in event if name != "data"} == {
        "specversion": "1.0",
        "id": "5d0a1f77c2b94a10e3f1",
        "source": "https://alerts.example.org",
        "type": "advisoryd.advisory.raised.v1",
        "subject": "CN/JP",
        "time": "2025-11-14T14:12:00Z",
        "storyid": "cn-jp-2025-11",
        "severity": "extreme",
        "datacontenttype": "application/json",
    }
    assert event["data"]["levels"]["after"] == 3
    assert event["data"]["message"]["title"] == "China raises its advice on Japan"


def test_the_binary_mode_holds_the_attributes_in_headers(make: Any, sink: Any, tell: Tell) -> None:
    make(mode="binary").send(tell(story='story "é" 100%'))
    assert sink.last.headers["content-type"] == "application/json"
    assert sink.last.headers["ce-type"] == "advisoryd.advisory.raised.v1"
    assert sink.last.headers["ce-subject"] == "CN/JP"
    assert sink.last.headers["ce-storyid"] == "story%20%22%C3%A9%22%20100%25"
    assert sink.last.json["kind"] == "raised"


def test_both_modes_say_the_same(make: Any, sink: Any, tell: Tell) -> None:
    make(mode="structured").send(tell())
    make(mode="binary").send(tell())
    structured, binary = sink.requests
    told = {name.removeprefix("ce-"): unquote(text) for name, text in binary.headers.items() if name.startswith("ce-")}
    told |= {"datacontenttype": binary.headers["content-type"]}
    assert {name: value for name, value in structured.json.items() if name != "data"} == told
    assert structured.json["data"] == binary.json


def test_a_message_that_comes_twice_has_the_same_id(make: Any, sink: Any, tell: Tell) -> None:
    channel = make()
    channel.send(tell())
    channel.send(tell())
    first, second = sink.requests
    assert first.json["id"] == second.json["id"]
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


def test_attribute_names_are_those_that_cloudevents_allows(tell: Tell) -> None:
    assert all(name.isascii() and name.isalnum() and name == name.lower() for name in attributes(tell(), "/a"))


def test_headers_of_the_binary_mode_are_printable_ascii(tell: Tell) -> None:
    fields = header_fields(attributes(tell(story="a\r\nb\x00 日本"), "/a"))
    assert all(value.isascii() and value.isprintable() and " " not in value for value in fields.values())


def test_a_bundle_and_a_message_without_event_have_types_of_their_own(tell: Tell) -> None:
    bundle = tell(data={"events": [{"kind": "raised", "levels": {"after": 2}}, {"kind": "lifted"}]})
    assert attributes(bundle, "/a")["type"] == "advisoryd.advisory.bundle.v1"
    assert attributes(bundle, "/a")["severity"] == "moderate"
    notice = attributes(tell(data={}, key="k"), "/a")
    assert (notice["type"], notice["id"], notice["severity"]) == ("advisoryd.advisory.notice.v1", "k", "unknown")
    assert "subject" not in notice


def test_a_test_is_not_taken_for_an_event(tell: Tell) -> None:
    assert attributes(tell(data={"kind": "raised", "test": True}), "/a")["type"] == "advisoryd.test.v1"


@pytest.mark.parametrize(
    ("levels", "severity"),
    [
        ({}, "unknown"),
        ({"after": None, "highest_after": None}, "unknown"),
        ({"after": 1}, "minor"),
        ({"after": 2, "highest_after": None}, "moderate"),
        ({"after": 1, "highest_after": 3}, "severe"),
        ({"after": 4}, "extreme"),
        ({"after": 9}, "unknown"),
        ({"after": "4"}, "unknown"),
    ],
)
def test_the_severity_is_that_of_the_strictest_level_in_force(levels: dict[str, object], severity: str) -> None:
    assert severity_of({"kind": "raised", "levels": levels}) == severity


def test_what_is_no_event_is_not_taken_for_one() -> None:
    assert events_of({"events": "none"}) == []
    assert events_of({"events": ["x", {"kind": "raised"}]}) == [{"kind": "raised"}]
    assert subject_of({"issuer": 7, "destination": {"id": "JP"}}) == "JP"
    assert subject_of({"issuer": {"id": None}}) == ""


def test_a_bundle_that_has_grown_is_another_message(tell: Tell) -> None:
    one, two, three = ({"kind": "raised", "id": name} for name in "abc")
    small, large = tell(data={"events": [one, two]}), tell(data={"events": [one, two, three]})
    assert len({identity(small), identity(large), identity(tell())}) == 3
    assert identity(tell()) == tell().key


def test_a_signature_can_be_checked_by_the_receiver(make: Any, sink: Any, tell: Tell) -> None:
    make(secrets={"secret": SECRET}).send(tell())
    assert verifies(SECRET, sink.last.headers, sink.last.body)
    assert not verifies(SECRET, sink.last.headers, sink.last.body + b" ")
    assert not verifies(OLD_SECRET, sink.last.headers, sink.last.body)


def test_while_secrets_change_both_signatures_are_sent(make: Any, sink: Any, tell: Tell) -> None:
    make(secrets={"secret": SECRET, "previous_secret": OLD_SECRET}).send(tell())
    assert verifies(SECRET, sink.last.headers, sink.last.body)
    assert verifies(OLD_SECRET, sink.last.headers, sink.last.body)


def test_the_scheme_s_own_example_verifies() -> None:
    body = b'{"test": 2432232314}'
    headers = signature_headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_time_in_the_signature_is_that_of_sending(
    spec: Any, tell: Tell, sink: Any, post: Post, tmp_path: Path
) -> None:
    built = build_channel(spec("webhook", url=sink.url), post, tmp_path)
    assert isinstance(built, Webhook)
    Webhook(built.settings, Service("The receiver", post, 5), lambda: 1_763_129_520.9).send(tell())
    assert sink.last.headers["webhook-timestamp"] == "1763129520"
    assert "webhook-signature" not in sink.last.headers


def test_a_key_may_be_any_long_text() -> None:
    assert signing_key("a plain text of some length") == b"a plain text of some length"
    assert signing_key("whsec_not base64!") == b""


def test_headers_of_ones_own_and_an_authorization_are_sent(make: Any, sink: Any, tell: Tell) -> None:
    make(headers={"X-Team": "travel"}, secrets={"authorization": "Bearer s3cret"}).send(tell())
    assert sink.last.headers["x-team"] == "travel"
    assert sink.last.headers["authorization"] == "Bearer s3cret"


def test_a_redirect_is_not_followed(make: Any, sink: Any, tell: Tell) -> None:
    sink.answer(307, Location=f"{sink.url}/elsewhere")
    assert isinstance(make().send(tell()), Refused)
    assert len(sink.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 410, 413])
def test_what_stays_wrong_is_refused(make: Any, sink: Any, tell: Tell, status: int) -> None:
    sink.answer(status, b"no")
    assert isinstance(make().send(tell()), Refused)


def test_what_passes_is_tried_again(make: Any, sink: Any, tell: Tell) -> None:
    sink.answer(503, b"busy", Retry_After="90")
    assert make().send(tell()) == TryAgain("The receiver answered 503 Service Unavailable: busy", 90.0)


def test_silence_after_sending_is_uncertain(make: Any, sink: Any, tell: Tell) -> None:
    sink.hang_up()
    outcome = make(secrets={"secret": SECRET}).send(tell())
    assert isinstance(outcome, Uncertain)
    assert "T0KEN" not in outcome.reason


def test_a_receiver_that_echoes_its_secrets_does_not_get_them_into_a_reason(make: Any, sink: Any, tell: Tell) -> None:
    sink.replies = lambda request: (400, {}, f"{request.path} {request.headers['authorization']}".encode())
    outcome = make(secrets={"authorization": "Bearer s3cret"}).send(tell())
    assert isinstance(outcome, Refused)
    assert "T0KEN" not in outcome.reason
    assert "s3cret" not in outcome.reason


def test_hostile_data_still_makes_valid_json(make: Any, sink: Any, tell: Tell) -> None:
    make().send(tell(data={"id": "i", "kind": "raised", "title": "\ud83d\x00\u202e"}, title="\udc00"))
    assert json.loads(sink.last.body)["data"]["title"] == "\ufffd\x00\u202e"


def test_private_receivers_are_for_the_wiring_to_allow(spec: Any) -> None:
    assert allows_private(spec("webhook", url="https://a.example", allow_private=True))
    assert not allows_private(spec("webhook", url="https://a.example"))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"mode": "batched"}, "Option 'mode' must be one of: structured, binary."),
        (
            {"headers": {"ce-id": "1"}},
            "Option 'headers' holds a name that is no header name, or one that advisoryd sets itself.",
        ),
        (
            {"headers": {"X Team": "1"}},
            "Option 'headers' holds a name that is no header name, or one that advisoryd sets itself.",
        ),
        ({"headers": {"X-Team": "é"}}, "Option 'headers' must hold plain ASCII values."),
        ({"previous_secret": SECRET}, "'previous_secret' is for changing over and needs 'secret' beside it."),
        ({"secret": "short"}, "The signing secret (configuration) must be at least 24 bytes long."),
        ({"secret": "whsec_!"}, "The signing secret (configuration) must be at least 24 bytes long."),
        ({"allow_private": "yes"}, "Option 'allow_private' must be true or false."),
        ({"timeout": 0}, "Option 'timeout' must be a number of seconds from 1 to 300."),
    ],
)
def test_what_is_wrong_is_told(spec: Any, options: dict[str, Any], sentence: str) -> None:
    assert channel_problems(spec("webhook", url="https://a.example/hook", **options)) == [sentence]
