"""One look at a source, now: what its server answers, what its reader makes of it, what would be decided.

endpoints ─ask─> answers ─parse─> pages named ─ask some─> answers ─settle─> decisions, taken back

The decisions are the true ones: everything is written as a poll would write it, in a transaction that is undone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from advisoryd.model.config import Config
from advisoryd.model.event import Event
from advisoryd.model.outcome import Fetched, FetchFailed, Validators
from advisoryd.model.reading import Document, Finding, Follow, Parsed, Reader, Request, Unreadable
from advisoryd.model.record import Item, Record
from advisoryd.model.source import Source
from advisoryd.service.announce import Announcer
from advisoryd.service.ask import Answer, Fetcher, ask, followed, wanted
from advisoryd.service.house import database_of, reader_for
from advisoryd.service.read import parse, read
from advisoryd.service.settle import Occasion, Settled, settle
from advisoryd.store import documents, sources
from advisoryd.store.engine import Store, Tx, open_store
from advisoryd.store.sqlite import sqlite_path
from advisoryd.store.states import DocumentState

NOTHING = Settled((), ())


@dataclass(frozen=True, slots=True)
class Look:
    """One document: how it was answered, and what it says. ``trouble`` is ``""`` for one that could be read; ``page``
    tells a page that an index names from an endpoint."""

    url: str
    page: bool
    size: int = 0
    content_type: str = ""
    trouble: str = ""
    keys: int = 0
    items: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Probe:
    """What one look brought. ``idle`` is what the source waits for before it asks for anything. ``bodies`` are what
    was answered, by document; ``first`` says that the source was never read before, so that all is baseline."""

    source: str
    idle: str = ""
    looks: tuple[Look, ...] = ()
    records: tuple[Record, ...] = ()
    items: tuple[Item, ...] = ()
    findings: tuple[Finding, ...] = ()
    first: bool = False
    healthy: bool = True
    events: tuple[Event, ...] = ()
    decisions: tuple[tuple[str, str], ...] = ()
    bodies: tuple[Fetched, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether any endpoint brought something that could be read."""
        return any(not look.page and not look.trouble for look in self.looks)


class _Undone(Exception):
    """Takes back everything that a transaction wrote."""


def look(config: Config, source: Source, now: datetime, pages: int) -> Probe:
    """Look at ``source`` as ``config`` would, beside the database of ``config``, or beside an empty one while there is
    none. Raises :class:`~advisoryd.store.engine.StoreError`."""
    with _database(config) as store:
        return asyncio.run(_look(config, store, source, now, pages))


async def _look(config: Config, store: Store, source: Source, now: datetime, pages: int) -> Probe:
    from advisoryd.fetch.client import Client

    async with Client(config.http) as client:
        return await probe(config, store, source, reader_for(source), client, now, pages)


@contextmanager
def _database(config: Config) -> Iterator[Store]:
    path = sqlite_path(database_of(config), Path(config.state_dir))
    with TemporaryDirectory() as folder:
        known = path is None or path.exists()
        store = open_store(database_of(config) if known else "sqlite", Path(config.state_dir if known else folder))
        try:
            yield store
        finally:
            store.close()


async def probe(
    config: Config, store: Store, source: Source, reader: Reader, fetcher: Fetcher, now: datetime, pages: int
) -> Probe:
    """Ask for the endpoints of ``source`` and for so many of the ``pages`` they name. Nothing is kept, nobody is told.

    Raises :class:`~advisoryd.store.engine.StoreError`.
    """
    requests = reader.endpoints(now)
    if not requests:
        from advisoryd.sources import catalogue

        return Probe(source.id, idle=catalogue.idle(source) or "has nothing to ask for")
    with store.reading() as tx:
        held = documents.held(tx, source.id)
    answers = await _asked(fetcher, source, wanted(source, requests, held))
    said = _parsed(reader, answers)
    named = list({page.request.url: page for parsed in said.values() for page in _follow(parsed)}.values())
    chosen = [_page(source, page, held) for page in _due_first(named, held)[: max(pages, 0)]]
    answers += await _asked(fetcher, source, followed(chosen, requests))
    return _told(config, store, source, reader, answers, named, now)


