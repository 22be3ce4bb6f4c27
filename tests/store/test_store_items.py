"""Entries of streams: an old one that comes back is not new."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisoryd.model.record import Stamp
from advisoryd.store import items
from advisoryd.store.engine import Tx
from advisoryd.store.items import item_hash

from .samples import DAY, NOON, item

NOTICE = item()


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"url": "https://other.example"}, True),
        ({"published": Stamp(NOON)}, True),
        ({"outlet": "Reuters"}, True),
        ({"expires_at": Stamp(NOON, "")}, True),
        ({"title": "Demonstration on Saturday"}, False),
        ({"summary": "Avoid the centre."}, False),
        ({"expires_at": Stamp(NOON, "24 November")}, False),
    ],
)
def test_an_entry_is_the_same_by_what_it_says(changed: dict[str, object], same: bool) -> None:
    assert (item_hash(replace(NOTICE, **changed)) == item_hash(NOTICE)) is same  # type: ignore[arg-type]


def test_words_do_not_wander_between_title_and_summary() -> None:
    assert item_hash(item(title="a", summary="b")) != item_hash(item(title="ab", summary=""))


def test_an_entry_keeps_its_first_sight_and_its_last_text(tx: Tx) -> None:
    edited = replace(NOTICE, summary="Now on Saturday.")
    items.save(tx, "embassy", [(NOTICE, "1")], NOON)
    items.save(tx, "embassy", [(edited, "2")], NOON + DAY)
    assert items.get(tx, "embassy", NOTICE.key) == items.Seen(edited, "2", NOON)
    assert items.get(tx, "another", NOTICE.key) is None
    assert items.known(tx, "another", [NOTICE.key]) == {}


def test_old_entries_are_forgotten(tx: Tx) -> None:
    items.save(tx, "embassy", [(NOTICE, "1")], NOON)
    items.save(tx, "embassy", [(item("alert-2"), "2")], NOON + DAY)
    assert items.prune(tx, NOON) == 0
    assert items.prune(tx, NOON + DAY) == 1
    assert items.known(tx, "embassy", ["alert-1", "alert-2"]) == {"alert-2": "2"}
