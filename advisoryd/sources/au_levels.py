"""The levels inside a country as Smartraveller's export runs them together in one field.

Each entry is a heading and a sentence with the reason, in either of two forms: "Do not travel to Gaza. Do not travel to
Gaza due to armed conflict." and "Do not travel Do not travel to Gaza due to armed conflict.". The entry about the
country as a whole stands among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from advisoryd.model.ladder import Level, Reason
from advisoryd.model.record import Region
from advisoryd.sources import levels, regions
from advisoryd.sources.regions import Statement

SCALE = {
    "exercise normal safety precautions": Level.NORMAL,
    "exercise a high degree of caution": Level.CAUTION,
    "reconsider your need to travel": Level.RECONSIDER,
    "do not travel": Level.AVOID,
}
_PHRASE = re.compile(
    r"(?<!['‘“])(?:Exercise (?:normal safety precautions|a high degree of caution)"
    r"|Reconsider your need to travel|Do not travel)\b"
)
_CAUSE = re.compile(r"due to|because|owing to")
_LIST = re.compile(r"(?:to)?:")
_HIGHER = re.compile(r"(?:higher|other) levels apply", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Inside:
    """What holds inside the country. ``regional`` is ``None`` where the text does not say."""

    regional: bool | None
    regions: tuple[Region, ...]
    reasons: frozenset[Reason]


@dataclass(frozen=True, slots=True)
class _Entry:
    level: Level
    words: str


def read(text: str, notes: str, overall: Level | None, destination: str) -> Inside:
    """The entries of ``text`` and what ``notes`` (the latest update) adds; ``overall`` is the country's own level."""
    entries = list(_entries(text))
    statements = [Statement(entry.level, regions.area(entry.words)) for entry in _headings(entries)]
    named = regions.unique(regions.region(statement, destination) for statement in statements)
    national = [entry.words for entry in entries if _is_national(entry, destination)]
    return Inside(_regional(text, notes, overall, named), named, levels.reasons(national))


def _entries(text: str) -> Iterator[_Entry]:
    found = list(_PHRASE.finditer(text))
    bounds = [match.start() for match in found] + [len(text)]
    for match, end in zip(found, bounds[1:], strict=True):
        if words := text[match.end() : end].strip(" .,"):
            yield _Entry(SCALE[levels.key(match[0])], words)


def _headings(entries: Sequence[_Entry]) -> Iterator[_Entry]:
    """The entries without those that only repeat the heading before them with its reason."""
    for before, entry in pairwise((None, *entries)):
        if entry and not (before and _explains(entry, before)):
            yield entry


def _explains(entry: _Entry, heading: _Entry) -> bool:
    details = _CAUSE.search(entry.words) or _LIST.match(entry.words)
    return entry.level == heading.level and bool(details) and not _CAUSE.search(heading.words)


def _is_national(entry: _Entry, destination: str) -> bool:
    area = regions.area(entry.words)
    return not area or regions.is_whole(area, destination)


def _regional(text: str, notes: str, overall: Level | None, named: Sequence[Region]) -> bool | None:
    """Whether levels differ inside: the field lists all levels, so that a field with none but the country's says no."""
    if any(region.level != overall for region in named) or _HIGHER.search(notes) or _HIGHER.search(text):
        return True
    return False if text and overall else None
