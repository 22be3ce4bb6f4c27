"""Standings and revisions as rows, and back.

What re-stamping a page moves (dates, the issuer's remark about its last edit) is no part of a revision; it is kept
with the standing as its *edition*, so that a record comes back exactly as it was last read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from advisoryd import codec
from advisoryd.model.record import Record, Stamp
from advisoryd.model.standing import Candidate, Missing, Standing, State
from advisoryd.store.among import AnyRow
from advisoryd.store.bodies import pack, unpack


@dataclass(frozen=True, slots=True)
class Revision:
    """A stored, immutable record. ``payloads`` are the hashes of the raw bytes it was read from."""

    id: str
    record: Record
    source: str
    payloads: tuple[str, ...]
    reader_version: int
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """The members of a record that move without a new revision."""

    issued_at: Stamp | None = None
    reviewed_at: Stamp | None = None
    note: str = ""
    editorial: bool = False


def revision_id(record: Record) -> str:
    """A hash of what the record says. Dates and the issuer's remark about its last edit are left out: re-stamping a
    page does not make a revision."""
    return blake2b(codec.canonical(_in_edition(record, Edition())), digest_size=12).hexdigest()


def _in_edition(record: Record, edition: Edition) -> Record:
    return replace(
        record,
        issued_at=edition.issued_at,
        reviewed_at=edition.reviewed_at,
        note=edition.note,
        editorial=edition.editorial,
    )


def _edition(record: Record) -> str:
    return codec.dumps(Edition(record.issued_at, record.reviewed_at, record.note, record.editorial)).decode()


def revision_row(revision: Revision) -> dict[str, object]:
    """To the table ``revisions``."""
    record = revision.record
    return {
        "id": revision.id,
        "issuer": record.issuer,
        "destination": record.destination,
        "track": record.track,
        "source": revision.source,
        "key": record.key,
        "payloads": " ".join(revision.payloads),
        "reader_version": revision.reader_version,
        "first_seen": revision.first_seen,
        "body": pack(record),
    }


def revision_of(row: AnyRow) -> Revision:
    """From the table ``revisions``."""
    payloads = tuple(row.payloads.split())
    return Revision(row.id, unpack(row.body, Record), row.source, payloads, row.reader_version, row.first_seen)


def standing_row(standing: Standing) -> dict[str, object]:
    """To the table ``standings``."""
    record, held, missing = standing.record, standing.candidate, standing.missing
    return {
        "issuer": standing.issuer,
        "destination": standing.destination,
        "track": standing.track,
        "source": standing.source,
        "key": standing.key,
        "revision": standing.revision,
        "edition": _edition(record),
        "state": standing.state,
        "level": record.level,
        "first_seen": standing.first_seen,
        "changed_at": standing.changed_at,
        "candidate": held.revision if held else "",
        "candidate_edition": _edition(held.record) if held else "",
        "candidate_since": held.since if held else None,
        "missing_since": missing.since if missing else None,
        "missing_polls": missing.polls if missing else 0,
        "stale_since": standing.stale_since,
        "dated": standing.dated,
        "expires_at": record.expires_at.at if record.expires_at else None,
        "warned_expiry": standing.warned_expiry,
    }


def standing_of(row: AnyRow, records: Mapping[str, Record]) -> Standing:
    """From the table ``standings``, with the records of the revisions it names."""
    return Standing(
        issuer=row.issuer,
        destination=row.destination,
        track=row.track,
        source=row.source,
        key=row.key,
        record=_as_read(records[row.revision], row.edition),
        revision=row.revision,
        state=State(row.state),
        first_seen=row.first_seen,
        changed_at=row.changed_at,
        candidate=_candidate(row, records),
        missing=Missing(row.missing_since, row.missing_polls) if row.missing_since else None,
        stale_since=row.stale_since,
        dated=row.dated,
        warned_expiry=row.warned_expiry,
    )


def _candidate(row: AnyRow, records: Mapping[str, Record]) -> Candidate | None:
    if row.candidate_since is None:
        return None
    record = _as_read(records[row.candidate], row.candidate_edition)
    return Candidate(record, row.candidate, row.candidate_since)


def _as_read(record: Record, edition: str) -> Record:
    return _in_edition(record, codec.loads(edition, Edition))
