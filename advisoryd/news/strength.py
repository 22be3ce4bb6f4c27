"""How strict the advice is, from the item's words, on the common ladder."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from advisoryd.model.ladder import Action, Level
from advisoryd.model.report import Happening
from advisoryd.news.grammar import fitting
from advisoryd.news.hits import Hit, Tagged
from advisoryd.news.item import Evidence
from advisoryd.news.tags import Tag

_FILE = Path(__file__).parent / "data" / "scales.toml"
_LEVELS = {
    "4": Level.AVOID,
    "3": Level.RECONSIDER,
    "reconsider": Level.RECONSIDER,
    "2": Level.CAUTION,
    "1": Level.NORMAL,
}
_ACTIONS = {
    "4": Action.AVOID_ALL,
    "3": Action.AVOID_NON_ESSENTIAL,
    "reconsider": Action.RECONSIDER,
    "2": Action.CAUTION,
}
_ACTION_OF_TAG = {
    Tag.LEAVE: Action.LEAVE,
    Tag.BAN: Action.LEGAL_BAN,
    Tag.SHELTER: Action.SHELTER,
    Tag.REGISTER: Action.REGISTER,
}
_SHUNNED = frozenset({Tag.PLACE, Tag.CAPITAL, Tag.CITY, Tag.TRAVEL, Tag.PART, Tag.BORDER})
_LIMITS = frozenset({Tag.PART, Tag.BORDER, Tag.CITY})
_TELLING = frozenset({Tag.ASK, Tag.CARE, Tag.STEP, Tag.BAN, Tag.LEAVE, Tag.SHUN, Tag.ADVICE})
_NEAR = 2
"""Tags between a word of advice and what it is about, or a word such as "parts of" that limits it."""


@dataclass(frozen=True, slots=True)
class Strength:
    """The level, what is asked, whether people there are told to leave, and the words that say so."""

    level: Level | None
    actions: frozenset[Action]
    leave: bool
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    level: Level
    part: Tagged
    hit: Hit
    regional: bool

    @property
    def step(self) -> bool:
        """Whether it is a number or colour of the issuer's scale, and not a wording."""
        return self.hit.tag is Tag.STEP

    def evidence(self) -> Evidence:
        """The words."""
        return self.part.quote(f"level {int(self.level)}", self.hit.start, self.hit.end)


@cache
def _scales() -> dict[str, dict[str, int]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def level_of_step(step: str, issuer: str) -> Level | None:
    """A number or colour of ``issuer``'s scale on the common ladder; ``None`` for a colour of an unknown scale."""
    scale = _scales().get(issuer, {})
    if step in scale:
        return Level(scale[step])
    return Level(int(step)) if step in ("1", "2", "3", "4") else None


def strength(parts: Sequence[Tagged], issuer: str, happening: Happening, order: str) -> Strength:
    """What ``parts`` (headline first) ask. Lifted advice has no level and asks nobody to leave."""
    leave = happening is not Happening.LIFTED and any(_told_to_leave(part, order) for part in parts)
    actions = frozenset(_actions(parts, leave))
    if happening is Happening.LIFTED:
        return Strength(None, actions, leave)
    chosen = _choose([list(_asked(part, issuer, leave)) for part in parts], happening)
    return Strength(chosen.level, actions, leave, (chosen.evidence(),)) if chosen else Strength(None, actions, leave)


def _told_to_leave(part: Tagged, order: str) -> bool:
    return bool(fitting("leave", order, part.tags))


def _asked(part: Tagged, issuer: str, leave: bool) -> Iterator[_Asked]:
    for at, hit in enumerate(part.hits):
        if hit.tag not in _TELLING:
            continue
        level = _level(hit, part.tags[at + 1 : at + 1 + _NEAR] or part.tags[:at][-1:], issuer, leave)
        if level is not None and not _left_behind(part, at):
            regional = not _LIMITS.isdisjoint(part.tags[max(0, at - _NEAR) : at + _NEAR + 1])
            yield _Asked(level, part, hit, regional)


def _left_behind(part: Tagged, at: int) -> bool:
    """Whether the words name what the advice was before: "lowered from 'reconsider travel'"."""
    return part.tags[at - 1 : at] == Tag.FROM and part.hits[at].tag in (Tag.ASK, Tag.CARE, Tag.STEP)


def _level(hit: Hit, shunned: str, issuer: str, leave: bool) -> Level | None:
    match hit.tag:
        case Tag.ASK | Tag.CARE:
            return _LEVELS[hit.value]
        case Tag.STEP:
            return level_of_step(hit.value, issuer)
        case Tag.BAN:
            return Level.AVOID
        case Tag.LEAVE if leave:
            return Level.AVOID
        case Tag.SHUN if not _SHUNNED.isdisjoint(shunned):
            return Level.RECONSIDER
        case Tag.ADVICE if ":" in hit.value:
            return _level_of_formula(hit.value, issuer)
        case _:
            return None


def _level_of_formula(formula: str, issuer: str) -> Level | None:
    """A word that is a level only in one issuer's mouth: a Reisewarnung of the Auswärtiges Amt ("DE:4")."""
    own, step = formula.split(":")
    return Level(int(step)) if own == issuer else None


def _choose(asked: list[list[_Asked]], happening: Happening) -> _Asked | None:
    """A step beats words; the headline's words beat the summary's, unless that only makes "do not go" precise."""
    steps = [ask for row in asked for ask in row if ask.step]
    if steps:
        return _strictest(steps, happening)
    title, *others = [_strictest(row, happening) for row in asked]
    later = [ask for ask in others if ask]
    if title is None:
        return later[0] if later else None
    precise = [ask for ask in later if ask.level > title.level >= Level.RECONSIDER]
    return precise[0] if precise else title


def _strictest(asks: Iterable[_Asked], happening: Happening) -> _Asked | None:
    """Country-wide advice before regional; then the highest, or where the advice was lowered, the lowest."""
    everything = list(asks)
    whole = [ask for ask in everything if not ask.regional] or everything
    pick = min if happening is Happening.LOWERED else max
    return pick(whole, key=lambda ask: ask.level, default=None)


def _actions(parts: Sequence[Tagged], leave: bool) -> Iterator[Action]:
    for hit in (hit for part in parts for hit in part.hits):
        if hit.tag in (Tag.ASK, Tag.CARE) and hit.value in _ACTIONS:
            yield _ACTIONS[hit.value]
        elif hit.tag in _ACTION_OF_TAG and (hit.tag is not Tag.LEAVE or leave):
            yield _ACTION_OF_TAG[hit.tag]
