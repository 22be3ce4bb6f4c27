"""How many messages a channel may still take, where its owner set a limit.

The windows slide: in no minute and in no hour, wherever it begins, more than the limit goes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from advisoryd.model.config import ChannelSpec

LONGEST = timedelta(hours=1)
"""The longest window: what went out before it no longer counts."""


def limits(spec: ChannelSpec) -> list[tuple[int, timedelta]]:
    """How many messages in how long; none where the owner set no limit."""
    given = ((spec.max_per_minute, timedelta(minutes=1)), (spec.max_per_hour, LONGEST))
    return [(most, window) for most, window in given if most is not None]


def room(spec: ChannelSpec, sent: Sequence[datetime], now: datetime) -> int | None:
    """How many messages may go out now, after those of ``sent``; ``None`` when any number may."""
    left = [most - sum(at > now - window for at in sent) for most, window in limits(spec)]
    return max(min(left), 0) if left else None


def free_at(spec: ChannelSpec, sent: Sequence[datetime], now: datetime) -> datetime:
    """When the next message may go out."""
    waits = [now]
    for most, window in limits(spec):
        if len(sent) >= most:
            waits.append(sorted(sent)[-most] + window)
    return max(waits)
