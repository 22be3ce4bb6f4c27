"""What has happened to the advice.

Movement is told before strength, because "lifts its advice against all travel" holds the strictest words there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisoryd.model.report import Happening
from advisoryd.news.grammar import matches, quoted
from advisoryd.news.hits import Tagged
from advisoryd.news.item import Evidence
from advisoryd.news.tags import Tag

_RENEWED = "renewed"


@dataclass(frozen=True, slots=True)
class Movement:
    """The happening. ``renewed``: the advice itself is kept or given again, which is a followup but no reaction."""

    happening: Happening
    renewed: bool = False
    evidence: tuple[Evidence, ...] = ()


def movement(parts: Sequence[Tagged], order: str) -> Movement:
    """What the headline, or else what follows it, tells. The heaviest rule counts, of equals the first in the text: a
    headline's first clause is its news. That advice is given leaves open whether it went up; the summary may say so."""
    title, *others = parts
    told = _told("happening", title, parts, order)
    if told and told.happening is not Happening.ISSUED:
        return told
    later = [moved for part in others if (moved := _told("happening_later", part, parts, order))]
    if told:
        later = [moved for moved in later if moved.happening is not Happening.FOLLOWUP]
    return (later or [told or Movement(Happening.ISSUED)])[0]


def _told(section: str, part: Tagged, parts: Sequence[Tagged], order: str) -> Movement | None:
    found = list(matches(section, [part], order))
    if not found:
        return None
    match = min(found, key=lambda match: (-match.rule.weight, match.start))
    renewed = match.rule.role == _RENEWED
    happening = Happening.FOLLOWUP if renewed else Happening(match.rule.role)
    if happening is Happening.LIFTED and _has_come_down(parts):
        happening = Happening.LOWERED
    return Movement(happening, renewed, (quoted(match, [part], f"{happening}: "),))


def _has_come_down(parts: Sequence[Tagged]) -> bool:
    """Advice that is "no longer" so, and has come down to another level, was lowered and not lifted."""
    return any(Tag.LOWER in part.tags and Tag.STEP in part.tags for part in parts)
