"""What advice in English prose asks, sentence by sentence, for issuers that have no field for a level.

Single words ("avoid", "caution") stand in every visa note, so only whole phrases count, and a manner of travelling ("do
not travel alone at night") is no advice on a destination. The same paragraph about a border is often pasted into the
pages of all its neighbours, so what is asked for another country says nothing about this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisoryd import places
from advisoryd.model.ladder import Action, Level
from advisoryd.model.record import Area, Region
from advisoryd.sources import regions

_LEAVE = (
    r"\b(?:leave|depart(?: from)?)\b[^.]{0,60}?\b(?:immediately|as soon as possible|without delay|at once|earliest)",
    r"\b(?:leave|depart(?: from)?)\b[^.]{0,60}?\bby (?:all )?available (?:means|commercial)",
    r"\b(?:leave|depart(?: from)?)\b[^.]{0,60}?\bwhile (?:commercial )?(?:flights|options)",
    r"\bshould evacuate\b",
)
_NOT_WITHOUT_NEED = (
    r"\b(?:defer|avoid|postpone|suspend)(?:ring|ing)? (?:all |any )?(?:non-?\s?essential|unnecessary) (?:travel|visit)",
    r"\breconsider (?:all |any |their |your )?(?:need to )?travel",
    r"\bdefer (?:their |your )?travel",
)
_NOT_AT_ALL = (
    r"\b(?:defer|avoid|postpone)(?:ring|ing)? (?:all|any) travel",
    r"\b(?:do|should) not travel\b|\bnot to travel\b|\badvised? against (?:all |any )?travel",
    r"\b(?:avoid|refrain from) travel(?:l?ing)?\b",
)
_CARE = (
    r"\b(?:high(?:er|est)? degree of|increased?|heightened|extra|utmost|due|extreme) (?:caution|vigilance|care)\b",
    r"\b(?:remain|stay|be) (?:extra |highly )?vigilant\b",
)
_SCALE = (
    (_LEAVE, Level.AVOID, {Action.LEAVE, Action.AVOID_ALL}),
    (_NOT_WITHOUT_NEED, Level.RECONSIDER, {Action.AVOID_NON_ESSENTIAL}),
    (_NOT_AT_ALL, Level.AVOID, {Action.AVOID_ALL}),
    (_CARE, Level.CAUTION, {Action.CAUTION}),
)
"""In the order in which they are looked for: "defer all non-essential travel" before "defer all travel"."""

_PATTERNS = tuple(
    (re.compile("|".join(words), re.IGNORECASE), level, frozenset(asked)) for words, level, asked in _SCALE
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘(])")
_WITHDRAWN = re.compile(r"\bno longer\b|\bhas been lifted\b|\b(?:may|can) (?:now )?resume\b", re.IGNORECASE)
_MANNER = re.compile(
    r"\W*(?:alone|at night|after dark|by (?:road|night|land|sea)|outside|without|unless|if\b|in convoy)"
)
_PARTS = (
    r"\b(?:borders?|conflict|affected|following|certain|some)\s+(?:\w+ )?(?:area|region|province|zone|state)s?\b",
    r"\b(?:north|south|east|west|central)\w*\s+(?:part|region|province)",
    r"\bparts of\b|\bprovinces?\b|\b\d+ ?km\b|\bkilomet",
)
_PART = re.compile("|".join(_PARTS), re.IGNORECASE)
_INSIDE = frozenset({"city", "capital", "region"})
_UNCLEAR = re.compile(
    r"\b(?:advised|urged|asked|should|must)(?:\s+(?!before|when|while|if|for|during)\S+){0,3}?"
    r"\s+(?:travel(?:ling)?|visit(?:s|ing)?|trips?)\b(?! (?:insurance|documents?|agents?|advis))",
    re.IGNORECASE,
)
"""What advice sounds like in words that are not known."""

_STRIP = re.compile(r"\bborder|\b\d+ ?km\b|\bkilomet", re.IGNORECASE)
_OUR_BORDER = re.compile(r"\bborder\w*(?: \w+){0,2} with\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ask:
    """What one sentence asks. ``area`` is the part of the country it names, ``""`` for the whole."""

    level: Level
    words: str
    actions: frozenset[Action]
    area: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """What a text asks: of the country as a whole, and of its parts. Where only parts are named, the whole is "take
    care" at most, without an action. ``level`` is ``None`` for words that are not known."""

    level: Level | None
    words: str
    actions: frozenset[Action] = frozenset()
    regions: tuple[Region, ...] = ()


