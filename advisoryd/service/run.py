"""The daemon: ticks ask what is due, an executor does it, signals reload and stop it, systemd hears how it is.

APScheduler ─tick─> poll loop     ─> due sources  ─> executor
            ─tick─> deliver loop  ─> due channels ─> executor
            ─tick─> house loop    ─> end dates, summaries, old payloads, heartbeat
web server  ─────── acknowledgements
"""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from advisoryd import logs
from advisoryd.fetch.client import Client
from advisoryd.model.config import Config
from advisoryd.model.message import Channel
from advisoryd.service import systemd
from advisoryd.service.executor import LocalExecutor
from advisoryd.service.heartbeat import Heartbeat
from advisoryd.service.house import House, build, database_of, open_house
from advisoryd.service.housekeeping import Housekeeper
from advisoryd.service.lock import only_instance
from advisoryd.service.poll import Polled
from advisoryd.service.rounds import Rounds
from advisoryd.service.ticks import Ticks
from advisoryd.settings import ConfigError
from advisoryd.store import outbox

EVERY = {"poll": 2.0, "deliver": 2.0, "house": 60.0}
"""Seconds between the questions "what is due?"; the due times themselves are in the database."""

DRAIN = 20.0
"""Seconds that work under way has to end when the daemon stops; systemd waits longer (TimeoutStopSec)."""

log = logs.get("daemon")
T = TypeVar("T")


class Ask(Protocol):
    """Has work done at the desk, where the database is."""

    def __call__(self, work: Callable[[House, datetime], T]) -> Awaitable[T]:
        """What ``work`` gives, for the house of the configuration that is in force and the time it is."""
        ...


Serve = Callable[[Ask], Coroutine[Any, Any, None]]
"""A web server that runs until it is cancelled."""


@dataclass(slots=True)
class Staff:
    """Everything that a reload replaces."""

    config: Config
    house: House
    client: Client
    rounds: Rounds
    housekeeper: Housekeeper
    executor: LocalExecutor
    held: AsyncExitStack

    async def dismiss(self) -> None:
        """Let go of sockets and files."""
        await self.held.aclose()


