"""Which place a name means, and by which rule; for a group, its members.

advisoryd places "Côte d’Ivoire" 刚果（金） "Israel and Palestine"
advisoryd places asean
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, REFUSED, with_json

if TYPE_CHECKING:
    from advisoryd.places import Resolution


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which names."""
    with_json(parser)
    parser.add_argument("names", nargs="+", help="names, codes, groups or the words of an issuer")
    parser.add_argument("--language", default="", help="the language the names are in (BCP 47)")


def run(chosen: argparse.Namespace) -> int:
    """Explain each."""
    from advisoryd import places
    from advisoryd.cli.out import print_json, say

    found = [(name, places.resolve(name, chosen.language), _members(name)) for name in chosen.names]
    if chosen.json:
        print_json([_as_json(*one) for one in found])
    else:
        say(*(_line(*one) for one in found))
    return DONE if all(one.place or members for _, one, members in found) else REFUSED


def _members(name: str) -> tuple[str, ...]:
    """The members when ``name`` is a group."""
    from advisoryd import places

    try:
        return () if places.known(name) else tuple(sorted(places.expand([name])))
    except places.UnknownPlace:
        return ()


def _as_json(name: str, one: Resolution, members: tuple[str, ...]) -> dict[str, object]:
    return {"name": name, "place": one.place, "how": one.how, "detail": one.detail, "members": members}


def _line(name: str, one: Resolution, members: tuple[str, ...]) -> str:
    from advisoryd import places

    if one.place:
        shown = f"{one.place} ({places.display_name(one.place)}), {one.how}"
    elif members:
        return f"{name}: {', '.join(members)}, group"
    else:
        shown = f"unknown, {one.how}" if one.how != "unknown" else "unknown"
    return f"{name}: {shown}{': ' + one.detail if one.detail else ''}"
