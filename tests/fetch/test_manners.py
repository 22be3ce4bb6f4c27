"""The client's manners as a server sees them, and how it ends."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import replace

import pytest

from advisoryd.fetch.client import Client
from advisoryd.fetch.gate import Gate
from advisoryd.model.outcome import FetchOutcome, NotModified, Validators
from advisoryd.model.reading import Request

from .asking import HTTP, with_client
from .server import FaultServer, Reply, Seen, Wire, conditional, ok, stall


class Crowd:
    """Answers once ``size`` requests are there together, and remembers how many there were at once."""

    def __init__(self, size: int) -> None:
        self.together = threading.Barrier(size)
        self.most = self._now = 0
        self._lock = threading.Lock()

    def __call__(self, wire: Wire, seen: Seen) -> None:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self.together.wait(5.0)
        with self._lock:
            self._now -= 1
        ok()(wire, seen)


async def ask(client: Client, urls: list[str], spacing: float = 0.0) -> list[FetchOutcome]:
    return await asyncio.gather(*(client.fetch(Request(url), spacing=spacing) for url in urls))


@pytest.mark.parametrize(("per_host", "in_flight"), [(2, 8), (8, 2)])
def test_a_host_sees_no_more_requests_at_once_than_it_may(server: FaultServer, per_host: int, in_flight: int) -> None:
    crowd = Crowd(2)
    url = server.on("/", crowd)
    with_client(lambda client: ask(client, [url] * 8), replace(HTTP, per_host=per_host, in_flight=in_flight))
    assert crowd.most == 2


def test_two_starts_on_one_host_are_apart_and_other_hosts_do_not_wait(server: FaultServer) -> None:
    server.on("/", ok())
    here, there = server.url("/"), server.url("/", host="localhost")
    finished: list[str] = []

    async def noting(client: Client, url: str) -> None:
        await client.fetch(Request(url), spacing=0.3)
        finished.append(url)

    async def all_at_once(client: Client) -> None:
        await asyncio.gather(*(noting(client, url) for url in (here, here, here, there)))

    began = time.monotonic()
    with_client(all_at_once)
    assert time.monotonic() - began >= 0.6
    assert sorted(finished[:2]) == sorted([here, there])


def test_waiting_for_ones_turn_costs_nothing_of_the_time_limit(server: FaultServer) -> None:
    url = server.on("/", ok())
    hasty = replace(HTTP, total_timeout=0.5)
    outcomes = with_client(lambda client: ask(client, [url] * 3, spacing=0.3), hasty)
    assert {type(outcome).__name__ for outcome in outcomes} == {"Fetched"}


def test_a_thousand_requests_share_a_few_connections(server: FaultServer) -> None:
    url = server.on("/", conditional(b"<rss/>", '"1"'))

    async def many(client: Client) -> list[FetchOutcome]:
        request, validators = Request(url, "xml"), Validators('"1"')
        return await asyncio.gather(*(client.fetch(request, validators=validators) for _ in range(1000)))

    outcomes = with_client(many, replace(HTTP, per_host=8))
    assert set(outcomes) == {NotModified(url)}
    assert len(server.seen) == 1000
    assert server.connections <= 8


def test_a_cancelled_fetch_breaks_its_connection_and_frees_its_place(server: FaultServer) -> None:
    slow, quick = server.on("/slow", stall()), server.on("/quick", ok())

    async def give_up(client: Client) -> FetchOutcome:
        task = asyncio.ensure_future(client.fetch(Request(slow)))
        await asyncio.to_thread(server.arrived.wait, 5.0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await client.fetch(Request(quick))

    assert type(with_client(give_up, replace(HTTP, in_flight=1, per_host=1))).__name__ == "Fetched"


def test_a_fetch_cancelled_while_it_waits_is_never_sent(server: FaultServer) -> None:
    url = server.on("/", ok())

    async def give_up(client: Client) -> None:
        await client.fetch(Request(url), spacing=60.0)
        task = asyncio.ensure_future(client.fetch(Request(url), spacing=60.0))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with_client(give_up)
    assert len(server.seen) == 1


def test_leaving_the_client_cancels_what_is_under_way(server: FaultServer) -> None:
    url = server.on("/", stall())
    tasks: list[asyncio.Future[FetchOutcome]] = []

    async def leave_early(client: Client) -> None:
        tasks.append(asyncio.ensure_future(client.fetch(Request(url))))
        await asyncio.to_thread(server.arrived.wait, 5.0)

    async def inside() -> None:
        async with Client(HTTP) as client:
            await leave_early(client)
        with pytest.raises(asyncio.CancelledError):
            await tasks[0]

    asyncio.run(inside())


def test_nothing_stays_open_when_the_client_is_left(server: FaultServer) -> None:
    gone = threading.Event()

    def until_it_goes(wire: Wire, seen: Seen) -> None:
        ok()(wire, seen)
        wire.wait()
        gone.set()

    reply: Reply = until_it_goes
    url = server.on("/", reply)
    with_client(lambda client: client.fetch(Request(url)))
    assert gone.wait(5.0)


def test_a_turn_that_comes_as_it_is_cancelled_is_given_back() -> None:
    async def race() -> None:
        gate = Gate(in_flight=1, per_host=1)
        await gate.enter("a", 0.0)
        waiting = asyncio.ensure_future(gate.enter("a", 0.0))
        await asyncio.sleep(0)
        waiting.cancel()
        gate.leave("a")
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await asyncio.wait_for(gate.enter("a", 0.0), 1.0)
        gate.leave("a")

    asyncio.run(race())


def test_the_other_order_gives_it_back_too() -> None:
    async def race() -> None:
        gate = Gate(in_flight=1, per_host=1)
        await gate.enter("a", 0.0)
        waiting = asyncio.ensure_future(gate.enter("a", 0.0))
        await asyncio.sleep(0)
        gate.leave("a")
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await asyncio.wait_for(gate.enter("a", 0.0), 1.0)
        gate.leave("a")

    asyncio.run(race())
