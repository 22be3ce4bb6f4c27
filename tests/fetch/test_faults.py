"""Every way in which an answer can go wrong has its name, one sentence, and costs the server one request."""

from __future__ import annotations

import gzip
import re

import pytest

from advisoryd.fetch.client import Client
from advisoryd.model.outcome import FetchFailed, FetchOutcome, Trouble, Validators
from advisoryd.model.reading import Request

from .asking import HTTP, IMPATIENT, failed, fetch, fetched, with_client
from .server import (
    FaultServer,
    Reply,
    bomb,
    chunks_cut,
    drip,
    endless,
    ok,
    raw,
    redirect,
    reset,
    stall,
    stall_in_body,
    status,
    truncated,
)

STATUSES = {
    202: Trouble.STATUS,
    206: Trouble.STATUS,
    300: Trouble.STATUS,
    400: Trouble.STATUS,
    401: Trouble.FORBIDDEN,
    403: Trouble.FORBIDDEN,
    404: Trouble.NOT_FOUND,
    410: Trouble.GONE,
    418: Trouble.STATUS,
    429: Trouble.THROTTLED,
    451: Trouble.FORBIDDEN,
    500: Trouble.SERVER,
    502: Trouble.SERVER,
    503: Trouble.SERVER,
}


@pytest.mark.parametrize("code", STATUSES)
def test_every_status_has_its_name(server: FaultServer, code: int) -> None:
    outcome = failed(server.on("/x", status(code, "Retry-After: 120", 'ETag: "1"')))
    assert (outcome.trouble, outcome.status, outcome.retry_after) == (STATUSES[code], code, 120.0)


def test_304_to_a_request_without_conditions_is_a_failure(server: FaultServer) -> None:
    outcome = failed(server.on("/feed", raw(b"HTTP/1.1 304 Not Modified\r\n\r\n")))
    assert outcome.trouble is Trouble.STATUS
    assert "without conditions" in outcome.detail


FAULTS: dict[str, tuple[Reply, Trouble]] = {
    "silence": (stall(), Trouble.TIMEOUT),
    "silence in the body": (stall_in_body, Trouble.TIMEOUT),
    "a slow drip": (drip, Trouble.TIMEOUT),
    "a reset": (reset, Trouble.UNREACHABLE),
    "nothing": (raw(b""), Trouble.UNREACHABLE),
    "half a body": (truncated, Trouble.TRUNCATED),
    "half of the chunks": (chunks_cut, Trouble.TRUNCATED),
    "a body without end": (endless, Trouble.TOO_LARGE),
    "a body too long": (raw(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 100_001), Trouble.TOO_LARGE),
    "a head without end": (raw(b"HTTP/1.1 200 OK\r\n" + b"X-Filler: %s\r\n" % (b"y" * 1000) * 80), Trouble.TOO_LARGE),
    "a gzip bomb": (bomb(50_000_000), Trouble.TOO_LARGE),
    "no HTTP": (raw(b"220 mail.example.org ESMTP\r\n"), Trouble.GARBLED),
    "half a head": (raw(b"HTTP/1.1 200 OK\r\nContent-Ty"), Trouble.TRUNCATED),
    "two lengths": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"), Trouble.GARBLED),
    "no body": (ok(b"", 'ETag: "empty"'), Trouble.EMPTY),
    "blanks": (ok(b" \r\n \t"), Trouble.EMPTY),
    "no content": (raw(b"HTTP/1.1 204 No Content\r\n\r\n"), Trouble.EMPTY),
    "a coding not asked for": (ok(b"\x0b\x02\x80", "Content-Encoding: br"), Trouble.GARBLED),
    "no gzip after all": (ok(b"<rss/>", "Content-Encoding: gzip"), Trouble.GARBLED),
    "gzip that nobody announced": (ok(gzip.compress(b"<rss/>")), Trouble.GARBLED),
    "a web page": (ok(b"<html><p>We are sorry"), Trouble.WRONG_TYPE),
    "a challenge": (ok(b"<html><title>Just a moment...</title>"), Trouble.CHALLENGE),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_name(server: FaultServer, fault: str) -> None:
    reply, trouble = FAULTS[fault]
    http = IMPATIENT if trouble is Trouble.TIMEOUT else HTTP
    outcome = failed(Request(server.on("/feed", reply), "xml"), http)
    assert outcome.trouble is trouble
    assert len(server.seen) == 1
    assert re.fullmatch(r"[A-Z0-9].*[^.]\.", outcome.detail)


def test_half_a_head_is_not_believed_even_when_it_says_304(server: FaultServer) -> None:
    url = server.on("/feed", raw(b'HTTP/1.1 304 Not Modified\r\nETag: "x'))
    assert failed(url, validators=Validators('"x"')).trouble is Trouble.TRUNCATED


@pytest.mark.parametrize("cut", [10, 50, -8, -1])
def test_a_compressed_body_that_breaks_off_is_truncated_though_its_length_is_right(
    server: FaultServer, cut: int
) -> None:
    packed = gzip.compress(bytes(range(256)) * 40)
    url = server.on("/feed", ok(packed[:cut], "Content-Encoding: gzip"))
    assert failed(url).trouble is Trouble.TRUNCATED


def test_compression_is_no_fault_as_long_as_the_body_is_within_the_limit(server: FaultServer) -> None:
    assert len(fetched(server.on("/feed", bomb(150_000))).body) == 150_005


def test_an_error_keeps_its_name_though_its_page_breaks_off(server: FaultServer) -> None:
    wire = b"HTTP/1.1 503 X\r\nRetry-After: 60\r\nContent-Length: 1000\r\n\r\nhalf"
    outcome = failed(server.on("/feed", raw(wire)))
    assert (outcome.trouble, outcome.status, outcome.retry_after) == (Trouble.SERVER, 503, 60.0)


def test_a_stalled_server_sees_one_request_even_when_it_drops_a_kept_connection(server: FaultServer) -> None:
    url = server.on("/feed", ok(), stall(0.05))

    async def twice(client: Client) -> FetchOutcome:
        await client.fetch(Request(url))
        return await client.fetch(Request(url))

    outcome = with_client(twice)
    assert isinstance(outcome, FetchFailed)
    assert outcome.trouble is Trouble.UNREACHABLE
    assert "closed the connection without an answer" in outcome.detail
    assert [seen.connection for seen in server.seen] == [1, 1]


def test_nobody_listening_is_unreachable() -> None:
    outcome = failed("http://127.0.0.1:1/")
    assert (outcome.trouble, outcome.status) == (Trouble.UNREACHABLE, 0)


def test_an_unknown_name_is_unreachable() -> None:
    outcome = failed("http://nowhere.invalid/")
    assert outcome.trouble is Trouble.UNREACHABLE
    assert outcome.detail == "The name nowhere.invalid could not be resolved."


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "gopher://x/", "x", "http://", "", "http:///x"]
)
def test_only_http_and_https_are_asked(url: str) -> None:
    outcome = fetch(url)
    assert isinstance(outcome, FetchFailed)
    assert (outcome.url, outcome.trouble) == (url, Trouble.UNREACHABLE)


