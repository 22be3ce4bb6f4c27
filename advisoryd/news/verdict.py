"""Whether an item reports travel advice of a government as its news, and if not, why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from advisoryd.news.grammar import Match, matches, strongest
from advisoryd.news.hits import Tagged
from advisoryd.news.item import Evidence
from advisoryd.news.roles import Roles
from advisoryd.news.tags import NATIONS, Tag

CERTAIN = 3.0
"""The weight from which an act is told in full."""

TOLD = 3.5
"""The weight of an act that says who is told what, which is an event; "the ministry advises against travel" may be an
old story."""

PLAIN = 2.5
"""The weight from which an act in the headline is about some place, even one that no rule points at."""

LEAST = 1.5

ADVISES = frozenset(
    {Tag.ADVICE, Tag.ALERT, Tag.ASK, Tag.CARE, Tag.LEAVE, Tag.BAN, Tag.STEP, Tag.SHUN, Tag.REGISTER, Tag.URGE}
)
"""Every act has one of these; an item without any needs no closer look."""

_SAYS = frozenset(
    {
        Tag.ISSUE,
        Tag.RAISE,
        Tag.LOWER,
        Tag.LIFT,
        Tag.KEEP,
        Tag.STEP,
        Tag.EFFECT,
        Tag.REACT,
        Tag.DEFEND,
        Tag.ASK,
        Tag.CARE,
    }
) | {Tag.LEAVE, Tag.BAN, Tag.URGE, Tag.SHUN, Tag.WORLD, Tag.MANY}
"""Where nobody is named that speaks, the headline must at least say something of the advice."""

_ANSWERS = frozenset({Tag.REACT, Tag.DEFEND, Tag.EFFECT})
_ON_TOPIC = frozenset({Tag.ADVICE, Tag.ALERT, Tag.URGE, Tag.ASK, Tag.CARE, Tag.BAN, Tag.STEP, Tag.SHUN})
_OFFICES = frozenset({Tag.BODY, Tag.MINISTRY, Tag.EMBASSY})
_ADDRESSED = frozenset({Tag.PEOPLE, Tag.DEMONYM})
_COUNTRIES = frozenset({Tag.PLACE, Tag.CAPITAL})

_TOLD_NATION = re.compile(f"{Tag.URGE}[{Tag.TO}{Tag.OF}{Tag.ASK}]?([{Tag.DEMONYM}])(?![{Tag.BORDER}{Tag.PART}])")


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts that the rules found, and the refusals that the headline meets."""

    found: tuple[Match, ...]
    refusals: tuple[Match, ...]

    @property
    def best(self) -> Match | None:
        """The act that is told most fully."""
        return strongest(self.found)

    def in_headline(self) -> float:
        """The weight of the headline's act, 0 when it has none."""
        match = strongest(self.found, 0)
        return match.rule.weight if match else 0.0


def acts_in(parts: Sequence[Tagged], order: str) -> Acts | None:
    """What the rules find in ``parts`` (headline first), or ``None`` when nothing is advised."""
    found = tuple(matches("act", parts, order))
    best = strongest(found)
    if best is None or best.rule.weight < LEAST:
        return None
    return Acts(found, tuple(matches("refusal", parts[:1], order)))


def about_some_place(parts: Sequence[Tagged], acts: Acts) -> bool:
    """Whether advice about a place is surely given or answered, so that the only place abroad must be it."""
    return acts.in_headline() >= PLAIN or not _ANSWERS.isdisjoint(parts[0].tags)


def refusal(parts: Sequence[Tagged], acts: Acts) -> Evidence | None:
    """Why the headline's subject is something else, with the words that show it."""
    weight, title = acts.in_headline(), parts[0]
    for match in acts.refusals:
        if weight < match.rule.weight and match.rule.unless.isdisjoint(title.tags):
            return title.quote(match.rule.name, title.hits[match.start].start, title.hits[match.end - 1].end)
    return None


def is_aside(parts: Sequence[Tagged], acts: Acts, told: Roles) -> bool:
    """Whether the advice is told in passing, below a headline about something else."""
    title = parts[0]
    if acts.in_headline() or _on_topic(title):
        return False
    if Tag.EFFECT in title.tags:
        return not _names(title, {*told.issuers, *told.destinations}, NATIONS | {Tag.PEOPLE, Tag.BODY})
    both = all(_names(title, set(side), _COUNTRIES) for side in (told.issuers, told.destinations))
    return not (both and _is_main_clause(parts, acts))


def _names(title: Tagged, wanted: set[str], tags: frozenset[Tag]) -> bool:
    """Whether a hit that bears one of ``tags`` names one of ``wanted``."""
    return any(hit.tag in tags and hit.value and not wanted.isdisjoint(hit.places()) for hit in title.hits)


def _on_topic(title: Tagged) -> bool:
    """Whether the headline can be about advice: it says something of it, or sets an authority beside its people."""
    if not _ON_TOPIC.isdisjoint(title.tags):
        return True
    return not _OFFICES.isdisjoint(title.tags) and not _ADDRESSED.isdisjoint(title.tags)


def missing(parts: Sequence[Tagged], told: Roles, order: str) -> str:
    """What advice needs and the item does not name: a government that speaks, a place abroad. ``""`` when nothing."""
    if not told.issuers or (told.guessed and _SAYS.isdisjoint(parts[0].tags)):
        return "no government speaks"
    if not told.destinations and not (told.named and _speaks_of_advice(parts)):
        return "no place abroad"
    if set(told.destinations) == set(told.issuers):
        return "the speaker's own country"
    if _tells_others(parts[0], told) or (order == "svo" and _sends_home(parts[0], told)):
        return "another country's people are told"
    return ""


def _tells_others(title: Tagged, told: Roles) -> bool:
    """Whether the people addressed belong to another country only: "Russia warns Americans"."""
    addressed = {hit.value for before, hit in pairwise(title.hits) if before.tag is Tag.URGE and hit.tag is Tag.PEOPLE}
    return "" not in addressed and bool(addressed) and addressed.isdisjoint(told.issuers)


def _sends_home(title: Tagged, told: Roles) -> bool:
    """Whether no other place is named than the one that the people addressed are from: "orders Afghans to leave"."""
    for found in _TOLD_NATION.finditer(title.tags):
        nation = title.hits[found.start(1)].places()
        if set(nation).isdisjoint(told.issuers) and set(nation).issuperset(told.destinations):
            return True
    return False


def _speaks_of_advice(parts: Sequence[Tagged]) -> bool:
    """Whether advice can be meant without a place: it is answered or has an effect, or is for unnamed countries."""
    tags = set("".join(part.tags for part in parts))
    in_context = not _ANSWERS.isdisjoint(parts[0].tags) or Tag.MANY in tags
    return in_context and (not tags.isdisjoint({Tag.ADVICE, Tag.ASK, Tag.LEAVE}) or {Tag.ALERT, Tag.PEOPLE} <= tags)


def _is_main_clause(parts: Sequence[Tagged], acts: Acts) -> bool:
    """Whether the summary itself reports advice, and not in a clause that hangs on "after", "amid" or "despite"."""
    best = strongest(acts.found, 1)
    if best is None or best.rule.weight < TOLD:
        return False
    sentence = parts[1].tags[: best.start].rpartition(Tag.STOP)[2]
    return Tag.SINCE not in sentence