def advice(paragraphs: Iterable[str], place: str) -> Advice | None:
    """What the paragraphs ask of people who go to, or are in, ``place``; ``None`` when they ask nothing."""
    asks = [ask for sentence in _sentences(paragraphs) for ask in _asked(sentence, place)]
    parts = {(ask.area, ask.level): _region(ask) for ask in asks if ask.area}
    strictest = max(asks, key=lambda ask: (not ask.area, ask.level, len(ask.actions)), default=None)
    if strictest is None:
        return None
    capped = bool(strictest.area)
    return Advice(
        level=min(strictest.level, Level.CAUTION) if capped else strictest.level,
        words=strictest.words,
        actions=frozenset() if capped else strictest.actions,
        regions=tuple(parts.values()),
    )


def unclear(paragraphs: Iterable[str], place: str) -> str:
    """The first words that sound like advice on ``place`` and hold no known phrase, ``""`` when there are none."""
    for sentence in _sentences(paragraphs):
        found = _UNCLEAR.search(sentence)
        if found is None or _WITHDRAWN.search(sentence) or any(pattern.search(sentence) for pattern, *_ in _PATTERNS):
            continue
        if not _MANNER.match(sentence, found.end()) and not _is_elsewhere(regions.area(sentence[found.end() :]), place):
            return found[0]
    return ""


def has_phrase(paragraphs: Iterable[str]) -> bool:
    """Whether any known phrase stands in the paragraphs, whomever it is about."""
    return any(pattern.search(text) for text in paragraphs for pattern, *_ in _PATTERNS)


def _sentences(paragraphs: Iterable[str]) -> Iterator[str]:
    return (sentence for text in paragraphs for sentence in _SENTENCE_END.split(text))


def _region(ask: Ask) -> Region:
    return Region(ask.area, ask.level, Area.STRIP if _STRIP.search(ask.area) else Area.AREA)


def _asked(sentence: str, place: str) -> Iterator[Ask]:
    """The strictest thing that a sentence asks, and nothing when it takes advice back."""
    if _WITHDRAWN.search(sentence):
        return
    for pattern, level, actions in _PATTERNS:
        found = pattern.search(sentence)
        if found is None or _MANNER.match(sentence, found.end()):
            continue
        area = regions.area(sentence[found.end() :]) or _leaving(found[0])
        if not _is_elsewhere(area, place):
            yield Ask(level, found[0], actions, _part(area, sentence, place))
        return


def _part(area: str, sentence: str, place: str) -> str:
    """The part of the country that is meant: the area where it is one, the whole sentence where only that tells."""
    if not area:
        return sentence if _PART.search(sentence) else ""
    kinds = {mention.kind for mention in places.mentions(area, "en")}
    is_part = _PART.search(area) or (kinds and kinds <= _INSIDE)
    return area if is_part and not regions.is_whole(area, place) else ""


def _leaving(words: str) -> str:
    """The place between "leave" and "immediately"."""
    found = re.match(r"(?:leave|depart(?: from)?)\s+(?:the )?(.*?)\s+\S+$", words, re.IGNORECASE)
    return found[1] if found else ""


def _is_elsewhere(area: str, place: str) -> bool:
    """Whether the area names other countries, and not ``place``, of which "the border with Cambodia" is a border."""
    if _OUR_BORDER.search(area):
        return False
    named = {mention.place for mention in places.mentions(area, "en") if mention.kind != "demonym"}
    return bool(named) and place not in named and not named & set(places.members(place) if place else ())