INSTEAD = {
    ("json", b"<html><title>Wartung</title></html>"): "A web page came where JSON was due: “Wartung”.",
    ("json", b"Please slow down."): "Plain text came where JSON was due: “Please slow down.”.",
    ("json", b"<rss/>"): "XML came where JSON was due.",
    ("xml", b"  <!DOCTYPE html><p>sorry"): "A web page came where XML was due.",
    ("html", b"{}"): "JSON came where a web page was due.",
}


@pytest.mark.parametrize(("expect", "body"), INSTEAD)
def test_what_came_instead_is_told_by_its_bytes_whatever_its_type_says(
    server: FaultServer, expect: str, body: bytes
) -> None:
    lie = {"json": "application/json", "xml": "application/xml", "html": "text/html"}[expect]
    outcome = failed(Request(server.on("/feed", ok(body, f"Content-Type: {lie}")), expect))
    assert (outcome.trouble, outcome.detail) == (Trouble.WRONG_TYPE, INSTEAD[expect, body])


def test_a_challenge_is_recognised_behind_any_status_and_by_the_head_alone(server: FaultServer) -> None:
    page = b"<html><head><title>Just a moment...</title></head><body></body></html>"
    behind_403 = failed(server.on("/a", status(403, "Retry-After: 30", body=page)))
    behind_503 = failed(server.on("/b", status(503, body=page)))
    by_its_head = failed(server.on("/c", status(403, "cf-mitigated: challenge", body=b"")))
    assert {outcome.trouble for outcome in (behind_403, behind_503, by_its_head)} == {Trouble.CHALLENGE}
    assert behind_403.retry_after == 30.0


def test_a_page_of_another_name_at_the_end_of_a_redirect_is_no_document(server: FaultServer) -> None:
    server.on("/login", ok(b"<html><title>Portal</title><form></form></html>"))
    server.on("/error.htm", ok(b"<html><p>The page you requested is not available.</p></html>"))
    to_login = failed(Request(server.on("/a", redirect("/login")), "html"))
    to_error = failed(Request(server.on("/b", redirect("/error.htm")), "html"))
    assert (to_login.trouble, to_error.trouble) == (Trouble.CHALLENGE, Trouble.NOT_FOUND)
