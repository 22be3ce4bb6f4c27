"""Which waiting deliveries go out now, and which of them travel together.

The order of one story is kept on its way to one subscription: a message never overtakes an earlier one of its story.
A digest is made of waiting deliveries, not beside them; so is the one message that a burst or the end of quiet hours
makes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.config import ChannelSpec, Subscription
from advisoryd.model.ladder import Level
from advisoryd.model.standing import Delivery

BURST = 5
"""So many messages due at once for one subscription become one: a person reads one list sooner than five alarms."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Deliveries that go out as one message."""

    deliveries: tuple[Delivery, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """The rows this message settles."""
        return tuple(delivery.id for delivery in self.deliveries)

    @property
    def stories(self) -> frozenset[str]:
        """The stories it is part of."""
        return frozenset(delivery.story for delivery in self.deliveries if delivery.story)


def due_parcels(
    waiting: Sequence[Delivery],
    subscriptions: Mapping[str, Subscription],
    now: datetime,
    bundles: bool = True,
    room: int | None = None,
) -> list[Parcel]:
    """What may go out now of a channel's waiting deliveries (oldest first), in order.

    Machines get every event by itself: ``bundles`` is false for channels that speak JSON. ``room`` is how many messages
    the channel's limit leaves; where they are too few, stories of the strictest level go first and the rest of a
    subscription becomes one message.
    """
    ready = _ready(waiting, now)
    parcels = _made(ready, subscriptions, bundles, scarce=False)
    if room is None or len(parcels) <= room:
        return parcels
    return _urgent_first(_made(ready, subscriptions, bundles, scarce=True))[:room]


def _ready(waiting: Sequence[Delivery], now: datetime) -> dict[str, list[Delivery]]:
    """What is due, by subscription, without what would overtake an earlier message of its story."""
    ready: dict[str, list[Delivery]] = {}
    blocked: set[tuple[str, str]] = set()
    for delivery in waiting:
        thread = (delivery.subscription, delivery.story)
        if delivery.next_attempt > now or (delivery.story and thread in blocked):
            blocked.add(thread)
            continue
        ready.setdefault(delivery.subscription, []).append(delivery)
    return ready


def _made(
    ready: Mapping[str, list[Delivery]], subscriptions: Mapping[str, Subscription], bundles: bool, scarce: bool
) -> list[Parcel]:
    made = []
    for name, due in ready.items():
        subscription = subscriptions.get(name) if bundles else None
        made += _parcels(due, subscription, scarce)
    return sorted(made, key=lambda parcel: parcel.ids[0])


def _urgent_first(parcels: Sequence[Parcel]) -> list[Parcel]:
    """The whole story goes first, not only its strictest message."""
    urgent = {_thread(one) for parcel in parcels for one in parcel.deliveries if one.level is Level.AVOID}
    return sorted(parcels, key=lambda parcel: urgent.isdisjoint(map(_thread, parcel.deliveries)))


def _parcels(due: list[Delivery], subscription: Subscription | None, scarce: bool) -> list[Parcel]:
    """A story of which one message goes by itself goes by itself as a whole, so that its order is kept."""
    if subscription is None or not (scarce or _together(due, subscription)):
        return [Parcel((delivery,)) for delivery in due]
    apart = {_thread(delivery) for delivery in due if _marked(delivery) or _breaks_out(delivery, subscription)}
    alone = [Parcel((delivery,)) for delivery in due if _thread(delivery) in apart]
    bundled = tuple(delivery for delivery in due if _thread(delivery) not in apart)
    return [*alone, Parcel(bundled)] if bundled else alone


def _thread(delivery: Delivery) -> str:
    return delivery.story or delivery.event


def _marked(delivery: Delivery) -> bool:
    """Whether it goes out as plain text, or may have arrived already and says so."""
    return delivery.plain or delivery.uncertain


def _together(due: Sequence[Delivery], subscription: Subscription) -> bool:
    unmarked = [delivery for delivery in due if not _marked(delivery)]
    return subscription.digest is not None or len(unmarked) >= BURST or were_held(unmarked)


def were_held(due: Sequence[Delivery]) -> bool:
    """Whether they waited for one time together, such as the end of quiet hours."""
    return (
        len(due) > 1
        and all(delivery.next_attempt - delivery.created_at > timedelta(minutes=1) for delivery in due)
        and all(delivery.attempts == 0 for delivery in due)
    )


def _breaks_out(delivery: Delivery, subscription: Subscription) -> bool:
    """A strictest level is told by itself unless the subscription asked for digests only."""
    return subscription.digest is None and delivery.level is Level.AVOID and delivery.attempts == 0


def patience(spec: ChannelSpec, level: Level | None) -> timedelta:
    """How long a delivery is tried: the strictest level twice as long as the others."""
    return spec.give_up_after * 2 if level is Level.AVOID else spec.give_up_after
