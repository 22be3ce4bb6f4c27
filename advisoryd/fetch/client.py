"""The HTTP client of the house: polite, bounded, address-checked requests whose outcomes are values."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType

from advisoryd.fetch import curl
from advisoryd.fetch.gate import Gate
from advisoryd.fetch.guard import Guard, guard
from advisoryd.fetch.headers import Head
from advisoryd.fetch.introduction import conditions, lines, user_agent
from advisoryd.fetch.keys import Key, key_of
from advisoryd.fetch.redirects import STATUSES, Fields, Hop, carried, follow
from advisoryd.fetch.urls import objection, origin, shown, tidy
from advisoryd.fetch.verdict import failed, verdict
from advisoryd.fetch.wire import Answer, Call, Fault, refused
from advisoryd.model.config import Http
from advisoryd.model.outcome import FetchOutcome, Trouble, Validators
from advisoryd.model.reading import Request

MAX_REPLY = 64 * 1024
"""The most bytes that are read of the answer to a post."""


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


@dataclass(slots=True)
class _Trip:
    """One fetch on its way. ``left`` is what remains of its time, in seconds; waiting for a turn costs none of it."""

    request: Request
    validators: Validators
    headers: Fields
    proxy: str
    guard: Guard
    spacing: float
    left: float
    key: Key


class Client:
    """Fetches within the manners and limits of ``http``. An async context manager, used on the loop it is entered on.

    ``clock`` is read when an answer comes, for servers that name a date to wait for and not their own. Raises
    :class:`ValueError` when one of the allowed networks is none.
    """

    def __init__(self, http: Http, clock: Callable[[], datetime] = utc_now) -> None:
        self._http = http
        self._clock = clock
        self._agent = user_agent(http.contact)
        self._guard = guard(http.allow_networks)
        self._line = curl.Line()

    async def __aenter__(self) -> Client:
        self._loop = asyncio.get_running_loop()
        self._gate = Gate(self._http.in_flight, self._http.per_host)
        self._driver = curl.Driver(keep=self._http.in_flight)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._driver.close()

    async def fetch(
        self,
        request: Request,
        *,
        validators: Validators = Validators(),
        headers: Fields = (),
        proxy: str = "",
        allow_networks: tuple[str, ...] = (),
        spacing: float = 0.0,
    ) -> FetchOutcome:
        """Ask for ``request``, follow its redirects, and say what came of it. ``url`` of the outcome is the one given.

        ``headers`` are the source's own; like those of ``request``, and its secret, they go to the host of ``request``
        only.
        ``proxy`` stands in for the configured one, ``allow_networks`` are added to the configured ones. ``spacing`` is
        the least time in seconds between the starts of two requests to one host, redirects included. Raises
        :class:`ValueError` for headers that cannot be sent and networks that are none, never for what network and
        server do.
        """
        keeper = guard(self._http.allow_networks + allow_networks) if allow_networks else self._guard
        proxy = proxy or self._http.proxy
        hop = Hop(tidy(request.url), request.method, request.body)
        key = _unfit(hop.url) or key_of(request)
        if isinstance(key, Fault):
            return failed(request, key, Head(), self._clock())
        trip = _Trip(request, validators, headers, proxy, keeper, spacing, self._http.total_timeout, key)
        return key.hidden(await self._travel(trip, hop))

    async def _travel(self, trip: _Trip, hop: Hop) -> FetchOutcome:
        while True:
            answer = await self._ask(trip, hop)
            if answer.fault is not None or answer.head.status not in STATUSES:
                return verdict(trip.request, hop, answer, trip.validators, self._http.max_body_bytes, self._clock())
            location = trip.key.out_of(answer.head.fields.get("location", ""))
            onward = follow(hop, answer.head.status, location, self._http.max_redirects)
            if isinstance(onward, Fault):
                return failed(trip.request, onward, answer.head, self._clock())
            hop = onward

    async def _ask(self, trip: _Trip, hop: Hop) -> Answer:
        host = origin(hop.url).host
        reason = trip.guard.refusal_by_name(host) if trip.proxy else ""
        if reason:
            return Answer(Head(), fault=refused(host, reason), sent=False)
        call = self._call(trip, hop)
        await self._gate.enter(host, trip.spacing)
        began = self._loop.time()
        try:
            return await self._driver.exchange(call)
        finally:
            trip.left -= self._loop.time() - began
            self._gate.leave(host)

    def _call(self, trip: _Trip, hop: Hop) -> Call:
        own = carried(trip.headers + trip.request.headers, hop)
        return Call(
            url=trip.key.into(hop.url) if hop.at_home else hop.url,
            method=hop.method,
            lines=lines(self._agent, own, trip.request.expect) + conditions(trip.validators),
            body=hop.body,
            proxy=trip.proxy,
            guard=trip.guard,
            patience=trip.left,
            connect=self._http.connect_timeout,
            cap=self._http.max_wire_bytes,
        )

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str], timeout: float = 20.0
    ) -> tuple[int, Mapping[str, str], bytes]:
        """One request, sent once, no redirect followed: the house's :class:`~advisoryd.model.message.Post`.

        To be called from worker threads; each keeps its connection. ``timeout`` is in seconds and for everything.
        Once a status has come the answer counts, even if its body breaks off or is longer than :data:`MAX_REPLY`.
        Raises :class:`PostFailed`, whose text names the host only, as the paths of webhooks are secrets.
        """
        from advisoryd.model.message import PostFailed

        url = tidy(url)
        reason = objection(url)
        if reason:
            raise PostFailed(f"The address {reason}.", sent=False)
        answer = self._posted(url, body, headers, timeout)
        if answer.fault is not None and (answer.head.status < 200 or not answer.head.whole):
            raise PostFailed(answer.fault.detail, answer.sent)
        return answer.head.status, answer.head.fields, answer.body[:MAX_REPLY]

    def _posted(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer:
        host = origin(url).host
        reason = self._guard.refusal_by_name(host) if self._http.proxy else ""
        if reason:
            return Answer(Head(), fault=refused(host, reason), sent=False)
        call = Call(
            url=url,
            method="POST",
            lines=lines(self._agent, tuple(headers.items()), coding="identity"),
            body=body,
            proxy=self._http.proxy,
            guard=self._guard,
            patience=timeout,
            connect=min(timeout, self._http.connect_timeout),
            cap=MAX_REPLY,
        )
        return self._line.handle.perform(call)


def _unfit(url: str) -> Fault | None:
    reason = objection(url)
    return Fault(Trouble.UNREACHABLE, f"{shown(url)} {reason}.") if reason else None
