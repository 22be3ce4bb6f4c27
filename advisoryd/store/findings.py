"""What the operator was told about sources, and the sweeps told lately: memory against saying things twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from advisoryd.model.reading import Finding
from advisoryd.store.engine import Tx
from advisoryd.store.schema import findings, swept
from advisoryd.store.upsert import upsert


def note(tx: Tx, source: str, found: Sequence[Finding], now: datetime, payload: str = "") -> list[Finding]:
    """Remember findings, with the payload that shows them. Returns those that were not known yet."""
    if not found:
        return []
    query = select(findings.c.kind, findings.c.subject).where(findings.c.source == source)
    known = {(row.kind, row.subject) for row in tx.execute(query)}
    rows = [
        {
            "source": source,
            "kind": finding.kind,
            "subject": _subject(finding),
            "detail": finding.detail,
            "first_seen": now,
            "last_seen": now,
            "payload": payload,
        }
        for finding in found
    ]
    upsert(tx, findings, rows, keep=("first_seen", "payload"))
    fresh: dict[tuple[str, str], Finding] = {}
    for finding in found:
        name = (str(finding.kind), _subject(finding))
        if name not in known:
            fresh.setdefault(name, finding)
    return list(fresh.values())


def _subject(finding: Finding) -> str:
    """What a finding is about: one row, or the source as a whole."""
    return finding.keys[0] if len(finding.keys) == 1 else ""


def clear(tx: Tx, before: datetime) -> None:
    """Forget findings that were not seen since then: should they come back, they are news again."""
    tx.execute(delete(findings).where(findings.c.last_seen < before))


def of_source(tx: Tx, source: str) -> list[tuple[str, str, datetime, str]]:
    """Kind, detail, last sight and payload of what is known about a source."""
    query = select(findings).where(findings.c.source == source).order_by(findings.c.last_seen.desc())
    return [(row.kind, row.detail, row.last_seen, row.payload) for row in tx.execute(query)]


def swept_since(tx: Tx, source: str, since: datetime) -> set[str]:
    """The marks of sweeps seen since then."""
    query = select(swept.c.mark).where(swept.c.source == source, swept.c.at >= since)
    return set(tx.execute(query).scalars())


def note_sweeps(tx: Tx, source: str, marks: Sequence[str], now: datetime, keep_since: datetime) -> None:
    """Remember the marks of this poll's sweeps and forget those older than ``keep_since``."""
    tx.execute(delete(swept).where(swept.c.source == source, swept.c.at < keep_since))
    upsert(tx, swept, [{"source": source, "mark": mark, "at": now} for mark in marks])
