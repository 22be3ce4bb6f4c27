"""When to try a delivery again, and when to stop."""

from __future__ import annotations

from datetime import datetime, timedelta

WAITS = (
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=4),
)
"""Seconds at first, since most outages last a minute; hours later, since the rest last a day."""

UNCERTAIN_WAIT = timedelta(minutes=5)
"""After a time-out the message may still be on its way; asking again at once would double it."""


def next_attempt(now: datetime, attempts: int, *, chance: float, retry_after: float | None = None) -> datetime:
    """The time of the next attempt after ``attempts`` failed ones; ``chance`` (0 to 1) spreads it by up to a fifth.

    A channel's own ``Retry-After`` (seconds) is a floor, never a shortcut.
    """
    wait = WAITS[min(attempts, len(WAITS)) - 1] if attempts else timedelta(0)
    wait += wait * 0.2 * chance
    return now + max(wait, timedelta(seconds=retry_after or 0))


def gives_up(now: datetime, first_attempt: datetime, patience: timedelta) -> bool:
    """Whether a delivery has been tried for long enough. Elapsed time counts, not the number of attempts."""
    return now - first_attempt >= patience
