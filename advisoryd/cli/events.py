"""What changed: every event that was recorded, newest last.

advisoryd events                       the last 50
advisoryd events --since 7d --kind raised,issued
advisoryd events --place JP --diff     with the sentences that were added and removed
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, MISUSED, Stop, load_config, with_config, with_json

if TYPE_CHECKING:
    from advisoryd.model.event import Event, Kind
    from advisoryd.render import Telling
    from advisoryd.service.house import House
    from advisoryd.store.engine import Tx


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which events."""
    with_config(parser)
    with_json(parser)
    parser.add_argument("--since", type=_since, metavar="SPAN", help="as far back as, for example, 12h or 7d")
    parser.add_argument("--kind", type=_kinds, metavar="KINDS", default=(), help="only these kinds, with commas")
    parser.add_argument("--place", metavar="PLACES", default="", help="only these places or groups, with commas")
    parser.add_argument("--issuer", type=_issuers, metavar="CODES", default=(), help="only these governments")
    parser.add_argument("--limit", type=_limit, default=50, help="how many at the most (default 50)")
    parser.add_argument("--diff", action="store_true", help="with the sentences added and removed")


def run(chosen: argparse.Namespace) -> int:
    """List them."""
    from advisoryd.service.house import open_house

    with open_house(load_config(chosen.config), create=False) as house, house.store.reading() as tx:
        found = _found(tx, chosen)
        told = _told(house, tx, found) if chosen.diff else []
    if chosen.json:
        _as_json(found, told)
    else:
        _as_text(found, told)
    return DONE


def _found(tx: Tx, chosen: argparse.Namespace) -> list[Event]:
    from advisoryd.store import events

    return events.listed(
        tx,
        since=chosen.since,
        kinds=chosen.kind,
        destinations=_destinations(tx, chosen.place),
        issuers=chosen.issuer,
        limit=chosen.limit,
    )


def _destinations(tx: Tx, text: str) -> set[str]:
    """The places meant, and what issuers speak about that covers them."""
    from advisoryd.cli.words import concerning, places_named
    from advisoryd.store import advisories

    wanted = {place for word in _listed(text) for place in places_named(word)}
    return wanted | concerning(wanted, advisories.destinations(tx)) if wanted else set()


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _since(text: str) -> datetime:
    from advisoryd.settings.words import duration

    try:
        return datetime.now(UTC) - duration(text)
    except ValueError as problem:
        raise Stop(f"--since {problem}", MISUSED) from None


def _kinds(text: str) -> tuple[Kind, ...]:
    from advisoryd.model.event import Kind
    from advisoryd.settings.words import near_or_all

    kinds = []
    for word in _listed(text):
        if word not in set(Kind):
            raise Stop(f"--kind: there is no kind {word!r}{near_or_all(word, list(Kind))}", MISUSED)
        kinds.append(Kind(word))
    return tuple(kinds)


def _issuers(text: str) -> tuple[str, ...]:
    from advisoryd.settings.words import issuer

    try:
        return tuple(issuer(word.upper()) for word in _listed(text))
    except ValueError as problem:
        raise Stop(f"--issuer {problem}", MISUSED) from None


def _limit(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise Stop("--limit must be a whole number of at least 1", MISUSED)
    return int(text)


def _told(house: House, tx: Tx, found: Sequence[Event]) -> list[Telling]:
    from advisoryd.service.tell import Teller

    teller = Teller(house.config, {source.id: source for source in house.config.sources}, {})
    return [teller.about(tx, event) for event in found]


def _as_json(found: Sequence[Event], told: Sequence[Telling]) -> None:
    from advisoryd.cli.out import print_json

    print_json([{"event": t.event, "added": t.added, "removed": t.removed} for t in told] if told else found)


def _as_text(found: Sequence[Event], told: Sequence[Telling]) -> None:
    from advisoryd.cli.out import say
    from advisoryd.cli.words import line_of

    for place, event in enumerate(found):
        say(f"{event.at:%Y-%m-%d %H:%M}Z  {event.id[:10]}  {line_of(event)}")
        if told:
            say(*(f"    - {passage.text}" for passage in told[place].removed))
            say(*(f"    + {passage.text}" for passage in told[place].added))
    if not found:
        print("no events")