def _told(
    config: Config,
    store: Store,
    source: Source,
    reader: Reader,
    answers: Sequence[Answer],
    named: Sequence[Follow],
    now: datetime,
) -> Probe:
    said = _parsed(reader, answers)
    readable = [parsed for parsed in said.values() if isinstance(parsed, Parsed)]
    first, settled = _decided(config, store, source, reader, answers, named, now)
    noticed = (finding for parsed in readable for finding in parsed.findings)
    return Probe(
        source.id,
        looks=tuple(_seen(answer, said.get(answer.document.url)) for answer in answers),
        records=tuple(_records(reader, readable)),
        items=tuple(item for parsed in readable for item in parsed.items),
        findings=tuple(dict.fromkeys([*noticed, *settled.findings])),
        first=first,
        healthy=settled.healthy,
        events=settled.events,
        decisions=settled.decisions,
        bodies=tuple(answer.outcome for answer in answers if isinstance(answer.outcome, Fetched)),
    )


async def _asked(fetcher: Fetcher, source: Source, chosen: Sequence[tuple[Request, DocumentState]]) -> list[Answer]:
    """The answers in full, whatever is held already; what was held stays beside them."""
    whole = [(request, replace(state, validators=Validators())) for request, state in chosen]
    return await ask(fetcher, source, whole)


def _parsed(reader: Reader, answers: Iterable[Answer]) -> dict[str, Parsed | Unreadable]:
    """All that the documents say, entries read earlier included."""
    said: dict[str, Parsed | Unreadable] = {}
    for answer in answers:
        if isinstance(outcome := answer.outcome, Fetched):
            url = answer.document.url
            try:
                said[url] = reader.parse(Document(url, outcome.body, outcome.content_type, outcome.charset))
            except Unreadable as problem:
                said[url] = problem
    return said


def _follow(parsed: Parsed | Unreadable) -> Sequence[Follow]:
    return parsed.follow if isinstance(parsed, Parsed) else ()


def _due_first(named: Sequence[Follow], held: dict[str, DocumentState]) -> list[Follow]:
    """Pages that a poll would ask for before the others: those that changed, or were never read."""
    return sorted(named, key=lambda page: page.request.url in held and held[page.request.url].stamp == page.stamp)


def _page(source: Source, page: Follow, held: dict[str, DocumentState]) -> DocumentState:
    url = page.request.url
    state = held.get(url) or DocumentState(source=source.id, url=url)
    return replace(state, follow=True, key=page.key, request=page.request, wanted=page.stamp)


def _records(reader: Reader, readable: Sequence[Parsed]) -> Iterable[Record]:
    keys = dict.fromkeys(key for parsed in readable for key in parsed.pieces)
    for key in keys:
        yield from reader.records(key, [parsed.pieces[key] for parsed in readable if key in parsed.pieces])


def _seen(answer: Answer, said: Parsed | Unreadable | None) -> Look:
    url, page, outcome = answer.document.url, answer.document.follow, answer.outcome
    if isinstance(outcome, FetchFailed):
        return Look(url, page, trouble=f"{outcome.trouble}: {outcome.detail}")
    if not isinstance(outcome, Fetched) or said is None:
        return Look(url, page, trouble="not modified, though nothing was said to be held")
    look = Look(url, page, len(outcome.body), outcome.content_type)
    if isinstance(said, Unreadable):
        return replace(look, trouble=f"{said.kind}: {said.detail}")
    return replace(look, keys=len(said.pieces), items=len(said.items), pages=len(said.follow))


def _decided(
    config: Config,
    store: Store,
    source: Source,
    reader: Reader,
    answers: Sequence[Answer],
    named: Sequence[Follow],
    now: datetime,
) -> tuple[bool, Settled]:
    """Whether the source is new, and what a poll with these answers would decide."""
    first, settled = True, NOTHING
    try:
        with store.begin() as tx:
            first, settled = _settled(tx, config, source, reader, answers, named, now)
            raise _Undone
    except _Undone:
        return first, settled


def _settled(
    tx: Tx,
    config: Config,
    source: Source,
    reader: Reader,
    answers: Sequence[Answer],
    named: Sequence[Follow],
    now: datetime,
) -> tuple[bool, Settled]:
    sources.sync(tx, [source.id], now)
    state = sources.states(tx)[source.id]
    documents.follow(tx, source.id, named, now)
    reading = read(tx, source, reader, answers, parse(tx, source, reader, answers), now, state.baseline_at)
    first = state.baseline_at is None
    return first, settle(tx, config, Announcer(config), source, reader, reading, Occasion(now, first=first))
