"""What every round asks, and what a poll that found nothing new writes, in plain SQL on both databases."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest

from advisoryd.decide.health import Condition
from advisoryd.model.standing import Candidate, Health, Missing
from advisoryd.store import documents, outbox, sources, steady
from advisoryd.store.advisories import revision_id
from advisoryd.store.engine import HEAD, Store, StoreError
from advisoryd.store.plain import Plain
from advisoryd.store.states import OK, DocumentState, SourceState

from .samples import DAY, HOUR, NOON, page, plan, planned, record, stands

T = TypeVar("T")
US, UK = "us-state", "uk-fcdo"
LIST = DocumentState(source=US, url="https://us.example/list", checked_at=NOON, status=OK, complete=True)


def ask(store: Store, question: Callable[[Plain], T]) -> T:
    with store.plain() as plain:
        return question(plain)


def open_questions(store: Store, now: datetime = NOON) -> set[str]:
    return ask(store, lambda plain: steady.with_open_questions(plain, now))


def read(store: Store, url: str) -> None:
    """The page at ``url`` was read under the stamp its index names."""
    with store.begin() as tx:
        held = documents.held(tx, US)[url]
        documents.save(tx, [replace(held, checked_at=NOON, stamp=held.wanted, due_at=NOON + DAY, status=OK)])


def test_the_schema_of_a_database_is_known(store: Store) -> None:
    assert ask(store, steady.version) == HEAD


def test_the_sources_that_have_a_row_are_known(store: Store) -> None:
    assert ask(store, steady.known) == set()
    with store.begin() as tx:
        sources.sync(tx, [US, UK], NOON)
    assert ask(store, steady.known) == {US, UK}


def test_sources_that_are_due_come_with_the_longest_due_first(store: Store) -> None:
    with store.begin() as tx:
        for hours, name in enumerate(("c", "b", "a", "later")):
            sources.save(tx, SourceState(name, Condition(), NOON + hours * HOUR))
        sources.save(tx, SourceState("also", Condition(), NOON))
    assert list(ask(store, lambda plain: steady.due(plain, NOON + 2 * HOUR))) == ["also", "c", "b", "a"]
    assert ask(store, lambda plain: steady.due(plain, NOON - HOUR)) == {}
    assert len(ask(store, steady.due)) == 5


def test_a_clock_that_is_put_back_silences_no_source(store: Store) -> None:
    polled = SourceState(US, Condition(), NOON + 3 * HOUR + HOUR / 4, last_poll=NOON + 3 * HOUR)
    with store.begin() as tx:
        sources.save(tx, polled)
        documents.save(tx, [LIST])
    assert list(ask(store, lambda plain: steady.due(plain, NOON))) == [US]
    assert list(ask(store, lambda plain: steady.endpoints(plain, NOON))) == [US]
    assert list(ask(store, lambda plain: steady.due(plain, NOON + 3 * HOUR))) == []


def test_the_endpoints_of_due_sources_are_found_without_their_pages(store: Store) -> None:
    uk = replace(LIST, source=UK, url="https://uk.example/list")
    with store.begin() as tx:
        sources.sync(tx, [US, UK], NOON)
        sources.sync(tx, ["ca-gac"], NOON + HOUR)
        documents.save(tx, [LIST, uk, replace(LIST, source="ca-gac")])
        documents.follow(tx, US, [page("https://us.example/jp")], NOON)
    assert ask(store, lambda plain: steady.endpoints(plain, NOON)) == {US: {LIST.url: LIST}, UK: {uk.url: uk}}
    assert set(ask(store, steady.endpoints)) == {US, UK, "ca-gac"}


def test_an_unchanged_poll_moves_the_times_and_nothing_else(store: Store) -> None:
    before = SourceState(US, Condition(Health.HEALTHY, since=NOON - DAY, cause="x"), NOON, records=210)
    with store.begin() as tx:
        sources.save(tx, before)
        sources.save(tx, replace(before, id=UK))
    with store.plain(writes=True) as plain:
        steady.save_unchanged(plain, [(US, NOON + HOUR), ("gone", NOON)], NOON)
        steady.save_unchanged(plain, [], NOON + DAY)
    polled = replace(before.condition, last_good=NOON)
    assert ask(store, steady.due) == {
        US: replace(before, condition=polled, last_poll=NOON, next_poll=NOON + HOUR),
        UK: replace(before, id=UK),
    }


def test_a_source_asks_on_while_a_reading_waits_or_a_row_is_missing(store: Store) -> None:
    calm, lower = record("FR"), record("CN")
    with store.begin() as tx:
        stands(tx, calm, source="calm")
    assert open_questions(store) == set()
    with store.begin() as tx:
        stands(tx, record("JP"), source="missing", missing=Missing(NOON, 1))
        stands(tx, lower, source="waits", candidate=Candidate(lower, revision_id(lower), NOON))
    assert open_questions(store) == {"missing", "waits"}


def test_a_source_asks_on_while_a_page_of_it_is_due(store: Store) -> None:
    with store.begin() as tx:
        documents.save(tx, [LIST])
        documents.follow(tx, US, [page("u", "monday")], NOON)
    assert open_questions(store) == {US}
    read(store, "u")
    assert open_questions(store) == set()
    assert open_questions(store, NOON + DAY) == {US}
    with store.begin() as tx:
        documents.follow(tx, US, [page("u", "tuesday")], NOON)
    assert open_questions(store) == {US}


def test_there_is_something_to_deliver_when_its_time_has_come_or_it_was_on_its_way(store: Store) -> None:
    def waits(now: datetime) -> bool:
        return ask(store, lambda plain: steady.has_deliveries(plain, now))

    assert not waits(NOON)
    with store.begin() as tx:
        (delivery,) = plan(tx, planned())
    assert (waits(NOON - HOUR), waits(NOON)) == (False, True)
    with store.begin() as tx:
        outbox.mark_sending(tx, [delivery.id], NOON)
    assert waits(NOON - HOUR)
    with store.begin() as tx:
        outbox.settle_sent(tx, [delivery.id], NOON, "")
    assert not waits(NOON + DAY)


def write_and_fail(store: Store) -> None:
    with store.plain(writes=True) as plain:
        steady.save_unchanged(plain, [(US, NOON + HOUR)], NOON)
        raise RuntimeError("the power went")


def test_a_plain_transaction_is_all_or_nothing(store: Store) -> None:
    with store.begin() as tx:
        sources.sync(tx, [US], NOON)
    with pytest.raises(RuntimeError, match="the power went"):
        write_and_fail(store)
    assert ask(store, steady.due)[US].next_poll == NOON


def test_an_error_in_plain_sql_is_one_sentence_without_values(store: Store) -> None:
    with pytest.raises(StoreError) as told, store.plain() as plain:
        plain.execute("SELECT 1 FROM nowhere WHERE 1 = :secret", {"secret": 4711})
    assert str(told.value).startswith(f"cannot use the database {store.name}: ")
    assert "4711" not in str(told.value)


STEADY_ROUND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from advisoryd.store import steady
from advisoryd.store.engine import open_store

now = datetime(2026, 11, 24, 12, tzinfo=UTC)
store = open_store(sys.argv[1], Path("."))
with store.plain() as plain:
    steady.known(plain), steady.due(plain), steady.endpoints(plain), steady.with_open_questions(plain, now)
with store.plain(writes=True) as plain:
    steady.save_unchanged(plain, [("us-state", now)], now)
with store.plain() as plain:
    steady.has_deliveries(plain, now)
store.close()
print([name for name in ("sqlalchemy", "alembic", "psycopg") if name in sys.modules])
"""


def test_a_round_that_finds_nothing_new_does_without_sqlalchemy(sqlite_file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STEADY_ROUND, str(sqlite_file)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
