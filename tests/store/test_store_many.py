"""Lists of any length: a government has two hundred pages, a careless feed may have thousands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisoryd.model.standing import DeliveryState
from advisoryd.store import advisories, among, documents, items, outbox, payloads, sources, steady
from advisoryd.store.advisories import revision_id
from advisoryd.store.engine import Tx
from advisoryd.store.plain import Through
from advisoryd.store.states import DocumentState

from .samples import DAY, HOUR, NOON, item, page, planned, record, revision, standing

KEYS = [f"key-{number:04}" for number in range(1200)]
US = "us-state"


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of an odd size, so that lists end inside one."""
    monkeypatch.setattr(among, "PART", 333)


def test_many_standings(tx: Tx) -> None:
    said = [replace(record(), key=key, destination=key) for key in KEYS]
    advisories.put_revisions(tx, [revision(one) for one in said])
    advisories.save(tx, [standing(one) for one in said])
    assert len(advisories.of_source(tx, US)) == 1200
    assert [one.key for one in advisories.unlisted(tx, US, [], lists_calm=True)] == KEYS
    assert [one.key for one in advisories.unlisted(tx, US, KEYS[1:], lists_calm=True)] == KEYS[:1]
    assert [one.destination for one in advisories.of_destination(tx, KEYS)] == KEYS
    assert advisories.counts(tx, [*KEYS, US]) == {(US, 2): 1200}
    assert advisories.of_source(tx, US)[7].revision == revision_id(said[7])


def test_many_documents(tx: Tx) -> None:
    documents.follow(tx, US, [page(f"https://us.example/{key}", key=key) for key in KEYS], NOON)
    documents.save(
        tx, [replace(state, checked_at=NOON, due_at=NOON + DAY) for state in documents.held(tx, US).values()]
    )
    assert len(documents.pages_of(tx, US, KEYS)) == 1200
    documents.make_due(tx, US, KEYS, NOON + HOUR)
    assert len(documents.due_pages(tx, US, NOON + HOUR, 9999)) == 1200


def test_many_sources(tx: Tx) -> None:
    sources.sync(tx, KEYS, NOON)
    documents.save(tx, [DocumentState(source=key, url="u") for key in KEYS])
    assert len(steady.endpoints(Through(tx))) == 1200
    sources.announce(tx, KEYS)
    assert all(state.announced for state in sources.states(tx).values())


def test_many_pieces_and_slices(tx: Tx) -> None:
    said = dict.fromkeys(KEYS, "1")
    documents.set_pieces(tx, US, "u", {}, said)
    assert all(urls == ["u"] for urls in documents.urls_of_keys(tx, US, KEYS).values())
    documents.set_pieces(tx, US, "u", said, {})
    assert documents.piece_hashes(tx, US, "u") == {}
    documents.set_slices(tx, US, "u", (), KEYS)
    documents.set_slices(tx, US, "u", KEYS, KEYS[:5])
    assert documents.known_slices(tx, US, "u") == set(KEYS[:5])


def test_many_entries(tx: Tx) -> None:
    items.save(tx, US, [(item(key), key) for key in KEYS], NOON)
    assert items.known(tx, US, [*KEYS, "unknown"]) == {key: key for key in KEYS}


def test_many_bodies(tx: Tx) -> None:
    names = [payloads.put(tx, key.encode(), NOON) for key in KEYS]
    payloads.touch(tx, names, NOON + DAY)
    assert payloads.prune(tx, NOON + DAY) == 0
    assert payloads.prune(tx, NOON + 2 * DAY) == 1200


def test_many_deliveries(tx: Tx) -> None:
    assert outbox.plan(tx, [planned(key) for key in KEYS], NOON) == 1200
    ids = [one.id for one in outbox.waiting(tx, "chat")]
    assert outbox.mark_sending(tx, ids, NOON)
    outbox.settle_dead(tx, ids, NOON, "refused")
    assert outbox.counts(tx) == {("chat", DeliveryState.DEAD): 1200}
    assert outbox.retry(tx, [*ids, *ids, 999_999], NOON) == 1200
    assert outbox.hand_over(tx, outbox.waiting(tx, "chat"), "mail", NOON) == 1200
    outbox.drop_covered(tx, [one.id for one in outbox.waiting(tx, "mail")], ["chat"], NOON)
    assert outbox.waiting(tx, "chat") == []
    assert outbox.drop(tx, [one.id for one in outbox.waiting(tx, "mail")], NOON) == 1200
