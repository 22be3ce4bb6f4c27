"""One poll of one source: ask, read, settle; index first, then the pages it points at.

    endpoints ─ask─> answers ─read─> settle ┐
                                            ├─> health, next poll      each settle is one commit
    due pages ─ask─> answers ─read─> settle ┘

Pages that an index names as changed are asked for before anything is settled, so that a message carries what they say;
when there are many, what the index says is settled first and nobody waits for the rest. Pages that are only due for
another look always come after.

Nearly every poll finds nothing new, so what only a change needs is imported with the first one.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from advisoryd.decide.cadence import next_poll
from advisoryd.model.outcome import Fetched, NotModified
from advisoryd.model.reading import Reader
from advisoryd.model.standing import Health
from advisoryd.service.ask import Answer, Failure, Fetcher, ask, followed, is_same, moved_to, patience, wanted

if TYPE_CHECKING:
    from advisoryd.model.config import Config
    from advisoryd.model.event import Event
    from advisoryd.model.source import Source
    from advisoryd.service.turn import Turns
    from advisoryd.store.engine import Store
    from advisoryd.store.states import DocumentState, SourceState

FEW_PAGES = 10
"""So many changed pages are worth waiting for before an index is settled: at a second each, less than a poll apart."""

MOVED_POLLS = 3
"""A permanent redirect seen on so many polls in a row is told to the operator."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Due:
    """A source that is to be polled. ``held`` are its endpoint documents; ``open``: even an unchanged answer has
    something to settle (pages due, a reading that waits, a row missing)."""

    source: Source
    state: SourceState
    held: dict[str, DocumentState]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll brought, for whoever started it. ``unchanged``: nothing was parsed and nothing needs writing but
    the next due time."""

    source: str
    next_poll: datetime
    unchanged: bool = False
    events: tuple[Event, ...] = ()
    failures: tuple[Failure, ...] = ()
    decisions: tuple[tuple[str, str], ...] = ()
    baseline: bool = False


class Poller:
    """Polls sources. Asking is concurrent; reading and writing happen one at a time, on ``desk`` when there is one."""

    def __init__(
        self,
        config: Config,
        store: Store,
        fetcher: Fetcher,
        reader_for: Callable[[Source], Reader],
        chance: Callable[[], float] = random.random,
        desk: Executor | None = None,
    ) -> None:
        self._config, self._store, self._fetcher = config, store, fetcher
        self._reader_for, self._chance, self._desk = reader_for, chance, desk

    @cached_property
    def _turns(self) -> Turns:
        from advisoryd.service.turn import Turns

        return Turns(self._config, self._store, self._chance)

    async def poll(self, due: Due, now: datetime) -> Polled:
        """One poll, committed, unless nothing is new: then the caller writes the next due time with many others. A
        source that has nothing to ask for (a setting is missing) is neither read nor broken."""
        reader = self._reader_for(due.source)
        requests = reader.endpoints(now)
        if not requests:
            return Polled(due.source.id, next_poll(now, due.source.every, chance=self._chance()), unchanged=True)
        answers = await ask(self._fetcher, due.source, wanted(due.source, requests, due.held))
        settled = not due.open and _is_settled(due.state, reader) and not is_moving(due.state, moved_to(answers))
        if settled and all(map(is_same, answers)):
            at = next_poll(now, due.source.every, chance=self._chance(), fresh_for=_fresh_for(answers))
            return Polled(due.source.id, at, unchanged=True)
        return await self._changed(due, reader, answers, now)

    async def _changed(self, due: Due, reader: Reader, answers: Sequence[Answer], now: datetime) -> Polled:
        source, first = due.source, due.state.baseline_at is None
        if due.state.reader_version not in (None, reader.version):
            await self._at_desk(self._turns.correct, source, reader, now)
        parses, pages = await self._at_desk(self._turns.parse, source, reader, answers, now)
        urgent = [page for page in pages if page.stamp != page.wanted or page.checked_at is None]
        urgent = urgent if len(urgent) <= FEW_PAGES else []
        later = [page for page in pages if page not in urgent]
        together = [*answers, *await self._ask_pages(source, reader, urgent, now)]
        settle = self._turns.settle
        turn = await self._at_desk(settle, source, reader, together, parses, due.state, now, first, True)
        if later:
            found = await self._ask_pages(source, reader, later, now)
            turn = turn.then(await self._at_desk(settle, source, reader, found, {}, turn.state, now, first, False))
        return Polled(
            source.id,
            turn.state.next_poll,
            events=turn.events,
            failures=turn.failures,
            decisions=turn.decisions,
            baseline=first and turn.state.baseline_at is not None,
        )

    async def _ask_pages(
        self, source: Source, reader: Reader, pages: Sequence[DocumentState], now: datetime
    ) -> list[Answer]:
        return await ask(self._fetcher, source, followed(pages, reader.endpoints(now)) if pages else [])

    async def _at_desk(self, work: Callable[..., T], *args: object) -> T:
        if self._desk is None:
            return work(*args)
        return await asyncio.get_running_loop().run_in_executor(self._desk, lambda: work(*args))


def _is_settled(state: SourceState, reader: Reader) -> bool:
    """Whether the source was read before, by this reader, and is well."""
    healthy = state.condition.health is Health.HEALTHY
    return state.baseline_at is not None and healthy and state.reader_version == reader.version


def is_moving(state: SourceState, target: str) -> bool:
    """Whether a permanent redirect began, ended or is still being counted."""
    return target != state.moved_to or (target != "" and state.moved_polls < MOVED_POLLS)


def _fresh_for(answers: Sequence[Answer]) -> float | None:
    asked = [
        patience(answer.outcome.fresh_for, answer.document.fresh_for)
        for answer in answers
        if isinstance(answer.outcome, Fetched | NotModified)
    ]
    return min((span for span in asked if span is not None), default=None)
