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
    waiting: Sequence[Delivery], subscriptions: Mapping[str, Subscription], now: datetime, bundles: bool = True
) -> list[Parcel]:
    """What may go out now of a channel's waiting deliveries (oldest first), in order.

    Machines get every event by itself: ``bundles`` is false for channels that speak JSON.
    """
    ready: dict[str, list[Delivery]] = {}
    blocked: set[tuple[str, str]] = set()
    for delivery in waiting:
        thread = (delivery.subscription, delivery.story)
        if delivery.next_attempt > now or (delivery.story and thread in blocked):
            blocked.add(thread)
            continue
        ready.setdefault(delivery.subscription, []).append(delivery)
    if not bundles:
        return [Parcel((delivery,)) for delivery in sorted(_all(ready), key=lambda delivery: delivery.id)]
    parcels = [parcel for name, due in ready.items() for parcel in _parcels(due, subscriptions.get(name))]
    return sorted(parcels, key=lambda parcel: parcel.ids[0])


def _all(ready: Mapping[str, list[Delivery]]) -> list[Delivery]:
    return [delivery for due in ready.values() for delivery in due]


def _parcels(due: list[Delivery], subscription: Subscription | None) -> list[Parcel]:
    """A story of which one message goes by itself goes by itself as a whole, so that its order is kept."""
    if subscription is None or not _together(due, subscription):
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
    return subscription.digest is not None or len(unmarked) >= BURST or _were_held(unmarked)


def _were_held(due: Sequence[Delivery]) -> bool:
    """Whether they come out of quiet hours together."""
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
