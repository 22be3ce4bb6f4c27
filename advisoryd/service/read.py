"""From answers to records: which bodies are new, what they say, and which rows that touches.

Only documents whose bytes changed are parsed, and only keys whose pieces changed are joined into records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from advisoryd import codec
from advisoryd.model.outcome import Fetched, FetchFailed, NotModified, Trouble, Validators
from advisoryd.model.reading import Document, Finding, Follow, Parsed, Piece, Reader, Unreadable
from advisoryd.model.record import Item, Record
from advisoryd.model.source import Source
from advisoryd.service.ask import Answer, Failure, is_same, patience
from advisoryd.store import documents, payloads
from advisoryd.store.engine import Tx
from advisoryd.store.states import DOUBTED, OK, DocumentState

LASTING = (Trouble.NOT_FOUND, Trouble.GONE, Trouble.UNREADABLE)
PAGE_WAIT = timedelta(hours=1)
"""A page that is not there or cannot be read stays so for a while: an index names a new page minutes before it is up,
and a broken one is mended by people."""


@dataclass(frozen=True, slots=True)
class Read:
    """A record and the hashes of the bodies it was read from. ``first``: none of those was ever read before."""

    record: Record
    payloads: tuple[str, ...]
    first: bool


@dataclass(slots=True)
class Reading:
    """What one round of answers said, before anything is decided. ``documents`` are to be saved as they now are."""

    baseline: datetime
    documents: list[DocumentState] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)
    parsed: dict[str, Parsed] = field(default_factory=dict)
    never_read: set[str] = field(default_factory=set)
    doubted: set[str] = field(default_factory=set)
    pieces: dict[str, tuple[dict[str, str], dict[str, str]]] = field(default_factory=dict)
    slices: dict[str, tuple[set[str], tuple[str, ...]]] = field(default_factory=dict)
    records: list[Read] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    unchanged: int = 0
    fresh_for: float | None = None

    @property
    def items(self) -> list[Item]:
        """Every entry that the parsed feeds brought."""
        return [item for parsed in self.parsed.values() for item in parsed.items]

    @property
    def seeds(self) -> set[str]:
        """The entries that only documents read for the first time brought: a first sight, not news."""
        known = [item.key for url, parsed in self.parsed.items() if url not in self.never_read for item in parsed.items]
        return {item.key for item in self.items} - set(known)

    @property
    def follow(self) -> list[Follow]:
        """Every page that the parsed documents point at."""
        return [page for parsed in self.parsed.values() for page in parsed.follow]

    @property
    def findings(self) -> list[Finding]:
        """What the reader noticed."""
        return [finding for parsed in self.parsed.values() for finding in parsed.findings]

    @property
    def answered(self) -> bool:
        """Whether any endpoint answered with something that may be believed."""
        fresh = any(not document.follow and document.url in self.parsed for document in self.documents)
        return self.unchanged > 0 or fresh


Parses = dict[str, Parsed | Unreadable]
"""What each new body says, or why it cannot be read, by URL."""


def parse(tx: Tx, source: Source, reader: Reader, answers: Sequence[Answer]) -> Parses:
    """Parse every new body among ``answers``, once a poll."""
    parses: Parses = {}
    for answer in answers:
        outcome, held = answer.outcome, answer.document
        if isinstance(outcome, Fetched) and not is_same(answer):
            try:
                parses[held.url] = _sound(reader.parse(_document(tx, source, held, outcome)))
            except Unreadable as problem:
                parses[held.url] = problem
    return parses


def _sound(parsed: Parsed) -> Parsed:
    """PostgreSQL stores no NUL; free text can do without, but a key must stay what it is."""
    if any("\0" in key for key in (*parsed.pieces, *(item.key for item in parsed.items))):
        raise Unreadable("wrong-shape", "an entry's identity holds a NUL character")
    return parsed


def read(
    tx: Tx,
    source: Source,
    reader: Reader,
    answers: Sequence[Answer],
    parses: Parses,
    now: datetime,
    baseline: datetime | None = None,
) -> Reading:
    """Join what the new bodies say with what is held. Nothing is written. ``baseline`` is when the source was first
    read: pages that were named then are first sights whenever they come."""
    reading = Reading(baseline=baseline or now)
    for answer in answers:
        _take(tx, source, answer, parses.get(answer.document.url), now, reading)
    changed = [key for url in reading.pieces for key in _to_join(reading, url)]
    if changed:
        _join(_Library(tx, source, reader, reading, now), tx, source, reader, dict.fromkeys(changed), reading)
    return reading


def reread(tx: Tx, source: Source, reader: Reader, now: datetime) -> Reading:
    """Read every held body again, with a reader that reads differently from the last one."""
    answers = []
    for held in documents.held(tx, source.id).values():
        body = payloads.get(tx, held.payload) if held.payload else None
        if body is not None:
            outcome = Fetched(held.url, body, held.content_type, held.charset, held.validators)
            answers.append(Answer(replace(held, status=DOUBTED), outcome))
    return read(tx, source, reader, answers, parse(tx, source, reader, answers), now)


def _take(
    tx: Tx, source: Source, answer: Answer, parsed: Parsed | Unreadable | None, now: datetime, reading: Reading
) -> None:
    held, outcome = answer.document, answer.outcome
    if isinstance(outcome, FetchFailed):
        failure = Failure(held.url, outcome.trouble, outcome.detail, outcome.retry_after, held.follow)
        _fail(source, reading, held, now, failure)
        return
    said = parsed.fresh_for if isinstance(parsed, Parsed) else None
    asked = patience(outcome.fresh_for, held.fresh_for if said is None else said)
    reading.fresh_for = _least(reading.fresh_for, asked)
    due = now + source.detail_every if held.follow else None
    checked = replace(held, checked_at=now, stamp=held.wanted, due_at=due, status=OK)
    if isinstance(outcome, NotModified) or parsed is None:
        reading.unchanged += 1
        reading.documents += [checked] if held.follow else []
    elif isinstance(parsed, Unreadable):
        detail = f"{parsed.kind}: {parsed.detail}"
        failure = Failure(held.url, Trouble.UNREADABLE, detail, None, held.follow, outcome.body)
        _fail(source, reading, held, now, failure)
    else:
        _add(tx, source, checked, outcome, parsed, reading)
        reading.doubted |= {held.url} if held.status == DOUBTED else set()


def _add(tx: Tx, source: Source, checked: DocumentState, outcome: Fetched, parsed: Parsed, reading: Reading) -> None:
    url, name = checked.url, payloads.hash_of(outcome.body)
    reading.bodies[name] = outcome.body
    reading.parsed[url] = parsed
    reading.documents.append(_held(checked, outcome, name, parsed))
    reading.pieces[url] = (documents.piece_hashes(tx, source.id, url), _hashes(parsed.pieces))
    if not checked.payload and (checked.since is None or checked.since <= reading.baseline):
        reading.never_read.add(url)
    if parsed.slices:
        reading.slices[url] = (documents.known_slices(tx, source.id, url), parsed.slices)


def _document(tx: Tx, source: Source, held: DocumentState, outcome: Fetched) -> Document:
    known = documents.known_slices(tx, source.id, held.url) if held.payload and not held.follow else ()
    return Document(held.url, outcome.body, outcome.content_type, outcome.charset, known)


def _held(checked: DocumentState, outcome: Fetched, name: str, parsed: Parsed) -> DocumentState:
    return replace(
        checked,
        validators=outcome.validators,
        payload=name,
        content_type=outcome.content_type,
        charset=outcome.charset,
        fresh_for=parsed.fresh_for if parsed.fresh_for is not None else checked.fresh_for,
        complete=parsed.complete,
        status=OK,
    )


def _fail(source: Source, reading: Reading, held: DocumentState, now: datetime, failure: Failure) -> None:
    reading.failures.append(failure)
    failed = replace(held, checked_at=now, validators=Validators())
    if held.follow:
        due = now + page_wait(source, held, now, failure)
        failed = replace(failed, status=failure.trouble.value, stamp=held.wanted, due_at=due)
    if held.follow or held.payload:
        reading.documents.append(failed)


def page_wait(source: Source, held: DocumentState, now: datetime, failure: Failure) -> timedelta:
    """A page that never came is asked for at growing distances, half as long as it has been named."""
    wait = PAGE_WAIT if failure.trouble in LASTING else source.every
    if held.payload or held.since is None:
        return wait
    return max(wait, min((now - held.since) / 2, source.detail_every))


def _least(one: float | None, two: float | None) -> float | None:
    known = [value for value in (one, two) if value is not None]
    return min(known, default=None)


def _hashes(pieces: Mapping[str, Piece]) -> dict[str, str]:
    return {key: blake2b(codec.canonical(piece), digest_size=12).hexdigest() for key, piece in pieces.items()}


def _differing(old: dict[str, str], new: dict[str, str]) -> Iterable[str]:
    yield from (key for key, value in new.items() if old.get(key) != value)
    yield from (key for key in old if key not in new)


def _to_join(reading: Reading, url: str) -> Iterable[str]:
    """The keys of which a document says something else than before; all of them when the last poll was not believed,
    because nothing came of what it said."""
    old, new = reading.pieces[url]
    return {**old, **new} if url in reading.doubted else _differing(old, new)


def _join(library: _Library, tx: Tx, source: Source, reader: Reader, keys: Iterable[str], reading: Reading) -> None:
    """Join the pieces of every document that mentions a changed key, parsing held bodies where it has to."""
    for key, urls in documents.urls_of_keys(tx, source.id, list(keys)).items():
        found = library.pieces(key, urls)
        used = tuple(name for name, _ in found)
        records = reader.records(key, [piece for _, piece in found]) if found else ()
        reading.records += [Read(record, used, _is_first(key, reading)) for record in records]


def _is_first(key: str, reading: Reading) -> bool:
    return all(url in reading.never_read for url, (old, new) in reading.pieces.items() if old.get(key) != new.get(key))


class _Library:
    """The documents of one source, parsed at most once a poll: those that just came, and held ones when needed."""

    def __init__(self, tx: Tx, source: Source, reader: Reader, reading: Reading, now: datetime) -> None:
        self._tx, self._source, self._reader, self._reading = tx, source, reader, reading
        self._states = documents.held(tx, source.id) | {state.url: state for state in reading.documents}
        self._parsed: dict[str, Parsed] = dict(reading.parsed)
        self._order = {request.url: place for place, request in enumerate(reader.endpoints(now))}

    def pieces(self, key: str, urls: Iterable[str]) -> list[tuple[str, Piece]]:
        """What each document says of ``key``, with the hash of its body: endpoints in their order, then pages."""
        fresh = [url for url, parsed in self._reading.parsed.items() if key in parsed.pieces]
        mentioned = sorted({*urls, *fresh}, key=lambda url: (self._order.get(url, len(self._order)), url))
        said = [(self._states[url].payload, self._parse(url).pieces.get(key)) for url in mentioned]
        return [(name, piece) for name, piece in said if piece is not None]

    def _parse(self, url: str) -> Parsed:
        if url not in self._parsed:
            state = self._states[url]
            body = payloads.get(self._tx, state.payload)
            document = Document(url, body or b"", state.content_type, state.charset)
            self._parsed[url] = self._reader.parse(document) if body is not None else Parsed()
        return self._parsed[url]
