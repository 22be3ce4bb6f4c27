"""Groups of places under one word: unions, clubs and parts of the world."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from advisoryd.places.data import rows
from advisoryd.places.gazetteer import codes, known
from advisoryd.places.model import UnknownPlace


def expand(words: Iterable[str], on: date | None = None) -> frozenset[str]:
    """The place ids that ``words`` stand for: ids and codes as they are, groups spelt out.

    A code in capitals is a place ("GB", "PT-20"), anything else is looked for among the groups, whatever its case
    ("asean", "EU", "middle east"). ``on`` is the day whose members are meant; without it the latest known ones are.
    Raises :class:`UnknownPlace` for the first word that is neither.
    """
    return frozenset(place for word in words for place in _meant(word, on))


@cache
def groups() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Every group with its members: (id or group, first day, last day), the days as ISO dates or empty."""
    table: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for group, listed, begins, ends in rows("groups.tsv", 4):
        table[group] = (*table.get(group, ()), *((member, begins, ends) for member in listed.split()))
    return table


def _meant(word: str, on: date | None) -> Iterator[str]:
    text = word.strip()
    group = text.casefold().replace(" ", "-").replace("_", "-")
    if text and known(text):
        yield text
    elif group in groups():
        yield from _members(group, on.isoformat() if on else "9999-12-31")
    elif text in codes():
        yield codes()[text]
    else:
        raise UnknownPlace(word, _near(text, group))


def _members(group: str, day: str) -> Iterator[str]:
    for member, begins, ends in groups()[group]:
        if begins <= day and (not ends or day <= ends):
            yield from _members(member, day) if member in groups() else (member,)


def _near(text: str, group: str) -> tuple[str, ...]:
    """What ``text`` may stand for: the code of a name, a code in small letters, a group spelt alike."""
    from difflib import get_close_matches

    from advisoryd.places.names import resolve, suggest

    if place := resolve(text.upper()).place or resolve(text).place:
        return (place,)
    return tuple([*get_close_matches(group, groups(), n=2, cutoff=0.7), *suggest(text)][:3])
