"""The work that a change brings: parse, read, judge, commit. It runs one source at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from advisoryd.decide import health
from advisoryd.decide.cadence import next_poll
from advisoryd.model.config import Config, Thresholds
from advisoryd.model.event import Event
from advisoryd.model.reading import Finding, FindingKind, Parsed, Reader
from advisoryd.model.source import Source
from advisoryd.model.standing import Health
from advisoryd.service.announce import Announcer
from advisoryd.service.ask import Answer, Failure, moved_to
from advisoryd.service.poll import MOVED_POLLS
from advisoryd.service.read import Parses, Reading, parse, read, reread
from advisoryd.service.settle import Occasion, Settled, settle
from advisoryd.service.trouble import degraded, finding_events, pages_failing, recovered
from advisoryd.store import advisories, documents, findings, payloads, sources
from advisoryd.store.engine import Store, Tx
from advisoryd.store.states import DOUBTED, DocumentState, SourceState


@dataclass(frozen=True, slots=True)
class Turn:
    """What one commit of a poll brought, and the state of the source after it."""

    state: SourceState
    events: tuple[Event, ...]
    decisions: tuple[tuple[str, str], ...]
    failures: tuple[Failure, ...]

    def then(self, later: Turn) -> Turn:
        """Join with a later commit of the same poll."""
        return Turn(
            later.state,
            (*self.events, *later.events),
            (*self.decisions, *later.decisions),
            (*self.failures, *later.failures),
        )


class Turns:
    """What is done at the desk when a poll brought something."""

    def __init__(self, config: Config, store: Store, chance: Callable[[], float]) -> None:
        self._config, self._store, self._chance = config, store, chance
        self._announcer = Announcer(config)

    def correct(self, source: Source, reader: Reader, now: datetime) -> None:
        """The reader reads differently since an update: what then differs is our correction, not news."""
        with self._store.begin() as tx:
            reading = reread(tx, source, reader, now)
            settle(tx, self._config, self._announcer, source, reader, reading, Occasion(now, silent=True))

    def parse(
        self, source: Source, reader: Reader, answers: Sequence[Answer], now: datetime
    ) -> tuple[Parses, list[DocumentState]]:
        """What the new indexes say, and the pages to ask for now: those they name, and those whose time has come."""
        with self._store.reading() as tx:
            parses = parse(tx, source, reader, answers)
            follow = [page for parsed in parses.values() if isinstance(parsed, Parsed) for page in parsed.follow]
            if not follow:
                return parses, documents.due_pages(tx, source.id, now, source.details_per_poll)
        with self._store.begin() as tx:
            documents.follow(tx, source.id, follow, now)
            return parses, documents.due_pages(tx, source.id, now, source.details_per_poll)

    def settle(
        self,
        source: Source,
        reader: Reader,
        answers: Sequence[Answer],
        parses: Parses,
        state: SourceState,
        now: datetime,
        first: bool,
        absences: bool,
    ) -> Turn:
        """Judge what the answers say and write all of it. ``first``: the source was never read; ``absences``: rows
        that are not listed count as missing in this poll."""
        occasion = Occasion(now, first=first, absences=absences)
        baseline = state.baseline_at if state.reader_version == reader.version else now
        with self._store.begin() as tx:
            fresh = [answer for answer in answers if answer.document.url not in parses]
            known = parses | parse(tx, source, reader, fresh)
            reading = read(tx, source, reader, answers, known, now, baseline)
            settled = settle(tx, self._config, self._announcer, source, reader, reading, occasion)
            moved = _moving(state, moved_to(answers)) if absences else state
            return self._conclude(tx, source, reader, reading, settled, occasion, moved)

    def _conclude(
        self,
        tx: Tx,
        source: Source,
        reader: Reader,
        reading: Reading,
        settled: Settled,
        occasion: Occasion,
        state: SourceState,
    ) -> Turn:
        """Health, findings and the next due time, in the same commit."""
        now = occasion.now
        turn = self._health(tx, reading, settled, occasion, state)
        drafts = _operator_events(tx, source, reading, settled, turn, now, state)
        told = tuple(self._announcer.announce(tx, event, now) for event in drafts)
        begins = state.baseline_at is None or state.reader_version != reader.version
        fresh = replace(
            state,
            condition=turn.condition,
            last_poll=now,
            next_poll=self._next(tx, source, reading, turn.condition.failures, now),
            reader_version=reader.version,
            baseline_at=now if begins and reading.answered else state.baseline_at,
            records=len(advisories.rows(tx, source.id, reader.contract.lists_calm)),
            newest=newest(reading, state.newest, now),
            told_at=now if turn.tell == "degraded" else state.told_at,
        )
        sources.save(tx, fresh)
        return Turn(fresh, (*settled.events, *told), settled.decisions, tuple(reading.failures))

    def _health(
        self, tx: Tx, reading: Reading, settled: Settled, occasion: Occasion, state: SourceState
    ) -> health.Turn:
        now = occasion.now
        if not settled.healthy:
            return health.after_disbelief(state.condition, settled.cause, now)
        if occasion.absences and not reading.answered:
            cause = "; ".join(dict.fromkeys(failure.detail for failure in reading.failures))
            return health.after_failure(state.condition, cause, now, self._config.thresholds)
        if _in_doubt(tx, state, self._config.thresholds):
            return health.Turn(replace(state.condition, failures=0))
        if occasion.absences or _was_disbelieved(state):
            return health.after_good(state.condition, now)
        return health.Turn(state.condition)

    def _next(self, tx: Tx, source: Source, reading: Reading, failures: int, now: datetime) -> datetime:
        waits = [standing.candidate.since for standing in advisories.waiting(tx, source.id) if standing.candidate]
        confirmed = [since + self._config.thresholds.confirm_after for since in waits]
        asked = [failure.retry_after for failure in reading.failures if failure.retry_after]
        return next_poll(
            now,
            source.every,
            chance=self._chance(),
            fresh_for=reading.fresh_for,
            failures=failures,
            retry_after=max(asked, default=None),
            confirm_at=min((at for at in confirmed if at > now), default=None),
        )


def _in_doubt(tx: Tx, state: SourceState, limits: Thresholds) -> bool:
    """Whether what broke the source is still to be read again: a good list does not mend the pages behind it."""
    if state.condition.health is not Health.BROKEN:
        return False
    held = documents.held(tx, state.id).values()
    return sum(document.status == DOUBTED for document in held) > limits.unread_share * len(held)


def _was_disbelieved(state: SourceState) -> bool:
    """Whether the source broke by what it said, and not by failing to answer: then good pages mend it."""
    return state.condition.health is Health.BROKEN and state.condition.failures == 0


def _operator_events(
    tx: Tx, source: Source, reading: Reading, settled: Settled, turn: health.Turn, now: datetime, state: SourceState
) -> list[Event]:
    """What the operator hears of this poll; the evidence is kept, and what a broken source says is flagged."""
    shown = [payloads.put(tx, failure.evidence, now) for failure in reading.failures if failure.evidence]
    noticed = [*settled.findings, *reading.findings, *pages_failing(reading), *_moved(state)]
    fresh = findings.note(tx, source.id, noticed, now, next(iter([*shown, *reading.bodies]), ""))
    events = finding_events(source, fresh, now, settled.healthy)
    if turn.tell == "degraded":
        advisories.mark_stale(tx, source.id, turn.condition.since or now)
        events.append(degraded(source, "source-broken", turn.condition.cause, now))
    if turn.tell == "recovered":
        advisories.mark_fresh(tx, source.id, state.condition.since or now)
        events.append(recovered(source, now))
    return events


def newest(reading: Reading, known: datetime | None, now: datetime) -> datetime | None:
    """The newest date that the issuer has put on anything; one in the future is a slip and does not count."""
    records = [read.record for read in reading.records]
    stamps = [stamp for record in records for stamp in (record.issued_at, record.reviewed_at)]
    stamps += [item.published for item in reading.items]
    dates = [stamp.at for stamp in stamps if stamp is not None and stamp.at <= now]
    return max([*dates, *([known] if known else [])], default=None)


def _moving(state: SourceState, target: str) -> SourceState:
    """Count the polls that found the same permanent redirect."""
    polls = min(state.moved_polls + 1, MOVED_POLLS) if target == state.moved_to else 1
    return replace(state, moved_to=target, moved_polls=polls if target else 0)


def _moved(state: SourceState) -> list[Finding]:
    if state.moved_polls < MOVED_POLLS:
        return []
    detail = f"the address has moved for good to {state.moved_to}; put the new one into the configuration"
    return [Finding(FindingKind.MOVED, detail)]
