"""When to ask a source again."""

from __future__ import annotations

from datetime import datetime, timedelta

JITTER = 0.1
SLOWEST = timedelta(hours=6)


def next_poll(
    now: datetime,
    every: timedelta,
    *,
    chance: float,
    fresh_for: float | None = None,
    failures: int = 0,
    retry_after: float | None = None,
    confirm_at: datetime | None = None,
) -> datetime:
    """The next due time. ``chance`` (0 to 1) spreads sources that share a cadence by up to a tenth of it.

    A server that says how long its answer stays fresh (``fresh_for``, seconds) is not asked earlier; a failing one is
    asked at growing distances up to six hours (or its own cadence, if that is longer), and never before its
    ``Retry-After``. A reading that waits for a second one brings the next poll forward to ``confirm_at``; once that has
    passed without an answer, the usual cadence is soon enough.
    """
    wait = every * 2 ** min(failures, 10) if failures else every
    wait = min(wait, max(SLOWEST, every))
    wait += every * JITTER * chance
    wait = max(wait, timedelta(seconds=fresh_for or 0))
    due = now + wait
    if confirm_at is not None and confirm_at > now and not failures:
        due = min(due, confirm_at)
    if retry_after is not None:
        due = max(due, now + timedelta(seconds=retry_after))
    return due
