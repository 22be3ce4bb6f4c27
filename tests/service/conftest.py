"""A house with a real database in a temporary folder."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from advisoryd.model.config import Config
from advisoryd.model.event import Event
from advisoryd.model.message import Channel
from advisoryd.service.deliver import Courier, couriers
from advisoryd.service.house import House, open_house
from advisoryd.service.poll import Polled
from advisoryd.service.rounds import Rounds
from advisoryd.store import events, outbox, sources

from .world import START, Inbox, Server, config, register


@dataclass
class Play:
    """A running house whose time a test tells."""

    house: House
    server: Server
    rounds: Rounds
    inboxes: dict[str, Inbox]
    couriers: dict[str, Courier]
    polled: list[Polled] = field(default_factory=list)

    def poll(self, now: datetime) -> list[Event]:
        """Poll everything, due or not, and return the events."""
        with self.house.store.begin() as tx:
            sources.make_due(tx, now)
        return self.tick(now)

    def tick(self, now: datetime) -> list[Event]:
        """Poll what is due."""
        self.polled = asyncio.run(self.rounds.run(now))
        return [event for polled in self.polled for event in polled.events]

    def deliver(self, now: datetime) -> None:
        """Deliver what is due on every channel."""
        with self.house.store.reading() as tx:
            due = outbox.due_channels(tx, now)
        for name in due:
            self.couriers[name].deliver(lambda: now)

    def events(self) -> list[Event]:
        """Everything that was recorded."""
        with self.house.store.reading() as tx:
            return events.listed(tx, limit=None)


@contextmanager
def playing(folder: Path, given: Config, server: Server, **inboxes: Inbox) -> Iterator[Play]:
    """Open a house for ``given``; ``inboxes`` replace channels by name."""
    with open_house(given) as opened:
        house = House(given, opened.store, chance=lambda: 0.0)
        house.register(START)
        boxes = {spec.name: inboxes.get(spec.name) or Inbox() for spec in given.channels}
        channels: dict[str, Channel] = dict(boxes)
        made = couriers(given, house.store, channels, chance=lambda: 0.0)
        yield Play(house, server, Rounds(given, house.store, house.poller(server)), boxes, made)


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """A house that watches one register of twelve countries."""
    with playing(tmp_path, config(tmp_path, [register()]), Server()) as made:
        yield made
