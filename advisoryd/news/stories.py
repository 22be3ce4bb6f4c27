"""Which claims tell of the same act of the same issuer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from advisoryd.model.ladder import Track
from advisoryd.model.report import ECHO, NOTICE, Happening
from advisoryd.news.item import Claim

_DOWN = frozenset({Happening.LOWERED, Happening.LIFTED})


@dataclass(slots=True)
class _Act:
    """One act of one issuer: what is known of it from the claims put to it so far. ``renewal``: it repeats another."""

    label: str
    begun: datetime
    down: bool
    renewal: bool
    destinations: set[str] = field(default_factory=set)


def cluster(claims: Sequence[tuple[Claim, datetime | None]]) -> list[str | None]:
    """A label for every claim, equal for claims about one act, in the order given.

    ``None`` for what is no advisory, and for items that tell of several issuers' acts. The key is issuer, track
    (another ministry's notice is another act), overlapping destinations and time: reports within :data:`NOTICE` of an
    act are about it; consequences and reactions within :data:`ECHO` go back to the advice, not to its repetition. A
    claim without a date joins the newest act that fits.
    """
    labels: list[str | None] = [None] * len(claims)
    acts: defaultdict[tuple[str, Track], list[_Act]] = defaultdict(list)
    dated = sorted((published, at) for at, (_, published) in enumerate(claims) if published)
    undated = [(None, at) for at, (_, published) in enumerate(claims) if not published]
    for published, at in [*dated, *undated]:
        claim = claims[at][0]
        if claim.is_advisory and len(claim.issuers) == 1:
            labels[at] = _label(claim, published, acts[claim.issuer, claim.track])
    return labels


def _label(claim: Claim, published: datetime | None, acts: list[_Act]) -> str:
    act = _act_of(claim, published, acts)
    if act is None:
        begun = published or datetime.min.replace(tzinfo=UTC)
        act = _Act(_name(claim, published, len(acts)), begun, claim.happening in _DOWN, claim.renewed)
        acts.append(act)
    act.destinations.update(claim.destinations)
    return act.label


def _act_of(claim: Claim, published: datetime | None, acts: list[_Act]) -> _Act | None:
    """The newest act that ``claim`` may be about; for a reaction the newest that is not itself a repetition."""
    fitting = [act for act in reversed(acts) if _same(act, claim, published)]
    if _reacts(claim):
        fitting.sort(key=lambda act: act.renewal)
    return fitting[0] if fitting else None


def _same(act: _Act, claim: Claim, published: datetime | None) -> bool:
    if act.destinations and claim.destinations and act.destinations.isdisjoint(claim.destinations):
        return False
    if not _reacts(claim) and act.down != (claim.happening in _DOWN):
        return False
    return published is None or published - act.begun <= (ECHO if _reacts(claim) else NOTICE)


def _reacts(claim: Claim) -> bool:
    return claim.happening is Happening.CONSEQUENCE or (claim.happening is Happening.FOLLOWUP and not claim.renewed)


def _name(claim: Claim, published: datetime | None, number: int) -> str:
    day = published.strftime("%Y-%m-%d") if published else f"undated-{number}"
    track = "" if claim.track is Track.SECURITY else f"-{claim.track}"
    eased = "-eased" if claim.happening in _DOWN else ""
    return f"{claim.issuer}-{'+'.join(sorted(claim.destinations)) or 'unknown'}{track}-{day}{eased}".lower()
