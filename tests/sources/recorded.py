"""Every recorded payload of a source, read as the document it is, whatever its name.

The folders below ``golden/`` hold payloads beside what they should give. Which address a payload came from is told by
its name, where the reader cares: ``jordan.html`` is the page whose address has ``jordan`` in it. Pages become known
when the list that names them is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from advisoryd.model.reading import Document, Finding, Parsed, Piece, Reader, Unreadable
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import catalogue

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
EXPECTED = ("record.json", "records.json", "items.json", "reading.json", "reading-without-key.json", "register.json")


KEYS: dict[str, dict[str, object]] = {"reliefweb": {"appname": "example"}, "kr-mofa": {"service_key": "example"}}
"""Options with which a source is allowed to ask for all that it could."""


@dataclass(slots=True)
class Recorded:
    """What the payloads of one source say together. ``refused`` are those that are no document of it: failures.
    ``addresses`` are what it asks for by itself."""

    source: Source
    addresses: tuple[str, ...] = ()
    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: list[Path] = field(default_factory=list)

    def told_of(self, key: str) -> bool:
        """Whether the operator hears anything about a row."""
        return any(key in finding.keys for finding in self.findings)


def sources() -> dict[str, Source]:
    """The sources of the catalogue, and once more those that read other documents with a key."""
    known = catalogue.entries()
    return known | {f"{name} with a key": replace(known[name], options=options) for name, options in KEYS.items()}


def payloads(source: Source) -> list[Path]:
    """The payloads of a source, without the files that say what they should give."""
    folder = GOLDEN / source.id
    return [path for path in sorted(folder.glob("*")) if not path.name.endswith(EXPECTED)]


def read(source: Source) -> Recorded:
    """All payloads of a source, joined into records as a poll would join them."""
    reader = catalogue.reader_for(source)
    reader = cast(Reader, replace(cast(Any, reader), contract=replace(reader.contract, min_rows=1)))
    addresses = [request.url for request in reader.endpoints(NOW)]
    parsed: dict[Path, tuple[int, Parsed]] = {}
    for path in [*payloads(source), *payloads(source)]:  # a page may stand before the list that names it
        found = None if path in parsed else _parse(reader, path, addresses)
        if found:
            parsed[path] = found
            addresses += [page.request.url for page in found[1].follow if page.request.url not in addresses]
    in_order = [document for _, document in sorted(parsed.values(), key=lambda entry: entry[0])]
    return Recorded(
        source,
        addresses=tuple(request.url for request in reader.endpoints(NOW)),
        records=[record for key, found in _gathered(in_order).items() for record in reader.records(key, found)],
        findings=[finding for document in in_order for finding in document.findings],
        refused=[path for path in payloads(source) if path not in parsed],
    )


def _parse(reader: Reader, path: Path, addresses: list[str]) -> tuple[int, Parsed] | None:
    """What the payload says under the address that fits its name, or else under the first that it can be read under."""
    for address in sorted(addresses, key=lambda known: path.stem not in known):
        try:
            return addresses.index(address), reader.parse(Document(address, path.read_bytes()))
        except Unreadable:
            continue
    return None


def _gathered(documents: Iterable[Parsed]) -> dict[str, list[Piece]]:
    gathered: dict[str, list[Piece]] = {}
    for document in documents:
        for key, piece in document.pieces.items():
            gathered.setdefault(key, []).append(piece)
    return gathered
