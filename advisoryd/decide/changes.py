"""What changed between two records, facet by facet, from structure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from advisoryd.decide.scope import region_changes
from advisoryd.decide.sentences import NO_DIFFERENCE, Difference, difference, sense
from advisoryd.model.event import Change, Facet
from advisoryd.model.ladder import Level
from advisoryd.model.record import Record

T = TypeVar("T", bound=str)


def changes_between(before: Record, after: Record, gap: Difference | None = None) -> tuple[Change, ...]:
    """Every facet that differs, the weightiest first. ``gap`` is the difference of the texts where it is known."""
    return (
        *_level(before, after),
        *region_changes(before, after),
        *_members(before.actions, after.actions, Facet.ACTION_ADDED, Facet.ACTION_REMOVED),
        *_members(before.reasons, after.reasons, Facet.REASON_ADDED, Facet.REASON_REMOVED),
        *_expiry(before, after),
        *_name(before, after),
        *_sections(before, after),
        *_text(before, after, gap),
        *_date(before, after),
    )


def is_unusual(before: Record, after: Record) -> bool:
    """Whether the level fell from the strictest straight to the lowest: sometimes true (a typhoon has passed),
    sometimes a page that slipped, so the message asks to verify it at the source."""
    return before.level is Level.AVOID and after.level is Level.NORMAL


def _level(before: Record, after: Record) -> Iterable[Change]:
    if before.level != after.level:
        yield Change(Facet.LEVEL, _shown(before.level), _shown(after.level))
    old, new = before.scope, after.scope
    stated = None not in (old.regional, new.regional) or (old.levels and new.levels)
    if stated and (old.regional, old.levels) != (new.regional, new.levels):
        yield Change(Facet.SCOPE, _shown(old.max_level), _shown(new.max_level))


def _shown(level: Level | None) -> str:
    return "" if level is None else str(int(level))


def _members(old: frozenset[T], new: frozenset[T], added: Facet, removed: Facet) -> Iterable[Change]:
    yield from (Change(added, new=value) for value in sorted(new - old))
    yield from (Change(removed, old=value) for value in sorted(old - new))


def _expiry(before: Record, after: Record) -> Iterable[Change]:
    old, new = before.expires_at, after.expires_at
    if (old and old.at) != (new and new.at):
        yield Change(Facet.EXPIRY, old.at.isoformat() if old else "", new.at.isoformat() if new else "")


def _name(before: Record, after: Record) -> Iterable[Change]:
    if before.name != after.name:
        yield Change(Facet.NAME, before.name, after.name)


def _sections(before: Record, after: Record) -> Iterable[Change]:
    old = {sense(section.heading): section.heading for section in before.sections if section.heading}
    new = {sense(section.heading): section.heading for section in after.sections if section.heading}
    if not before.sections or not after.sections:
        return
    yield from (Change(Facet.SECTION_ADDED, new=heading) for key, heading in new.items() if key not in old)
    yield from (Change(Facet.SECTION_REMOVED, old=heading) for key, heading in old.items() if key not in new)


def _text(before: Record, after: Record, gap: Difference | None) -> Iterable[Change]:
    gap = text_gap(before, after) if gap is None else gap
    if gap:
        yield Change(Facet.TEXT, str(len(gap.removed)), str(len(gap.added)))


def text_gap(before: Record, after: Record) -> Difference:
    """The sentences that differ. A text that is read for the first time differs in nothing."""
    if not before.sections or not after.sections:
        return NO_DIFFERENCE
    return difference(before.sections, after.sections)


def _date(before: Record, after: Record) -> Iterable[Change]:
    old, new = before.issued_at, after.issued_at
    if old and new and old.at != new.at:
        yield Change(Facet.DATE, old.at.isoformat(), new.at.isoformat())
