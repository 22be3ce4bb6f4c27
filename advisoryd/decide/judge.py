"""One poll of one source, judged as a whole: may it be believed, what is a sweep, and what each row says.

rows, readings ─> believe ─> sweeps ─> decide each reading ─> absent rows ─> Judgement
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from advisoryd.decide.absence import Page, absent
from advisoryd.decide.believe import Belief, Row, believe
from advisoryd.decide.changes import text_gap
from advisoryd.decide.compare import Around, Reading, Verdict, decide
from advisoryd.decide.ending import has_ended
from advisoryd.decide.relabel import Relabelled, relabelled
from advisoryd.decide.sentences import NO_DIFFERENCE, Difference, sense
from advisoryd.decide.sweep import Sweep, sweeps, swept_marks, without
from advisoryd.model.config import Thresholds
from advisoryd.model.event import Change, Event, Facet, Kind
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Finding, FindingKind, Shape
from advisoryd.model.record import Record
from advisoryd.model.standing import Standing, State

Pair = tuple[str, str]
"""Destination and track: what one issuer has exactly one standing of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What is known when a poll is judged.

    ``rows`` are all rows held of the source; ``present`` the keys a complete register lists now; ``readings`` the
    records that were read anew; ``standing`` finds what stands for a pair; ``missing`` are the standings of rows that
    are not listed, with what their own page says; ``swept`` the marks of sweeps told lately.
    """

    issuer: str
    source: str
    contract: Contract
    thresholds: Thresholds
    now: datetime
    rows: Sequence[Row]
    readings: Sequence[Reading]
    standing: Callable[[Pair], Standing | None]
    present: Collection[str] | None = None
    missing: Sequence[tuple[Standing, Page]] = ()
    new_source: bool = False
    swept: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of a poll. ``marks`` are the sentences of its sweeps, ``quarantined`` the keys nobody can place."""

    belief: Belief
    verdicts: tuple[Verdict, ...]
    sweeps: tuple[Event, ...] = ()
    marks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    relabelled: tuple[Relabelled, ...] = ()
    quarantined: tuple[str, ...] = ()


def judge(poll: Poll) -> Judgement:
    """Decide everything that one poll says."""
    belief = believe(poll.rows, poll.present, _levels(poll.readings), poll.contract, poll.thresholds, poll.now)
    placed, lost = _placed(poll.readings)
    matches = relabelled([standing for standing, _ in poll.missing], _fresh(poll), poll.thresholds.similarity)
    moved = {reading.record.key for match in matches if match.sure for reading in match.new}
    gone = {standing.key for match in matches if match.sure for standing in match.old}
    placed, marks, told, bulk = _sweep(poll, placed)
    around = _around(poll, belief, bulk)
    verdicts = _decide(poll, placed, around, moved)
    verdicts += [_retire(standing, poll.now) for match in matches if match.sure for standing in match.old]
    verdicts += [absent(old, around, poll.contract, page) for old, page in poll.missing if old.key not in gone]
    findings = (
        *belief.findings,
        *_unplaced(lost),
        *_relabels(matches),
        *_bulk(poll, bulk),
        *_unread(verdicts),
    )
    return Judgement(
        belief=belief,
        verdicts=tuple(verdicts),
        sweeps=tuple(_sweep_event(sweep, poll) for sweep in told),
        marks=tuple(marks),
        findings=findings,
        relabelled=tuple(match for match in matches if match.sure),
        quarantined=tuple(reading.record.key for reading in lost),
    )


def _levels(readings: Sequence[Reading]) -> dict[str, Level | None]:
    """The new level of every row. A bulletin about several places is no row: their levels differ from each other."""
    places = Counter(reading.record.key for reading in readings)
    return {reading.record.key: reading.record.level for reading in readings if places[reading.record.key] == 1}


def _around(poll: Poll, belief: Belief, bulk: bool) -> Around:
    return Around(
        now=poll.now,
        thresholds=poll.thresholds,
        healthy=belief.healthy,
        hold=belief.hold,
        bulk=bulk,
        new_source=poll.new_source,
        lists_calm=poll.contract.lists_calm and poll.contract.shape is Shape.REGISTER,
    )


def _placed(readings: Sequence[Reading]) -> tuple[list[Reading], list[Reading]]:
    """Readings whose place is known, oldest first, and those whose place is not."""
    known = [reading for reading in readings if reading.record.destination]
    lost = [reading for reading in readings if not reading.record.destination]
    return sorted(known, key=lambda reading: _issued(reading.record)), lost


def _issued(record: Record) -> tuple[bool, float]:
    return (record.issued_at is not None, record.issued_at.at.timestamp() if record.issued_at else 0.0)


def _fresh(poll: Poll) -> list[Reading]:
    return [reading for reading in poll.readings if not _pair_known(poll, reading.record)]


def _pair_known(poll: Poll, record: Record) -> bool:
    return bool(record.destination) and poll.standing((record.destination, record.track)) is not None


def _decide(poll: Poll, readings: Sequence[Reading], around: Around, relabels: Collection[str]) -> list[Verdict]:
    now_standing: dict[Pair, Standing] = {}
    verdicts = []
    for reading in readings:
        record = reading.record
        pair = (record.destination, record.track)
        standing = now_standing.get(pair) or poll.standing(pair)
        silent = record.key in relabels or (standing is None and _is_old_news(record, poll))
        here = replace(around, new_source=True) if silent else around
        verdict = _outdated(standing, record, poll) or decide(standing, reading, here)
        now_standing[pair] = verdict.standing
        verdicts.append(verdict)
    return verdicts


