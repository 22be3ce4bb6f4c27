"""Recorded history through the true readers, deciders and store, on a virtual clock.

    stream ─> server at that time ─> Poller (the same as in the daemon) ─> events

Between two snapshots the clock stops where the daemon would have polled for a reason: when a looser reading waits for
its second one, and once a day while a row is missing.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from advisoryd.model.config import Config
from advisoryd.model.event import Event
from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request
from advisoryd.model.record import Record
from advisoryd.model.source import Source, SourceKind
from advisoryd.service.house import House, open_house, reader_for
from advisoryd.service.housekeeping import Housekeeper
from advisoryd.service.recorded import RecordedServer, Snapshot, as_utc, first_of, snapshots
from advisoryd.service.rounds import Rounds
from advisoryd.store import advisories, sources

DAY = timedelta(days=1)
Progress = Callable[[str, int], None]
"""Told (stream, number of the snapshot) after each one."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What one stream came to. ``polls`` are the times of all polls, ``decisions`` counts every named reason."""

    issuer: str
    sources: tuple[str, ...]
    first: datetime
    last: datetime
    snapshots: tuple[datetime, ...]
    polls: tuple[datetime, ...]
    events: tuple[Event, ...]
    decisions: Mapping[str, int] = field(default_factory=dict)


class NothingReads(ValueError):
    """No source of the catalogue asks for any URL of a stream; the message names the stream."""


def replay(
    path: Path,
    config: Config,
    catalogue: Mapping[str, Source],
    progress: Progress = lambda _stream, _count: None,
    reader: Callable[[Source], Reader] = reader_for,
) -> Replayed:
    """Replay one stream in a fresh, temporary store. Raises :class:`NothingReads` and
    :class:`~advisoryd.service.recorded.NotAStream`."""
    with TemporaryDirectory(prefix="advisoryd-replay-") as folder:
        first = first_of(path)
        chosen = sources_for(first, catalogue.values(), reader)
        if not chosen:
            raise NothingReads(f"no source of the catalogue reads what {path.name} recorded of {first.issuer}")
        own = replace(config, state_dir=folder, database="sqlite", sources=tuple(chosen))
        with open_house(own) as house:
            fixed = House(own, house.store, chance=lambda: 0.0)
            return asyncio.run(_replay(path, fixed, progress, reader))


def replay_all(
    paths: Sequence[Path],
    config: Config,
    catalogue: Mapping[str, Source],
    done: Callable[[int], None] = lambda _: None,
) -> list[Replayed]:
    """Replay streams side by side, a process each, the largest first: they know nothing of each other. ``done`` is told
    how many are finished. Raises what :func:`replay` raises."""
    found = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        ordered = sorted(paths, key=lambda path: -path.stat().st_size)
        for work in as_completed([pool.submit(replay, path, config, catalogue) for path in ordered]):
            found.append(work.result())
            done(len(found))
    return sorted(found, key=lambda one: one.issuer)


def sources_for(first: Snapshot, known: Iterable[Source], reader: Callable[[Source], Reader]) -> list[Source]:
    """The official sources of the stream's issuer that ask for something it recorded, freed of politeness."""
    chosen = []
    for source in known:
        if source.issuer != first.issuer or source.kind is not SourceKind.OFFICIAL:
            continue
        if any(request.url in first.set for request in reader(source).endpoints(as_utc(first.time))):
            chosen.append(replace(source, details_per_poll=100_000, every=DAY, detail_every=timedelta(hours=1)))
    return chosen


class Remembering:
    """A reader that remembers what the last body of each URL said: while months pass in minutes, parsing what is held
    again would be half of the work."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._said: dict[str, tuple[bytes, Parsed]] = {}

    @property
    def version(self) -> int:
        """The reader's own."""
        return self._reader.version

    @property
    def contract(self) -> Contract:
        """The reader's own."""
        return self._reader.contract

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The reader's own."""
        return self._reader.endpoints(now)

    def parse(self, document: Document) -> Parsed:
        """What the document says. One of which entries are known says less each time, and is always read."""
        body, said = self._said.get(document.url, (b"", None))
        if said is None or body != document.body or document.known:
            said = self._reader.parse(document)
            self._said[document.url] = (document.body, said)
        return said

    def records(self, key: str, pieces: Sequence[Piece]) -> Sequence[Record]:
        """The reader's own."""
        return self._reader.records(key, pieces)


@dataclass(slots=True)
class _Run:
    """One replay under way."""

    house: House
    server: RecordedServer
    rounds: Rounds
    housekeeper: Housekeeper
    events: list[Event] = field(default_factory=list)
    polls: list[datetime] = field(default_factory=list)
    decisions: dict[str, int] = field(default_factory=dict)

    async def poll(self, now: datetime) -> None:
        """Poll every source at ``now``, due or not."""
        with self.house.store.begin() as tx:
            sources.make_due(tx, now)
        for polled in await self.rounds.run(now):
            self.events += polled.events
            for _, reason in polled.decisions:
                self.decisions[reason] = self.decisions.get(reason, 0) + 1
        self.events += self.housekeeper.tidy(now)
        self.polls.append(now)

    def reasons_to_poll(self, after: datetime) -> datetime | None:
        """When the daemon would look again before anything changes."""
        limits = self.house.config.thresholds
        with self.house.store.reading() as tx:
            wait = [standing for source in self.house.config.sources for standing in advisories.waiting(tx, source.id)]
            missing = any(
                row.missing_since
                for source in self.house.config.sources
                for row in advisories.rows(tx, source.id, True)
            )
        times = [standing.candidate.since + limits.confirm_after for standing in wait if standing.candidate]
        times += [after + DAY] if missing else []
        return max(min(times), after + timedelta(minutes=1)) if times else None


async def _replay(path: Path, house: House, progress: Progress, reader: Callable[[Source], Reader]) -> Replayed:
    server = RecordedServer()
    poller = house.poller(server, lambda source: Remembering(reader(source)))
    rounds = Rounds(house.config, house.store, poller)
    run = _Run(house, server, rounds, house.housekeeper())
    times: list[datetime] = []
    issuer = ""
    for number, snapshot in enumerate(snapshots(path), 1):
        moment = as_utc(snapshot.time)
        if times:
            await _meanwhile(run, moment)
        else:
            house.register(moment)
        server.apply(snapshot)
        await run.poll(moment)
        times.append(moment)
        issuer = snapshot.issuer
        progress(path.name, number)
    await _meanwhile(run, times[-1] + DAY)
    names = tuple(source.id for source in house.config.sources)
    return Replayed(
        issuer, names, times[0], times[-1], tuple(times), tuple(run.polls), tuple(run.events), run.decisions
    )


async def _meanwhile(run: _Run, until: datetime) -> None:
    """Poll where something waits, between the last poll and ``until``."""
    while True:
        at = run.reasons_to_poll(run.polls[-1])
        if at is None or at >= until:
            return
        await run.poll(at)