class Daemon:
    """Runs until it is told to stop. ``load`` reads the configuration anew for a reload; ``serve`` is a web server."""

    def __init__(
        self,
        config: Config,
        load: Callable[[], Config],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        every: dict[str, float] | None = None,
        serve: Serve | None = None,
    ) -> None:
        self._config, self._load, self._clock, self._serve = config, load, clock, serve
        self._every = every or EVERY
        self._unchanged: list[Polled] = []
        self._progress = dict.fromkeys(self._every, time.monotonic())

    def run(self) -> None:
        """Run in this thread until SIGTERM or SIGINT."""
        asyncio.run(self.main())

    async def main(self) -> None:
        """Run on the current loop."""
        self._stop = asyncio.Event()
        self._wake = {name: asyncio.Event() for name in (*self._every, "reload")}
        with (
            ThreadPoolExecutor(1, thread_name_prefix="desk") as desk,
            open_house(self._config, desk=desk) as house,
            only_instance(house.store, database_of(self._config), house.state_dir),
        ):
            self._staff = await self._hire(self._config, house)
            try:
                await self._live(house)
            finally:
                await self._staff.dismiss()

    async def _live(self, house: House) -> None:
        with house.store.begin() as tx:
            interrupted = outbox.recover(tx, self._clock())
        log.info("daemon.started", sources=len(self._config.sources), interrupted=interrupted)
        self._listen()
        loop = asyncio.get_running_loop()
        ticks = Ticks(self._every, lambda name: _set(loop, self._wake[name]))
        loops = [asyncio.create_task(self._loop(name)) for name in self._wake]
        loops += [asyncio.create_task(signs()) for signs in (self._watchdog, self._heartbeat, self._web)]
        ticks.start()
        systemd.ready(f"watching {len(self._config.sources)} sources")
        await self._stop.wait()
        await self._leave(ticks, loops)

    async def _leave(self, ticks: Ticks, loops: list[asyncio.Task[None]]) -> None:
        systemd.stopping()
        log.info("daemon.stopping")
        await asyncio.to_thread(ticks.stop)
        for task in loops:
            task.cancel()
        await asyncio.gather(*loops, return_exceptions=True)
        in_time = await self._staff.executor.drain(DRAIN)
        await self._flush()
        log.info("daemon.stopped", in_time=in_time)

    async def _hire(self, config: Config, house: House) -> Staff:
        """Everything for ``config``; raises before anything of the old staff is touched."""
        own = House(config, house.store, house.desk, house.chance)
        await asyncio.get_running_loop().run_in_executor(house.desk, own.register, self._clock())
        async with AsyncExitStack() as held:
            client = await held.enter_async_context(Client(config.http))
            channels: dict[str, Channel] = {}
            for spec in config.channels:
                channels[spec.name] = build(spec, client, config)
                held.callback(channels[spec.name].close)
            rounds = Rounds(config, own.store, own.poller(client))
            executor = LocalExecutor(rounds, own.couriers(client, channels), self._clock, self._polled)
            return Staff(config, own, client, rounds, own.housekeeper(), executor, held.pop_all())

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self._stop.set)
        loop.add_signal_handler(signal.SIGHUP, self._wake["reload"].set)

    async def _duty_reload(self) -> None:
        """Read the configuration anew: all of it or nothing."""
        systemd.reloading()
        status = "reload refused, the old configuration stays; see the log"
        try:
            await self._replace(await asyncio.to_thread(self._load))
            status = f"watching {len(self._staff.config.sources)} sources"
        except ConfigError as error:
            for problem in error.problems:
                log.error("reload.refused", problem=str(problem))
        finally:
            systemd.ready(status)

    async def _replace(self, config: Config) -> None:
        old = self._staff
        fresh = await self._hire(config, old.house)
        await old.executor.drain(DRAIN)
        self._staff = fresh
        await old.dismiss()
        log.info("daemon.reloaded", sources=len(config.sources), **_difference(old.config, config))

    async def _loop(self, name: str) -> None:
        """Do one duty at every tick. A bug in one duty must not end the others, nor itself."""
        duty = getattr(self, f"_duty_{name}")
        while True:
            await self._wake[name].wait()
            self._wake[name].clear()
            try:
                await duty()
                self._progress[name] = time.monotonic()
            except Exception:
                log.error("duty.crashed", duty=name, exc_info=True)

    async def _duty_poll(self) -> None:
        await self._flush()
        now = self._clock()
        for due in await self._at_desk(self._staff.rounds.due, now):
            self._staff.executor.poll(due, now)

    async def _duty_deliver(self) -> None:
        now = self._clock()
        for channel in await self._at_desk(self._due_channels, now):
            self._staff.executor.deliver(channel)

    async def _duty_house(self) -> None:
        await self._at_desk(self._staff.housekeeper.tidy, self._clock())

    async def _web(self) -> None:
        """The alerts go out without it, so its end is told and ends nothing else."""
        if self._serve is not None:
            try:
                await self._serve(self._ask)
            except Exception:
                log.error("web.crashed", exc_info=True)

    async def _ask(self, work: Callable[[House, datetime], T]) -> T:
        return await self._at_desk(work, self._staff.house, self._clock())

    async def _at_desk(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._staff.house.desk, lambda: work(*args))

    def _due_channels(self, now: datetime) -> list[str]:
        with self._staff.house.store.reading() as tx:
            return outbox.due_channels(tx, now)

    def _polled(self, polled: Polled) -> None:
        if polled.unchanged:
            self._unchanged.append(polled)
        if polled.events or polled.baseline:
            self._wake["deliver"].set()
        if polled.baseline:
            self._wake["house"].set()

    async def _flush(self) -> None:
        """Write the next due times of the sources that had nothing new, together."""
        polled, self._unchanged = self._unchanged, []
        if polled:
            await self._at_desk(self._staff.rounds.note_unchanged, polled, self._clock())

    async def _watchdog(self) -> None:
        """Signs of life, fed by progress only: a loop that hangs lets the service manager restart us."""
        period = systemd.watchdog_period()
        while True:
            await asyncio.sleep(min(period / 3 if period else 15.0, 15.0))
            if self._is_alive():
                systemd.watchdog()

    async def _heartbeat(self) -> None:
        heartbeat = Heartbeat(self._clock)
        while True:
            await asyncio.sleep(15.0)
            if self._is_alive():
                await heartbeat.beat(self._staff.config.operator, self._staff.client)

    def _is_alive(self) -> bool:
        now = time.monotonic()
        return all(now - self._progress[name] < max(10 * every, 60.0) for name, every in self._every.items())


def _set(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(event.set)


def _difference(old: Config, new: Config) -> dict[str, list[str]]:
    """The names of what a reload added and removed; never values."""
    before = _names(old)
    after = _names(new)
    return {"added": sorted(after - before), "removed": sorted(before - after)}


def _names(config: Config) -> set[str]:
    parts = [("source", config.sources, "id"), ("channel", config.channels, "name")]
    parts.append(("subscription", config.subscriptions, "name"))
    return {f"{kind} {getattr(part, key)}" for kind, members, key in parts for part in members}
