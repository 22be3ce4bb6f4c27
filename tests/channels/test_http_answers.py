"""What an HTTP answer means for a message."""

from __future__ import annotations

import pytest

from advisoryd.channels.answer import Answer, Service, retry_after
from advisoryd.model.message import Post, PostFailed
from advisoryd.model.outcome import Refused, Sent, TryAgain, Uncertain


def service(post: Post | None = None) -> Service:
    def nobody(*_: object) -> tuple[int, dict[str, str], bytes]:
        raise AssertionError("no request expected")

    return Service("Chat", post or nobody, 5.0)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_success_is_sent(status: int) -> None:
    assert service().verdict(Answer(status, {}, b""), reference=7) == Sent("7")


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 599])
def test_what_passes_is_tried_again(status: int) -> None:
    outcome = service().verdict(Answer(status, {"retry-after": "120"}, b""))
    assert isinstance(outcome, TryAgain)
    assert outcome.after == 120


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 422])
def test_what_stays_is_refused(status: int) -> None:
    assert isinstance(service().verdict(Answer(status, {}, b"")), Refused)


def test_a_reason_names_service_status_and_words() -> None:
    outcome = service().verdict(Answer(404, {}, b""), "no such\nchannel")
    assert outcome == Refused("Chat answered 404 Not Found: no such channel")


def test_a_redirect_is_refused_with_advice() -> None:
    outcome = service().verdict(Answer(302, {"location": "https://elsewhere.example"}, b""))
    assert isinstance(outcome, Refused)
    assert "redirects are not followed" in outcome.reason


def test_the_services_own_words_are_shortened_and_freed_of_secrets() -> None:
    outcome = service().verdict(Answer(400, {}, b""), f"bad token s3cret {'x ' * 400}", ("s3cret",))
    assert isinstance(outcome, Refused)
    assert "s3cret" not in outcome.reason
    assert len(outcome.reason) < 260


@pytest.mark.parametrize(("sent", "kind"), [(True, Uncertain), (False, TryAgain)])
def test_silence_is_uncertain_only_after_sending(sent: bool, kind: type) -> None:
    def failing(*_: object) -> tuple[int, dict[str, str], bytes]:
        raise PostFailed("connection to https://h.example/s3cret broke", sent)

    outcome = service(failing).ask("https://h.example/s3cret", b"", {}, ("s3cret",))
    assert isinstance(outcome, kind)
    assert "s3cret" not in str(outcome)


def test_headers_leave_on_one_line_and_in_ascii() -> None:
    seen: dict[str, str] = {}

    def recording(
        _url: str, _body: bytes, headers: dict[str, str], _timeout: float
    ) -> tuple[int, dict[str, str], bytes]:
        seen.update(headers)
        return 200, {}, b""

    service(recording).ask("https://h.example", b"", {"X": "a\r\nEvil: b", "Y": "é"})
    assert seen == {"X": "a Evil: b", "Y": "?"}


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"retry-after": "30"}, 30),
        ({"retry-after": "999999999"}, 86_400),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "²"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Fri, 14 Nov 2025 10:01:00 GMT", "date": "Fri, 14 Nov 2025 10:00:00 GMT"}, 60),
        ({"retry-after": "Fri, 14 Nov 2025 09:00:00 GMT", "date": "Fri, 14 Nov 2025 10:00:00 GMT"}, 0),
        ({"retry-after": "Fri, 14 Nov 2025 10:01:00 GMT"}, None),
        ({"retry-after": "Fri, 14 Nov 2025 10:01:00 -0000", "date": "Fri, 14 Nov 2025 10:00:00 GMT"}, None),
    ],
)
def test_the_wait_that_a_server_asks_for(headers: dict[str, str], wait: float | None) -> None:
    assert retry_after(headers) == wait


@pytest.mark.parametrize("body", [b"", b"ok", b"[1]", b'{"a":', b"\xff"])
def test_an_answer_that_is_no_json_object_has_no_fields(body: bytes) -> None:
    assert Answer(200, {}, body).fields == {}
