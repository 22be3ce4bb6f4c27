"""Events for the operator: a source that broke or recovered, and what was noticed about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from advisoryd.model.event import Event, Kind
from advisoryd.model.reading import Finding, FindingKind
from advisoryd.model.source import Source
from advisoryd.service.read import Reading
from advisoryd.store.states import OK

QUIET_KINDS = frozenset({FindingKind.BULK_REVIEW, FindingKind.STALE_COPY, FindingKind.DUPLICATE})
"""Noticed, kept and listed, but no reason to write to anybody."""

BELIEF_KINDS = frozenset({FindingKind.MISSING, FindingKind.LEVELS_LOST})
"""Told as the reason why a source counts as broken, not once more by themselves."""

UNREAD_KINDS = frozenset({FindingKind.UNKNOWN_LEVEL, FindingKind.UNKNOWN_FIELD})
"""What a lost level looks like row by row; in a poll that is not believed the loss as a whole is told."""

PAGES_FAILING = 5
"""Fewer failing pages say nothing about the source as a whole."""


def source_event(source: Source, kind: Kind, reason: str, detail: str, now: datetime, subject: str = "") -> Event:
    """An operator event about ``source``. ``subject`` makes two different matters two events."""
    return Event(
        id="",
        kind=kind,
        issuer=source.issuer,
        destination="",
        source=source.id,
        name=source.name,
        at=now,
        first_seen=now,
        reason=reason,
        after=subject,
        title=f"{source.id}: {detail}" if detail else source.id,
        summary=detail,
        url=source.homepage,
    )


def degraded(source: Source, reason: str, cause: str, now: datetime) -> Event:
    """The source is broken; its last good levels stand and are marked stale."""
    return source_event(source, Kind.SOURCE_DEGRADED, reason, cause, now, now.isoformat())


def recovered(source: Source, now: datetime) -> Event:
    """The source answers and reads well again."""
    return source_event(source, Kind.SOURCE_RECOVERED, "good-reading", "", now, now.isoformat())


def pages_failing(reading: Reading) -> list[Finding]:
    """A good list behind which half of the pages asked for cannot be read: the list alone would hide it."""
    failed = [failure for failure in reading.failures if failure.follow]
    asked = len(failed) + sum(document.follow and document.status == OK for document in reading.documents)
    if len(failed) < PAGES_FAILING or len(failed) * 2 < asked:
        return []
    detail = f"{len(failed)} of {asked} pages could not be read: {failed[0].trouble}, {failed[0].detail}"
    return [Finding(FindingKind.UNREADABLE, detail)]


def finding_events(source: Source, fresh: Sequence[Finding], now: datetime, believed: bool) -> list[Event]:
    """What is new among the findings of a poll, as operator events; many of one kind are one event."""
    told: dict[FindingKind, list[Finding]] = {}
    for finding in fresh:
        quiet = finding.kind in QUIET_KINDS or finding.kind in BELIEF_KINDS
        if not quiet and (believed or finding.kind not in UNREAD_KINDS):
            told.setdefault(finding.kind, []).append(finding)
    return [_finding_event(source, kind, found, now) for kind, found in told.items()]


def _finding_event(source: Source, kind: FindingKind, found: Sequence[Finding], now: datetime) -> Event:
    detail = found[0].detail if len(found) == 1 else f"{found[0].detail} (and {len(found) - 1} more like it)"
    return source_event(source, Kind.SOURCE_FINDING, kind, detail, now, f"{kind} {now.isoformat()}")
