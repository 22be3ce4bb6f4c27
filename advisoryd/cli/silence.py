"""Silences: hold messages back for a while. Advice that goes up to level 4 is sent all the same, except with --alarms.

advisoryd silence add --destination JP --max-level 2 --for 3d --reason "typhoon season, all staff are home"
advisoryd silence add --channel security-chat --until 2026-03-01T08:00+01:00 --reason "the chat moves house"
advisoryd silence list             those that hold; --ended: all there ever were
advisoryd silence end 3            hold nothing back any more

What a silence held back is not sent when it ends; 'advisoryd outbox list --dropped' shows it, 'outbox retry' sends it.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, MISUSED, Stop, load_config, with_config, with_json

if TYPE_CHECKING:
    from advisoryd.model.config import Config
    from advisoryd.model.silence import Matcher, Silence


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to hold back, and until when."""
    with_config(parser)
    with_json(parser)
    parser.add_argument("action", choices=["add", "list", "end"], nargs="?", default="list")
    parser.add_argument("number", nargs="?", type=int, help="the number of a silence, to end it")
    what = parser.add_argument_group("what a new one holds back: messages that fit all of these")
    what.add_argument("--issuer", action="append", default=[], metavar="CODE", help="whose advice, such as CN")
    what.add_argument("--destination", action="append", default=[], metavar="PLACE", help="a place or group: JP, asean")
    what.add_argument("--kind", action="append", default=[], help="a kind of event, such as amended")
    what.add_argument("--subscription", action="append", default=[], metavar="NAME", help="messages for it")
    what.add_argument("--channel", action="append", default=[], metavar="NAME", help="messages through it")
    what.add_argument("--min-level", type=int, choices=range(1, 5), help="this level or above")
    what.add_argument("--max-level", type=int, choices=range(1, 5), help="this level or below")
    what.add_argument("--alarms", action="store_true", help="even advice that goes up to level 4")
    parser.add_argument("--reason", default="", help="why; whoever asks is told")
    parser.add_argument("--for", dest="span", default="", metavar="SPAN", help="how long: 90m, 6h, 3d")
    parser.add_argument("--until", default="", metavar="TIME", help="until when: 2026-03-01T08:00, UTC unless it says")
    parser.add_argument("--ended", action="store_true", help="list those that have ended, too")


def run(chosen: argparse.Namespace) -> int:
    """Add, list or end."""
    return {"add": _add, "list": _list, "end": _end}[chosen.action](chosen)


def _add(chosen: argparse.Namespace) -> int:
    from advisoryd.cli.out import say
    from advisoryd.service.house import open_house
    from advisoryd.store import silences

    config = load_config(chosen.config)
    now = datetime.now(UTC)
    matcher, ends = _matcher(chosen, config), _ends(chosen, now)
    if not chosen.reason.strip():
        raise Stop('why? say it with --reason "…", for whoever wonders about the silence', MISUSED)
    with open_house(config, create=False) as house, house.store.begin() as tx:
        made = silences.add(tx, matcher, chosen.reason.strip(), now, ends)
    say(f"silence {made.id} holds until {ends:%Y-%m-%d %H:%M}Z: {_words(made)}")
    return DONE


def _matcher(chosen: argparse.Namespace, config: Config) -> Matcher:
    from advisoryd.cli.words import places_named
    from advisoryd.model.ladder import Level
    from advisoryd.model.silence import Matcher
    from advisoryd.settings import words

    try:
        matcher = Matcher(
            issuers=frozenset(map(words.issuer, chosen.issuer)),
            destinations=frozenset(place for word in chosen.destination for place in places_named(word)),
            kinds=frozenset(kind for word in chosen.kind for kind in words.events(word)),
            subscriptions=_known(chosen.subscription, [one.name for one in config.subscriptions], "subscription"),
            channels=_known(chosen.channel, [one.name for one in config.channels], "channel"),
            min_level=Level(chosen.min_level) if chosen.min_level else None,
            max_level=Level(chosen.max_level) if chosen.max_level else None,
            alarms=chosen.alarms,
        )
    except ValueError as problem:
        raise Stop(f"the issuer or kind {problem}", MISUSED) from problem
    if matcher == Matcher(alarms=chosen.alarms):
        raise Stop("what is to be held back? name an issuer, a destination, a kind, a level, a subscription …", MISUSED)
    return matcher


def _known(given: Collection[str], known: Collection[str], what: str) -> frozenset[str]:
    for name in given:
        if name not in known:
            raise Stop(f"there is no {what} {name!r}; configured are: {', '.join(known) or 'none'}", MISUSED)
    return frozenset(given)


def _ends(chosen: argparse.Namespace, now: datetime) -> datetime:
    from advisoryd.settings import words

    if bool(chosen.span) == bool(chosen.until):
        raise Stop("until when? say either --for 3d or --until 2026-03-01T08:00", MISUSED)
    try:
        ends = now + words.duration(chosen.span) if chosen.span else datetime.fromisoformat(chosen.until)
    except ValueError as problem:
        hint = problem if chosen.span else "must be a time such as 2026-03-01T08:00"
        raise Stop(f"{'--for' if chosen.span else '--until'} {hint}", MISUSED) from problem
    ends = ends.astimezone(UTC) if ends.tzinfo else ends.replace(tzinfo=UTC)
    if ends <= now:
        raise Stop("the end lies in the past", MISUSED)
    return ends


def _list(chosen: argparse.Namespace) -> int:
    from advisoryd.cli.out import print_json, print_table
    from advisoryd.service.house import open_house
    from advisoryd.store import outbox, silences

    with open_house(load_config(chosen.config), create=False) as house, house.store.reading() as tx:
        found = silences.listed(tx, datetime.now(UTC), ended=chosen.ended)
        held = [outbox.number_dropped(tx, silence.words) for silence in found]
    if chosen.json:
        print_json(found)
    elif found:
        rows = [
            (one.id, f"{one.begins:%Y-%m-%d %H:%M}Z", f"{one.ends:%Y-%m-%d %H:%M}Z", _words(one), one.reason, number)
            for one, number in zip(found, held, strict=True)
        ]
        print_table(("id", "since", "until", "holds back", "reason", "messages"), rows)
    else:
        print("there is no silence")
    return DONE


def _words(silence: Silence) -> str:
    matcher = silence.matcher
    sets = (matcher.issuers, matcher.destinations, matcher.kinds, matcher.subscriptions, matcher.channels)
    names = ("issuer", "destination", "kind", "subscription", "channel")
    words = [f"{name} {', '.join(sorted(one))}" for name, one in zip(names, sets, strict=True) if one]
    words += [f"level {int(matcher.min_level)} or above"] if matcher.min_level else []
    words += [f"level {int(matcher.max_level)} or below"] if matcher.max_level else []
    return "; ".join([*words, "even going up to level 4"] if matcher.alarms else words)


def _end(chosen: argparse.Namespace) -> int:
    from advisoryd.service.house import open_house
    from advisoryd.store import silences

    if chosen.number is None:
        raise Stop("which one? give its number; see 'advisoryd silence list'", MISUSED)
    with open_house(load_config(chosen.config), create=False) as house, house.store.begin() as tx:
        ended = silences.end(tx, chosen.number, datetime.now(UTC))
    if not ended:
        raise Stop(f"there is no silence {chosen.number} that holds; see 'advisoryd silence list'")
    print(f"silence {chosen.number} has ended; what it held back is not sent, see 'advisoryd outbox list --dropped'")
    return DONE
