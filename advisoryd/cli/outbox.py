"""The outbox: what waits to be sent, what was given up, and what to do about it.

advisoryd outbox list              what waits
advisoryd outbox list --dead       what was given up; nothing is lost, it can be sent again
advisoryd outbox retry 17 18       send these again now (or --all-dead)
advisoryd outbox drop 17           never send it
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, MISUSED, REFUSED, Stop, load_config, with_config, with_json

if TYPE_CHECKING:
    from advisoryd.model.standing import Delivery


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    with_config(parser)
    with_json(parser)
    parser.add_argument("action", choices=["list", "retry", "drop"], nargs="?", default="list")
    parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="numbers of deliveries")
    parser.add_argument("--dead", action="store_true", help="list what was given up")
    parser.add_argument("--sent", action="store_true", help="list what was sent")
    parser.add_argument("--all-dead", action="store_true", help="retry or drop everything that was given up")


def run(chosen: argparse.Namespace) -> int:
    """List, retry or drop."""
    return _list(chosen) if chosen.action == "list" else _change(chosen)


def _list(chosen: argparse.Namespace) -> int:
    from advisoryd.cli.out import print_json, print_table
    from advisoryd.model.standing import DeliveryState
    from advisoryd.service.house import open_house
    from advisoryd.store import outbox

    asked = [
        state for state, wanted in ((DeliveryState.DEAD, chosen.dead), (DeliveryState.SENT, chosen.sent)) if wanted
    ]
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
        ids = {*chosen.ids, *(one.id for one in dead)}
        number = (outbox.retry if chosen.action == "retry" else outbox.drop)(tx, ids, now)
    done = "will be sent again" if chosen.action == "retry" else "will never be sent"
    print(f"{number} of {len(ids)} {'delivery' if len(ids) == 1 else 'deliveries'} {done}")
    return DONE if number == len(ids) else REFUSED
