"""Korea's alarm levels: their words, their steps, and where an alarm holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from advisoryd.model.ladder import Action, Level
from advisoryd.model.record import Area

LEVELS = {1: Level.CAUTION, 2: Level.RECONSIDER, 3: Level.AVOID, 4: Level.AVOID}
WORDS = {1: "1단계 여행유의", 2: "2단계 여행자제", 3: "3단계 출국권고", 4: "4단계 여행금지"}
ACTIONS = {
    1: frozenset({Action.CAUTION}),
    2: frozenset({Action.AVOID_NON_ESSENTIAL}),
    3: frozenset({Action.AVOID_ALL, Action.LEAVE}),
    4: frozenset({Action.AVOID_ALL, Action.LEAVE, Action.LEGAL_BAN}),
}
"""By Korea's own step."""

SPECIAL = "특별여행주의보"
SPECIAL_LEVEL = Level.RECONSIDER
"""By its definition above level 2 and below level 3."""

AT_ONCE = "즉시대피"
"""The stricter half of a special advisory, which asks people to leave at once."""

_STEPS = {"여행유의": 1, "여행자제": 2, "출국권고": 3, "철수권고": 3, "여행금지": 4}
"""철수권고 is the name of level 3 until it was changed."""

_BRACKETS = re.compile(r"\([^()]*\)")
_REST = re.compile(r"제외한\s*(?:모든|여타|전|나머지)?\s*(?:지역|역|국토)|여타\s*지역|그\s*외|이외|나머지")
_WHOLE = re.compile(r"(?:국가\s*)?(?:전\s*(?:지역|역|체|국토)|전국)?")
_STRIP = re.compile(r"접경|국경|이내|인근|반경")


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. ``step`` is Korea's own level, ``None`` when its words are not known; ``kind`` the part of the country
    that it holds in, ``None`` for the whole."""

    words: str
    step: int | None
    area: str
    kind: Area | None

    @property
    def level(self) -> Level | None:
        """Its step on the common ladder."""
        return LEVELS.get(self.step or 0)


def numbered(number: str, scope: str, area: str, country: str) -> Alarm:
    """An alarm of the service: its level as a figure, 전체 or 일부, and where."""
    step = int(number) if number in ("1", "2", "3", "4") else None
    return Alarm(WORDS[step] if step else number, step, area, kind_of(area, country, scope))


def worded(words: str, area: str, country: str) -> Alarm:
    """An alarm of the site: the words of its level, and where."""
    step = next((step for name, step in _STEPS.items() if name in "".join(words.split())), None)
    return Alarm(WORDS[step] if step else words, step, area, kind_of(area, country))


def kind_of(area: str, country: str, scope: str = "") -> Area | None:
    """The part of ``country`` that an area is, ``None`` for the whole. ``scope`` is 일부 for a part and 전체 for the
    whole, ``""`` when only the words of the area tell.

    What is left out in brackets is left out of a province; only "the rest, except …" is the rest of the country.
    """
    plain = _BRACKETS.sub("", normalize("NFKC", area)).strip()
    if _REST.search(plain):
        return Area.REST
    if scope and "일부" not in scope:
        return None
    if not scope and _WHOLE.fullmatch(plain.removeprefix(country).strip()):
        return None
    return Area.STRIP if _STRIP.search(plain) else Area.AREA
