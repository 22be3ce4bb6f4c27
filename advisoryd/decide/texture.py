"""What class of change an amendment is, when level and scope stay the same.

* ``substance``: a region, reason, action or end date changed; or a section named after a hazard appeared or went; or a
  sentence that tells of a measure appeared or went, and is not a re-wording of one that was there.
* ``wording``: the page changed in its own words otherwise, or was rewritten as a whole, which by itself is no news.
* ``boilerplate``: only sentences changed that changed on many pages of the issuer together.
* ``date``: only a date moved.
"""

from __future__ import annotations

from collections.abc import Sequence

from advisoryd.decide.hazard import is_aside, is_weighty, names_hazard
from advisoryd.decide.sentences import Difference, Passage, passages, same_words
from advisoryd.model.event import Change, Facet, Texture
from advisoryd.model.record import Record

REWRITTEN = 0.4
"""A page of which more than this share of sentences changed at once was written anew."""

REWORDED = 0.5
"""Two sentences that share at least this much of their words are one sentence in two versions."""

_SUBSTANCE = frozenset(
    {
        Facet.LEVEL,
        Facet.REGION_ADDED,
        Facet.REGION_REMOVED,
        Facet.REGION_LEVEL,
        Facet.ACTION_ADDED,
        Facet.ACTION_REMOVED,
        Facet.REASON_ADDED,
        Facet.REASON_REMOVED,
        Facet.EXPIRY,
    }
)


def texture_of(before: Record, after: Record, changes: Sequence[Change], own: Difference) -> Texture | None:
    """The class of the change, or ``None`` when nothing that a reader would see differs.

    ``own`` is what the page changed by itself, sweeps left out.
    """
    facets = {change.facet for change in changes}
    if facets & _SUBSTANCE or _is_weighty(before, after, own):
        return Texture.SUBSTANCE
    if own or _note(before, after):
        return Texture.WORDING
    if Facet.TEXT in facets:
        return Texture.BOILERPLATE
    return Texture.DATE if Facet.DATE in facets else None


def _is_weighty(before: Record, after: Record, own: Difference) -> bool:
    if not own or after.editorial or _is_rewritten(before, after, own):
        return False
    return _hazard_section(before, after, own) or _measure(own.added, own.removed) or _measure(own.removed, own.added)


def _is_rewritten(before: Record, after: Record, own: Difference) -> bool:
    size = max(len(passages(before.sections)), len(passages(after.sections)))
    changed = max(len(own.added), len(own.removed))
    return changed > 10 and changed > REWRITTEN * size


def _hazard_section(before: Record, after: Record, own: Difference) -> bool:
    """Whether a section that is named after a hazard came or went together with words of its own."""
    old = {section.heading for section in before.sections}
    new = {section.heading for section in after.sections}
    said = {passage.section for passage in (*own.added, *own.removed)}
    return any(names_hazard(heading) for heading in (old ^ new) & said)


def _measure(said: Sequence[Passage], other: Sequence[Passage]) -> bool:
    return any(
        is_weighty(passage.text)
        and not is_aside(passage.section)
        and not any(same_words(passage.text, twin.text) >= REWORDED for twin in other)
        for passage in said
    )


def _note(before: Record, after: Record) -> bool:
    return bool(after.note) and after.note != before.note and not after.editorial and not after.sections
