"""Advice that goes up to a level: what breaks through a silence, and what has to be acknowledged."""

from __future__ import annotations

from advisoryd.model.config import Subscription
from advisoryd.model.event import UPWARD, Event, Kind
from advisoryd.model.ladder import Level, strictest

_ALARMS = UPWARD | {Kind.CONFIRMED, Kind.CORRECTED}
_EASED = frozenset({Kind.LOWERED, Kind.NARROWED, Kind.LIFTED, Kind.EXPIRED})


def raised_to(event: Event) -> Level | None:
    """The strictest level that now holds anywhere because of ``event``; ``None`` when it raises nothing."""
    return _now(event) if event.kind in _ALARMS else None


def escalates(subscription: Subscription, event: Event) -> bool:
    """Whether somebody of ``subscription`` has to acknowledge ``event``."""
    level = raised_to(event)
    return subscription.escalation is not None and level is not None and level >= subscription.escalation.level


def calms(subscription: Subscription, event: Event) -> bool:
    """Whether, after ``event``, nobody needs to acknowledge what came before it. What merely vanished calms nobody."""
    if subscription.escalation is None or event.kind not in _EASED:
        return False
    level = _now(event)
    return level is None or level < subscription.escalation.level


def _now(event: Event) -> Level | None:
    return strictest((event.level_after, event.highest_after))