def _is_old_news(record: Record, poll: Poll) -> bool:
    """A stream whose window moved back, or that got an archive, shows what nobody needs to hear now."""
    issued = record.issued_at
    old = issued is not None and poll.now - issued.at > poll.thresholds.old_news
    return old and poll.contract.shape is Shape.STREAM


def _outdated(standing: Standing | None, record: Record, poll: Poll) -> Verdict | None:
    """An old notice of a stream is history: a window that moved back, or an archive that got new addresses. One that
    is dated in the future makes nothing old."""
    if poll.contract.shape is not Shape.STREAM or standing is None or record.key == standing.key:
        return None
    if has_ended(record, poll.now):
        return Verdict(standing, "ended-notice")
    issued, newest = record.issued_at, standing.record.issued_at
    if issued is not None and newest is not None and issued.at < newest.at <= poll.now:
        return Verdict(standing, "older-notice")
    return None


def _sweep(poll: Poll, readings: Sequence[Reading]) -> tuple[list[Reading], list[str], list[Sweep], bool]:
    """Tell what pages changed together from what each changed on its own."""
    befores = {id(reading): poll.standing((reading.record.destination, reading.record.track)) for reading in readings}
    gaps = {id(reading): _gap(poll, befores[id(reading)], reading) for reading in readings}
    marks = swept_marks(gaps.values(), poll.thresholds.sweep_pages, poll.swept)
    marked = [replace(reading, gap=gaps[id(reading)], own=without(gaps[id(reading)], marks)) for reading in readings]
    if poll.new_source or _template_changed(poll, readings, befores):
        return marked, [], [], not poll.new_source
    by_place = {reading.record.destination: reading.gap for reading in marked if reading.gap}
    fresh = [
        sweep
        for sweep in sweeps(by_place, marks)
        if len(sweep.pages) >= poll.thresholds.sweep_pages and not set(sweep.marks) <= set(poll.swept)
    ]
    touched = sum(bool(reading.own) for reading in marked)
    bulk = touched >= poll.thresholds.mass_rows and touched > poll.thresholds.touch_share * len(poll.rows)
    return marked, sorted(marks), fresh, bulk


def _gap(poll: Poll, before: Standing | None, reading: Reading) -> Difference:
    if before is None or before.revision == reading.revision or _is_another_notice(poll, before, reading):
        return NO_DIFFERENCE
    return text_gap(before.record, reading.record)


def _is_another_notice(poll: Poll, before: Standing, reading: Reading) -> bool:
    """Two notices of a stream are two texts, not one that was edited."""
    return poll.contract.shape is Shape.STREAM and before.key != reading.record.key


def _template_changed(poll: Poll, readings: Sequence[Reading], befores: Mapping[int, Standing | None]) -> bool:
    """Whether more than half of all pages got other headings at once: a new page layout, not news."""
    changed = 0
    for reading in readings:
        before = befores[id(reading)]
        if before is not None and before.record.sections and reading.record.sections:
            changed += _headings(before.record) != _headings(reading.record)
    return changed >= poll.thresholds.mass_least and changed > len(poll.rows) / 2


def _headings(record: Record) -> set[str]:
    return {sense(section.heading) for section in record.sections}


def _sweep_event(sweep: Sweep, poll: Poll) -> Event:
    said = sweep.added or sweep.removed
    changes = [Change(Facet.TEXT, new=passage.text) for passage in sweep.added]
    changes += [Change(Facet.TEXT, old=passage.text) for passage in sweep.removed]
    return Event(
        id="",
        kind=Kind.SWEEP,
        issuer=poll.issuer,
        destination="",
        places=sweep.pages,
        source=poll.source,
        at=poll.now,
        first_seen=poll.now,
        reason="same-text-on-many-pages",
        changes=tuple(changes),
        after=sweep.id,
        title=said[0].section,
        summary=said[0].text,
    )


def _retire(standing: Standing, now: datetime) -> Verdict:
    return Verdict(replace(standing, state=State.VANISHED, missing=None, candidate=None, changed_at=now), "relabelled")


def _unplaced(lost: Sequence[Reading]) -> list[Finding]:
    return [
        Finding(
            FindingKind.UNKNOWN_PLACE, f"no place is known by the name {reading.record.name!r}", (reading.record.key,)
        )
        for reading in lost
    ]


def _relabels(matches: Sequence[Relabelled]) -> list[Finding]:
    return [
        Finding(FindingKind.RELABELLED, _relabel(match), tuple(reading.record.key for reading in match.new))
        for match in matches
    ]


def _relabel(match: Relabelled) -> str:
    old = ", ".join(repr(standing.record.name) for standing in match.old)
    new = ", ".join(repr(reading.record.name) for reading in match.new)
    if match.sure:
        return f"{old} is now listed as {new} ({match.why})"
    return f"{new} may be the new name of {old} ({match.why}); add an alias to confirm it"


def _bulk(poll: Poll, bulk: bool) -> list[Finding]:
    if not bulk:
        return []
    detail = f"bulk review: {len(poll.readings)} of {len(poll.rows)} rows edited in one poll"
    return [Finding(FindingKind.BULK_REVIEW, detail)]


def _unread(verdicts: Sequence[Verdict]) -> list[Finding]:
    return [
        Finding(
            FindingKind.UNKNOWN_LEVEL,
            f"the level of {verdict.standing.record.name} can no longer be read",
            (verdict.standing.key,),
        )
        for verdict in verdicts
        if verdict.reason == "level-unreadable"
    ]
