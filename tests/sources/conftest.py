"""What the tests of readers share: a small believed reading, recorded streams, and mangled bytes."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd.model.reading import Document, Finding, Parsed, Piece, Reader
from advisoryd.model.record import Record

Change = tuple[str, str, int | None, int | None]
"""When, which place, from which level to which."""


@dataclass(frozen=True, slots=True)
class Step:
    """One recorded look at an issuer: the records that were read anew, as they were and as they are."""

    time: str
    changed: Mapping[str, tuple[Record | None, Record]]
    findings: tuple[Finding, ...]

    @property
    def rescoped(self) -> set[tuple[str, str]]:
        """The day and the places whose regions moved to other levels, or came or went, under the same country level."""
        pairs = [(old, new) for old, new in self.changed.values() if old and old.level == new.level]
        return {(self.time[:10], new.destination) for old, new in pairs if _stricter(old) != _stricter(new)}


def _stricter(record: Record) -> list[int]:
    country = record.level or 1
    return sorted(region.level for region in record.scope.regions if region.level and region.level > country)


def _join(reader: Reader, parsed: Mapping[str, Parsed], first: Sequence[str], keys: Iterable[str]) -> dict[str, Record]:
    """The records of ``keys``, from the pieces of all documents, the endpoints' first."""
    pieces: dict[str, list[Piece]] = {key: [] for key in keys}
    for url in dict.fromkeys((*first, *parsed)):
        for key, piece in parsed[url].pieces.items() if url in parsed else ():
            if key in pieces:
                pieces[key].append(piece)
    return {record.key: record for key, found in pieces.items() if found for record in reader.records(key, found)}


@pytest.fixture(scope="session")
def read() -> Callable[..., dict[str, Record]]:
    """The records of a whole reading: ``read(reader, {url: body, …})``, endpoints first."""

    def _read(reader: Reader, bodies: Mapping[str, bytes]) -> dict[str, Record]:
        parsed = {url: reader.parse(Document(url, body)) for url, body in bodies.items()}
        return _join(reader, parsed, tuple(bodies), dict.fromkeys(key for one in parsed.values() for key in one.pieces))

    return _read


@pytest.fixture(scope="session")
def mangled() -> Callable[[bytes], SearchStrategy[bytes]]:
    """Bytes as they may arrive on a bad day: cut off, with bytes changed, doubled or lost."""

    def _mangled(body: bytes) -> SearchStrategy[bytes]:
        places = st.integers(0, len(body) - 1)
        edits = st.lists(st.tuples(places, st.binary(max_size=4)), min_size=1, max_size=6)
        return st.one_of(places.map(lambda end: body[:end]), edits.map(lambda found: _edited(body, found)))

    return _mangled


def _edited(body: bytes, edits: list[tuple[int, bytes]]) -> bytes:
    changed = bytearray(body)
    for place, bytes_there in edits:
        changed[place : place + 1] = bytes_there
    return bytes(changed)


@pytest.fixture(scope="session")
def play(shared: Path) -> Callable[[Reader, str], Iterator[Step]]:
    """Seven months of an issuer's payloads through its reader, one step for every recorded look."""

    def _play(reader: Reader, stream: str) -> Iterator[Step]:
        parsed: dict[str, Parsed] = {}
        records: dict[str, Record] = {}
        first: list[str] = []
        with lzma.open(shared / "replay" / f"{stream}.jsonl.xz", "rt", encoding="utf-8") as lines:
            for look in map(json.loads, lines):
                served = {url: doc for url, doc in look["set"].items() if not url.endswith(".atom")}
                for url in look["gone"]:
                    parsed.pop(url, None)
                new = {
                    url: reader.parse(Document(url, doc["body"].encode(), doc["type"])) for url, doc in served.items()
                }
                parsed |= new
                first = first or [url for url, one in new.items() if one.complete]
                keys = dict.fromkeys(key for one in new.values() for key in one.pieces)
                joined = _join(reader, parsed, first, keys)
                changed = {key: (records.get(key), record) for key, record in joined.items()}
                records |= joined
                yield Step(look["time"], changed, tuple(found for one in new.values() for found in one.findings))

    return _play


@pytest.fixture(scope="session")
def true_changes(shared: Path) -> Callable[[str], list[Change]]:
    """The level changes that an issuer truly made, in the order they happened."""

    def _true_changes(issuer: str) -> list[Change]:
        with lzma.open(shared / "replay" / "truth.jsonl.xz", "rt", encoding="utf-8") as lines:
            events = [event for event in map(json.loads, lines) if event["issuer"] == issuer]
        moved = [event for event in events if event["kind"] in ("level_raised", "level_lowered")]
        return [(e["time"], e["destination_iso2"], e["old_level"], e["new_level"]) for e in moved]

    return _true_changes
