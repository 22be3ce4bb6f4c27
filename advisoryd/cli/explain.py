"""Why an event was recorded, and why it was, or was not, sent to each subscription.

advisoryd explain 4f2a91            an event, by the beginning of its id
advisoryd explain 4f2a91 japan-desk
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, Stop, load_config, with_config, with_json

if TYPE_CHECKING:
    from advisoryd.model.event import Event
    from advisoryd.model.standing import Delivery
    from advisoryd.service.explain import Explanation


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which event, and for whom."""
    with_config(parser)
    with_json(parser)
    parser.add_argument("event", help="the id of an event, or its beginning")
    parser.add_argument("subscription", nargs="?", help="only this subscription")


def run(chosen: argparse.Namespace) -> int:
    """Explain it."""
    from advisoryd.cli.out import print_json
    from advisoryd.service.explain import explain
    from advisoryd.service.house import open_house
    from advisoryd.store import events

    config = load_config(chosen.config)
    with open_house(config, create=False) as house, house.store.reading() as tx:
        event = events.get(tx, chosen.event)
        if event is None:
            raise Stop(f"there is no single event whose id begins with {chosen.event!r}; see 'advisoryd events'")
        found = [one for one in explain(tx, config, event) if chosen.subscription in (None, one.subscription)]
    if not found and chosen.subscription:
        raise Stop(f"there is no subscription {chosen.subscription!r} in the configuration")
    if chosen.json:
        print_json([event, *found])
    else:
        _as_text(event, found)
    return DONE


def _as_text(event: Event, found: Sequence[Explanation]) -> None:
    from advisoryd.cli.out import say
    from advisoryd.cli.words import line_of

    say(
        line_of(event),
        f"  recorded {event.at:%Y-%m-%d %H:%M:%S}Z, first seen {event.first_seen:%Y-%m-%d %H:%M:%S}Z",
        f"  because: {event.reason}; source {event.source}; story {event.story or 'none'}",
    )
    for one in found:
        say(f"{one.subscription}: {'hears' if one.hears else 'does not hear'}: {one.why}")
        say(*(f"    {_delivery(delivery)}" for delivery in one.deliveries))


def _delivery(delivery: Delivery) -> str:
    from advisoryd.cli.out import counted
    from advisoryd.model.standing import DeliveryState

    words = [f"{delivery.channel}: {delivery.state}", counted(delivery.attempts, "attempt")]
    if delivery.settled_at:
        words.append(f"{delivery.settled_at:%Y-%m-%d %H:%M:%S}Z")
    if delivery.state is DeliveryState.WAITING:
        words.append(f"next at {delivery.next_attempt:%Y-%m-%d %H:%M:%S}Z")
    if delivery.uncertain:
        words.append("may have arrived more than once")
    return ", ".join(filter(None, (*words, delivery.last_reason)))
