"""What libcurl and pycurl do that one would not expect, and what we do about it."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pycurl
import pytest

from advisoryd.fetch import curl
from advisoryd.fetch.guard import Guard
from advisoryd.fetch.wire import Answer, Call
from advisoryd.model.outcome import Trouble

from .asking import failed, fetched
from .server import FaultServer, ok, raw, redirect, reset, stall, status

SELF_SIGNED = Path(__file__).with_name("self-signed.pem")


def call(url: str, guard: Guard | None = None, method: str = "GET", body: bytes | None = None) -> Call:
    allowed = guard or Guard(["127.0.0.0/8", "::1"])
    return Call(url, method, (b"Accept: */*",), body, "", allowed, patience=2.0, connect=1.0, cap=1000)


def perform(url: str, guard: Guard | None = None) -> Answer:
    return curl.Handle().perform(call(url, guard))


class Broken(Guard):
    """A guard with a bug."""

    def __init__(self) -> None:
        super().__init__()
        self.refusal = self._refusal  # type: ignore[assignment]

    def _refusal(self, address: str) -> str:
        raise ZeroDivisionError(address)


def test_a_bug_inside_a_callback_is_raised_and_not_printed(
    server: FaultServer, capfd: pytest.CaptureFixture[str]
) -> None:
    url = server.on("/", ok())

    async def exchange() -> None:
        driver = curl.Driver(keep=1)
        try:
            await driver.exchange(call(url, Broken()))
        finally:
            await driver.close()

    with pytest.raises(ZeroDivisionError, match=r"127\.0\.0\.1"):
        perform(url, Broken())
    with pytest.raises(ZeroDivisionError, match=r"127\.0\.0\.1"):
        asyncio.run(exchange())
    assert capfd.readouterr().err == ""
    assert not server.seen


def test_a_bug_while_a_kept_connection_is_checked_is_raised_too(server: FaultServer) -> None:
    url = server.on("/", ok())
    handle = curl.Handle()
    handle.perform(call(url))
    with pytest.raises(ZeroDivisionError):
        handle.perform(call(url, Broken()))


def test_where_no_socket_can_be_had_the_server_is_unreachable(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(*_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(curl, "socket", SimpleNamespace(socket=none_left))
    fault = perform(server.on("/", ok())).fault
    assert fault is not None
    assert fault.trouble is Trouble.UNREACHABLE
    assert fault.detail == "No socket for 127.0.0.1 could be had: Too many open files."


@pytest.mark.parametrize("code", [pycurl.E_WRITE_ERROR, pycurl.E_ABORTED_BY_CALLBACK])
def test_a_stop_of_ours_without_a_reason_is_a_bug(code: int) -> None:
    handle = curl.Handle()
    handle.arm(call("http://127.0.0.1/"))
    with pytest.raises(RuntimeError, match="not noted"):
        handle.answer((code, "Failed writing"))


def test_when_the_whole_multi_handle_fails_nobody_waits_for_ever(server: FaultServer) -> None:
    url = server.on("/", stall())

    class Lost:
        def socket_action(self, *_: int) -> None:
            raise pycurl.error(pycurl.E_MULTI_INTERNAL_ERROR, "internal error")

    async def exchange() -> None:
        driver = curl.Driver(keep=1)
        task = asyncio.ensure_future(driver.exchange(call(url)))
        await asyncio.sleep(0)
        true_multi = driver._multi
        driver._multi = Lost()  # type: ignore[assignment]
        driver._act(pycurl.SOCKET_TIMEOUT, 0)
        driver._multi = true_multi
        try:
            await asyncio.wait_for(task, 5.0)
        finally:
            await driver.close()

    with pytest.raises(RuntimeError, match="lost its way"):
        asyncio.run(exchange())


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_is_not_sent_again_when_a_kept_connection_breaks(server: FaultServer, method: str) -> None:
    url = server.on("/", ok(), reset)
    handle = curl.Handle()
    body = None if method == "GET" else b"x"
    handle.perform(call(url, method=method, body=body))
    answer = handle.perform(call(url, method=method, body=body))
    assert answer.fault is not None
    assert answer.fault.trouble is Trouble.UNREACHABLE
    assert answer.sent
    assert len(server.seen) == 2


def test_a_connection_that_the_server_closed_meanwhile_is_replaced(server: FaultServer) -> None:
    url = server.on("/", ok(b"x", "Connection: close"))
    handle = curl.Handle()
    for _ in range(2):
        assert handle.perform(call(url)).fault is None
    assert [seen.connection for seen in server.seen] == [1, 2]


def test_an_answer_that_ends_inside_its_head_is_not_whole(server: FaultServer) -> None:
    answer = perform(server.on("/", raw(b"HTTP/1.1 200 OK\r\nContent-Ty")))
    assert answer.fault is not None
    assert answer.fault.trouble is Trouble.TRUNCATED


def test_trailers_and_interim_heads_are_not_taken_for_the_head(server: FaultServer) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nETag: early\r\n\r\n"
    body = b"HTTP/1.1 200 OK\r\nETag: true\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nETag: late\r\n\r\n"
    answer = perform(server.on("/", raw(early + body)))
    assert (answer.head.fields["etag"], answer.body, answer.fault) == ("true", b"ok", None)


def test_each_transfer_starts_with_a_clean_slate(server: FaultServer) -> None:
    handle = curl.Handle()
    handle.perform(call(server.on("/long", ok(b"x" * 2000))))
    answer = handle.perform(call(server.on("/short", status(404, body=b"none"))))
    assert (answer.head.status, answer.body, answer.fault) == (404, b"none", None)


def test_sockets_given_to_libcurl_are_closed_by_it(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def noting(*of: int) -> socket.socket:
        made.append((fresh := socket.socket(*of)).fileno())
        return fresh

    monkeypatch.setattr(curl, "socket", SimpleNamespace(socket=noting))
    handle = curl.Handle()
    handle.perform(call(server.on("/", ok())))
    handle.easy.close()
    assert len(made) == 1
    with pytest.raises(OSError, match="Bad file descriptor"):
        socket.socket(fileno=made[0])


@pytest.fixture
def secure_server() -> Iterator[FaultServer]:
    server = FaultServer(certificate=SELF_SIGNED)
    server.start()
    yield server
    server.stop()


def test_a_certificate_that_nobody_vouches_for_is_refused(secure_server: FaultServer) -> None:
    outcome = failed(secure_server.url("/", host="localhost", scheme="https"))
    assert outcome.trouble is Trouble.TLS
    assert outcome.detail.startswith("The secure connection to localhost failed: ")
    assert "self" in outcome.detail
    assert not secure_server.seen


def test_a_certificate_that_is_trusted_is_accepted(secure_server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curl, "_OPTIONS", (*curl._OPTIONS, (pycurl.CAINFO, str(SELF_SIGNED))))
    secure_server.on("/", ok(b"<rss/>"))
    assert fetched(secure_server.url("/", host="localhost", scheme="https")).body == b"<rss/>"


def test_a_secure_server_that_redirects_to_a_plain_one_is_not_followed(
    secure_server: FaultServer, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curl, "_OPTIONS", (*curl._OPTIONS, (pycurl.CAINFO, str(SELF_SIGNED))))
    secure_server.on("/", redirect(server.on("/", ok()), 301))
    outcome = failed(secure_server.url("/", host="localhost", scheme="https"))
    assert outcome.trouble is Trouble.REDIRECTS
    assert not server.seen
