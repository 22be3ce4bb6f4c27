"""One advisory, two readings: what changed, and may it be said now?

*Up fast, down slow.* What makes the advice stricter is said on the first good reading; what makes it looser waits for
a second reading at least ``confirm_after`` later, and never comes from a poll that is not believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from advisoryd.decide.changes import changes_between, is_unusual, text_gap
from advisoryd.decide.ending import end_of, has_ended
from advisoryd.decide.scope import compare_scopes
from advisoryd.decide.sentences import NO_DIFFERENCE, Difference
from advisoryd.decide.texture import texture_of
from advisoryd.model.config import Thresholds
from advisoryd.model.event import UPWARD, Change, Event, Facet, Kind, Texture
from advisoryd.model.ladder import Action, Level
from advisoryd.model.record import Record, Scope
from advisoryd.model.standing import Candidate, Standing, State

STRICT_ACTIONS = frozenset({Action.LEAVE, Action.LEGAL_BAN})


@dataclass(frozen=True, slots=True)
class Reading:
    """One record as read now: ``revision`` is its id in the store, ``source`` the source that said it.

    ``gap`` is how its text differs from the one that stands, ``own`` the part of that which is not on many pages.
    ``first``: it comes only from documents that were never read before.
    """

    record: Record
    revision: str
    source: str
    gap: Difference = NO_DIFFERENCE
    own: Difference = NO_DIFFERENCE
    first: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What a decision must know of the poll. ``new_source``: this is the source's first reading. ``healthy`` and
    ``hold`` are the poll's :class:`~advisoryd.decide.believe.Belief`. ``bulk``: so many rows were edited at once that
    their texts say nothing. ``lists_calm`` is the source's contract."""

    now: datetime
    thresholds: Thresholds
    healthy: bool = True
    hold: bool = False
    bulk: bool = False
    new_source: bool = False
    lists_calm: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about one advisory, why, and what stands from now on. ``event`` has no id yet."""

    standing: Standing
    reason: str
    event: Event | None = None


def decide(standing: Standing | None, reading: Reading, around: Around) -> Verdict:
    """Compare ``reading`` with what stands. Pure: the caller stores the verdict."""
    if standing is None:
        return _first(reading, around)
    if around.new_source:
        return Verdict(_settled(_move(standing, reading, around.now), around.now), "baseline")
    standing = replace(standing, missing=None)
    if standing.state not in (State.IN_FORCE, State.NO_ADVICE):
        return _back(standing, reading, around)
    return _next(standing, reading, around)


def confirm(standing: Standing, around: Around) -> Verdict | None:
    """Whether a reading that waits is confirmed by a healthy poll that found it unchanged. A row that is missing was
    not found."""
    held = standing.candidate
    if held is None or standing.missing is not None or not around.healthy:
        return None
    if around.now - held.since < around.thresholds.confirm_after:
        return None
    reading = Reading(held.record, held.revision, standing.source, gap=text_gap(standing.record, held.record))
    kind = _kind(standing.record, held.record)
    reason = "mass-change-confirmed" if kind in UPWARD else "looser-confirmed"
    return _say(standing, reading, around, kind, reason, first_seen=held.since)


def _first(reading: Reading, around: Around) -> Verdict:
    standing = _settled(_stand(reading, around.now), around.now)
    known_before = around.new_source or reading.first or around.lists_calm
    if known_before or not reading.record.advises or standing.state is State.EXPIRED:
        return Verdict(standing, "baseline")
    event = _event(Kind.ISSUED, None, reading, around, "new-advice", around.now)
    return Verdict(standing, event.reason, event)


def _back(standing: Standing, reading: Reading, around: Around) -> Verdict:
    """A record that had vanished, expired or been withdrawn is there again, unless it is not believed or has ended."""
    away = replace(standing, candidate=None)
    if _still_ended(standing, reading, around):
        return Verdict(away, "still-expired")
    alive = replace(standing, state=State.IN_FORCE)
    verdict = _next(alive, reading, around)
    if verdict.standing.candidate is not None:
        return replace(verdict, standing=_settled(verdict.standing, around.now))
    if verdict.standing.revision != reading.revision:
        return replace(verdict, standing=away)
    if verdict.event is not None and verdict.event.kind not in (Kind.AMENDED, Kind.REAFFIRMED):
        return verdict
    return _say(alive, reading, around, Kind.RESTORED, f"back-from-{standing.state}")


def _still_ended(standing: Standing, reading: Reading, around: Around) -> bool:
    """Whether an edit of ended advice leaves it ended: it names no later end, and is not stricter."""
    if standing.state is not State.EXPIRED or not has_ended(reading.record, around.now):
        return False
    return _kind(standing.record, reading.record) not in UPWARD


def _next(standing: Standing, reading: Reading, around: Around) -> Verdict:
    before, after = standing.record, reading.record
    if after.level is None and before.level is not None:
        return _unreadable(standing, reading, around)
    if before.level is None and after.level is not None and not before.native_level:
        return Verdict(_move(standing, reading, around.now), "first-level-read")
    kind = _kind(before, after)
    if kind in UPWARD:
        return _stricter(standing, reading, around, kind)
    if kind in (Kind.LOWERED, Kind.LIFTED, Kind.NARROWED):
        return _looser(standing, reading, around, kind)
    return _same(standing, reading, around)


def _unreadable(standing: Standing, reading: Reading, around: Around) -> Verdict:
    """A level that cannot be read leaves the last one standing, flagged as not fresh. Words that no table knows are
    told once, because they may mean anything."""
    stale = replace(standing, stale_since=standing.stale_since or around.now, candidate=None)
    worded = reading.record.native_level not in ("", standing.record.native_level)
    if not worded or standing.stale_since is not None or not around.healthy:
        return Verdict(stale, "level-unreadable")
    event = _event(Kind.AMENDED, standing, reading, around, "level-unknown-words", around.now, Texture.SUBSTANCE)
    return Verdict(stale, event.reason, event)


def _kind(before: Record, after: Record) -> Kind:
    direction = _direction(before, after)
    if direction == 0:
        scope = compare_scopes(before, after)
        return Kind.WIDENED if scope > 0 else Kind.NARROWED if scope < 0 else Kind.AMENDED
    if direction > 0:
        return Kind.RAISED if before.advises else Kind.ISSUED
    return Kind.LOWERED if after.advises else Kind.LIFTED


def _direction(before: Record, after: Record) -> int:
    """Country level first; at an equal level, whether people are told to leave or forbidden to go. Where no level can
    be read nothing counts as looser."""
    if before.level != after.level:
        if before.level is None or after.level is None:
            return 0
        return 1 if after.level > before.level else -1
    old, new = before.actions & STRICT_ACTIONS, after.actions & STRICT_ACTIONS
    if new > old:
        return 1
    return -1 if new < old and after.level is not None else 0


def _stricter(standing: Standing, reading: Reading, around: Around, kind: Kind) -> Verdict:
    held = standing.candidate
    waits = around.hold or (held is not None and _alike(held.record, reading.record))
    if waits and reading.record.level is not Level.AVOID:
        return _second_reading(standing, reading, around, kind, "mass-change")
    return _say(standing, reading, around, kind, "stricter-first-reading")


def _looser(standing: Standing, reading: Reading, around: Around, kind: Kind) -> Verdict:
    if not around.healthy:
        return Verdict(replace(standing, candidate=None), "looser-void-source-unhealthy")
    return _second_reading(standing, reading, around, kind, "looser")


def _second_reading(standing: Standing, reading: Reading, around: Around, kind: Kind, what: str) -> Verdict:
    """Say it when an earlier reading said the same long enough ago; otherwise let it wait."""
    held = standing.candidate
    since = held.since if held is not None and _alike(held.record, reading.record) else around.now
    if around.now - since >= around.thresholds.confirm_after:
        return _say(standing, reading, around, kind, f"{what}-confirmed", first_seen=since)
    waiting = Candidate(reading.record, reading.revision, since)
    return Verdict(replace(standing, candidate=waiting), f"{what}-awaits-second-reading")


def _alike(one: Record, two: Record) -> bool:
    return _direction(one, two) == 0 and compare_scopes(one, two) == 0


def _same(standing: Standing, reading: Reading, around: Around) -> Verdict:
    before, after = standing.record, reading.record
    if after.key != standing.key and not around.lists_calm:
        if not (before.advises or after.advises):
            return Verdict(_move(standing, reading, around.now), "still-no-advice")
        if after.issued_at and (after.issued_at, after.title) == (before.issued_at, before.title):
            return Verdict(_move(standing, reading, around.now), "same-notice-new-address")
        return _say(standing, reading, around, Kind.REAFFIRMED, "new-notice-same-advice")
    if after.sections and not before.sections:
        return Verdict(_move(standing, reading, around.now), "page-first-read")
    changes = changes_between(before, after, reading.gap)
    texture = texture_of(before, after, changes, reading.own)
    if texture is None or texture is Texture.DATE:
        return Verdict(_move(standing, reading, around.now), "date-only" if texture else "unchanged")
    if around.bulk and texture is not Texture.SUBSTANCE:
        return Verdict(_move(standing, reading, around.now), "bulk-review")
    return _say(standing, reading, around, Kind.AMENDED, f"text-{texture}", texture=texture)


def _say(
    standing: Standing,
    reading: Reading,
    around: Around,
    kind: Kind,
    reason: str,
    *,
    first_seen: datetime | None = None,
    texture: Texture | None = None,
) -> Verdict:
    event = _event(kind, standing, reading, around, reason, first_seen or around.now, texture)
    moved = _move(standing, reading, around.now)
    if kind not in (Kind.AMENDED, Kind.REAFFIRMED):
        moved = replace(moved, changed_at=around.now)
    return Verdict(moved, reason, event)


def _stand(reading: Reading, now: datetime) -> Standing:
    record = reading.record
    return Standing(
        issuer=record.issuer,
        destination=record.destination,
        track=record.track,
        source=reading.source,
        key=record.key,
        record=record,
        revision=reading.revision,
        state=_state(record),
        first_seen=now,
        changed_at=now,
        dated=_dated(record),
    )


def _dated(record: Record) -> datetime | None:
    stamps = [stamp.at for stamp in (record.issued_at, record.reviewed_at) if stamp is not None]
    return max(stamps, default=None)


def _move(standing: Standing, reading: Reading, now: datetime) -> Standing:
    """What stands once ``reading`` is believed."""
    fresh = _stand(reading, now)
    warned = standing.warned_expiry and end_of(standing.record) == end_of(reading.record)
    return replace(fresh, first_seen=standing.first_seen, changed_at=standing.changed_at, warned_expiry=warned)


def _settled(standing: Standing, now: datetime) -> Standing:
    """What stands without a word being said: advice that had ended by then is history, not news."""
    return replace(standing, state=State.EXPIRED) if has_ended(standing.record, now) else standing


def _state(record: Record) -> State:
    return State.IN_FORCE if record.advises or record.level is None else State.NO_ADVICE


def _silence(record: Record) -> Record:
    """The same destination before the issuer said anything about it."""
    return replace(
        record,
        level=None,
        native_level="",
        scope=Scope(regional=False),
        actions=frozenset(),
        reasons=frozenset(),
        sections=(),
        issued_at=None,
        expires_at=None,
    )


def _event(
    kind: Kind,
    standing: Standing | None,
    reading: Reading,
    around: Around,
    reason: str,
    first_seen: datetime,
    texture: Texture | None = None,
) -> Event:
    before, after = (standing.record if standing else None), reading.record
    changes: Sequence[Change] = changes_between(before or _silence(after), after, reading.gap)
    if before and is_unusual(before, after):
        changes = (*changes, Change(Facet.UNUSUAL))
    return Event(
        id="",
        kind=kind,
        issuer=after.issuer,
        destination=after.destination,
        track=after.track,
        source=reading.source,
        name=after.name,
        at=around.now,
        first_seen=first_seen,
        reason=reason,
        level_before=before.level if before else None,
        level_after=after.level,
        highest_before=before.highest if before else None,
        highest_after=after.highest,
        native_before=before.native_level if before else "",
        native_after=after.native_level,
        changes=tuple(changes),
        texture=texture,
        before=standing.revision if standing else "",
        after=reading.revision,
        title=after.title,
        summary=after.note,
        url=after.url,
        language=after.language,
        issued_at=after.issued_at,
    )
