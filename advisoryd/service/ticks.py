"""The scheduler (APScheduler): a handful of short interval jobs that only ask what is due.

APScheduler traps, each with a test: 3.11.0 hangs at the autumn clock change, so the floor is 3.11.3 and everything is
in UTC with interval triggers only; ``misfire_grace_time`` defaults to one second and drops late runs, so it is
``None``; jobs first run after a whole interval, so the first run is now; job exceptions are only logged by the library,
so each job is a flag being set; ``AsyncIOScheduler.shutdown`` cancels coroutines, so the threaded one is used; due
times live in the database, so the memory job store is enough; a clock that is put back by an hour stops the ticks for
an hour, which the service manager's watchdog notices.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler


class Ticks:
    """Calls ``on_tick(name)`` every so many seconds for each name, the first time at once. The call must be short."""

    def __init__(self, every: Mapping[str, float], on_tick: Callable[[str], None]) -> None:
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for name, seconds in every.items():
            self._scheduler.add_job(
                on_tick, "interval", seconds=seconds, args=[name], id=name, next_run_time=datetime.now(UTC)
            )

    def start(self) -> None:
        """Begin ticking."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking; a tick under way is waited for."""
        self._scheduler.shutdown(wait=True)
