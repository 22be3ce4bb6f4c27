"""Whether a scope grew or shrank, told from structure.

Two fields decide where the issuer has them: whether there are regional levels at all, and which regional steps it
states. Otherwise the named regions do: what is new or stricter is weighed against what is gone or looser, and the
stricter side wins; equal sides are a rearrangement. Issuers re-word regions far more often than they move a border
("Border areas of Ethiopia and Sudan", "Border areas"), so a name that overlaps another of the same strictness is no
change, and neither is a whole phrase or list item that the other text had word for word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from advisoryd.model.event import Change, Facet
from advisoryd.model.ladder import Level
from advisoryd.model.record import Area, Record, Region

_WORD = re.compile(r"\w+")
_COMMON = frozenset(
    "the of and in to with from area areas region regions regional province provinces state states district districts "
    "part parts some all border borders zone zones within km kilometres miles city cities town towns governorate "
    "governorates advisory rest other its suburbs municipality island islands north south east west northern southern "
    "eastern western central".split()
)


def compare_scopes(before: Record, after: Record) -> int:
    """1 when the scope grew, -1 when it shrank, 0 when it is the same, rearranged, or cannot be compared.

    Measured at the level that the country as a whole has now, so that a regional step which the whole country has
    overtaken does not count.
    """
    old, new = before.scope, after.scope
    if old.regional is not None and new.regional is not None and old.regional != new.regional:
        return 1 if new.regional else -1
    if old.levels and new.levels and old.levels != new.levels:
        return _sign(_steps(new.levels), _steps(old.levels))
    gained, lost = _gained(before, after), _gained(after, before)
    return _sign(_strictest(gained), _strictest(lost))


def _steps(levels: Collection[Level]) -> list[int]:
    return sorted(map(int, levels), reverse=True)


def _strictest(regions: Sequence[Region]) -> int:
    return max((int(region.level) for region in regions if region.level is not None), default=0)


def _sign(new: list[int] | int, old: list[int] | int) -> int:
    return (new > old) - (new < old)  # type: ignore[operator]


def _gained(before: Record, after: Record) -> list[Region]:
    """The regions of ``after`` that nothing in ``before`` covers as strictly."""
    if not before.scope.regions and before.scope.regional is not False:
        return []
    held, known = above_country(before), before.scope.regions
    fresh = [region for region in above_country(after) if not _covered(region, held)]
    text = _blocks(before) if fresh else []
    return [region for region in fresh if _twin(region, known) or not _stood(region, text)]


def _covered(region: Region, by: Sequence[Region]) -> bool:
    level = region.level or Level.NORMAL
    return _twin(region, [other for other in by if (other.level or Level.NORMAL) >= level]) is not None


def _twin(region: Region, among: Sequence[Region]) -> Region | None:
    """The same region as another text names it."""
    return next((other for other in among if _overlap(region.name, other.name) >= 0.5), None)


def _stood(region: Region, blocks: Sequence[str]) -> bool:
    """Whether a region stood in the other text already, unrecognised: as a list item of its own, or as a phrase. A
    short name within a sentence proves nothing: towns are mentioned long before they are warned of."""
    name = _folded(region.name)
    return name in blocks or (name.count(" ") >= 4 and any(name in block for block in blocks))


def _blocks(record: Record) -> list[str]:
    return [_folded(block) for section in record.sections for block in section.blocks]


def above_country(record: Record) -> list[Region]:
    """The named regions that are stricter than the country as a whole; exceptions that are calmer are not scope."""
    country = record.level or Level.NORMAL
    return [
        region
        for region in record.scope.regions
        if region.level is not None and region.level > country and region.kind is not Area.EXCLUSION
    ]


def region_changes(before: Record, after: Record) -> list[Change]:
    """Which named regions came, went or changed level, in the issuer's words."""
    gained, lost = _gained(before, after), _gained(after, before)
    changes = [_change(_twin(region, above_country(before)), region) for region in gained]
    for region in lost:
        twin = _twin(region, above_country(after))
        if twin is None or twin not in gained:
            changes.append(_change(region, twin))
    return changes


def _change(old: Region | None, new: Region | None) -> Change:
    if old is None or new is None:
        return (
            Change(Facet.REGION_ADDED, new=new.name) if new else Change(Facet.REGION_REMOVED, old.name if old else "")
        )
    return Change(Facet.REGION_LEVEL, f"{old.name}: {_step(old)}", f"{new.name}: {_step(new)}")


def _step(region: Region) -> str:
    return str(int(region.level)) if region.level is not None else ""


def _overlap(one: str, two: str) -> float:
    """How far two names speak of the same place, by the words that are particular to it, or by all words where one of
    them has none ("Border areas")."""
    first, second = _particular(one), _particular(two)
    if not first or not second:
        first, second = frozenset(_folded(one).split()), frozenset(_folded(two).split())
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _particular(text: str) -> frozenset[str]:
    return frozenset(_folded(text).split()) - _COMMON


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
