"""The zones of vigilance of French travel advice, as its prose words them.

Four colours: green "vigilance normale", yellow "vigilance renforcée", orange "déconseillé sauf raison impérative", red
"formellement déconseillé". Where all of a country has one, a sentence says so ("L'ensemble du pays est en zone de
vigilance renforcée"); where not, a heading for each colour is followed by its areas, and "Le reste du pays" under one
of them is the country's own. "Déconseillé" is also said of swimming and of driving at night, so nothing outside the
part on zones is looked at; and the map beside it is an image.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisoryd.model.ladder import Level
from advisoryd.sources import fr_scope
from advisoryd.sources.markup import Block, Kind

_COLOURS = {
    "avoid": r"formellement déconseill\w+|(?:zone|en|vigilance) rouge\b|\(rouge\)",
    "reconsider": r"déconseill\w+|sauf (?:pour )?(?:des |une )?raisons? impérieuses?|(?:zone|en) orange\b|\(orange\)",
    "caution": r"vigilance renforcée|(?:zone|en) jaune\b|\(jaune\)",
    "normal": r"vigilance normale|(?:zone|en) vert\b|\(vert\)",
}
_COLOUR = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _COLOURS.items()), re.IGNORECASE)
_LEVELS = {"avoid": Level.AVOID, "reconsider": Level.RECONSIDER, "caution": Level.CAUTION, "normal": Level.NORMAL}

_BEGIN = re.compile(r"zones? de vigilance$", re.IGNORECASE)
_END = re.compile(
    r"(?:risques?|recommandations?|avertissement|délinquance|criminalité|terrorisme|menaces?|mesures|transports?)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:zones?|régions?)\b", re.IGNORECASE)
_REST = re.compile(r"(?:sur |dans )?(?:le reste\b|l['’](?:ensemble|intégralité)\b)|.*\ble reste du", re.IGNORECASE)
_ENDED = re.compile(r"\b(?:n['’]est|ne sont) plus\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Zones:
    """What the part on zones says: the ``level`` of the country, the sentence that gives it (``native``), and the steps
    that have a heading of their own. ``found`` is false where the page has no such part."""

    found: bool
    level: Level | None = None
    native: str = ""
    levels: frozenset[Level] = frozenset()


def read(outline: Sequence[Block], place: str) -> Zones:
    """The zones of the page about ``place``, a place id."""
    part = list(_part(outline))
    if not part:
        return Zones(found=False)
    said = list(_national(part, place))
    level, native = max(said, key=lambda one: one[0]) if said else (None, "")
    headings = [block.text for block in part if block.kind is Kind.HEADING and _HEADING.match(block.text)]
    steps = {found for heading in headings if (found := _colour(heading))}
    return Zones(True, level, native or "; ".join(headings), frozenset(steps - {level}))


def _part(outline: Iterable[Block]) -> Iterator[Block]:
    """The blocks between the heading of the zones and that of the next chapter."""
    inside = False
    for block in outline:
        if block.kind is Kind.HEADING and _BEGIN.match(block.text):
            inside = True
        elif block.kind is Kind.HEADING and _END.match(block.text):
            if inside:
                return
        elif inside:
            yield block


def _national(part: Iterable[Block], place: str) -> Iterator[tuple[Level, str]]:
    """Every sentence about the country as a whole or the rest of it, with its level."""
    heading = ""
    for block in part:
        if block.kind is Kind.HEADING and _HEADING.match(block.text):
            heading = block.text
        for sentence in fr_scope.sentences(block.text):
            end = fr_scope.whole(sentence, place, _COLOUR)
            if not end or _ENDED.search(sentence):
                continue
            if level := _near(sentence, end):
                yield level, sentence
            elif (level := _colour(heading)) and _REST.match(sentence):
                yield level, f"{heading} : {sentence}"


def _near(sentence: str, end: int) -> Level | None:
    """The level named after the words for the whole country, which end at ``end``, or else before them."""
    found = list(_COLOUR.finditer(sentence))
    after = [match for match in found if match.start() >= end - 1]
    before = [match for match in found if match.end() <= end]
    chosen = after[0] if after else before[-1] if before else None
    return _LEVELS[str(chosen.lastgroup)] if chosen else None


def _colour(words: str) -> Level | None:
    found = _COLOUR.search(words)
    return _LEVELS[str(found.lastgroup)] if found else None
