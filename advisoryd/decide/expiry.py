"""Advice that says itself when it ends. Only the issuer's own date counts; none is ever invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from advisoryd.decide.compare import Around, Verdict
from advisoryd.decide.ending import end_of
from advisoryd.model.event import Event, Kind
from advisoryd.model.standing import Standing, State


def expire(standing: Standing, around: Around) -> Verdict | None:
    """The verdict that the passing of time brings: a warning before the end, the end, or nothing."""
    end = end_of(standing.record)
    if end is None or standing.state is not State.IN_FORCE or not around.healthy:
        return None
    if around.now >= end:
        ended = replace(standing, state=State.EXPIRED, changed_at=around.now, candidate=None)
        return Verdict(ended, "end-date-passed", _event(Kind.EXPIRED, standing, around, end))
    if around.now >= end - around.thresholds.expiry_warning and not standing.warned_expiry:
        warned = replace(standing, warned_expiry=True)
        return Verdict(warned, "end-date-near", _event(Kind.EXPIRING, standing, around, around.now))
    return None


def _event(kind: Kind, standing: Standing, around: Around, first_seen: datetime) -> Event:
    record = standing.record
    return Event(
        id="",
        kind=kind,
        issuer=standing.issuer,
        destination=standing.destination,
        track=standing.track,
        source=standing.source,
        name=record.name,
        at=around.now,
        first_seen=first_seen,
        reason="end-date-passed" if kind is Kind.EXPIRED else "end-date-near",
        level_before=record.level,
        highest_before=record.highest,
        native_before=record.native_level,
        before=standing.revision,
        after=record.expires_at.at.isoformat() if record.expires_at else "",
        title=record.title,
        url=record.url,
        language=record.language,
    )
