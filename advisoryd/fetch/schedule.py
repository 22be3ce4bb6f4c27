"""Whose turn it is: so many requests at once in all, so many to one host, and a pause between two starts there.

Hosts take turns, so that a long row for one does not hold up the others. No clock and no waiting in here: ``now`` is
seconds on any clock that only goes forward.
"""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from math import inf
from typing import Generic, TypeVar

Ticket = TypeVar("Ticket")

LANES_KEPT = 1024
"""How many idle hosts are remembered for the sake of their pause before those whose pause is over are forgotten."""


@dataclass(slots=True)
class _Lane(Generic[Ticket]):
    """One host. ``listed`` while it stands in the row of those that may start, or among those that pause."""

    host: str
    waiting: deque[tuple[Ticket, float]] = field(default_factory=deque)
    running: int = 0
    started: float = -inf
    spacing: float = 0.0
    listed: bool = False

    def opens(self) -> float:
        spacing = max(self.waiting[0][1], self.spacing) if self.waiting else self.spacing
        return self.started + spacing if spacing else -inf


class Schedule(Generic[Ticket]):
    """Tickets wait here until their turn."""

    def __init__(self, in_flight: int, per_host: int) -> None:
        self._free = in_flight
        self._per_host = per_host
        self._lanes: dict[str, _Lane[Ticket]] = {}
        self._ready: deque[_Lane[Ticket]] = deque()
        self._pausing: list[tuple[float, int, _Lane[Ticket]]] = []
        self._order = count()

    def ask(self, ticket: Ticket, host: str, spacing: float = 0.0) -> None:
        """Queue ``ticket``. It starts at least ``spacing`` seconds after the one before it on ``host``."""
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = _Lane(host)
        lane.waiting.append((ticket, spacing))
        self._enlist(lane)

    def due(self, now: float) -> list[Ticket]:
        """The tickets that start at ``now``, in order. Each must be given back with :meth:`done`."""
        started = []
        while self._free > 0 and self._rouse(now):
            lane = self._ready.popleft()
            lane.listed = False
            if lane.waiting and lane.opens() <= now:
                started.append(self._start(lane, now))
            self._enlist(lane)
        if len(self._lanes) > LANES_KEPT:
            self._forget(now)
        return started

    def done(self, host: str) -> None:
        """A ticket for ``host`` that had started is finished with."""
        self._free += 1
        lane = self._lanes[host]
        lane.running -= 1
        self._enlist(lane)

    def withdraw(self, ticket: Ticket, host: str) -> None:
        """Forget a ticket that has not started."""
        lane = self._lanes[host]
        lane.waiting = deque(row for row in lane.waiting if row[0] is not ticket)

    def wakes(self) -> float:
        """When :meth:`due` has something new to say if nobody asks or finishes before; infinity for never."""
        return self._pausing[0][0] if self._pausing and self._free > 0 else inf

    def _rouse(self, now: float) -> bool:
        while self._pausing and self._pausing[0][0] <= now:
            self._ready.append(heapq.heappop(self._pausing)[2])
        return bool(self._ready)

    def _start(self, lane: _Lane[Ticket], now: float) -> Ticket:
        ticket, lane.spacing = lane.waiting.popleft()
        lane.started = now
        lane.running += 1
        self._free -= 1
        return ticket

    def _enlist(self, lane: _Lane[Ticket]) -> None:
        if lane.listed or not lane.waiting or lane.running >= self._per_host:
            return
        lane.listed = True
        opens = lane.opens()
        if opens == -inf:
            self._ready.append(lane)
        else:
            heapq.heappush(self._pausing, (opens, next(self._order), lane))

    def _forget(self, now: float) -> None:
        for lane in list(self._lanes.values()):
            if not lane.listed and not lane.running and lane.opens() <= now:
                del self._lanes[lane.host]
