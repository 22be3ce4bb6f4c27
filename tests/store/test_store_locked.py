"""Every function of the store says in one sentence that its database is busy. A new function needs a new line."""

from __future__ import annotations

import inspect
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from advisoryd.decide.health import Condition
from advisoryd.model.reading import Finding, FindingKind
from advisoryd.model.silence import Matcher
from advisoryd.model.standing import Acknowledgement
from advisoryd.store import (
    acknowledgements,
    advisories,
    documents,
    events,
    findings,
    items,
    outbox,
    pace,
    payloads,
    reports,
    silences,
    sources,
    steady,
)  # fmt: skip
from advisoryd.store.backup import backup
from advisoryd.store.engine import Store, StoreError, Tx, open_store
from advisoryd.store.outbox import ChannelState
from advisoryd.store.plain import Plain
from advisoryd.store.states import DocumentState, SourceState

from .samples import DAY, NOON, event, item, page, planned, record, report, revision, standing
from .test_store_events import story

US, JP = "us-state", record()
DOCUMENT = DocumentState(source=US, url="u")
SENTENCE = (
    "cannot use the database {}: database is locked; "
    "another process has kept it busy for too long; stop that one, or try again"
)
MODULES = (
    acknowledgements, advisories, documents, events, findings, items, outbox, pace, payloads, reports, silences,
    sources, steady,
)  # fmt: skip
CALLS: dict[Callable[..., object], Callable[[Tx], object]] = {
    acknowledgements.add: lambda tx: acknowledgements.add(tx, Acknowledgement("e1", "desk", NOON, "link")),
    acknowledgements.of_event: lambda tx: acknowledgements.of_event(tx, "e1"),
    advisories.put_revisions: lambda tx: advisories.put_revisions(tx, [revision(JP)]),
    advisories.revision: lambda tx: advisories.revision(tx, "r1"),
    advisories.history: lambda tx: advisories.history(tx, "US", "JP"),
    advisories.rows: lambda tx: advisories.rows(tx, US, True),
    advisories.standing: lambda tx: advisories.standing(tx, "US", "JP", "security"),
    advisories.standings_of: lambda tx: advisories.standings_of(tx, "US", {("JP", "security")}),
    advisories.unlisted: lambda tx: advisories.unlisted(tx, US, ["JP"], True),
    advisories.of_source: lambda tx: advisories.of_source(tx, US),
    advisories.of_destination: lambda tx: advisories.of_destination(tx, ["JP"]),
    advisories.destinations: advisories.destinations,
    advisories.waiting: lambda tx: advisories.waiting(tx, US),
    advisories.ending: lambda tx: advisories.ending(tx, NOON),
    advisories.mark_stale: lambda tx: advisories.mark_stale(tx, US, NOON),
    advisories.mark_fresh: lambda tx: advisories.mark_fresh(tx, US, NOON),
    advisories.save: lambda tx: advisories.save(tx, [standing(JP)]),
    advisories.counts: lambda tx: advisories.counts(tx, [US]),
    documents.held: lambda tx: documents.held(tx, US),
    documents.due_pages: lambda tx: documents.due_pages(tx, US, NOON, 1),
    documents.save: lambda tx: documents.save(tx, [DOCUMENT]),
    documents.follow: lambda tx: documents.follow(tx, US, [page("u")], NOON),
    documents.make_due: lambda tx: documents.make_due(tx, US, ["JP"], NOON),
    documents.pages_of: lambda tx: documents.pages_of(tx, US, ["JP"]),
    documents.piece_hashes: lambda tx: documents.piece_hashes(tx, US, "u"),
    documents.set_pieces: lambda tx: documents.set_pieces(tx, US, "u", {}, {"JP": "1"}),
    documents.urls_of_keys: lambda tx: documents.urls_of_keys(tx, US, ["JP"]),
    documents.listed_keys: lambda tx: documents.listed_keys(tx, US),
    documents.known_slices: lambda tx: documents.known_slices(tx, US, "u"),
    documents.set_slices: lambda tx: documents.set_slices(tx, US, "u", (), ("1",)),
    events.identify: lambda tx: events.identify(tx, event()),
    events.add: lambda tx: events.add(tx, event()),
    events.get: lambda tx: events.get(tx, "e1"),
    events.listed: events.listed,
    events.of_story: lambda tx: events.of_story(tx, "s1"),
    events.latest_story: lambda tx: events.latest_story(tx, "US", "JP", track="security"),
    events.unconfirmed: events.unconfirmed,
    events.save_story: lambda tx: events.save_story(tx, story("s1", 0, 0)),
    findings.note: lambda tx: findings.note(tx, US, [Finding(FindingKind.QUIET, "")], NOON),
    findings.clear: lambda tx: findings.clear(tx, NOON),
    findings.of_source: lambda tx: findings.of_source(tx, US),
    findings.swept_since: lambda tx: findings.swept_since(tx, US, NOON),
    findings.note_sweeps: lambda tx: findings.note_sweeps(tx, US, ["a"], NOON, NOON),
    items.known: lambda tx: items.known(tx, US, ["k"]),
    items.save: lambda tx: items.save(tx, US, [(item(), "1")], NOON),
    items.get: lambda tx: items.get(tx, US, "k"),
    items.prune: lambda tx: items.prune(tx, NOON),
    outbox.plan: lambda tx: outbox.plan(tx, [planned()], NOON),
    outbox.told: lambda tx: outbox.told(tx, "s1", "desk"),
    outbox.first_sent: lambda tx: outbox.first_sent(tx, "s1", "desk", "chat"),
    outbox.waiting: lambda tx: outbox.waiting(tx, "chat"),
    outbox.due_channels: lambda tx: outbox.due_channels(tx, NOON),
    outbox.mark_sending: lambda tx: outbox.mark_sending(tx, [1], NOON),
    outbox.recover: lambda tx: outbox.recover(tx, NOON),
    outbox.settle_sent: lambda tx: outbox.settle_sent(tx, [1], NOON, ""),
    outbox.settle_later: lambda tx: outbox.settle_later(tx, [1], NOON, "busy"),
    outbox.settle_dead: lambda tx: outbox.settle_dead(tx, [1], NOON, "refused"),
    outbox.hand_over: lambda tx: outbox.hand_over(tx, outbox.waiting(tx, "chat"), "mail", NOON),
    outbox.drop_covered: lambda tx: outbox.drop_covered(tx, [1], ["chat"], NOON),
    outbox.retry: lambda tx: outbox.retry(tx, [1], NOON),
    outbox.drop: lambda tx: outbox.drop(tx, [1], NOON),
    outbox.drop_escalations: lambda tx: outbox.drop_escalations(tx, "desk", NOON, "eased", event="e1"),
    outbox.number_dropped: lambda tx: outbox.number_dropped(tx, "eased"),
    outbox.listed: outbox.listed,
    outbox.of_event: lambda tx: outbox.of_event(tx, "e1"),
    outbox.counts: outbox.counts,
    outbox.channel_state: lambda tx: outbox.channel_state(tx, "chat"),
    outbox.save_channel: lambda tx: outbox.save_channel(tx, ChannelState("chat")),
    pace.note: lambda tx: pace.note(tx, "chat", NOON, DAY),
    pace.recent: lambda tx: pace.recent(tx, "chat"),
    payloads.put: lambda tx: payloads.put(tx, b"body", NOON),
    payloads.get: lambda tx: payloads.get(tx, "ab12"),
    payloads.touch: lambda tx: payloads.touch(tx, ["ab12"], NOON),
    payloads.prune: lambda tx: payloads.prune(tx, NOON),
    reports.known: lambda tx: reports.known(tx, ["r"]),
    reports.add: lambda tx: reports.add(tx, report()),
    reports.of_story: lambda tx: reports.of_story(tx, "s1"),
    reports.prune: lambda tx: reports.prune(tx, NOON),
    silences.add: lambda tx: silences.add(tx, Matcher(), "drill", NOON, NOON),
    silences.active: lambda tx: silences.active(tx, NOON),
    silences.listed: lambda tx: silences.listed(tx, NOON),
    silences.end: lambda tx: silences.end(tx, 1, NOON),
    sources.sync: lambda tx: sources.sync(tx, [US], NOON),
    sources.states: sources.states,
    sources.save: lambda tx: sources.save(tx, SourceState(US, Condition(), NOON)),
    sources.announce: lambda tx: sources.announce(tx, [US]),
    sources.make_due: lambda tx: sources.make_due(tx, NOON),
}
PLAIN: dict[Callable[..., object], Callable[[Plain], object]] = {
    steady.version: steady.version,
    steady.known: steady.known,
    steady.due: steady.due,
    steady.endpoints: steady.endpoints,
    steady.with_open_questions: lambda plain: steady.with_open_questions(plain, NOON),
    steady.save_unchanged: lambda plain: steady.save_unchanged(plain, [(US, NOON)], NOON),
    steady.has_deliveries: lambda plain: steady.has_deliveries(plain, NOON),
}


