"""When advice ends by its own word."""

from __future__ import annotations

from datetime import datetime, timedelta

from advisoryd.model.record import Record


def end_of(record: Record) -> datetime | None:
    """The instant from which the advice no longer holds, or ``None`` when the issuer names no end.

    A calendar day ("valid until 31 December") counts in full.
    """
    stamp = record.expires_at
    if stamp is None:
        return None
    return stamp.at + timedelta(days=1) if stamp.day else stamp.at


def has_ended(record: Record, now: datetime) -> bool:
    """Whether the issuer's own end date has passed."""
    end = end_of(record)
    return end is not None and end <= now
