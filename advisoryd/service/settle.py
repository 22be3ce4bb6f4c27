"""One poll's commit: what was read, what was decided, who will hear, all in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from advisoryd.decide.absence import Page
from advisoryd.decide.compare import Around, Verdict, confirm
from advisoryd.decide.compare import Reading as Said
from advisoryd.decide.correction import falls
from advisoryd.decide.judge import Judgement, Poll, judge
from advisoryd.model.config import Config
from advisoryd.model.event import Event
from advisoryd.model.outcome import Trouble
from advisoryd.model.reading import Finding, Reader, Shape
from advisoryd.model.source import Source, SourceKind
from advisoryd.model.standing import Standing
from advisoryd.service.announce import Announcer
from advisoryd.service.bulletins import Fresh, again, bulletins, fresh_entries
from advisoryd.service.read import Reading
from advisoryd.store import advisories, documents, findings, payloads
from advisoryd.store.advisories import Revision, revision_id
from advisoryd.store.engine import Tx
from advisoryd.store.states import DOUBTED, OK, DocumentState


@dataclass(frozen=True, slots=True)
class Settled:
    """What a commit brought. ``events`` were recorded, ``decisions`` are the rules that fired, ``healthy`` whether the
    poll is believed, ``cause`` why not, ``findings`` what was noticed."""

    events: tuple[Event, ...]
    decisions: tuple[tuple[str, str], ...]
    healthy: bool = True
    cause: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """The circumstances of a commit. ``first``: the source was never read; ``silent``: what differs is a correction of
    our own reading; ``absences``: rows that are not listed count as missing in this poll."""

    now: datetime
    first: bool = False
    silent: bool = False
    absences: bool = True


def settle(
    tx: Tx, config: Config, announcer: Announcer, source: Source, reader: Reader, reading: Reading, occasion: Occasion
) -> Settled:
    """Judge ``reading`` and write everything it brings."""
    _keep(tx, source, reading, occasion.now)
    judgement = _judge(tx, config, source, reader, reading, occasion)
    _doubt(reading, judgement)
    documents.save(tx, reading.documents)
    documents.follow(tx, source.id, reading.follow, occasion.now)
    verdicts = [*judgement.verdicts, *_confirmed(tx, config, source, reader, reading, judgement, occasion)]
    advisories.save(tx, [verdict.standing for verdict in verdicts if verdict.standing.source == source.id])
    _look_again(tx, config, source, verdicts, occasion.now)
    fresh = _fresh(tx, source, reading, occasion)
    drafts = _drafts(config, source, fresh, verdicts, judgement, occasion)
    recorded = [announcer.announce(tx, event, occasion.now) for event in drafts]
    reported, weighed = _reports(tx, config, announcer, source, reading, fresh, occasion)
    keep_since = occasion.now - config.thresholds.sweep_window
    findings.note_sweeps(tx, source.id, judgement.marks, occasion.now, keep_since)
    return Settled(
        events=(*recorded, *reported),
        decisions=(*((verdict.standing.destination, verdict.reason) for verdict in verdicts), *weighed),
        healthy=judgement.belief.healthy,
        cause="; ".join(finding.detail for finding in judgement.belief.findings),
        findings=(*judgement.findings, *falls(verdicts)),
    )


def _fresh(tx: Tx, source: Source, reading: Reading, occasion: Occasion) -> list[Fresh]:
    """The entries that say something new. What only a document brought that was never read before is kept as seen."""
    seeds = reading.seeds
    found = fresh_entries(tx, source, reading.items, occasion.now, first=occasion.first)
    return [entry for entry in found if entry.item.key not in seeds]


def _drafts(
    config: Config,
    source: Source,
    fresh: Sequence[Fresh],
    verdicts: Sequence[Verdict],
    judgement: Judgement,
    occasion: Occasion,
) -> list[Event]:
    said = [verdict.event for verdict in verdicts if verdict.event is not None]
    own = fresh if source.kind is not SourceKind.NEWS else []
    return [*said, *judgement.sweeps, *bulletins(source, own, occasion.now, config.thresholds.old_news)]


def _reports(
    tx: Tx,
    config: Config,
    announcer: Announcer,
    source: Source,
    reading: Reading,
    fresh: Sequence[Fresh],
    occasion: Occasion,
) -> tuple[list[Event], list[tuple[str, str]]]:
    """What a news source says of others' advice: new entries, and known ones whose article has been read by now."""
    if source.kind is not SourceKind.NEWS:
        return [], []
    from advisoryd.service.reports import Newsroom  # with all of the news floor, which official sources never need

    pieces = [(key, piece) for parsed in reading.parsed.values() for key, piece in parsed.pieces.items()]
    texts = {key: str(piece["article"]) for key, piece in pieces if "article" in piece}
    entries = [*fresh, *again(tx, source, texts.keys() - {entry.item.key for entry in fresh})]
    heard = Newsroom(config, announcer).hear(tx, source, entries, texts, occasion.now)
    return heard.events, heard.decisions


def _keep(tx: Tx, source: Source, reading: Reading, now: datetime) -> None:
    for body in reading.bodies.values():
        payloads.put(tx, body, now)
    for url, (old, new) in reading.pieces.items():
        documents.set_pieces(tx, source.id, url, old, new)
    for url, (known, slices) in reading.slices.items():
        documents.set_slices(tx, source.id, url, known, slices)


