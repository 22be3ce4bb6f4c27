"""The outbox: what waits to be sent, what was given up, and what to do about it.

advisoryd outbox list              what waits
advisoryd outbox list --dead       what was given up; nothing is lost, it can be sent again
advisoryd outbox list --dropped    what was silenced, acknowledged in time, or dropped
advisoryd outbox retry 17 18       send these again now (or --all-dead)
advisoryd outbox drop 17           never send it
advisoryd outbox ack 4f2a91        acknowledge an event, so that it does not escalate
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from getpass import getuser
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, MISUSED, REFUSED, Stop, load_config, with_config, with_json

if TYPE_CHECKING:
    from advisoryd.model.standing import Delivery
    from advisoryd.store.engine import Tx


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    with_config(parser)
    with_json(parser)
    parser.add_argument("action", choices=["list", "retry", "drop", "ack"], nargs="?", default="list")
    parser.add_argument("ids", nargs="*", metavar="ID", help="numbers of deliveries; to acknowledge, ids of events")
    parser.add_argument("--dead", action="store_true", help="list what was given up")
    parser.add_argument("--sent", action="store_true", help="list what was sent")
    parser.add_argument("--dropped", action="store_true", help="list what was silenced, acknowledged or dropped")
    parser.add_argument("--subscription", help="acknowledge for this subscription only")
    parser.add_argument("--all-dead", action="store_true", help="retry or drop everything that was given up")


def run(chosen: argparse.Namespace) -> int:
    """List, retry, drop or acknowledge."""
    if chosen.action == "list":
        return _list(chosen)
    return _acknowledge(chosen) if chosen.action == "ack" else _change(chosen)


def _list(chosen: argparse.Namespace) -> int:
    from advisoryd.cli.out import print_json, print_table
    from advisoryd.model.standing import DeliveryState
    from advisoryd.service.house import open_house
    from advisoryd.store import outbox

    asked = [state for state in DeliveryState if vars(chosen).get(state)]
    with open_house(load_config(chosen.config), create=False) as house, house.store.reading() as tx:
        found = outbox.listed(tx, asked or outbox.OPEN)
    if chosen.json:
        print_json(found)
    elif found:
        header = ("id", "event", "subscription", "channel", "state", "next attempt", "attempts", "last reason")
        print_table(header, [_row(one) for one in found])
    else:
        print("nothing of that kind" if asked else "nothing waits")
    return DONE


def _row(one: Delivery) -> tuple[object, ...]:
    from advisoryd.store.outbox import OPEN

    state = f"{one.state} (may have arrived)" if one.uncertain else one.state
    due = f"{one.next_attempt:%Y-%m-%d %H:%M}Z" if one.state in OPEN else ""
    return (one.id, one.event[:10], one.subscription, one.channel, state, due, one.attempts, one.last_reason)


def _change(chosen: argparse.Namespace) -> int:
    from advisoryd.model.standing import DeliveryState
    from advisoryd.service.house import open_house
    from advisoryd.store import outbox

    if not chosen.ids and not chosen.all_dead:
        raise Stop("which deliveries? give their numbers, or --all-dead; see 'advisoryd outbox list --dead'", MISUSED)
    now = datetime.now(UTC)
    with open_house(load_config(chosen.config), create=False) as house, house.store.begin() as tx:
        dead = outbox.listed(tx, [DeliveryState.DEAD], limit=100_000) if chosen.all_dead else []
        ids = {*map(_number, chosen.ids), *(one.id for one in dead)}
        number = (outbox.retry if chosen.action == "retry" else outbox.drop)(tx, ids, now)
    done = "will be sent again" if chosen.action == "retry" else "will never be sent"
    print(f"{number} of {len(ids)} {'delivery' if len(ids) == 1 else 'deliveries'} {done}")
    return DONE if number == len(ids) else REFUSED


def _number(word: str) -> int:
    if not word.isdecimal():
        raise Stop(f"{word!r} is not the number of a delivery; see 'advisoryd outbox list'", MISUSED)
    return int(word)


def _acknowledge(chosen: argparse.Namespace) -> int:
    from advisoryd.service.acknowledge import acknowledge
    from advisoryd.service.house import open_house

    if not chosen.ids:
        raise Stop("which event? give the beginning of its id; see 'advisoryd events'", MISUSED)
    now, by = datetime.now(UTC), f"{getuser()}, by command"
    with open_house(load_config(chosen.config), create=False) as house, house.store.begin() as tx:
        told = [(event, name) for word in chosen.ids for event, name in _told(tx, word, chosen.subscription)]
        first = [acknowledge(tx, event, name, now, by) for event, name in told]
    for (event, name), new in zip(told, first, strict=True):
        print(f"{event[:10]}: {'acknowledged' if new else 'was acknowledged before'} for {name}")
    return DONE


def _told(tx: Tx, word: str, subscription: str | None) -> list[tuple[str, str]]:
    """The event that a word means, with each subscription that hears of it."""
    from advisoryd.service.announce import OPERATOR_NAME
    from advisoryd.store import events, outbox

    event = events.get(tx, word)
    if event is None:
        raise Stop(f"there is no single event whose id begins with {word!r}; see 'advisoryd events'")
    names = sorted({delivery.subscription for delivery in outbox.of_event(tx, event.id)} - {OPERATOR_NAME})
    wanted = [name for name in names if subscription in (None, name)]
    if not wanted:
        raise Stop(f"no message about {event.id[:10]} goes to {subscription or 'anybody'}")
    return [(event.id, name) for name in wanted]
