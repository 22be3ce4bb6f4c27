"""A small HTTP server that misbehaves on request.

Every path is answered by a function of the connection. Below are functions for the usual faults; a test may write its
own. Requests are counted as they arrive, so that one sees what a client really sent.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int


class Wire:
    """The server's end of one connection."""

    def __init__(self, connection: socket.socket, stopping: threading.Event, number: int) -> None:
        self.connection, self.stopping, self.number = connection, stopping, number
        self.over = False
        self._buffer = b""

    def request(self) -> Seen | None:
        head = self._until(b"\r\n\r\n")
        if head is None:
            return None
        first, *rest = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        body = self._exactly(int(headers.get("content-length", "0")))
        return Seen(method, path, headers, body, self.number)

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def hang_up(self) -> None:
        self.over = True

    def reset(self) -> None:
        linger_for_no_time = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_for_no_time)
        self.over = True

    def wait(self, seconds: float = 30.0) -> None:
        """Say nothing until the client has gone, the server stops, or ``seconds`` have passed."""
        self.connection.settimeout(seconds)
        with suppress(OSError):
            while self.connection.recv(65536):
                pass
        self.over = True

    def _until(self, mark: bytes) -> bytes | None:
        while mark not in self._buffer:
            more = self.connection.recv(65536)
            if not more:
                return None
            self._buffer += more
        head, _, self._buffer = self._buffer.partition(mark)
        return head

    def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._buffer += self.connection.recv(65536)
        body, self._buffer = self._buffer[:size], self._buffer[size:]
        return body


Reply = Callable[[Wire, Seen], None]


@dataclass
class FaultServer:
    """Listens on a free port of 127.0.0.1 from ``start`` to ``stop``."""

    replies: dict[str, Reply] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)
    certificate: Path | None = None

    def start(self) -> None:
        self._stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    def stop(self) -> None:
        self._stopping.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def connections(self) -> int:
        return len(self._open)

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def on(self, path: str, *replies: Reply) -> str:
        """Answer ``path`` with ``replies`` in turn, the last one for ever. Returns its address."""
        rest = list(replies)
        self.replies[path] = lambda wire, seen: (rest.pop(0) if len(rest) > 1 else rest[0])(wire, seen)
        return self.url(path)

    def asked(self, path: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.path == path]

    def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection, len(self._open)))
            self._threads.append(thread)
            thread.start()

    def _secured(self, connection: socket.socket) -> socket.socket:
        if self.certificate is None:
            return connection
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        with connection:
            return context.wrap_socket(connection, server_side=True)

    def _serve(self, connection: socket.socket, number: int) -> None:
        with suppress(OSError), self._secured(connection) as secured:
            wire = Wire(secured, self._stopping, number)
            while not wire.over and (seen := wire.request()):
                self.seen.append(seen)
                self.arrived.set()
                self.replies.get(seen.path.partition("?")[0], status(404))(wire, seen)


def message(code: int, body: bytes = b"", *headers: str) -> bytes:
    """A whole answer with its length."""
    lines = [f"HTTP/1.1 {code} X", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def ok(body: bytes = b"<rss></rss>", *headers: str) -> Reply:
    return lambda wire, seen: wire.send(message(200, body, *headers))


def status(code: int, *headers: str, body: bytes = b"<html><h1>error</h1></html>") -> Reply:
    return lambda wire, seen: wire.send(message(code, body, *headers))


def conditional(body: bytes, etag: str, *headers: str) -> Reply:
    def reply(wire: Wire, seen: Seen) -> None:
        if seen.headers.get("if-none-match") == etag:
            wire.send("\r\n".join(["HTTP/1.1 304 X", f"ETag: {etag}", *headers, "", ""]).encode())
        else:
            wire.send(message(200, body, f"ETag: {etag}", *headers))

    return reply


def redirect(to: str, code: int = 302) -> Reply:
    return status(code, f"Location: {to}", body=b"")


def raw(data: bytes) -> Reply:
    """Exactly ``data``, then the end of the connection."""

    def reply(wire: Wire, seen: Seen) -> None:
        wire.send(data)
        wire.hang_up()

    return reply


def stall(seconds: float = 30.0) -> Reply:
    """Nothing, then the end of the connection."""
    return lambda wire, seen: wire.wait(seconds)


def stall_in_body(wire: Wire, seen: Seen) -> None:
    wire.send(b"HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\n<rss>")
    wire.wait()


def drip(wire: Wire, seen: Seen) -> None:
    """A byte now and then: no read ever takes long, the whole takes for ever."""
    wire.send(b"HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\n")
    while not wire.stopping.wait(0.02):
        wire.send(b"x")


def reset(wire: Wire, seen: Seen) -> None:
    wire.reset()


def truncated(wire: Wire, seen: Seen) -> None:
    raw(b'HTTP/1.1 200 X\r\nETag: "half"\r\nContent-Length: 1000\r\n\r\n<rss>half of')(wire, seen)


def chunks_cut(wire: Wire, seen: Seen) -> None:
    raw(b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n")(wire, seen)


def endless(wire: Wire, seen: Seen) -> None:
    wire.send(b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not wire.stopping.is_set():
        wire.send(b"1000\r\n" + b"x" * 4096 + b"\r\n")


def bomb(size: int) -> Reply:
    return ok(gzip.compress(b"<rss>" + b"a" * size), "Content-Encoding: gzip")
