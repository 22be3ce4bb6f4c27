"""The colours of Dutch travel advice, as its summary words them.

The formulas are fixed: "De kleurcode van het reisadvies voor X is groen", "Voor de gebieden A en B geldt kleurcode
oranje", "Voor de rest van X geldt kleurcode geel", "... is voor het grootste deel rood", and "... van X is rood voor
de regio's ...". What is said of a part often comes first, so the first colour of a summary means nothing; a client
that took the strictest one had Japan, South Korea and India red. Countries that are described region by region only
(Iraq) have no level as a whole. A colour said of another country ("Lees het reisadvies voor Jemen: dat is rood") is
not this one's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.record import Area, Region

SCALE = {"groen": Level.NORMAL, "geel": Level.CAUTION, "oranje": Level.RECONSIDER, "rood": Level.AVOID}

_OTHER = "blauw|paars|zwart|wit|grijs|bruin|roze"
_COLOUR = re.compile(rf"\b(?P<colour>{'|'.join(SCALE)}|{_OTHER})(?:e)?\b", re.IGNORECASE)
_ADVISES = re.compile(r"kleurcode|reisadvies", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z‘'\"])")
_REST = re.compile(r"\b(?:de )?rest van (?P<of>[^,.]+?)(?=,|\.|$| geldt| is\b| heeft\b)", re.IGNORECASE)
_MOST = re.compile(r"voor (?:het grootste deel|de meeste gebieden)|het hele land", re.IGNORECASE)
_SUBJECT = re.compile(
    r"reisadvies(?: (?:voor|van) (?:(?:het|de) )?(?P<of>[^.]+?))? (?:is|heeft)\b(?P<after>[^.]*)", re.IGNORECASE
)
_FOR = re.compile(r"\bvoor (?P<area>[^.]+?) (?:geldt|is|heeft)\b", re.IGNORECASE)
_BEHIND = re.compile(r"\bvoor (?P<area>[^.]+?)\s*$", re.IGNORECASE)
_OF_AREAS = re.compile(
    r"\b(?:noord|zuid|oost|west|grens|gebied|regio|provincie|deelstaat|stad|steden|eiland)", re.IGNORECASE
)
_BARE = "het land"


@dataclass(frozen=True, slots=True)
class Colours:
    """What a summary says.

    ``level`` is that of the country as a whole, ``native`` the sentence that gives it, or all sentences with a colour
    where none does; ``regional`` is ``None`` when no colour is named; ``levels`` and ``regions`` are those of parts.
    """

    level: Level | None = None
    native: str = ""
    regional: bool | None = None
    levels: tuple[Level, ...] = ()
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    level: Level | None
    sentence: str
    area: str = ""
    whole: bool = False


def read(blocks: Iterable[str], place: str) -> Colours:
    """The colours that the blocks of a summary name. ``place`` is the id of the country they are about."""
    said = [one for block in blocks for sentence in _SENTENCE.split(block) for one in _in(sentence, place)]
    if not said:
        return Colours()
    national = [one for one in said if one.whole] or _alone(said)
    regional = [one for one in said if one not in national]
    unknown = any(one.level is None for one in said)
    level = None if unknown else max((one.level for one in national if one.level), default=None)
    steps = {one.level for one in regional if one.level and one.level is not level}
    return Colours(
        level=level,
        native=" ".join(dict.fromkeys(one.sentence for one in national or said)),
        regional=bool(regional) or any(_REST.search(one.sentence) for one in said),
        levels=tuple(sorted(steps)),
        regions=tuple(_regions(regional, level)),
    )


def _alone(said: Sequence[_Said]) -> list[_Said]:
    """A single colour is the country's even where its name is not known, as long as no area is named."""
    areas = any(_OF_AREAS.search(one.area) or _REST.search(one.sentence) for one in said)
    return list(said) if len({one.level for one in said}) == 1 and not areas else []


def _in(sentence: str, place: str) -> Iterator[_Said]:
    """What one sentence says; nothing when it names no colour, is not about advice, or is about another country."""
    found = _COLOUR.search(sentence)
    if not found or not _ADVISES.search(sentence):
        return
    level = SCALE.get(found["colour"].lower())
    rest, subject = _REST.search(sentence), _SUBJECT.search(sentence)
    behind = _BEHIND.search(sentence[found.end() :].rstrip(". "))
    if (rest and _is(rest["of"], place)) or _MOST.search(sentence):
        yield _Said(level, sentence, whole=True)
    elif subject and (subject["of"] is None or _is(subject["of"], place)):
        area = behind or (_FOR.match(sentence) if subject["of"] is None else None)
        yield _Said(level, sentence, area["area"] if area else "", whole=area is None)
    elif subject and subject["of"]:
        if not _is_elsewhere(subject["of"], place):
            yield _Said(level, sentence, subject["of"])
    else:
        area = _FOR.search(sentence) or behind
        yield _Said(level, sentence, area["area"] if area else "")


def _is(words: str, place: str) -> bool:
    """Whether ``words`` mean the country itself."""
    name = re.sub(r"^(?:het|de) (?=[A-Z])", "", words.strip())
    return name.lower() == _BARE or (bool(place) and places.resolve(name, "nl").place == place)


def _is_elsewhere(words: str, place: str) -> bool:
    """Whether ``words`` are the name of another country and of no area."""
    return not _OF_AREAS.search(words) and places.resolve(words, "nl").place not in ("", place)


def _regions(regional: Iterable[_Said], level: Level | None) -> Iterator[Region]:
    for one in regional:
        if one.area and one.level is not level:
            yield Region(one.area, one.level, Area.STRIP if "grens" in one.area.lower() else Area.AREA)
