"""Posting from worker threads: one bounded, checked request, sent once."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from advisoryd.fetch.client import MAX_REPLY, Client
from advisoryd.model.message import Post, PostFailed

from .asking import HTTP, STRICT
from .server import FaultServer, Reply, drip, ok, raw, redirect, reset, stall, stall_in_body, status, truncated

POST: Post = Client(HTTP).post


def test_a_post_sends_the_body_and_brings_the_answer(server: FaultServer) -> None:
    url = server.on("/hook", ok(b'{"id": 7}', "X-Request-Id: abc"))
    code, headers, body = POST(url, b'{"text": "\x00"}', {"Content-Type": "application/json"})
    assert (code, headers["x-request-id"], body) == (200, "abc", b'{"id": 7}')
    seen = server.seen[0]
    assert (seen.method, seen.body, seen.headers["content-type"]) == ("POST", b'{"text": "\x00"}', "application/json")
    assert seen.headers["user-agent"].startswith("Mozilla/5.0 (compatible; advisoryd/")


@pytest.mark.parametrize("code", [204, 400, 429, 500])
def test_every_status_is_an_answer(server: FaultServer, code: int) -> None:
    assert POST(server.on("/hook", status(code)), b"", {})[0] == code


def test_no_redirect_is_followed(server: FaultServer) -> None:
    server.on("/elsewhere", ok())
    code, headers, _ = POST(server.on("/hook", redirect("/elsewhere", 307)), b"x", {})
    assert (code, headers["location"]) == (307, "/elsewhere")
    assert len(server.seen) == 1


def test_the_connection_is_kept_by_each_thread(server: FaultServer) -> None:
    url = server.on("/hook", ok())
    client = Client(HTTP)

    def twice() -> None:
        client.post(url, b"1", {})
        client.post(url, b"2", {})

    for _ in range(2):
        worker = threading.Thread(target=twice)
        worker.start()
        worker.join()
    assert [seen.connection for seen in server.seen] == [1, 1, 2, 2]
    assert [seen.body for seen in server.seen] == [b"1", b"2", b"1", b"2"]


def test_of_a_long_answer_the_beginning_is_read(server: FaultServer) -> None:
    code, _, body = POST(server.on("/hook", ok(b"x" * (3 * MAX_REPLY))), b"", {})
    assert (code, len(body)) == (200, MAX_REPLY)


def test_once_the_status_has_come_the_answer_counts(server: FaultServer) -> None:
    assert POST(server.on("/a", truncated), b"", {})[0] == 200
    assert POST(server.on("/b", stall_in_body), b"", {}, timeout=0.5)[0] == 200
    assert POST(server.on("/c", drip), b"", {}, timeout=0.5)[0] == 200


@pytest.mark.parametrize("reply", [reset, raw(b""), stall(), raw(b"HTTP/1.1 200 OK\r\nX: half a h")])
def test_without_an_answer_it_may_have_arrived_and_is_sent_once(server: FaultServer, reply: Reply) -> None:
    with pytest.raises(PostFailed) as caught:
        POST(server.on("/hook", reply), b"x", {}, timeout=0.5)
    assert caught.value.sent
    assert len(server.seen) == 1


def test_a_kept_connection_that_breaks_does_not_make_it_arrive_twice(server: FaultServer) -> None:
    url = server.on("/hook", ok(), reset)
    client = Client(HTTP)
    client.post(url, b"1", {})
    with pytest.raises(PostFailed) as caught:
        client.post(url, b"2", {})
    assert caught.value.sent
    assert [seen.body for seen in server.seen] == [b"1", b"2"]


def test_what_never_left_is_known_not_to_have_arrived(server: FaultServer) -> None:
    for url in ("http://127.0.0.1:1/", "http://nowhere.invalid/", server.url("/", scheme="https"), "mailto:me@x"):
        with pytest.raises(PostFailed) as caught:
            POST(url, b"x", {}, timeout=0.3)
        assert not caught.value.sent


def test_a_private_address_is_refused_unless_it_is_allowed(server: FaultServer) -> None:
    with pytest.raises(PostFailed, match=r"127\.0\.0\.1 is a loopback address") as caught:
        Client(STRICT).post(server.url("/hook", host="localhost"), b"x", {})
    assert not caught.value.sent
    assert not server.seen


def test_a_target_behind_a_proxy_is_checked_by_its_name(server: FaultServer) -> None:
    server.on("http://hooks.example/x", ok())
    through = Client(replace(STRICT, proxy=server.url("")))
    assert through.post("http://hooks.example/x", b"", {})[0] == 200
    with pytest.raises(PostFailed, match="local use"):
        through.post("http://localhost/x", b"", {})


def test_the_path_of_a_webhook_is_a_secret(server: FaultServer) -> None:
    with pytest.raises(PostFailed) as caught:
        POST("http://127.0.0.1:1/services/T0/B0/s3cret?token=s3cret", b"", {})
    assert "s3cret" not in str(caught.value)


def test_a_header_that_cannot_be_sent_is_refused(server: FaultServer) -> None:
    with pytest.raises(ValueError, match="control characters"):
        POST(server.url("/hook"), b"", {"X": "a\r\nb"})
    assert not server.seen
