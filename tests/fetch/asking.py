"""Short ways to ask something of a client with little patience."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from advisoryd.fetch.client import Client
from advisoryd.model.config import Http
from advisoryd.model.outcome import Fetched, FetchFailed, FetchOutcome
from advisoryd.model.reading import Request

T = TypeVar("T")

HTTP = Http(
    contact="ops@example.org",
    allow_networks=("127.0.0.0/8",),
    total_timeout=2.0,
    connect_timeout=1.0,
    max_wire_bytes=100_000,
    max_body_bytes=200_000,
    max_redirects=3,
)
IMPATIENT = replace(HTTP, total_timeout=0.25)
STRICT = replace(HTTP, allow_networks=())


def with_client(work: Callable[[Client], Awaitable[T]], http: Http = HTTP) -> T:
    """Do ``work`` with an open client, on a loop of its own."""

    async def inside() -> T:
        async with Client(http) as client:
            return await work(client)

    return asyncio.run(inside())


def fetch(request: Request | str, http: Http = HTTP, **terms: Any) -> FetchOutcome:
    """One fetch with a client of its own."""
    asked = Request(request) if isinstance(request, str) else request
    return with_client(lambda client: client.fetch(asked, **terms), http)


def fetched(request: Request | str, http: Http = HTTP, **terms: Any) -> Fetched:
    outcome = fetch(request, http, **terms)
    assert isinstance(outcome, Fetched), outcome
    return outcome


def failed(request: Request | str, http: Http = HTTP, **terms: Any) -> FetchFailed:
    outcome = fetch(request, http, **terms)
    assert isinstance(outcome, FetchFailed), outcome
    return outcome
