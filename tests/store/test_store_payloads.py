"""Raw bodies: the evidence, kept as long as it is held and for a while after."""

from __future__ import annotations

import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.store import documents, payloads
from advisoryd.store.documents import DocumentState
from advisoryd.store.engine import Store, StoreError, Tx

from .samples import DAY, NOON, undone
from .strategies import many


@given(st.binary(max_size=2000))
@many
def test_a_body_comes_back_byte_for_byte(tx: Tx, body: bytes) -> None:
    with undone(tx):
        assert payloads.get(tx, payloads.put(tx, body, NOON)) == body


def test_a_body_has_the_name_of_its_bytes(tx: Tx) -> None:
    name = payloads.put(tx, b"<rss/>", NOON)
    assert name == payloads.hash_of(b"<rss/>") == hashlib.blake2b(b"<rss/>", digest_size=16).hexdigest()
    assert payloads.get(tx, "0" * 32) is None


def test_a_body_that_comes_again_is_kept_once_and_seen_anew(tx: Tx) -> None:
    first, again = payloads.put(tx, b"body", NOON), payloads.put(tx, b"body", NOON + 5 * DAY)
    assert first == again
    assert payloads.prune(tx, NOON + DAY) == 0
    assert payloads.prune(tx, NOON + 6 * DAY) == 1


def test_a_body_goes_when_nobody_has_seen_it_for_long(tx: Tx) -> None:
    old, touched, fresh = (payloads.put(tx, body, NOON) for body in (b"old", b"touched", b"fresh"))
    payloads.touch(tx, [touched, "unknown"], NOON + DAY)
    payloads.touch(tx, [], NOON + 9 * DAY)
    payloads.put(tx, b"fresh", NOON + 2 * DAY)
    assert payloads.prune(tx, NOON) == 0
    assert payloads.prune(tx, NOON + DAY) == 1
    assert [payloads.get(tx, name) for name in (old, touched, fresh)] == [None, b"touched", b"fresh"]


@pytest.mark.parametrize("follow", [False, True])
def test_a_body_that_a_document_holds_never_goes(tx: Tx, follow: bool) -> None:
    held = payloads.put(tx, b"held", NOON)
    payloads.put(tx, b"loose", NOON)
    documents.save(tx, [DocumentState(source="us-state", url="u", payload=held, follow=follow)])
    assert payloads.prune(tx, NOON + 3650 * DAY) == 1
    assert payloads.get(tx, held) == b"held"


def test_a_large_body_is_kept_small(tx: Tx) -> None:
    payloads.put(tx, b"<p>Exercise increased caution.</p>" * 10_000, NOON)
    stored = tx.exec_driver_sql("SELECT body FROM payloads").scalar_one()
    assert len(stored) < 5000
    assert zlib.decompress(stored).startswith(b"<p>Exercise")


@pytest.mark.parametrize("damage", [b"", b"not compressed", zlib.compress(b"{}")[:-3]])
def test_a_damaged_body_is_told_in_one_sentence(store: Store, damage: bytes) -> None:
    with store.begin() as tx:
        name = payloads.put(tx, b"body", NOON)
        tx.exec_driver_sql("UPDATE payloads SET body = " + literal(tx, damage))
    with (
        pytest.raises(StoreError, match="a stored body is damaged") as told,
        store.reading() as tx,
    ):
        payloads.get(tx, name)
    assert store.name in str(told.value)


def literal(tx: Tx, body: bytes) -> str:
    return f"x'{body.hex()}'" if tx.dialect.name == "sqlite" else f"'\\x{body.hex()}'::bytea"
