"""One round: poll all that is due, deliver all that is due, and say what happened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from advisoryd.model.config import Config
from advisoryd.model.event import Event
from advisoryd.service.house import House, database_of, open_house
from advisoryd.service.lock import only_instance
from advisoryd.service.poll import Polled
from advisoryd.service.rounds import Rounds
from advisoryd.store import steady

if TYPE_CHECKING:
    from advisoryd.fetch.client import Client
    from advisoryd.service.deliver import Handed


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did."""

    polled: tuple[Polled, ...]
    events: tuple[Event, ...]
    handed: tuple[Handed, ...]


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


def once(config: Config, clock: Callable[[], datetime] = utc_now, *, everything: bool = False) -> Round:
    """Run one round; ``everything`` polls every source, due or not.

    Raises :class:`~advisoryd.service.lock.AlreadyRunning` and :class:`~advisoryd.store.engine.StoreError`.
    """
    with open_house(config) as house, only_instance(house.store, database_of(config), house.state_dir):
        return asyncio.run(_round(house, clock, everything))


async def _round(house: House, clock: Callable[[], datetime], everything: bool) -> Round:
    from advisoryd.fetch.client import Client

    now = clock()
    house.register(now)
    async with Client(house.config.http) as client:
        rounds = Rounds(house.config, house.store, house.poller(client))
        polled = await rounds.run(now, everything=everything)
        told = _baselines(house, now) if any(found.baseline for found in polled) else []
        handed = _deliver(house, client, clock)
    events = [event for found in polled for event in found.events]
    return Round(tuple(polled), (*events, *told), tuple(handed))


def _baselines(house: House, now: datetime) -> list[Event]:
    return house.housekeeper().announce_baselines(now)


def _deliver(house: House, client: Client, clock: Callable[[], datetime]) -> list[Handed]:
    with house.store.plain() as plain:
        if not steady.has_deliveries(plain, clock()):
            return []
    from advisoryd.store import outbox

    with house.store.begin() as tx:
        outbox.recover(tx, clock())
        due = outbox.due_channels(tx, clock())
    couriers = house.couriers(client)
    return [handed for name in due if name in couriers for handed in couriers[name].deliver(clock)]
