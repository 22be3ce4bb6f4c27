"""Why a subscription heard, or did not hear, of an event."""

from __future__ import annotations

from dataclasses import dataclass

from advisoryd.model.config import Config
from advisoryd.model.event import Event
from advisoryd.model.standing import Acknowledgement, Delivery
from advisoryd.service.announce import Announcer
from advisoryd.store import acknowledgements, outbox
from advisoryd.store.engine import Tx


@dataclass(frozen=True, slots=True)
class Explanation:
    """One subscription's answer to an event under today's configuration, what was really planned for it then, and who
    acknowledged it, if anybody did."""

    subscription: str
    hears: bool
    why: str
    deliveries: tuple[Delivery, ...] = ()
    acknowledged: Acknowledgement | None = None


def explain(tx: Tx, config: Config, event: Event) -> list[Explanation]:
    """The answer of every subscription. A delivery that was planned keeps the reason of its own time."""
    planned = outbox.of_event(tx, event.id)
    given = acknowledgements.of_event(tx, event.id)
    found = []
    for subscription, answer in Announcer(config).answers(tx, event):
        mine = tuple(delivery for delivery in planned if delivery.subscription == subscription.name)
        why = mine[0].why if mine else answer.why
        hears = bool(mine) or answer.hears
        found.append(Explanation(subscription.name, hears, why, mine, given.get(subscription.name)))
    return found
