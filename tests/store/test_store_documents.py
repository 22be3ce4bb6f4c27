"""What is remembered of documents between two polls."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from advisoryd.model.reading import Follow, Request
from advisoryd.model.secret import plain
from advisoryd.store import documents, payloads
from advisoryd.store.engine import Tx
from advisoryd.store.states import DOUBTED, OK, DocumentState

from .samples import DAY, HOUR, NOON, page

US, UK = "us-state", "uk-fcdo"
LIST = DocumentState(source=US, url="https://us.example/list", checked_at=NOON, status=OK, complete=True)


def due(tx: Tx, now: datetime = NOON, limit: int = 10) -> list[str]:
    return [state.url for state in documents.due_pages(tx, US, now, limit)]


def read(tx: Tx, url: str, at: datetime = NOON, **members: object) -> None:
    """The page at ``url`` was read under the stamp its index names."""
    held = documents.held(tx, US)[url]
    fresh = {"checked_at": at, "stamp": held.wanted, "due_at": at + DAY, "status": OK, **members}
    documents.save(tx, [replace(held, **fresh)])  # type: ignore[arg-type]


def test_a_document_is_written_over(tx: Tx) -> None:
    documents.save(tx, [LIST])
    doubted = replace(LIST, status=DOUBTED, complete=False)
    documents.save(tx, [doubted])
    assert documents.held(tx, US) == {LIST.url: doubted}


def test_a_page_that_an_index_points_at_is_due_at_once(tx: Tx) -> None:
    named = page("u", "2026-11-24", "JP")
    documents.follow(tx, US, [named], NOON)
    assert documents.held(tx, US)["u"] == DocumentState(
        source=US, url="u", follow=True, key="JP", request=named.request, wanted="2026-11-24", since=NOON, due_at=NOON
    )
    assert due(tx) == ["u"]


def test_a_page_is_not_due_again_until_its_stamp_moves_or_its_time_comes(tx: Tx) -> None:
    documents.follow(tx, US, [page("u", "monday")], NOON)
    read(tx, "u")
    documents.follow(tx, US, [page("u", "monday")], NOON)
    assert due(tx) == []
    assert due(tx, NOON + DAY) == ["u"]
    documents.follow(tx, US, [page("u", "tuesday")], NOON + HOUR)
    assert due(tx) == ["u"]
    read(tx, "u")
    assert due(tx) == []


def test_a_page_without_a_stamp_is_due_when_its_time_comes(tx: Tx) -> None:
    documents.follow(tx, US, [page("u")], NOON)
    read(tx, "u")
    documents.follow(tx, US, [page("u")], NOON + HOUR)
    assert due(tx, NOON + HOUR) == []
    assert due(tx, NOON + DAY) == ["u"]


def test_a_page_that_is_no_longer_named_stays(tx: Tx) -> None:
    documents.follow(tx, US, [page("u", "monday"), page("v", "monday", "CN")], NOON)
    documents.follow(tx, US, [page("v", "monday", "CN")], NOON + HOUR)
    assert due(tx) == ["u", "v"]
    assert set(documents.pages_of(tx, US, ["JP", "CN"])) == {"JP", "CN"}


def test_a_page_named_twice_is_one_page(tx: Tx) -> None:
    """The last mention counts, and the next poll of the same index moves nothing."""
    twice = [page("u", "old", "JP-1"), page("u", "new", "JP")]
    documents.follow(tx, US, twice, NOON)
    read(tx, "u")
    documents.follow(tx, US, twice, NOON + HOUR)
    assert due(tx) == []
    assert documents.held(tx, US)["u"].key == "JP"


def test_a_page_is_asked_for_as_its_index_says_now(tx: Tx) -> None:
    documents.follow(tx, US, [page("u", "monday")], NOON)
    read(tx, "u")
    other = Request("u", "json", headers=(("Accept", "application/json"),))
    documents.follow(tx, US, [replace(page("u", "monday", "JP2"), request=other)], NOON)
    held = documents.held(tx, US)["u"]
    assert (held.request, held.key, held.status) == (other, "JP2", OK)
    assert due(tx) == []


def test_no_secret_is_ever_written(tx: Tx) -> None:
    asked = Request("https://us.example/jp?key={secret}", secret=plain("hunter2", "file key"))
    documents.follow(tx, US, [Follow(asked, "JP")], NOON)
    documents.save(tx, [replace(LIST, request=asked)])
    kept = replace(asked, secret=None)
    assert [state.request for state in documents.held(tx, US).values()] == [kept, kept]


def test_an_endpoint_that_is_also_pointed_at_stays_an_endpoint(tx: Tx) -> None:
    documents.save(tx, [LIST])
    documents.follow(tx, US, [page(LIST.url, "monday")], NOON)
    assert documents.held(tx, US) == {LIST.url: LIST}
    assert due(tx) == []


def test_pages_of_one_source_are_not_those_of_another(tx: Tx) -> None:
    documents.follow(tx, US, [page("u")], NOON)
    documents.follow(tx, UK, [page("u", key="GB-JP")], NOON)
    documents.make_due(tx, UK, ["JP"], NOON - HOUR)
    assert documents.held(tx, US)["u"].key == "JP"
    assert documents.due_pages(tx, UK, NOON - HOUR, 10) == []


def test_the_pages_longest_unread_come_first(tx: Tx) -> None:
    documents.follow(tx, US, [page(url, key=url) for url in ("c", "b", "a", "never")], NOON)
    for days, url in enumerate(("c", "b", "a")):
        read(tx, url, NOON + days * DAY)
    assert due(tx, NOON + 9 * DAY) == ["never", "c", "b", "a"]
    assert due(tx, NOON + 9 * DAY, limit=2) == ["never", "c"]


def test_pages_can_be_asked_for_sooner_and_never_later(tx: Tx) -> None:
    documents.follow(tx, US, [page("jp", key="JP"), page("cn", key="CN"), page("fr", key="FR")], NOON)
    for url in ("jp", "cn", "fr"):
        read(tx, url)
    read(tx, "fr", due_at=None)
    documents.make_due(tx, US, ["JP", "FR", "unknown"], NOON + HOUR)
    assert due(tx, NOON + HOUR) == ["fr", "jp"]
    documents.make_due(tx, US, ["JP"], NOON + 5 * HOUR)
    assert due(tx, NOON + HOUR) == ["fr", "jp"]
    documents.make_due(tx, US, [], NOON)
    assert due(tx, NOON) == []


def test_the_page_of_a_key_is_the_one_read_last(tx: Tx) -> None:
    documents.follow(tx, US, [page("a"), page("b"), page("c")], NOON)
    read(tx, "b", NOON + HOUR)
    read(tx, "a", NOON)
    assert documents.pages_of(tx, US, ["JP", "CN"])["JP"].url == "b"
    assert documents.pages_of(tx, US, []) == {}


def test_a_body_that_a_document_lets_go_of_counts_as_seen_until_then(tx: Tx) -> None:
    old, new = payloads.put(tx, b"old", NOON - 100 * DAY), payloads.put(tx, b"new", NOON)
    held = replace(LIST, payload=old)
    documents.save(tx, [held])
    assert payloads.prune(tx, NOON - 90 * DAY) == 0
    documents.save(tx, [replace(held, payload=new)])
    assert payloads.prune(tx, NOON - 90 * DAY) == 0
    assert payloads.prune(tx, NOON) == 0
    assert payloads.prune(tx, NOON + HOUR) == 1
    assert (payloads.get(tx, old), payloads.get(tx, new)) == (None, b"new")


def test_what_a_document_says_of_each_key_is_brought_up_to_date(tx: Tx) -> None:
    documents.set_pieces(tx, US, "u", {}, {"JP": "1", "CN": "1", "FR": "1"})
    documents.set_pieces(tx, US, "v", {}, {"JP": "7"})
    documents.set_pieces(tx, US, "u", {"JP": "1", "CN": "1", "FR": "1"}, {"JP": "1", "CN": "2", "IT": "1"})
    assert documents.piece_hashes(tx, US, "u") == {"JP": "1", "CN": "2", "IT": "1"}
    assert documents.piece_hashes(tx, US, "v") == {"JP": "7"}
    assert documents.urls_of_keys(tx, US, ["JP", "FR", "IT"]) == {"JP": ["u", "v"], "FR": [], "IT": ["u"]}
    assert documents.urls_of_keys(tx, UK, ["JP"]) == {"JP": []}


def test_only_complete_documents_say_what_is_listed(tx: Tx) -> None:
    documents.save(tx, [LIST, replace(LIST, url="part", complete=False), replace(LIST, source=UK)])
    documents.set_pieces(tx, US, LIST.url, {}, {"JP": "1", "CN": "1"})
    documents.set_pieces(tx, US, "part", {}, {"FR": "1"})
    documents.set_pieces(tx, UK, LIST.url, {}, {"IT": "1"})
    assert documents.listed_keys(tx, US) == {"JP", "CN"}
    assert documents.listed_keys(tx, "de-aa") == set()


@pytest.mark.parametrize("new", [(), ("b",), ("a", "b"), ("b", "c", "c")])
def test_the_entries_of_a_feed_are_brought_up_to_date(tx: Tx, new: tuple[str, ...]) -> None:
    documents.set_slices(tx, US, "feed", (), ("a", "b"))
    documents.set_slices(tx, US, "other", (), ("a",))
    documents.set_slices(tx, US, "feed", {"a", "b"}, new)
    assert documents.known_slices(tx, US, "feed") == set(new)
    assert documents.known_slices(tx, US, "other") == {"a"}
