"""Every way in which a server can misbehave ends in a named failure of the source, and in no event."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from advisoryd.fetch.client import Client
from advisoryd.model.event import OPERATOR
from advisoryd.model.outcome import Trouble
from advisoryd.service.house import House, open_house
from advisoryd.service.poll import Polled
from advisoryd.service.rounds import Rounds
from advisoryd.store import events, sources
from tests.fetch.asking import HTTP
from tests.fetch.server import (
    FaultServer,
    Reply,
    bomb,
    chunks_cut,
    conditional,
    drip,
    ok,
    redirect,
    reset,
    stall,
    stall_in_body,
    status,
    truncated,
)

from .world import COUNTRIES, START, config, later, register, rows

CALM = rows(dict.fromkeys(COUNTRIES, "calm"))
HALF = rows(dict.fromkeys(COUNTRIES[:5], "calm"))
PAGE = (
    b"<!doctype html><html><head><title>Just a moment...</title></head><body><div id='cf-wrapper'></div></body></html>"
)
JSON = "Content-Type: application/json"

FAULTS: dict[str, tuple[Reply, Trouble]] = {
    "500": (status(500), Trouble.SERVER),
    "503": (status(503), Trouble.SERVER),
    "404": (status(404), Trouble.NOT_FOUND),
    "stall": (stall(), Trouble.TIMEOUT),
    "stall in the body": (stall_in_body, Trouble.TIMEOUT),
    "slow drip": (drip, Trouble.TIMEOUT),
    "reset": (reset, Trouble.UNREACHABLE),
    "truncated": (truncated, Trouble.TRUNCATED),
    "cut chunks": (chunks_cut, Trouble.TRUNCATED),
    "bomb": (bomb(10_000_000), Trouble.TOO_LARGE),
    "redirect loop": (redirect("/advice.json"), Trouble.REDIRECTS),
    "redirect to metadata": (redirect("http://169.254.169.254/latest/meta-data/"), Trouble.REFUSED_ADDRESS),
    "redirect to a private address": (redirect("http://10.0.0.1/advice.json"), Trouble.REFUSED_ADDRESS),
    "429": (status(429, "Retry-After: 7200"), Trouble.THROTTLED),
    "challenge page with 200": (ok(PAGE, "Content-Type: text/html"), Trouble.CHALLENGE),
    "page with 200 where JSON was due": (ok(b"<html><h1>Sorry</h1></html>", JSON), Trouble.WRONG_TYPE),
    "empty body": (ok(b"", JSON), Trouble.EMPTY),
    "empty list": (ok(b'{"rows": []}', JSON), Trouble.UNREADABLE),
    "half a document": (ok(CALM[: len(CALM) // 2], JSON), Trouble.UNREADABLE),
    "another shape": (ok(b'{"countries": {"JP": 1}}', JSON), Trouble.UNREADABLE),
    "wrong charset": (ok(CALM.replace(b"calm", b"\xff\xfe\xff"), JSON + "; charset=utf-8"), Trouble.UNREADABLE),
}


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """The server that misbehaves."""
    served = FaultServer()
    served.start()
    yield served
    served.stop()


@pytest.fixture
def house(server: FaultServer, tmp_path: Path) -> Iterator[House]:
    """A house that watches one register on that server."""
    options = {**register().options, "url": server.url("/advice.json")}
    given = config(tmp_path, [replace(register(), options=options, spacing=0.0)])
    http = replace(HTTP, total_timeout=1.0)
    with open_house(replace(given, http=http)) as opened:
        opened.register(START)
        yield opened


def poll(house: House, minutes: float) -> Polled:
    """Poll now."""
    now = later(minutes=minutes)

    async def inside() -> list[Polled]:
        async with Client(house.config.http) as client:
            return await Rounds(house.config, house.store, house.poller(client)).run(now)

    with house.store.begin() as tx:
        sources.make_due(tx, now)
    (polled,) = asyncio.run(inside())
    return polled


def news(house: House) -> list[str]:
    """What was told beside the state of sources."""
    with house.store.reading() as tx:
        return [event.kind for event in events.listed(tx, limit=None) if event.kind not in OPERATOR]


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_name_and_brings_no_event(house: House, server: FaultServer, fault: str) -> None:
    server.on("/advice.json", conditional(CALM, '"1"', JSON))
    assert poll(house, 0).baseline
    reply, trouble = FAULTS[fault]
    server.on("/advice.json", reply)
    polled = poll(house, 20)
    assert [failure.trouble for failure in polled.failures] == [trouble]
    assert news(house) == []
    server.on("/advice.json", conditional(CALM, '"1"', JSON))
    again = poll(house, 40)
    assert not again.failures
    assert news(house) == []


def test_half_a_list_breaks_the_source_and_lifts_nothing(house: House, server: FaultServer) -> None:
    server.on("/advice.json", ok(CALM, JSON))
    poll(house, 0)
    server.on("/advice.json", ok(HALF, JSON))
    for minutes in range(20, 60 * 24 * 14, 360):
        poll(house, minutes)
    assert news(house) == []
    with house.store.reading() as tx:
        assert sources.states(tx)["r0"].condition.health == "broken"


def test_after_429_the_server_is_left_alone_as_long_as_it_asked(house: House, server: FaultServer) -> None:
    server.on("/advice.json", status(429, "Retry-After: 7200"))
    assert poll(house, 0).next_poll - START >= timedelta(seconds=7200)


def test_a_validator_of_a_body_that_was_not_believed_is_not_sent(house: House, server: FaultServer) -> None:
    server.on("/advice.json", ok(CALM, JSON), ok(b'{"rows": []}', JSON, 'ETag: "empty"'), ok(CALM, JSON))
    for minutes in (0, 20, 40):
        poll(house, minutes)
    assert "if-none-match" not in server.seen[-1].headers
