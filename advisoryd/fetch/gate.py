"""Waiting for one's turn on asyncio's loop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from math import inf

from advisoryd.fetch.schedule import Schedule


@dataclass(slots=True, eq=False)
class _Turn:
    begins: asyncio.Future[None]
    begun: bool = False


class Gate:
    """Lets requests pass as :class:`.Schedule` says. To be made and used on one loop."""

    def __init__(self, in_flight: int, per_host: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._schedule: Schedule[_Turn] = Schedule(in_flight, per_host)
        self._alarm: asyncio.TimerHandle | None = None
        self._wakes = inf

    async def enter(self, host: str, spacing: float) -> None:
        """Wait until ``host`` may be asked. Whoever came through calls :meth:`leave`."""
        turn = _Turn(self._loop.create_future())
        self._schedule.ask(turn, host, spacing)
        self._open()
        try:
            await turn.begins
        except asyncio.CancelledError:
            self._give_up(turn, host)
            raise

    def leave(self, host: str) -> None:
        """Make room for the next."""
        self._schedule.done(host)
        self._open()

    def _give_up(self, turn: _Turn, host: str) -> None:
        if turn.begun:  # its turn came between the cancelling and the hearing of it
            self._schedule.done(host)
        else:
            self._schedule.withdraw(turn, host)
        self._open()

    def _open(self) -> None:
        for turn in self._schedule.due(self._loop.time()):
            turn.begun = True
            if not turn.begins.done():
                turn.begins.set_result(None)
        wakes = self._schedule.wakes()
        if wakes != self._wakes:
            self._wake_at(wakes)

    def _wake_at(self, moment: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = None if moment == inf else self._loop.call_at(moment, self._ring)
        self._wakes = moment

    def _ring(self) -> None:
        self._wakes = inf
        self._open()
