"""Places that are renamed, split or merged must not read as lifted and issued.

Dated aliases in :mod:`advisoryd.places` make most renames invisible, because both names are one place. What is left: a
row that covered several places and becomes one row each (or the reverse), and a name nobody knows yet beside a row
that went missing in the same poll.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisoryd import places
from advisoryd.decide.compare import Reading
from advisoryd.decide.sentences import likeness
from advisoryd.model.standing import Standing


@dataclass(frozen=True, slots=True)
class Relabelled:
    """``old`` is now said by ``new``: ``sure`` when places or keys prove it; otherwise the operator decides."""

    old: tuple[Standing, ...]
    new: tuple[Reading, ...]
    sure: bool
    why: str


def relabelled(missing: Sequence[Standing], fresh: Sequence[Reading], similarity: float) -> list[Relabelled]:
    """Match rows that went missing with rows that appeared in the same poll."""
    found = [*_splits(missing, fresh), *_merges(missing, fresh)]
    used = {reading.record.key for match in found for reading in match.new}
    unknown = [reading for reading in fresh if not reading.record.destination and reading.record.key not in used]
    return found + [match for reading in unknown if (match := _alike(reading, missing, similarity))]


def _splits(missing: Sequence[Standing], fresh: Sequence[Reading]) -> list[Relabelled]:
    found = []
    for old in missing:
        parts = set(places.members(old.destination))
        new = tuple(reading for reading in fresh if reading.record.destination in parts)
        if len(parts) > 1 and new:
            found.append(Relabelled((old,), new, True, "split"))
    return found


def _merges(missing: Sequence[Standing], fresh: Sequence[Reading]) -> list[Relabelled]:
    found = []
    for reading in fresh:
        parts = set(places.members(reading.record.destination)) if reading.record.destination else set()
        old = tuple(standing for standing in missing if standing.destination in parts)
        if len(parts) > 1 and old:
            found.append(Relabelled(old, (reading,), True, "merge"))
    return found


def _alike(reading: Reading, missing: Sequence[Standing], similarity: float) -> Relabelled | None:
    scored = [(likeness(reading.record.sections, old.record.sections), old) for old in missing]
    score, old = max(scored, key=lambda entry: entry[0], default=(0.0, None))
    if old is None or score < similarity:
        return None
    return Relabelled((old,), (reading,), False, f"text {score:.0%} alike")