def _judge(tx: Tx, config: Config, source: Source, reader: Reader, reading: Reading, occasion: Occasion) -> Judgement:
    said = _revisions(tx, source, reader, reading, occasion.now)
    listed = _listed(tx, source, reader, reading)
    calm = reader.contract.lists_calm
    missing = advisories.unlisted(tx, source.id, listed, calm) if listed is not None else []
    counted = missing if occasion.absences and not occasion.silent else []
    keys = [standing.key for standing in counted]
    pages, saying = documents.pages_of(tx, source.id, keys), documents.urls_of_keys(tx, source.id, keys)
    pairs = {(reading.record.destination, reading.record.track) for reading in said}
    stood = advisories.standings_of(tx, source.issuer, pairs)
    since = occasion.now - config.thresholds.sweep_window
    return judge(
        Poll(
            issuer=source.issuer,
            source=source.id,
            contract=reader.contract,
            thresholds=config.thresholds,
            now=occasion.now,
            rows=advisories.rows(tx, source.id, calm),
            readings=said,
            standing=stood.get,
            present=listed,
            missing=[(standing, _page(pages.get(standing.key), saying[standing.key])) for standing in counted],
            new_source=occasion.first or occasion.silent,
            swept=findings.swept_since(tx, source.id, since),
        )
    )


def _revisions(tx: Tx, source: Source, reader: Reader, reading: Reading, now: datetime) -> list[Said]:
    names = [revision_id(read.record) for read in reading.records]
    fresh = [
        Revision(name, read.record, source.id, read.payloads, reader.version, now)
        for name, read in zip(names, reading.records, strict=True)
    ]
    advisories.put_revisions(tx, fresh)
    return [
        Said(read.record, name, source.id, first=read.first) for name, read in zip(names, reading.records, strict=True)
    ]


def _listed(tx: Tx, source: Source, reader: Reader, reading: Reading) -> set[str] | None:
    """The keys that a register lists now; ``None`` for a stream, or when one of its lists could not be read."""
    if reader.contract.shape is Shape.STREAM or any(not failure.follow for failure in reading.failures):
        return None
    listed = documents.listed_keys(tx, source.id)
    for url, (_, new) in reading.pieces.items():
        if reading.parsed[url].complete:
            listed |= set(new)
    return listed or None


def _page(page: DocumentState | None, saying: Collection[str]) -> Page:
    """What the page of a row says; ``saying`` are the addresses of all documents that say something about the row."""
    if page is None:
        return Page()
    known = {Trouble.NOT_FOUND.value: "gone", Trouble.GONE.value: "withdrawn"}
    known |= {OK: "advises"} if page.url in saying else {OK: "gone"}
    return Page(known.get(page.status, "unknown"))


def _confirmed(
    tx: Tx,
    config: Config,
    source: Source,
    reader: Reader,
    reading: Reading,
    judgement: Judgement,
    occasion: Occasion,
) -> list[Verdict]:
    """Readings that waited for a second one, and whose documents are unchanged in this believed poll."""
    if not judgement.belief.healthy or (occasion.absences and not reading.answered):
        return []
    decided = {(verdict.standing.destination, verdict.standing.track) for verdict in judgement.verdicts}
    waiting = {
        held.candidate.record.key: held
        for held in advisories.waiting(tx, source.id)
        if held.candidate and (held.destination, held.track) not in decided
    }
    named = documents.urls_of_keys(tx, source.id, list(waiting))
    pages = documents.pages_of(tx, source.id, list(waiting))
    around = Around(occasion.now, config.thresholds)
    found: list[Verdict | None] = []
    for key, held in waiting.items():
        if reader.contract.shape is Shape.STREAM and not named[key]:
            found.append(_taken_back(held))
        elif _seen_now(pages.get(key), occasion):
            found.append(confirm(held, around))
    return [verdict for verdict in found if verdict]


def _taken_back(standing: Standing) -> Verdict:
    """A notice that a stream no longer shows before it was read twice was a slip."""
    return Verdict(replace(standing, candidate=None), "taken-back")


def _seen_now(page: DocumentState | None, occasion: Occasion) -> bool:
    """Whether what says the row was looked at in this very commit: its page, or the list for a row without one."""
    if page is None:
        return occasion.absences
    return page.status == OK and page.checked_at == occasion.now


def _doubt(reading: Reading, judgement: Judgement) -> None:
    if not judgement.belief.healthy:
        reading.documents = [
            replace(state, status=DOUBTED) if state.url in reading.parsed else state for state in reading.documents
        ]


def _look_again(tx: Tx, config: Config, source: Source, verdicts: Sequence[Verdict], now: datetime) -> None:
    """Have pages read again where a second reading or a direct look is needed."""
    waiting = [verdict.standing.key for verdict in verdicts if verdict.standing.candidate is not None]
    missing = [verdict.standing.key for verdict in verdicts if _counts_as_missing(verdict.standing)]
    documents.make_due(tx, source.id, waiting, now + config.thresholds.confirm_after)
    documents.make_due(tx, source.id, missing, now)


def _counts_as_missing(standing: Standing) -> bool:
    """Rows that are gone together are the source's fault and not looked for one by one."""
    return standing.missing is not None and standing.missing.polls > 0
