"""The whole catalogue in one round: all sources from one server on loopback, through the true client, politely."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from advisoryd.fetch.client import Client
from advisoryd.fetch.schedule import Schedule
from advisoryd.model.config import Config, Http
from advisoryd.model.outcome import Trouble
from advisoryd.model.source import Source
from advisoryd.service.house import House
from advisoryd.service.poll import Polled
from advisoryd.service.rounds import Rounds
from advisoryd.sources import catalogue
from advisoryd.store import sources
from advisoryd.store.engine import open_store

from .worlds.loopback import Detour, serving
from .worlds.outlets import outlets, printed
from .worlds.stage import NOON, cast_of, reader_of
from .worlds.world import worlds

HTTP = Http(contact="tests@example.org")
ALL = {*worlds(), *(outlet.id for outlet in outlets())}
ALL_PAGES = 100_000
ANSWER = 0.3
"""Seconds that an answer takes on the virtual clock."""


@dataclass(frozen=True, slots=True)
class Play:
    """Three rounds, fifteen minutes apart, the second for pages that only pages point at. What came of the first and of
    the last, what the first asked and what the last was answered."""

    first: list[Polled]
    last: list[Polled]
    asked: list[tuple[str, float]]
    answered_last: list[int]


async def _play(folder: Path) -> Play:
    answers = {url: found for world in worlds().values() for url, found in world.serve(cast_of(world)[0]).items()}
    answers |= {url: found for outlet in outlets() for url, found in printed(outlet).items()}
    whole = (*(replace(world.source, details_per_poll=ALL_PAGES) for world in worlds().values()), *outlets())
    config = Config(state_dir=str(folder), http=HTTP, sources=whole)
    house = House(config, open_store("sqlite", folder), chance=lambda: 0.0)
    house.register(NOON)
    async with serving(answers) as web, Client(HTTP) as client:
        detour = Detour(client, web)
        rounds = Rounds(config, house.store, house.poller(detour, reader_of))
        first, asked = await rounds.run(NOON), len(detour.asked)
        await _again(house, rounds, NOON + timedelta(minutes=15))
        answered = len(web.statuses)
        last = await _again(house, rounds, NOON + timedelta(minutes=30))
    house.store.close()
    return Play(first, last, detour.asked[:asked], web.statuses[answered:])


async def _again(house: House, rounds: Rounds, now: datetime) -> list[Polled]:
    with house.store.begin() as tx:
        sources.make_due(tx, now)
    return await rounds.run(now)


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Play:
    return asyncio.run(_play(tmp_path_factory.mktemp("together")))


def test_every_source_is_read_in_the_first_round(play: Play) -> None:
    assert {polled.source for polled in play.first} == ALL
    failures = [failure for polled in play.first for failure in polled.failures]
    assert [failure for failure in failures if not (failure.follow and failure.trouble is Trouble.NOT_FOUND)] == []
    assert all(polled.baseline for polled in play.first)
    assert [event.kind for polled in play.first for event in polled.events if event.destination] == []


def test_once_everything_was_read_a_round_moves_no_body_and_says_nothing(play: Play) -> None:
    assert {polled.source for polled in play.last} == ALL
    assert set(play.answered_last) <= {304, 404}
    assert [event for polled in play.last for event in polled.events] == []


def test_hosts_are_asked_with_their_pauses_and_never_by_too_many_at_once(play: Play) -> None:
    """The order of the round, on the schedule that the client keeps, with a clock that nobody waits for."""
    starts, most = _scheduled(play.asked)
    assert most <= HTTP.in_flight
    pauses = dict(play.asked)
    for host, times in starts.items():
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert all(gap >= pauses[host] - 1e-9 for gap in gaps), host


def test_a_round_of_the_whole_catalogue_without_news_is_over_in_a_minute() -> None:
    asked = [
        (urlsplit(request.url).netloc, source.spacing)
        for source in catalogue.entries().values()
        for request in catalogue.reader_for(source).endpoints(NOON)
    ]
    starts, _ = _scheduled(asked)
    assert max(time for times in starts.values() for time in times) < 60


def _scheduled(asked: list[tuple[str, float]]) -> tuple[dict[str, list[float]], int]:
    """When each host was asked, in seconds from the beginning, and how many requests were under way at most."""
    schedule: Schedule[tuple[int, str]] = Schedule(HTTP.in_flight, HTTP.per_host)
    for number, (host, spacing) in enumerate(asked):
        schedule.ask((number, host), host, spacing)
    starts: dict[str, list[float]] = defaultdict(list)
    ends: list[tuple[float, str]] = []
    now, most = 0.0, 0
    while sum(map(len, starts.values())) < len(asked):
        for _, host in schedule.due(now):
            starts[host].append(now)
            ends.append((now + ANSWER, host))
        most = max(most, len(ends))
        now = min(schedule.wakes(), min((end for end, _ in ends), default=schedule.wakes()))
        for end, host in [entry for entry in ends if entry[0] <= now]:
            ends.remove((end, host))
            schedule.done(host)
    return starts, most


@pytest.mark.parametrize("source", catalogue.entries().values(), ids=lambda source: source.id)
def test_a_poll_with_all_its_pages_is_over_before_the_next_one_begins(source: Source) -> None:
    requests = len(catalogue.reader_for(source).endpoints(NOON)) + source.details_per_poll
    assert timedelta(seconds=requests * source.spacing) <= source.every
    assert source.every >= timedelta(minutes=5)
    assert source.spacing >= 0.2
