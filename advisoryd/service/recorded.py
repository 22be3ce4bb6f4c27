"""Recorded payload streams: what governments' own endpoints served, snapshot by snapshot.

A stream is a file of JSON lines, plain or compressed with xz, oldest first::

    {"time": "2025-03-28T07:06:09Z", "issuer": "CA", "set": {url: {"type": …, "body": …}}, "gone": [url, …]}

A URL that a line does not mention still serves what it served last; the first line is the complete state.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TypeVar

from advisoryd import codec
from advisoryd.model.outcome import Fetched, FetchFailed, FetchOutcome, NotModified, Trouble, Validators
from advisoryd.model.reading import Request
from advisoryd.store.payloads import hash_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Served:
    """What one URL returned."""

    body: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What changed on an issuer's servers at one time."""

    time: datetime
    issuer: str
    set: Mapping[str, Served] = field(default_factory=dict)
    gone: tuple[str, ...] = ()


class NotAStream(ValueError):
    """A file that does not hold what it should; the message names it and the line."""


@contextmanager
def _open(path: Path) -> Iterator[IO[str]]:
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as compressed:
            yield compressed
    else:
        with path.open(encoding="utf-8") as text:
            yield text


def snapshots(path: Path) -> Iterator[Snapshot]:
    """The snapshots of a stream, oldest first. Raises :class:`NotAStream`."""
    before: Snapshot | None = None
    for snapshot in values(path, Snapshot, "a snapshot"):
        if before is not None and as_utc(snapshot.time) < as_utc(before.time):
            raise NotAStream(f"{path} is not in order of time: {before.time} is followed by {snapshot.time}")
        if before is not None and snapshot.issuer != before.issuer:
            raise NotAStream(f"{path} holds more than one issuer: {before.issuer} and {snapshot.issuer}")
        yield snapshot
        before = snapshot


def first_of(path: Path) -> Snapshot:
    """The first snapshot of a stream. Raises :class:`NotAStream`."""
    for snapshot in snapshots(path):
        return snapshot
    raise NotAStream(f"{path} is empty")


def values(path: Path, kind: type[T], what: str) -> Iterator[T]:
    """The lines of a file of JSON lines, plain or compressed with xz, as values of ``kind``. Raises
    :class:`NotAStream`, in which ``what`` names what a line should be."""
    number = 0
    try:
        with _open(path) as lines:
            for line in lines:
                number += 1
                yield codec.loads(line, kind)
    except codec.Malformed as problem:
        raise NotAStream(f"{path} line {number} is not {what}: {problem}") from problem
    except (lzma.LZMAError, EOFError, UnicodeDecodeError) as problem:
        raise NotAStream(f"{path} cannot be read after line {number}: {problem}") from problem


def streams(folder: Path) -> list[Path]:
    """The stream files of a folder: those whose first line is a snapshot with an issuer and payloads."""
    names = sorted([*folder.glob("*.jsonl"), *folder.glob("*.jsonl.xz")])
    return [path for path in names if _is_stream(path)]


def _is_stream(path: Path) -> bool:
    try:
        return bool(first_of(path).set)
    except NotAStream:
        return False


class RecordedServer:
    """Serves a stream as it stood at the last snapshot that was applied; the fetcher of a replay."""

    def __init__(self) -> None:
        self._bodies: dict[str, tuple[bytes, str, str]] = {}

    def apply(self, snapshot: Snapshot) -> None:
        """Move on to ``snapshot``."""
        for url, served in snapshot.set.items():
            body = served.body.encode()
            self._bodies[url] = (body, served.type, hash_of(body))
        for url in snapshot.gone:
            self._bodies.pop(url, None)

    def serves(self, url: str) -> bool:
        """Whether the URL answers now."""
        return url in self._bodies

    async def fetch(
        self,
        request: Request,
        *,
        validators: Validators = Validators(),
        headers: tuple[tuple[str, str], ...] = (),
        proxy: str = "",
        allow_networks: tuple[str, ...] = (),
        spacing: float = 0.0,
    ) -> FetchOutcome:
        """What the endpoint answered."""
        held = self._bodies.get(request.url)
        if held is None:
            return FetchFailed(request.url, Trouble.NOT_FOUND, f"{request.url} answers 404", 404)
        body, kind, etag = held
        if validators.etag == etag:
            return NotModified(request.url)
        return Fetched(request.url, body, kind.partition(";")[0], "utf-8", Validators(etag))


def as_utc(moment: datetime) -> datetime:
    """An instant of a stream or a truth file; without a zone it is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
