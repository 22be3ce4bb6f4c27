"""What every round asks, and what a poll that found nothing new writes, in plain SQL.

Nearly every round is like that, and importing SQLAlchemy takes as long as asking for a thousand unchanged documents
(a quarter of a second of CPU each). So these few statements go to the driver itself; everything that a change needs
goes through SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from advisoryd.decide.health import Condition
from advisoryd.model.standing import Health
from advisoryd.store.instants import instant, number, perhaps
from advisoryd.store.plain import Plain
from advisoryd.store.states import DocumentState, SourceState, document_of

ALWAYS = datetime.max.replace(tzinfo=UTC)
"""By then everything is due."""

_VERSION = "SELECT version_num FROM advisoryd_version"
_KNOWN = "SELECT id FROM sources"
_DUE = """
    SELECT id, health, failures, since, last_good, cause, next_poll, last_poll, reader_version, baseline_at, announced,
        records, newest, moved_to, moved_polls, told_at
    FROM sources WHERE id IN (SELECT id FROM sources WHERE next_poll <= :by UNION SELECT id FROM sources
        WHERE last_poll > :by) ORDER BY next_poll, id"""
_ENDPOINTS = """
    SELECT source, url, follow, key, request, etag, modified, payload, content_type, charset, stamp, wanted, since,
        checked_at, due_at, fresh_for, complete, status
    FROM documents WHERE follow = FALSE AND source IN
        (SELECT id FROM sources WHERE next_poll <= :by UNION SELECT id FROM sources WHERE last_poll > :by)"""
_OPEN = """
    SELECT source FROM documents WHERE stamp != wanted
    UNION SELECT source FROM documents WHERE due_at <= :now
    UNION SELECT source FROM standings WHERE candidate_since IS NOT NULL OR missing_since IS NOT NULL"""
_UNCHANGED = "UPDATE sources SET last_poll = :now, last_good = :now, next_poll = :next WHERE id = :source"
_TO_DELIVER = """
    SELECT 1 FROM deliveries WHERE state = 'sending'
    UNION ALL SELECT 1 FROM deliveries WHERE state = 'waiting' AND next_attempt <= :now LIMIT 1"""


def version(plain: Plain) -> str | None:
    """The schema of a database that has tables of ours."""
    return next((str(row[0]) for row in plain.execute(_VERSION, {})), None)


def known(plain: Plain) -> set[str]:
    """The ids of the sources that have a row."""
    return {row[0] for row in plain.execute(_KNOWN, {})}


def due(plain: Plain, by: datetime = ALWAYS) -> dict[str, SourceState]:
    """The sources due by then, the longest due first. One whose last poll lies in the future is due: the clock was put
    back, and the due times of the hours between would keep it silent."""
    return {row[0]: _source(row) for row in plain.execute(_DUE, {"by": number(by)})}


def endpoints(plain: Plain, by: datetime = ALWAYS) -> dict[str, dict[str, DocumentState]]:
    """The endpoint documents of the sources due by then, by source and URL."""
    found: dict[str, dict[str, DocumentState]] = {}
    for row in plain.execute(_ENDPOINTS, {"by": number(by)}):
        found.setdefault(row[0], {})[row[1]] = _endpoint(row)
    return found


def with_open_questions(plain: Plain, now: datetime) -> set[str]:
    """The sources for which even an unchanged answer means something: a page is due, a reading waits for a second one,
    or a row is missing."""
    return {row[0] for row in plain.execute(_OPEN, {"now": number(now)})}


def save_unchanged(plain: Plain, polled: Sequence[tuple[str, datetime]], now: datetime) -> None:
    """These healthy sources had nothing new. One small row each: (source, next poll)."""
    rows = [{"source": source, "next": number(next_poll), "now": number(now)} for source, next_poll in polled]
    if rows:
        plain.executemany(_UNCHANGED, rows)


def has_deliveries(plain: Plain, now: datetime) -> bool:
    """Whether a message is due, or was on its way when the last process ended."""
    return any(True for _ in plain.execute(_TO_DELIVER, {"now": number(now)}))


def _source(row: Sequence[Any]) -> SourceState:
    name, health, failures, since, last_good, cause, next_poll, last_poll, *rest = row
    reader_version, baseline_at, announced, records, newest, moved_to, moved_polls, told_at = rest
    return SourceState(
        id=name,
        condition=Condition(Health(health), failures, perhaps(since), perhaps(last_good), cause),
        next_poll=instant(next_poll),
        last_poll=perhaps(last_poll),
        reader_version=reader_version,
        baseline_at=perhaps(baseline_at),
        announced=bool(announced),
        records=records,
        newest=perhaps(newest),
        moved_to=moved_to,
        moved_polls=moved_polls,
        told_at=perhaps(told_at),
    )


def _endpoint(row: Sequence[Any]) -> DocumentState:
    *most, since, checked_at, due_at, fresh_for, complete, status = row
    return document_of([*most, perhaps(since), perhaps(checked_at), perhaps(due_at), fresh_for, complete, status])
