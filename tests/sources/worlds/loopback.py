"""All worlds behind one HTTP server on loopback, and the way there for the true client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from advisoryd.fetch.client import Client
from advisoryd.fetch.urls import tidy
from advisoryd.model.outcome import FetchOutcome, Validators
from advisoryd.model.reading import Request
from advisoryd.store.payloads import hash_of

from .world import Served

LOOPBACK = ("127.0.0.0/8",)


@dataclass
class Web:
    """What is served, by the path that stands for its address, and how often each was answered with 200 and 304."""

    pages: Mapping[str, Served]
    statuses: list[int] = field(default_factory=list)
    port: int = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, as long as it is kept."""
        while head := await _head(reader):
            fields = _fields(head)
            await reader.readexactly(int(fields.get("content-length", "0")))
            writer.write(self._reply(head[0].split(" ")[1], fields.get("if-none-match", "")))
            await writer.drain()
        writer.close()

    def _reply(self, path: str, held: str) -> bytes:
        found = self.pages.get(path)
        if found is None:
            return self._message(404, "Not Found", "text/plain", b"nothing here")
        etag = f'"{hash_of(found.body)}"'
        if held == etag:
            return self._message(304, "Not Modified", found.content_type, b"", etag)
        return self._message(200, "OK", found.content_type, found.body, etag)

    def _message(self, status: int, reason: str, content_type: str, body: bytes, etag: str = "") -> bytes:
        self.statuses.append(status)
        lines = [f"HTTP/1.1 {status} {reason}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}"]
        lines += [f"ETag: {etag}"] if etag else []
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Detour:
    """A fetcher that asks the server on loopback for what it is asked for, without the pauses, which it remembers, and
    without secrets unless it is ``keyed``.

    ``asked`` are the hosts and the pauses between two requests to them, in the order they were asked for.
    """

    client: Client
    web: Web
    keyed: bool = False
    asked: list[tuple[str, float]] = field(default_factory=list)

    async def fetch(
        self,
        request: Request,
        *,
        validators: Validators = Validators(),
        headers: tuple[tuple[str, str], ...] = (),
        proxy: str = "",
        allow_networks: tuple[str, ...] = (),
        spacing: float = 0.0,
    ) -> FetchOutcome:
        """What the address answers."""
        self.asked.append((urlsplit(request.url).netloc, spacing))
        secret = request.secret if self.keyed else None
        near = replace(request, url=f"http://127.0.0.1:{self.web.port}{path_of(request.url)}", secret=secret)
        outcome = await self.client.fetch(near, validators=validators, headers=headers, allow_networks=LOOPBACK)
        return replace(outcome, url=request.url)


def path_of(url: str) -> str:
    """The path on loopback that stands for an address: ``https://a.example/b?c`` is ``/a.example/b?c``."""
    parts = urlsplit(tidy(url))
    return f"/{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")


@asynccontextmanager
async def serving(answers: Mapping[str, Served]) -> AsyncIterator[Web]:
    """A server of these answers on a free port."""
    web = Web({path_of(url): found for url, found in answers.items()})
    server = await asyncio.start_server(web.answer, "127.0.0.1", 0)
    web.port = server.sockets[0].getsockname()[1]
    try:
        yield web
    finally:
        server.close()


async def _head(reader: asyncio.StreamReader) -> list[str]:
    """The lines of the next request's head; none when the client has hung up."""
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return []


def _fields(head: list[str]) -> dict[str, str]:
    named = (line.partition(":") for line in head[1:])
    return {name.lower(): value.strip() for name, _, value in named}
