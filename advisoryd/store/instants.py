"""Instants as both databases keep them: whole microseconds since 1970 in UTC, so that they are ordered alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def number(moment: datetime) -> int:
    """How an aware instant is kept. A naive one is a bug and is refused with :class:`TypeError`."""
    return (moment - EPOCH) // _MICROSECOND


def instant(kept: int) -> datetime:
    """The instant that is kept as this number, in UTC."""
    return EPOCH + timedelta(microseconds=kept)


def perhaps(kept: int | None) -> datetime | None:
    """The instant, where one is kept."""
    return None if kept is None else instant(kept)
