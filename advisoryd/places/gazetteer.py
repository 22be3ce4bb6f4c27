"""The ids: which exist, what they are made of, and how several places become one id."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from advisoryd.places.data import rows
from advisoryd.places.model import Place

_JOIN = "+"


@cache
def places() -> dict[str, Place]:
    """Every place with an id of its own."""
    part_of = _pairs("parts.tsv")
    coded = [
        Place(code, alpha3, number, part_of.pop(code, "")) for code, alpha3, number in rows("generated/iso.tsv", 3)
    ]
    return {place.id: place for place in [*coded, *(Place(own, part_of=whole) for own, whole in part_of.items())]}


@cache
def codes() -> dict[str, str]:
    """Codes other than our ids, to ids: alpha-3, numeric, and those that ISO reserves or issuers use privately."""
    table = {place.alpha3: place.id for place in places().values() if place.alpha3}
    table |= {place.numeric: place.id for place in places().values() if place.numeric}
    return table | _pairs("codes.tsv")


def _pairs(file: str) -> dict[str, str]:
    return {first: second for first, second, *_ in rows(file, 2)}


def find(code: str) -> Place | None:
    """The place with this id, or with this other code of one place (alpha-3, numeric, "UK"), or ``None``."""
    return places().get(codes().get(code, code))


def parts(place: str) -> tuple[str, ...]:
    """The ids that a composite id joins; a single id is its own only part."""
    return tuple(place.split(_JOIN))


def joined(ids: Iterable[str]) -> str:
    """The id of several places taken together: sorted, each once, whatever way they were named."""
    return _JOIN.join(sorted({part for place in ids for part in parts(place)}))


def known(place: str) -> bool:
    """Whether ``place`` is an id, single or composite, written as :func:`joined` writes it."""
    return all(part in places() for part in parts(place)) and joined([place]) == place


def members(place: str) -> tuple[str, ...]:
    """Every place that somebody who hears of ``place`` hears about, sorted.

    The parts of a composite ("IL+PS": IL and PS); a part of a country is itself and its country ("PS-GZ": PS and
    PS-GZ). Territories with an ISO code stand for themselves alone: news of Hong Kong is not news of China.
    """
    known_places = places()
    found = set(parts(place))
    for part in parts(place):
        if "-" in part and part in known_places:
            found.add(known_places[part].part_of or part)
    return tuple(sorted(found))
