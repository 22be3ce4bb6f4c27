"""Poll all sources that are due, deliver all messages that are due, and say what happened.

The first reading of a source is a baseline: it is stored and alerts nobody.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, load_config, with_config, with_json

if TYPE_CHECKING:
    from advisoryd.service.once import Round


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked of one round."""
    with_config(parser)
    with_json(parser)
    parser.add_argument("--all", action="store_true", help="poll every source now, due or not")


def run(chosen: argparse.Namespace) -> int:
    """One round."""
    from advisoryd.service.once import once

    done = once(load_config(chosen.config), everything=chosen.all)
    if chosen.json:
        _as_json(done)
    else:
        _as_text(done)
    return DONE


def _as_text(done: Round) -> None:
    unchanged = sum(polled.unchanged for polled in done.polled)
    baselines = sum(polled.baseline for polled in done.polled)
    sent = sum(type(handed.outcome).__name__ == "Sent" for handed in done.handed)
    print(f"{len(done.polled)} sources polled, {unchanged} unchanged, {baselines} read for the first time")
    for polled in done.polled:
        for failure in polled.failures:
            print(f"  {polled.source}: {failure.trouble}: {failure.detail}")
    for event in done.events:
        place = event.name or event.destination
        print(f"  {event.kind}: {event.issuer} {place} {event.title}".rstrip())
    print(f"{len(done.events)} events, {sent} messages sent, {len(done.handed) - sent} kept for later")


def _as_json(done: Round) -> None:
    from advisoryd.cli.out import print_json

    polled = [
        {
            "source": found.source,
            "unchanged": found.unchanged,
            "baseline": found.baseline,
            "events": [event.id for event in found.events],
            "failures": [{"trouble": failure.trouble, "detail": failure.detail} for failure in found.failures],
        }
        for found in done.polled
    ]
    print_json([*polled, *done.events])
