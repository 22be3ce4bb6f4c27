"""A fall from the strictest level straight to the lowest is sometimes true and sometimes a page that slipped. When it
is taken back within days it was the latter, and whoever heard of it gets a correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from advisoryd.decide.compare import Verdict
from advisoryd.model.event import DOWNWARD, UPWARD, Event, Facet, Kind
from advisoryd.model.reading import Finding, FindingKind

SLIPPED = timedelta(days=7)
"""Within so long a page that slipped was mended, in all cases seen; a storm that passed does not come back."""


def is_unusual(event: Event) -> bool:
    """Whether ``event`` tells of such a fall."""
    return any(change.facet is Facet.UNUSUAL for change in event.changes)


def falls(verdicts: Sequence[Verdict]) -> list[Finding]:
    """Every such fall that is told now, for the operator: somebody should look at the page."""
    return [
        Finding(
            FindingKind.UNUSUAL,
            f"{verdict.event.name} fell from the strictest level to the lowest; please verify it at the source",
            (verdict.standing.key,),
        )
        for verdict in verdicts
        if verdict.event is not None and is_unusual(verdict.event)
    ]


def corrected(event: Event, told: Sequence[Event]) -> Event:
    """``event`` as a correction, if it takes back the fall that was the last move among ``told``, its story so far."""
    moves = [earlier for earlier in told if earlier.kind in UPWARD | DOWNWARD and earlier.track == event.track]
    if event.kind is not Kind.RAISED or not moves:
        return event
    fall = moves[-1]
    undone = is_unusual(fall) and event.level_after == fall.level_before and event.at - fall.at <= SLIPPED
    return replace(event, kind=Kind.CORRECTED, reason="unusual-fall-undone") if undone else event
