"""The small duties that the passing of time brings: end dates, reminders, silent sources, the summary after a first
run, old payloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from advisoryd.decide.compare import Around
from advisoryd.decide.drift import quiet
from advisoryd.decide.expiry import expire
from advisoryd.model.config import Config
from advisoryd.model.event import Event, Kind
from advisoryd.model.reading import Reader
from advisoryd.model.source import Source
from advisoryd.model.standing import Health
from advisoryd.service.announce import Announcer
from advisoryd.service.reports import Newsroom
from advisoryd.service.trouble import degraded, finding_events
from advisoryd.store import advisories, findings, items, payloads, reports, sources
from advisoryd.store.engine import Store, Tx
from advisoryd.store.states import SourceState

PATIENCE_FOR_BASELINES = timedelta(minutes=10)
"""How long the summary after a first run waits for the sources that have not answered yet."""

HOURLY = timedelta(hours=1)

FORGET_FINDINGS = timedelta(days=30)
"""A finding that was not seen for so long is news when it comes back."""


class Housekeeper:
    """Does what is due because time has passed, not because anything was read."""

    def __init__(self, config: Config, store: Store, reader_for: Callable[[Source], Reader]) -> None:
        self._config, self._store, self._reader_for = config, store, reader_for
        self._watched = {source.id: source for source in config.sources}
        self._announcer = Announcer(config)
        self._newsroom = Newsroom(config, self._announcer)
        self._hourly_done: datetime | None = None

    def tidy(self, now: datetime) -> list[Event]:
        """Announce what ended and what is watched; once an hour, look for silence and drop what is too old to keep."""
        with self._store.begin() as tx:
            states = {name: state for name, state in sources.states(tx).items() if name in self._watched}
            events = [*self._ended(tx, states, now), *self._baseline(tx, now), *self._reminders(tx, states, now)]
            events += self._newsroom.review(tx, now)
            if self._hourly_done is None or now - self._hourly_done >= HOURLY:
                events += self._silences(tx, states, now)
                self._prune(tx, now)
                self._hourly_done = now
        return events

    def _prune(self, tx: Tx, now: datetime) -> None:
        payloads.prune(tx, now - self._config.keep_payloads)
        items.prune(tx, now - self._config.keep_items)
        reports.prune(tx, now - self._config.keep_items)
        findings.clear(tx, now - FORGET_FINDINGS)

    def announce_baselines(self, now: datetime) -> list[Event]:
        """Say once what is being watched."""
        with self._store.begin() as tx:
            return self._baseline(tx, now)

    def _reminders(self, tx: Tx, states: Mapping[str, SourceState], now: datetime) -> list[Event]:
        """A source that stays broken is not forgotten."""
        told = []
        for name, state in states.items():
            broken = state.condition.health is Health.BROKEN and state.told_at is not None
            if broken and state.told_at and now - state.told_at >= self._config.operator.remind_every:
                sources.save(tx, replace(state, told_at=now))
                told.append(degraded(self._watched[name], "still-broken", state.condition.cause, now))
        return [self._announcer.announce(tx, event, now) for event in told]

    def _silences(self, tx: Tx, states: Mapping[str, SourceState], now: datetime) -> list[Event]:
        """A source that answers well and says nothing new for longer than it ever did may have frozen."""
        told: list[Event] = []
        for name, state in states.items():
            source = self._watched[name]
            found = quiet(state.newest, self._reader_for(source).contract, now)
            if found is not None and state.condition.health is Health.HEALTHY:
                fresh = findings.note(tx, name, [found], now)
                told += finding_events(source, fresh, now, believed=True)
        return [self._announcer.announce(tx, event, now) for event in told]

    def _ended(self, tx: Tx, states: Mapping[str, SourceState], now: datetime) -> list[Event]:
        limits = self._config.thresholds
        events = []
        for standing in advisories.ending(tx, now + limits.expiry_warning):
            healthy = standing.source in states and states[standing.source].condition.health is Health.HEALTHY
            verdict = expire(standing, Around(now, limits, healthy=healthy))
            if verdict is not None and verdict.event is not None:
                advisories.save(tx, [verdict.standing])
                events.append(self._announcer.announce(tx, verdict.event, now))
        return events

    def _baseline(self, tx: Tx, now: datetime) -> list[Event]:
        states = {name: state for name, state in sources.states(tx).items() if name in self._watched}
        fresh = [state for state in states.values() if state.baseline_at is not None and not state.announced]
        awaited = [state for state in states.values() if state.baseline_at is None and state.last_poll is None]
        oldest = min((state.baseline_at for state in fresh if state.baseline_at), default=now)
        if not fresh or (awaited and now - oldest < PATIENCE_FOR_BASELINES):
            return []
        sources.announce(tx, [state.id for state in fresh])
        if not self._config.baseline_summary:
            return []
        return [self._announcer.announce(tx, _baseline_event([state.id for state in fresh], now), now)]


def _baseline_event(ids: Sequence[str], now: datetime) -> Event:
    return Event(
        id="",
        kind=Kind.BASELINE,
        issuer="",
        destination="",
        source=" ".join(sorted(ids)),
        at=now,
        first_seen=now,
        reason="first-reading",
        after=now.isoformat(),
    )
