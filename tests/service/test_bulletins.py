"""Entries of streams: which of them are news, and which only came over the wire differently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.model.record import Item, Stamp
from advisoryd.model.source import Source
from advisoryd.service.bulletins import bulletins, fresh_entries, is_mended
from advisoryd.store.engine import Store, open_store

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOURCE = Source(id="ecdc", issuer="EU", name="n", reader="feed")
TITLE = "Épidémie de choléra à Mayotte"
LOST = "�"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store("sqlite", tmp_path)
    yield opened
    opened.close()


def item(title: str, summary: str = "", days_ago: int = 1) -> Item:
    at = NOW - timedelta(days=days_ago)
    return Item(key="a", title=title, language="fr", summary=summary, published=Stamp(at, at.isoformat()))


def told(store: Store, *readings: Item) -> list[str]:
    """What is said of the last of several readings of one entry, the first of them the baseline of the source."""
    reasons: list[str] = []
    for number, reading in enumerate(readings):
        reasons = said(store, reading, first=number == 0)
    return reasons


def said(store: Store, reading: Item, *, first: bool = False) -> list[str]:
    with store.begin() as tx:
        fresh = fresh_entries(tx, SOURCE, [reading], NOW, first=first)
    return [event.reason for event in bulletins(SOURCE, fresh, NOW, timedelta(days=14))]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (item(TITLE), item("Épid" + LOST + "mie de choléra à Mayotte")),
        (item("Épid" + LOST * 2 + "mie de choléra à Mayotte"), item(TITLE)),
        (item(TITLE, "Le texte"), item(TITLE, "Le tex" + LOST + "te")),
    ],
)
def test_a_bad_byte_that_comes_or_goes_is_no_edit(store: Store, before: Item, after: Item) -> None:
    assert told(store, before, after) == []
    assert told(store, before, after, before) == []


def test_other_words_beside_a_bad_byte_are_an_edit(store: Store) -> None:
    assert told(store, item(TITLE), item("Épid" + LOST + "mie de peste à Mayotte")) == ["entry-edited"]


def test_other_words_are_an_edit_and_the_same_words_are_none(store: Store) -> None:
    assert told(store, item(TITLE), item("Fin de l’épidémie")) == ["entry-edited"]
    assert told(store, item(TITLE), item(TITLE, days_ago=0)) == []


def test_a_title_with_a_bad_byte_that_is_new_is_told(store: Store) -> None:
    assert said(store, item("Épid" + LOST)) == ["new-entry"]


def test_an_old_entry_that_was_never_seen_is_history(store: Store) -> None:
    assert said(store, item(TITLE, days_ago=15)) == []


def test_another_end_is_an_edit(store: Store) -> None:
    ending = replace(item(TITLE), expires_at=Stamp(NOW, "2026-11-23"))
    assert told(store, item(TITLE), ending) == ["entry-edited"]


@given(st.text(), st.integers(0, 40), st.integers(1, 4))
def test_wherever_a_byte_of_a_text_is_lost_it_reads_as_the_same(text: str, place: int, lost: int) -> None:
    body = bytearray(text.encode("utf-8", "replace"))
    body[place : place + lost] = b"\xff" * len(body[place : place + lost])
    damaged = body.decode("utf-8", "replace")
    assert is_mended(item(text.encode("utf-8", "replace").decode()), item(damaged))
