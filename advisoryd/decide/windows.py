"""Quiet hours and digests: local wall-clock rules, answered as UTC instants.

A wall-clock time that does not exist on the night clocks go forward is read as the instant at which the clock jumps
past it; one that exists twice means the first. All comparisons are made in UTC, because two local times of one zone
compare wrongly across the repeated hour.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from advisoryd.model.config import Digest, Quiet
from advisoryd.model.ladder import Level


def at_local(day: date, clock: time, zone: str) -> datetime:
    """The UTC instant of ``clock`` on ``day`` in ``zone``."""
    local = datetime.combine(day, clock, tzinfo=ZoneInfo(zone))
    instant = local.astimezone(UTC)
    there_and_back = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if there_and_back == local.replace(tzinfo=None):
        return instant
    return _jump(instant, zone)


def _jump(near: datetime, zone: str) -> datetime:
    """The instant within three hours of ``near`` at which the zone's offset changes."""
    tz = ZoneInfo(zone)
    low, high = near - timedelta(hours=3), near + timedelta(hours=3)
    start = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(tz).utcoffset() == start:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def quiet_until(now: datetime, quiet: Quiet | None, level: Level | None) -> datetime | None:
    """When the quiet window that ``now`` lies in ends, or ``None`` when nothing has to wait."""
    if quiet is None or _above(level, quiet.unless_level):
        return None
    today = now.astimezone(ZoneInfo(quiet.zone)).date()
    for day in (today - timedelta(days=1), today):
        if day.isoweekday() not in quiet.days:
            continue
        last = day if quiet.begin < quiet.end else day + timedelta(days=1)
        begin, end = at_local(day, quiet.begin, quiet.zone), at_local(last, quiet.end, quiet.zone)
        if begin <= now < end:
            return end
    return None


def digest_at(now: datetime, digest: Digest) -> datetime:
    """The first digest time after ``now``."""
    if digest.every == "hourly":
        start = now.astimezone(UTC).replace(minute=digest.at.minute, second=0, microsecond=0)
        return start if start > now else start + timedelta(hours=1)
    day = now.astimezone(ZoneInfo(digest.zone)).date() - timedelta(days=1)
    while True:
        fits = digest.every == "daily" or day.isoweekday() == digest.weekday
        due = at_local(day, digest.at, digest.zone)
        if fits and due > now:
            return due
        day += timedelta(days=1)


def release_at(now: datetime, quiet: Quiet | None, digest: Digest | None, level: Level | None) -> datetime:
    """When a delivery made now may go out: at once, with the next digest, or when the quiet hours end."""
    due = now if digest is None or _above(level, digest.unless_level) else digest_at(now, digest)
    return quiet_until(due, quiet, level) or due


def _above(level: Level | None, bar: Level | None) -> bool:
    return bar is not None and level is not None and level >= bar
