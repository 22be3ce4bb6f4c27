"""Whether a silence holds a message back.

In doubt it does not: a message that also concerns another place, or whose level is not known when the silence names
levels, is sent; so is, unless the silence says otherwise, advice that goes up to the strictest level.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from advisoryd import places
from advisoryd.decide.alarm import raised_to
from advisoryd.model.event import Event
from advisoryd.model.ladder import Level
from advisoryd.model.silence import Matcher, Silence
from advisoryd.model.standing import Delivery


def silenced_by(active: Sequence[Silence], delivery: Delivery, event: Event) -> Silence | None:
    """The first of the ``active`` silences that holds ``delivery`` back, which is to tell of ``event``."""
    return next((silence for silence in active if holds_back(silence.matcher, delivery, event)), None)


def holds_back(matcher: Matcher, delivery: Delivery, event: Event) -> bool:
    """Whether ``matcher`` fits, and nothing breaks through."""
    if raised_to(event) is Level.AVOID and not matcher.alarms:
        return False
    return (
        _fits(matcher.issuers, event.issuer)
        and _fits(matcher.kinds, event.kind)
        and _fits(matcher.subscriptions, delivery.subscription)
        and _fits(matcher.channels, delivery.channel)
        and _within(matcher, delivery.level)
        and _covers(matcher.destinations, event)
    )


def _fits(wanted: Collection[str], found: str) -> bool:
    return not wanted or found in wanted


def _within(matcher: Matcher, level: Level | None) -> bool:
    if matcher.min_level is None and matcher.max_level is None:
        return True
    if level is None:
        return False
    return (matcher.min_level or Level.NORMAL) <= level <= (matcher.max_level or Level.AVOID)


def _covers(destinations: Collection[str], event: Event) -> bool:
    """Whether every place that ``event`` concerns is among ``destinations``, a joint row by all of its members."""
    if not destinations:
        return True
    named = event.places or ((event.destination,) if event.destination else ())
    return bool(named) and all(
        place in destinations or set(places.members(place)) <= set(destinations) for place in named
    )
