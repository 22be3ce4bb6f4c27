"""Who does the work of a tick. Nothing else in the program knows which executor it is.

The local one runs polls as tasks of this process and deliveries on one thread a channel. A cluster of nodes needs only
the same two functions, ``poll`` and ``deliver``, run elsewhere on the same database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Protocol

from advisoryd import logs
from advisoryd.service.deliver import Courier, Handed
from advisoryd.service.poll import Due, Polled
from advisoryd.service.rounds import Rounds

log = logs.get("deliver")


class Executor(Protocol):
    """Takes work and returns at once."""

    def poll(self, due: Due, now: datetime) -> None:
        """Poll a source that is due."""
        ...

    def deliver(self, channel: str) -> None:
        """Deliver what is due on a channel, unless that is being done already."""
        ...


class LocalExecutor:
    """Everything in this process: an asyncio task a poll, a thread a channel."""

    def __init__(
        self,
        rounds: Rounds,
        couriers: Mapping[str, Courier],
        clock: Callable[[], datetime],
        on_polled: Callable[[Polled], None],
    ) -> None:
        self._rounds, self._couriers, self._clock, self._on_polled = rounds, couriers, clock, on_polled
        self._tasks: set[asyncio.Task[None]] = set()
        self._threads = ThreadPoolExecutor(max(1, len(couriers)), thread_name_prefix="channel")
        self._busy: dict[str, Future[list[Handed]]] = {}
        self._stopping = False

    def poll(self, due: Due, now: datetime) -> None:
        """Start a poll."""
        self._rounds.under_way.add(due.source.id)
        task = asyncio.get_running_loop().create_task(self._poll(due, now))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _poll(self, due: Due, now: datetime) -> None:
        polled = await self._rounds.poll(due, now)
        if polled is not None:
            self._on_polled(polled)

    def deliver(self, channel: str) -> None:
        """Start the channel's worker."""
        running = self._busy.get(channel)
        if channel not in self._couriers or self._stopping or (running is not None and not running.done()):
            return
        work = self._threads.submit(self._couriers[channel].deliver, self._clock, lambda: self._stopping)
        work.add_done_callback(lambda done: _report(channel, done))
        self._busy[channel] = work

    async def drain(self, seconds: float) -> bool:
        """Stop taking work and wait for what is under way. Returns whether all of it ended in time."""
        self._stopping = True
        channels = [asyncio.ensure_future(asyncio.wrap_future(work)) for work in self._busy.values() if not work.done()]
        polls = set(self._tasks)
        waiting: list[asyncio.Future[object]] = [*polls, *channels]  # type: ignore[list-item]
        late = (await asyncio.wait(waiting, timeout=seconds))[1] if waiting else set()
        for task in polls:
            task.cancel()
        await asyncio.gather(*polls, return_exceptions=True)
        self._threads.shutdown(wait=False)
        return not late


def _report(channel: str, work: Future[list[Handed]]) -> None:
    problem = work.exception()
    if problem is not None:
        log.error("channel.crashed", channel=channel, problem=type(problem).__name__, exc_info=problem)
        return
    for handed in work.result():
        outcome = type(handed.outcome).__name__.lower()
        reason = getattr(handed.outcome, "reason", "")
        write = log.info if outcome == "sent" else log.warning
        write("delivery." + outcome, channel=channel, deliveries=len(handed.parcel.ids), reason=reason)
