"""Entries of a list as items: each key once, none without a key."""

from __future__ import annotations

from advisoryd.model.reading import FindingKind, Parsed
from advisoryd.model.record import Item
from advisoryd.sources.items import each_once


def parsed(*entries: tuple[str, str]) -> Parsed:
    return each_once(Item(key=key, title=title, language="en") for key, title in entries)


def test_items_keep_their_order() -> None:
    found = parsed(("b", "Beta"), ("a", "Alpha"))
    assert [item.key for item in found.items] == ["b", "a"]
    assert found.findings == ()


def test_of_two_with_one_key_the_last_counts_and_it_is_told() -> None:
    found = parsed(("a", "Old"), ("b", "Beta"), ("a", "New"))
    assert [item.title for item in found.items] == ["New", "Beta"]
    assert [finding.kind for finding in found.findings] == [FindingKind.DUPLICATE]


def test_an_entry_without_a_key_is_no_item() -> None:
    assert parsed(("", "Nameless")).items == ()
