"""What the tests of the channels share: loopback servers that answer as told, a plain HTTP client, messages."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Message, Post, PostFailed
from advisoryd.model.secret import Secret, plain

CERTIFICATES = Path(__file__).parent / "certificates"

EVENT: dict[str, object] = {
    "schema": "advisoryd.event/1",
    "id": "5d0a1f77c2b94a10e3f1",
    "kind": "raised",
    "story": "cn-jp-2025-11",
    "track": "security",
    "test": False,
    "issuer": {"id": "CN", "name": "China", "authority": "Ministry of Foreign Affairs"},
    "destination": {"id": "JP", "name": "Japan", "native_name": "日本"},
    "levels": {"before": 2, "after": 3, "highest_before": None, "highest_after": 4, "native_after": "近期避免前往"},
    "headline": "China raises its advice on Japan",
    "title": "Avoid travelling to Japan in the near future",
    "times": {"recorded": "2025-11-14T14:12:00Z"},
    "links": {"official": "https://www.mfa.gov.cn/notice/1"},
}


@dataclass(frozen=True)
class Request:
    """A request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body)


Reply = tuple[int, Mapping[str, str], object]
HANG_UP: Reply = (0, {}, b"")


@dataclass
class Sink:
    """An HTTP server on loopback. ``replies`` decides what it answers; every request is kept."""

    url: str
    replies: Callable[[Request], Reply] = lambda request: (200, {}, {})
    requests: list[Request] = field(default_factory=list)

    def answer(self, status: int, body: object = b"", **headers: str) -> None:
        """Give one answer to every request."""
        self.replies = lambda request: (status, {name.replace("_", "-"): text for name, text in headers.items()}, body)

    def hang_up(self) -> None:
        """Take every request whole and close the connection without an answer."""
        self.replies = lambda request: HANG_UP

    @property
    def last(self) -> Request:
        return self.requests[-1]


@pytest.fixture
def sink() -> Iterator[Sink]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = Request(self.path, {name.lower(): text for name, text in self.headers.items()}, body)
            here.requests.append(request)
            status, headers, answer = here.replies(request)
            self.close_connection = True
            if status == 0:
                return
            payload = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            for name, text in {"Content-Length": str(len(payload)), **headers}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that went away early is part of some tests."""

    server = Server(("127.0.0.1", 0), Handler)
    here = Sink(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield here
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def post() -> Post:
    """A client that keeps the promise of :class:`Post` with the standard library."""

    def request(
        url: str, body: bytes, headers: Mapping[str, str], timeout: float = 20.0
    ) -> tuple[int, Mapping[str, str], bytes]:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
        try:
            connection.connect()
        except OSError as problem:
            raise PostFailed(f"no connection to {url}: {problem}", sent=False) from problem
        try:
            connection.request("POST", parts.path + (f"?{parts.query}" if parts.query else ""), body, dict(headers))
            answer = connection.getresponse()
            return answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read(65_536)
        except (OSError, http.client.HTTPException) as problem:
            raise PostFailed(f"no answer from {url}: {problem}", sent=True) from problem
        finally:
            connection.close()

    return request


@pytest.fixture
def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def tell() -> Callable[..., Message]:
    """Makes a message; what is not stated is China's notice on Japan."""

    def message(**changes: Any) -> Message:
        fields: dict[str, Any] = {
            "key": "5d0a1f77c2b94a10e3f1/japan-desk/chat",
            "title": "China raises its advice on Japan",
            "body": "Avoid travelling to Japan in the near future.\nhttps://www.mfa.gov.cn/notice/1",
            "url": "https://www.mfa.gov.cn/notice/1",
            "story": "cn-jp-2025-11",
            "subscription": "japan-desk",
            "tags": ("official",),
            "data": EVENT,
        }
        return Message(**(fields | changes))

    return message


@pytest.fixture
def spec() -> Callable[..., ChannelSpec]:
    """Makes a channel's configuration. ``url`` and what is in ``secrets`` may be plain texts."""

    def channel(
        kind: str, url: str | Secret | None = None, secrets: Mapping[str, Any] = {}, **options: Any
    ) -> ChannelSpec:
        return ChannelSpec(
            name="chat",
            kind=kind,
            url=plain(url, "file /etc/advisoryd/chat.url") if isinstance(url, str) else url,
            secrets={name: plain(one) if isinstance(one, str) else one for name, one in secrets.items()},
            options=options,
        )

    return channel


@pytest.fixture
def authority() -> Path:
    """The certificate of the authority that signed :func:`server_certificate`; valid until 2099."""
    return CERTIFICATES / "authority.pem"


@pytest.fixture
def server_certificate() -> Path:
    """Key and certificate of ``localhost`` and 127.0.0.1."""
    return CERTIFICATES / "server.pem"


def _unreadable() -> str:
    raise FileNotFoundError(2, "No such file or directory")


@pytest.fixture
def unreadable() -> Secret:
    """A secret whose file is gone."""
    return Secret(_unreadable, "file /etc/advisoryd/gone")
