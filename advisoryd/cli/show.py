"""Who says what about a place.

advisoryd show JP
advisoryd show "Côte d’Ivoire" --text
advisoryd show asean
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, load_config, with_config, with_json

if TYPE_CHECKING:
    from advisoryd.model.standing import Standing


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which place."""
    with_config(parser)
    with_json(parser)
    parser.add_argument("place", help="a name, a code or a group")
    parser.add_argument("--text", action="store_true", help="with the advice in the issuers' own words")


def run(chosen: argparse.Namespace) -> int:
    """Show what stands."""
    from advisoryd.cli.out import print_json
    from advisoryd.cli.words import concerning, places_named
    from advisoryd.service.house import open_house
    from advisoryd.store import advisories

    config = load_config(chosen.config)
    wanted = places_named(chosen.place)
    with open_house(config, create=False) as house, house.store.reading() as tx:
        standing = advisories.of_destination(tx, concerning(wanted, advisories.destinations(tx)))
    if chosen.json:
        print_json(standing)
    elif standing:
        _as_text(standing, datetime.now(UTC) - config.thresholds.stale_after, chosen.text)
    else:
        print("none of the sources that are watched says anything about it; that does not mean that it is safe")
    return DONE


def _as_text(standing: Sequence[Standing], fresh_from: datetime, with_text: bool) -> None:
    from advisoryd.cli.out import print_table, say
    from advisoryd.cli.words import level_words

    header = ("issuer", "destination", "track", "advice", "in its own words", "since", "source")
    print_table(header, [_row(one, fresh_from) for one in standing])
    for one in standing:
        for region in one.record.scope.regions:
            say(f"  {one.issuer}: {region.name}: {level_words(region.level)}")
        if with_text:
            _print_sections(one)


def _row(one: Standing, fresh_from: datetime) -> tuple[str, ...]:
    from advisoryd.cli.words import review_words, standing_words

    record = one.record
    words = standing_words(one) + review_words(one, fresh_from)
    since = f"{one.changed_at:%Y-%m-%d}"
    return (one.issuer, record.name, one.track, words, record.native_level, since, one.source)


def _print_sections(one: Standing) -> None:
    from advisoryd.cli.out import say

    for section in one.record.sections:
        say("", f"{one.issuer}: {section.heading}", *(f"  {block}" for block in section.blocks))