def functions(module: ModuleType) -> Iterator[Callable[..., object]]:
    """The public functions that a module of the store defines over a transaction, plain or not."""
    for name, member in inspect.getmembers(module, inspect.isfunction):
        if (
            member.__module__ == module.__name__
            and not name.startswith("_")
            and {"tx", "plain"} & set(inspect.signature(member).parameters)
        ):
            yield member


def name_of(call: Callable[..., object]) -> str:
    return f"{call.__module__.rpartition('.')[2]}.{call.__name__}"


@pytest.fixture
def busy(sqlite_store: Store, impatient: None) -> Iterator[Store]:
    """A store whose file another process keeps to itself."""
    sqlite_store.close()
    store = open_store(sqlite_store.name, Path())
    store.close()
    with closing(sqlite3.connect(sqlite_store.name, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield store
        other.execute("ROLLBACK")
    store.close()


def test_every_function_is_listed_here() -> None:
    assert {member for module in MODULES for member in functions(module)} == set(CALLS) | set(PLAIN)


@pytest.mark.parametrize("call", CALLS, ids=name_of)
def test_a_busy_database_is_told_in_one_sentence_that_names_it(busy: Store, call: Callable[..., object]) -> None:
    with pytest.raises(StoreError) as told, busy.begin() as tx:
        CALLS[call](tx)
    assert str(told.value) == SENTENCE.format(busy.name)


@pytest.mark.parametrize("call", PLAIN, ids=name_of)
@pytest.mark.parametrize("writes", [False, True])
def test_plain_sql_tells_of_a_busy_database_in_the_same_sentence(
    busy: Store, call: Callable[..., object], writes: bool
) -> None:
    with pytest.raises(StoreError) as told, busy.plain(writes=writes) as plain:
        PLAIN[call](plain)
    assert str(told.value) == SENTENCE.format(busy.name)


def test_a_busy_database_cannot_be_read_either(busy: Store) -> None:
    with pytest.raises(StoreError) as told, busy.reading() as tx:
        sources.states(tx)
    assert str(told.value) == SENTENCE.format(busy.name)


@pytest.mark.parametrize("call", CALLS, ids=name_of)
def test_every_function_works_on_both_databases(tx: Tx, call: Callable[..., object]) -> None:
    CALLS[call](tx)


def test_opening_a_busy_database_is_refused(busy: Store) -> None:
    with pytest.raises(StoreError, match=r"advisoryd\.db: database is locked"):
        open_store(busy.name, Path())


def test_copying_a_busy_database_is_refused(busy: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisoryd.store.backup.BUSY_TIMEOUT", 0.01)
    with pytest.raises(StoreError, match=r"cannot copy .*advisoryd\.db to .*copy\.db: database is locked; another"):
        backup(busy, tmp_path / "copy.db")
    assert not list(tmp_path.glob("*copy.db*"))


def test_a_reader_does_not_wait_for_a_writer(sqlite_store: Store) -> None:
    with closing(sqlite3.connect(sqlite_store.name, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with sqlite_store.reading() as tx:
            assert sources.states(tx) == {}


def test_a_writer_waits_for_another_as_long_as_it_may(sqlite_file: Path, impatient: None) -> None:
    store = open_store(str(sqlite_file), sqlite_file.parent)
    with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="database is locked"), store.begin() as tx:
            sources.sync(tx, [US], NOON)
        other.execute("ROLLBACK")
    with store.begin() as tx:
        sources.sync(tx, [US], NOON)
    store.close()
