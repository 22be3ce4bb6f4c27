"""The questions that are asked every few seconds are answered from an index, however much is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.event import listen, remove

from advisoryd.store import advisories, documents, events, items, outbox, payloads, sources, steady
from advisoryd.store.engine import Store, Tx
from advisoryd.store.plain import Through

from .samples import NOON, event

ASKED_OF_OLD_BODIES = "which bodies are old"
"""Whether a document holds them is asked only when there are any."""

STEADY: dict[str, Callable[[Tx], object]] = {
    "which sources are due": lambda tx: steady.due(Through(tx), NOON),
    "what is held of their endpoints": lambda tx: steady.endpoints(Through(tx), NOON),
    "which of them ask on": lambda tx: steady.with_open_questions(Through(tx), NOON),
    "their next polls": lambda tx: steady.save_unchanged(Through(tx), [("us-state", NOON)], NOON),
    "whether there is anything to deliver": lambda tx: steady.has_deliveries(Through(tx), NOON),
    "which pages are due": lambda tx: documents.due_pages(tx, "us-state", NOON, 1),
    "which channels have something due": lambda tx: outbox.due_channels(tx, NOON),
    "what waits in a channel": lambda tx: outbox.waiting(tx, "chat"),
    "which advice ends": lambda tx: advisories.ending(tx, NOON),
    "which readings wait": lambda tx: advisories.waiting(tx, "us-state"),
    ASKED_OF_OLD_BODIES: lambda tx: payloads.prune(tx, NOON),
    "which entries are old": lambda tx: items.prune(tx, NOON),
    "the event of a delivery": lambda tx: events.get(tx, "e1"),
    "how often it was said": lambda tx: events.identify(tx, event()),
    "whether a story was told": lambda tx: outbox.told(tx, "s1", "desk"),
    "the first message of a story": lambda tx: outbox.first_sent(tx, "s1", "desk", "chat"),
    "the latest story of a pair": lambda tx: events.latest_story(tx, "US", "JP", track="security"),
    "what documents say of a key": lambda tx: documents.urls_of_keys(tx, "us-state", ["JP"]),
    "the page of a key": lambda tx: documents.pages_of(tx, "us-state", ["JP"]),
}
WHOLE_INDEX = ("documents_moved", "standings_in_question")
"""Partial indexes hold only what is looked for; reading all of one is right."""


@pytest.fixture
def plans(sqlite_store: Store) -> Iterator[list[str]]:
    """How SQLite answers each statement, collected as they are executed."""
    collected: list[str] = []

    def explain(connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE")):
            cursor = connection.connection.cursor()
            rows = cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters[0] if many else parameters)
            collected.extend(row[3] for row in rows.fetchall())
            cursor.close()

    with sqlite_store.begin() as tx:
        events.add(tx, replace(event(), id="e1"))
    listen(sqlite_store.engine, "before_cursor_execute", explain)
    yield collected
    remove(sqlite_store.engine, "before_cursor_execute", explain)


@pytest.mark.parametrize("question", STEADY)
def test_no_table_is_read_from_end_to_end(sqlite_store: Store, plans: list[str], question: str) -> None:
    with sqlite_store.begin() as tx:
        STEADY[question](tx)
    scans = [step for step in plans if step.startswith("SCAN") and not step.endswith(WHOLE_INDEX)]
    assert plans
    assert scans == (["SCAN documents"] if question == ASKED_OF_OLD_BODIES else [])


@pytest.mark.parametrize("sources_due", [1, 40])
def test_a_round_asks_the_same_number_of_questions_however_many_sources_are_due(
    sqlite_store: Store, sources_due: int
) -> None:
    statements: list[str] = []
    listen(sqlite_store.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    with sqlite_store.begin() as tx:
        ids = [f"source-{number}" for number in range(sources_due)]
        sources.sync(tx, ids, NOON)
        statements.clear()
        plain = Through(tx)
        steady.due(plain, NOON)
        steady.endpoints(plain, NOON)
        steady.with_open_questions(plain, NOON)
        steady.save_unchanged(plain, [(name, NOON) for name in ids], NOON)
    assert len(statements) == 4
