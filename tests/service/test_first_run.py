"""The first run against every source of the catalogue alerts nobody, and once all is read a run has nothing to do.

What the sources serve is of their true shape; the database is a true one, and what is written into it is compared row
by row.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from advisoryd.model.event import Event, Kind
from advisoryd.model.reading import Document, Parsed, Reader
from advisoryd.model.source import Source
from advisoryd.model.standing import Delivery, DeliveryState
from advisoryd.service.house import House, open_house
from advisoryd.service.poll import Polled
from advisoryd.service.rounds import Rounds
from advisoryd.store import outbox, sources
from advisoryd.store.engine import Store
from tests.sources.worlds.server import WorldServer
from tests.sources.worlds.stage import NOON, cast_of, reader_of
from tests.sources.worlds.world import worlds

from .world import config

QUARTER = timedelta(minutes=15)


class Counting:
    """The reader of a source; what is parsed is counted."""

    def __init__(self, source: Source, parsed: Counter[str]) -> None:
        self._reader, self._parsed, self._name = reader_of(source), parsed, source.id

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def parse(self, document: Document) -> Parsed:
        self._parsed[self._name] += 1
        return self._reader.parse(document)


@dataclass(frozen=True)
class Run:
    """One run over all sources: what came of it, what was parsed, and which rows it wrote, by table."""

    polled: list[Polled]
    parsed: Counter[str]
    written: dict[str, set[tuple[object, ...]]]

    @property
    def events(self) -> list[Event]:
        return [event for polled in self.polled for event in polled.events]


@dataclass(frozen=True)
class Days:
    """The first run; one more for pages that only pages name; and the run after that, which finds nothing new."""

    first: Run
    quiet: Run
    deliveries: list[Delivery]
    started: list[Event]


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    folder = tmp_path_factory.mktemp("first")
    server = WorldServer()
    server.serve({url: body for world in worlds().values() for url, body in world.serve(cast_of(world)[0]).items()})
    whole = [replace(world.source, details_per_poll=100_000) for world in worlds().values()]
    settings = replace(config(folder, whole), baseline_summary=True)
    parsed: Counter[str] = Counter()
    with open_house(settings) as opened:
        house = House(settings, opened.store, chance=lambda: 0.0)
        house.register(NOON)
        poller = house.poller(server, lambda source: cast(Reader, Counting(source, parsed)))
        rounds = Rounds(settings, house.store, poller)
        first = run(house, rounds, parsed, NOON)
        started = house.housekeeper().announce_baselines(NOON)
        run(house, rounds, parsed, NOON + QUARTER)
        quiet = run(house, rounds, parsed, NOON + 2 * QUARTER)
        with house.store.reading() as tx:
            deliveries = outbox.listed(tx, tuple(DeliveryState), limit=10_000)
        yield Days(first, quiet, deliveries, list(started))


def run(house: House, rounds: Rounds, parsed: Counter[str], now: datetime) -> Run:
    with house.store.begin() as tx:
        sources.make_due(tx, now)
    parsed.clear()
    before = rows(house.store)
    polled = asyncio.run(rounds.run(now))
    after = rows(house.store)
    written = {table: found - before[table] for table, found in after.items() if found - before[table]}
    return Run(polled, Counter(parsed), written)


def rows(store: Store) -> dict[str, set[tuple[object, ...]]]:
    """Every row of the database, by table."""
    with closing(store.engine.raw_connection()) as held:
        connection = cast(sqlite3.Connection, held.driver_connection)
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: {tuple(row) for row in connection.execute(f'SELECT * FROM "{name}"')} for name in tables}


def test_the_first_run_reads_every_source_and_alerts_nobody(days: Days) -> None:
    assert {polled.source for polled in days.first.polled} == set(worlds())
    assert all(polled.baseline for polled in days.first.polled)
    assert [event for event in days.first.events if event.destination] == []
    assert set(days.first.parsed) == set(worlds())


def test_who_subscribes_gets_one_summary_of_what_is_watched_now(days: Days) -> None:
    assert [event.kind for event in days.started] == [Kind.BASELINE]
    to_all = [delivery for delivery in days.deliveries if delivery.subscription == "all"]
    assert [delivery.event for delivery in to_all] == [event.id for event in days.started]


def test_a_run_without_news_parses_nothing(days: Days) -> None:
    assert {polled.source for polled in days.quiet.polled} == set(worlds())
    assert days.quiet.parsed == {}
    assert days.quiet.events == []


def test_a_run_without_news_writes_one_small_row_for_each_source(days: Days) -> None:
    quiet = {polled.source for polled in days.quiet.polled if polled.unchanged}
    assert set(days.quiet.written) == {"sources"}
    written = days.quiet.written["sources"]
    assert len(written) == len(worlds())
    assert max(sum(len(str(value)) for value in row) for row in written) < 500
    assert quiet == set(worlds())
