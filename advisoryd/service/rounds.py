"""Polling what is due."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from advisoryd import logs
from advisoryd.decide.health import after_failure
from advisoryd.model.config import Config
from advisoryd.service.poll import Due, Polled, Poller
from advisoryd.store import steady
from advisoryd.store.engine import Store
from advisoryd.store.states import SourceState

log = logs.get("poll")


class Rounds:
    """Polls due sources; remembers which are under way."""

    def __init__(self, config: Config, store: Store, poller: Poller) -> None:
        self._config, self._store, self._poller = config, store, poller
        self._sources = {source.id: source for source in config.sources}
        self.under_way: set[str] = set()

    def due(self, now: datetime, *, everything: bool = False) -> list[Due]:
        """The sources to poll now, with what is held of each: a few queries, however many they are. ``everything``: all
        of them, due or not."""
        by = steady.ALWAYS if everything else now
        with self._store.plain() as plain:
            states = steady.due(plain, by)
            ids = [name for name in states if name in self._sources and name not in self.under_way]
            held = steady.endpoints(plain, by) if ids else {}
            asking = steady.with_open_questions(plain, now) if ids else set()
        return [Due(self._sources[name], states[name], held.get(name, {}), name in asking) for name in ids]

    async def run(self, now: datetime, *, everything: bool = False) -> list[Polled]:
        """Poll everything that is due, or ``everything``, and wait for it."""
        polled = await asyncio.gather(*(self.poll(due, now) for due in self.due(now, everything=everything)))
        self.note_unchanged([found for found in polled if found is not None], now)
        return [found for found in polled if found is not None]

    async def poll(self, due: Due, now: datetime) -> Polled | None:
        """Poll one source. A bug in its reader must not touch the others: it is logged, and the source counts as
        failing."""
        self.under_way.add(due.source.id)
        try:
            polled = await self._poller.poll(due, now)
        except Exception as problem:
            log.error("source.crashed", source=due.source.id, exc_info=True)
            self._crashed(due.state, problem, now)
            return None
        finally:
            self.under_way.discard(due.source.id)
        _report(polled)
        return polled

    def _crashed(self, state: SourceState, problem: Exception, now: datetime) -> None:
        from advisoryd.store import sources

        cause = f"internal error: {type(problem).__name__}; please report it with the log"
        turn = after_failure(state.condition, cause, now, self._config.thresholds)
        wait = min(timedelta(minutes=5) * 2 ** min(turn.condition.failures, 8), timedelta(hours=6))
        with self._store.begin() as tx:
            sources.save(tx, replace(state, condition=turn.condition, last_poll=now, next_poll=now + wait))

    def note_unchanged(self, polled: Sequence[Polled], now: datetime) -> None:
        """Write the next due times of all sources that had nothing new, in one small transaction."""
        rows = [(found.source, found.next_poll) for found in polled if found.unchanged]
        if rows:
            with self._store.plain(writes=True) as plain:
                steady.save_unchanged(plain, rows, now)


def _report(polled: Polled) -> None:
    for failure in polled.failures:
        log.warning("source.failed", source=polled.source, trouble=failure.trouble, detail=failure.detail)
    if polled.unchanged:
        log.debug("source.unchanged", source=polled.source, next=polled.next_poll.isoformat())
        return
    log.info("source.polled", source=polled.source, events=len(polled.events), baseline=polled.baseline)
    for destination, reason in polled.decisions:
        if reason not in ("unchanged", "baseline"):
            log.debug("advisory.decided", source=polled.source, destination=destination, reason=reason)
    for event in polled.events:
        log.info("event", kind=event.kind, issuer=event.issuer, destination=event.destination, id=event.id)
