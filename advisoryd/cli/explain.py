"""Why an event was recorded, and why it was, or was not, sent to each subscription; or what is read in a headline.

advisoryd explain 4f2a91            an event, by the beginning of its id
advisoryd explain 4f2a91 japan-desk
advisoryd explain --headline "China rät von Reisen nach Japan ab" --language de
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, MISUSED, Stop, load_config, with_config, with_json

if TYPE_CHECKING:
    from advisoryd.model.event import Event
    from advisoryd.model.standing import Delivery
    from advisoryd.service.explain import Explanation


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which event, and for whom."""
    with_config(parser)
    with_json(parser)
    parser.add_argument("event", nargs="?", help="the id of an event, or its beginning")
    parser.add_argument("subscription", nargs="?", help="only this subscription")
    parser.add_argument("--headline", metavar="TEXT", help="no event: what would be read in this headline")
    parser.add_argument("--language", default="", metavar="TAG", help="its language, such as de or zh-Hant")
    parser.add_argument("--outlet", default="", help="its outlet, which tells whose ministry is meant")


def run(chosen: argparse.Namespace) -> int:
    """Explain it."""
    if chosen.headline is not None:
        return _headline(chosen)
    if chosen.event is None:
        raise Stop("name an event, or give a --headline", MISUSED)
    return _event(chosen)


def _headline(chosen: argparse.Namespace) -> int:
    from advisoryd.cli import evidence
    from advisoryd.cli.out import print_json, say

    claim = evidence.of_headline(chosen.headline, chosen.language, chosen.outlet)
    if chosen.json:
        print_json([claim])
    else:
        say(*evidence.lines(claim))
    return DONE


def _event(chosen: argparse.Namespace) -> int:
    from advisoryd.cli import evidence
    from advisoryd.cli.out import print_json, say
    from advisoryd.service.explain import explain
    from advisoryd.service.house import open_house
    from advisoryd.store import events, reports

    config = load_config(chosen.config)
    with open_house(config, create=False) as house, house.store.reading() as tx:
        event = events.get(tx, chosen.event)
        if event is None:
            raise Stop(f"there is no single event whose id begins with {chosen.event!r}; see 'advisoryd events'")
        claim, told = evidence.of_event(tx, event), reports.of_story(tx, event.story)
        found = [one for one in explain(tx, config, event) if chosen.subscription in (None, one.subscription)]
    if not found and chosen.subscription:
        raise Stop(f"there is no subscription {chosen.subscription!r} in the configuration")
    if chosen.json:
        print_json([event, *found])
    else:
        _as_text(event, found)
        say(*(evidence.lines(claim) if claim else ()), *evidence.report_lines(told))
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
        if one.acknowledged:
            say(f"    acknowledged {one.acknowledged.at:%Y-%m-%d %H:%M:%S}Z by {one.acknowledged.by}")


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
