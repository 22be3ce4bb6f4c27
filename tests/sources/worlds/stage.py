"""A source on its stage: its world, the true poller, store and deciders, and a clock that moves when it is told to.

stage = Stage(world, folder)
stage.polls(rows)                     # the baseline
stage.polls(fewer, after="2h")        # what came of it is in stage.news(), .signals(), .levels()
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any, cast

from advisoryd.model.config import Config
from advisoryd.model.event import OPERATOR, Event, Kind
from advisoryd.model.ladder import Level, strictest
from advisoryd.model.outcome import Trouble
from advisoryd.model.reading import Reader, Shape
from advisoryd.model.source import Source
from advisoryd.service.ask import Failure
from advisoryd.service.house import House
from advisoryd.service.poll import Polled
from advisoryd.service.rounds import Rounds
from advisoryd.sources import catalogue
from advisoryd.sources.options import duration
from advisoryd.store import advisories, findings, payloads, sources
from advisoryd.store.engine import open_store

from .server import WorldServer
from .world import TEXT, TEXTS, Row, Served, World

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FEWEST = 9
"""So many rows make a whole list on the stage, however many the issuer's has: a scene takes a tenth of the time."""

MARGIN = 8
"""Rows beyond the fewest that are allowed."""

ERROR_PAGE = Served(
    b"<!DOCTYPE html><html><head><title>Error</title></head><body><h1>We are sorry</h1></body></html>",
    "text/html; charset=utf-8",
)
PAGES_LOST = "pages-lost"
QUIET = OPERATOR | {Kind.BASELINE}


class Theatre:
    """A database, and what it held after the first readings of the worlds that were played in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = open_store("sqlite", folder)
        self._empty = self._copy()
        self._first: dict[str, tuple[sqlite3.Connection, Polled]] = {}

    def opens(self, world: World) -> Stage:
        """The stage of a world two hours after its first reading, which was an ordinary one."""
        if world.source.id not in self._first:
            self._restore(self._empty)
            stage = Stage(world, self)
            polled = stage.polls(cast_of(world)[0])
            assert stage.news() == []
            assert polled.baseline
            assert not [failure for failure in polled.failures if not failure.follow]
            self._first[world.source.id] = self._copy(), polled
        held, polled = self._first[world.source.id]
        self._restore(held)
        return Stage(world, self, NOON + span("2h"), polled)

    def closes(self) -> None:
        """Let go of everything."""
        for copy in (self._empty, *(held for held, _ in self._first.values())):
            copy.close()
        self.store.close()

    def _copy(self) -> sqlite3.Connection:
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(self.store.engine.raw_connection()) as held:
            cast(sqlite3.Connection, held.driver_connection).backup(copy)
        return copy

    def _restore(self, copy: sqlite3.Connection) -> None:
        with closing(self.store.engine.raw_connection()) as held:
            copy.backup(cast(sqlite3.Connection, held.driver_connection))


class Stage:
    """One source in its world."""

    def __init__(self, world: World, theatre: Theatre, now: datetime = NOON, last: Polled | None = None) -> None:
        self.world, self.now = world, now
        self.source = hurried(world.source)
        self.reader = reader_of(self.source)
        self.server = WorldServer()
        config = Config(state_dir=str(theatre.folder), sources=(self.source,))
        self.house = House(config, theatre.store, chance=lambda: 0.0)
        self.house.register(now)
        self.poller = self.house.poller(self.server, lambda _: self.reader)
        self.rounds = Rounds(config, self.house.store, self.poller)
        self.last = last
        self._known_findings: set[tuple[str, str]] = set()
        self._lost_before = 0

    # What happens.

    def polls(self, rows: Sequence[Row], after: str = "2h", **quirks: Any) -> Polled:
        """Time passes, the issuer serves these rows, and the source is polled."""
        return self.meets(self.world.serve(rows, **quirks), after)

    def meets(self, answers: dict[str, Served], after: str = "2h") -> Polled:
        """Time passes, the issuer serves these answers, and the source is polled."""
        self.server.serve(answers)
        self.now += span(after)
        self._known_findings = self._findings()
        self._lost_before = _lost_pages(self.last) if self.last else self._lost_before
        self.last = asyncio.run(self._poll())
        return self.last

    def breaks(self, rows: Sequence[Row], after: str = "2h", but: Collection[str] = ()) -> Polled:
        """Every address answers with an error page and 200, except those in ``but``."""
        answers = self.world.serve(rows)
        return self.meets({url: answers[url] if url in but else ERROR_PAGE for url in answers}, after)

    @property
    def endpoints(self) -> set[str]:
        """The addresses that every poll asks for."""
        return {request.url for request in self.reader.endpoints(self.now)}

    # What came of it.

    def news(self) -> list[str]:
        """What travellers were told by the last poll: ``JP raised 3→4``."""
        return sorted(said(event) for event in self._events() if event.kind not in QUIET)

    def signals(self) -> set[str]:
        """What the operator can see of the last poll: troubles, new findings, and events of its own."""
        polled = self._polled()
        told = {str(event.kind) for event in polled.events if event.kind in OPERATOR}
        troubles = {str(failure.trouble) for failure in polled.failures if not _is_lost_page(failure)}
        lost = {PAGES_LOST} if _lost_pages(polled) > self._lost_before else set()
        return told | troubles | lost | self.found()

    def found(self) -> set[str]:
        """The kinds of the findings that the last poll brought."""
        return {kind for kind, _ in self._findings() - self._known_findings}

    def levels(self) -> dict[str, tuple[Level | None, str]]:
        """What stands: level and state of every destination."""
        with self.house.store.reading() as tx:
            stand = advisories.of_source(tx, self.source.id)
        return {f"{one.destination}/{one.track}": (one.record.level, str(one.state)) for one in stand}

    def level_of(self, place: str) -> Level | None:
        """The strictest level that stands for a place on any track."""
        return strictest([level for name, (level, _) in self.levels().items() if name.startswith(f"{place}/")])

    @property
    def calm(self) -> bool:
        """Whether the source lists also places without advice, so that a new row is no new advice."""
        return is_register(self.world) and self.reader.contract.lists_calm

    def keeps_evidence(self) -> bool:
        """Whether a body that shows the last poll's findings and failures is kept, where there was one."""
        found, failures = self.found(), self._polled().failures
        with self.house.store.reading() as tx:
            names = {payload for kind, _, _, payload in findings.of_source(tx, self.source.id) if kind in found}
            names |= {payloads.hash_of(failure.evidence) for failure in failures if failure.evidence}
            return not names or any(payloads.get(tx, name) is not None for name in names)

    # How it goes.

    async def _poll(self) -> Polled:
        """As a round does it, except that an error of a reader is an error here."""
        with self.house.store.begin() as tx:
            sources.make_due(tx, self.now)
        (due,) = self.rounds.due(self.now)
        polled = await self.poller.poll(due, self.now)
        self.rounds.note_unchanged([polled], self.now)
        return polled

    def _polled(self) -> Polled:
        assert self.last is not None, "nothing was polled yet"
        return self.last

    def _events(self) -> Sequence[Event]:
        return self._polled().events

    def _findings(self) -> set[tuple[str, str]]:
        with self.house.store.reading() as tx:
            return {(kind, detail) for kind, detail, _, _ in findings.of_source(tx, self.source.id)}


