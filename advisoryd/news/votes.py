"""Gives the places of an item their roles, each with a weight: which rule says so, in which spot of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisoryd.news.grammar import Rule, fitting, meetings
from advisoryd.news.hits import Hit, Tagged
from advisoryd.news.tags import NATIONS, Tag

ISSUER, DESTINATION = "issuer", "destination"
OTHER, BORDER, PROTESTER = "other", "border", "protester"

LATER = 0.7
"""A headline outweighs what follows it."""

ENOUGH = 2.0
"""The least weight with which a place takes a role while a stronger one may still be found elsewhere."""

_NAMED_BODY, _NAMED_PEOPLE, _PROTESTS, _BORDERS = 3.5, 2.5, 3.0, 1.0
_HOME = {Tag.MINISTRY: 2.5, Tag.EMBASSY: 2.5, Tag.PEOPLE: 1.0, Tag.RESIDENT: 1.0, Tag.ADVICE: 0.8, Tag.STEP: 0.8}
_NAMING = NATIONS | {Tag.BODY}
_AT_HOME = "at home with the outlet"
_ANSWERS = "who protests is the place"
_OFFICES = frozenset({Tag.MINISTRY, Tag.EMBASSY, Tag.PEOPLE, Tag.RESIDENT})


@dataclass(frozen=True, slots=True)
class Vote:
    """One role for one place. ``part`` is the number of the part, ``hit`` the words."""

    weight: float
    rule: str
    part: int
    hit: Hit

    @property
    def named(self) -> bool:
        """Whether the words themselves name the place."""
        return self.rule != _AT_HOME


class Votes:
    """The best vote for every place and role."""

    def __init__(self) -> None:
        self._best: defaultdict[str, dict[str, Vote]] = defaultdict(dict)

    def add(self, place: str, role: str, vote: Vote) -> None:
        """Counts ``vote`` if it is heavier than what ``place`` has for ``role``."""
        best = self._best[place].get(role)
        if best is None or vote.weight > best.weight:
            self._best[place][role] = vote

    def vote(self, place: str, role: str) -> Vote | None:
        """The best vote of ``place`` for ``role``."""
        return self._best[place].get(role) if place in self._best else None

    def weight(self, place: str, role: str) -> float:
        """The weight of that vote, 0 when there is none."""
        vote = self.vote(place, role)
        return vote.weight if vote else 0.0

    def places(self, role: str) -> list[str]:
        """The places that have a vote for ``role``, first named first."""
        return [place for place, roles in self._best.items() if role in roles]


def votes_of(parts: Sequence[Tagged], order: str, home: str) -> Votes:
    """The votes of all rules on ``parts`` (headline first); ``home`` is the outlet's country or ``""``."""
    votes = Votes()
    for number, part in enumerate(parts):
        share = LATER if number else 1.0
        for place, role, weight, rule, hit in _cast(part, order, home):
            votes.add(place, role, Vote(weight * share, rule, number, hit))
    return votes


_Cast = tuple[str, str, float, str, Hit]


def _cast(part: Tagged, order: str, home: str) -> Iterator[_Cast]:
    rules = fitting("role", order, part.tags)
    others, borders, protesters = (_marked(part, rules, role) for role in (OTHER, BORDER, PROTESTER))
    spoken_for: set[int] = set()
    for rule in rules:
        if rule.role == ISSUER:
            yield from _by_rule(part, rule, others | borders | protesters, spoken_for)
        elif rule.role == DESTINATION:
            yield from _by_rule(part, rule, others | borders, spoken_for)
    yield from _as_destination(part, protesters, _PROTESTS, _ANSWERS)
    yield from _as_destination(part, borders, _BORDERS, "whose border it is")
    yield from _named_bodies(part)
    against = {place for at in protesters for place in part.hits[at].places()}
    if home and home not in against:
        yield from _at_home(part, home, spoken_for, protesters)


def _by_rule(part: Tagged, rule: Rule, barred: set[int], spoken_for: set[int]) -> Iterator[_Cast]:
    """The votes of one rule. ``spoken_for`` collects the hits whose issuer is told beside them."""
    for found in meetings(rule, part):
        at = found.start(1)
        if at in barred:
            continue
        if rule.role == ISSUER and rule.weight >= ENOUGH:
            spoken_for.update(range(found.start(), found.end()))
        for place in part.hits[at].places():
            yield place, rule.role, rule.weight, rule.name, part.hits[at]


def _marked(part: Tagged, rules: Sequence[Rule], role: str) -> set[int]:
    """The hits to which a rule gives ``role``. Two countries named together ("the border between A and B") are no third
    party."""
    return {
        found.start(1)
        for rule in rules
        if rule.role == role
        for found in meetings(rule, part)
        if role == PROTESTER or " " not in part.hits[found.start(1)].value
    }


def _as_destination(part: Tagged, marked: set[int], weight: float, rule: str) -> Iterator[_Cast]:
    for at in sorted(marked):
        if part.hits[at].tag in _NAMING:
            for place in part.hits[at].places():
                yield place, DESTINATION, weight, rule, part.hits[at]


def _named_bodies(part: Tagged) -> Iterator[_Cast]:
    """Bodies and peoples that belong to one country: the State Department, Hongkongers."""
    for hit in part.hits:
        if hit.value and hit.tag is Tag.BODY:
            yield hit.value, ISSUER, _NAMED_BODY, "a body of this country", hit
        elif hit.value and hit.tag is Tag.PEOPLE:
            yield hit.value, ISSUER, _NAMED_PEOPLE, "people of this country", hit


def _at_home(part: Tagged, home: str, spoken_for: set[int], protesters: set[int]) -> Iterator[_Cast]:
    """A bare "Foreign Office", "citizens" or "travel warning" means the outlet's own; one that answers another
    government's advice is at home in the place that the advice is about."""
    for at, hit in enumerate(part.hits):
        weight = _HOME.get(hit.tag)
        if not weight or at in spoken_for or (hit.tag is Tag.PEOPLE and hit.value):
            continue
        if at in protesters and hit.tag in _OFFICES:
            yield home, DESTINATION, _PROTESTS, _ANSWERS, hit
        elif at not in protesters:
            yield home, ISSUER, weight, _AT_HOME, hit
