"""JSON feeds give the same entries as XML feeds."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from advisoryd.model.reading import Document, Unreadable
from advisoryd.sources import jsonfeed

URL = "https://feeds.example/feed.json"


def document(value: object) -> Document:
    return Document(URL, json.dumps(value, ensure_ascii=False).encode())


def feed(*items: object, version: str = "https://jsonfeed.org/version/1.1") -> Document:
    return document({"version": version, "title": "t", "items": list(items)})


def test_an_item_gives_an_entry_with_all_its_fields() -> None:
    (found,) = jsonfeed.read(
        feed(
            {
                "id": "tag:a,1",
                "url": "https://a.example/1",
                "title": "Avoid  Japan",
                "content_html": "<p>all</p>",
                "date_published": "2025-11-14T22:00:00+08:00",
                "date_modified": "2025-11-15T00:00:00Z",
                "authors": [{"name": "desk"}, {"url": "u"}, {"name": "x"}],
                "tags": ["CN"],
            }
        )
    )
    entry = jsonfeed.entry(found.row)
    assert (entry.identity, entry.title, entry.link) == ("tag:a,1", "Avoid Japan", "https://a.example/1")
    assert (entry.summary, entry.markup, entry.author) == ("<p>all</p>", True, "desk, x")
    assert entry.published is not None
    assert entry.published.at == datetime(2025, 11, 14, 14, tzinfo=UTC)
    assert entry.updated is not None
    assert entry.categories == (("", "CN"),)


def test_the_summary_is_preferred_and_plain_and_a_number_may_be_an_id() -> None:
    (found,) = jsonfeed.read(feed({"id": 7, "summary": "s", "content_text": "long"}))
    entry = jsonfeed.entry(found.row)
    assert (entry.identity, entry.summary, entry.markup, entry.title) == ("7", "s", False, "s")


def test_the_single_author_of_the_first_version_is_read() -> None:
    (found,) = jsonfeed.read(feed({"id": "1", "author": {"name": "desk"}}, version="https://jsonfeed.org/version/1"))
    assert jsonfeed.entry(found.row).author == "desk"


def test_an_item_without_id_link_and_title_has_no_identity() -> None:
    (found,) = jsonfeed.read(feed({"content_text": ""}))
    assert jsonfeed.entry(found.row).identity == ""


def test_an_item_is_known_again_whatever_the_order_of_its_members() -> None:
    (one,) = jsonfeed.read(feed({"id": "1", "title": "t"}))
    (other,) = jsonfeed.read(feed({"title": "t", "id": "1"}))
    (changed,) = jsonfeed.read(feed({"title": "u", "id": "1"}))
    assert one.fingerprint == other.fingerprint != changed.fingerprint


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b'{"items": []}',
        b'{"version": "https://jsonfeed.org/version/1.1"}',
        b'{"version": 1, "items": []}',
        b"[" * 100_000,
    ],
)
def test_json_that_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        jsonfeed.read(Document(URL, body))
    assert refusal.value.kind == "wrong-shape"