def _is_lost_page(failure: Failure) -> bool:
    """Whether a page was not found: readers that know their pages by heart ask for more than the cast has."""
    return failure.follow and failure.trouble is Trouble.NOT_FOUND


def _lost_pages(polled: Polled) -> int:
    return sum(map(_is_lost_page, polled.failures))


def hurried(source: Source) -> Source:
    """The source with all its pages read at every poll, so that two hours are enough for any of them."""
    return replace(source, every=timedelta(minutes=15), detail_every=timedelta(hours=1), details_per_poll=100_000)


def reader_of(source: Source) -> Reader:
    """The reader of the source, content with a shorter list than the issuer's."""
    reader = catalogue.reader_for(source)
    fewer = min(reader.contract.min_rows, FEWEST)
    return cast(Reader, replace(cast(Any, reader), contract=replace(reader.contract, min_rows=fewer)))


def said(event: Event) -> str:
    """``JP raised 3→4``, with ``?`` for a level that is not known."""
    place = event.destination or "+".join(event.places)
    if event.kind is Kind.BULLETIN:
        return f"{place} bulletin"
    before, after = (int(level) if level else "?" for level in (event.level_before, event.level_after))
    return f"{place} {event.kind} {before}→{after}"


def span(text: str) -> timedelta:
    """``2h`` as a length of time."""
    length = duration(text)
    assert length is not None, text
    return length


def is_register(world: World) -> bool:
    """Whether absence means something in this world."""
    return catalogue.reader_for(world.source).contract.shape is Shape.REGISTER


def cast_of(world: World) -> tuple[list[Row], str]:
    """Rows enough to be believed, their levels in turn, all some weeks old; and a place that none of them is about."""
    listed = [place for place in world.places if place != world.source.issuer]
    count = reader_of(world.source).contract.min_rows + MARGIN
    levels = cycle(world.levels or (None,))
    text = TEXTS.get(world.source.language, TEXT)
    rows = [
        Row(place, level, NOON - timedelta(days=20 + number % 20), text)
        for number, (place, level) in enumerate(zip(listed[:count], levels, strict=False))
    ]
    return rows, listed[count]
