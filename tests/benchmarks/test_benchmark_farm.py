"""The farm that the benchmarks poll: well-formed feeds, conditional answers, and changes that can be counted."""

from __future__ import annotations

import json

import pytest

from advisoryd.sources import xmlfeed
from benchmarks.farm import Connection, Farm, Site
from benchmarks.measure import farm


def titles(served: Farm, number: int) -> list[str]:
    return [entry.title for entry in xmlfeed.parse(served.feeds[number].body, "https://feed.example/").entries]


@pytest.mark.parametrize("number", [0, 1], ids=["RSS", "Atom"])
def test_a_feed_is_read_whole(number: int) -> None:
    served = Farm(2, 5)
    assert len(titles(served, number)) == len(set(titles(served, number))) == 5


def test_the_same_arguments_serve_the_same_entries() -> None:
    assert [titles(Farm(2, 5, seed=3), number) for number in (0, 1)] == [titles(Farm(2, 5, seed=3), n) for n in (0, 1)]


def test_half_of_what_is_published_is_new_and_half_edited() -> None:
    served = Farm(40, 5)
    before = [titles(served, number) for number in range(40)]
    assert served.publish(0.25) == {"new": 5, "edited": 5}
    after = [titles(served, number) for number in range(40)]
    came = [set(new) - set(old) for old, new in zip(before, after, strict=True)]
    assert sorted(map(len, came)) == [0] * 30 + [1] * 10
    assert sum("edition 1" in title for one in came for title in one) == 5


def test_an_unchanged_feed_is_answered_with_304_until_it_changes() -> None:
    site = Site(Farm(1, 3))
    first = site.answer("/feed/0.xml", "")
    assert (first.status, site.answer("/feed/0.xml", first.etag).status) == (200, 304)
    assert json.loads(site.answer("/publish?share=1", "").body) == {"new": 0, "edited": 1}
    assert site.answer("/feed/0.xml", first.etag).status == 200
    assert site.answer("/feed/7.xml", "").status == 404
    assert dict(site.statuses) == {200: 2, 304: 1, 404: 1}


class Wire:
    """What is written to a connection."""

    def __init__(self) -> None:
        self.sent = b""

    def write(self, data: bytes) -> None:
        self.sent += data


def test_requests_that_come_in_pieces_or_together_are_all_answered() -> None:
    connection, wire = Connection(Site(Farm(1, 1))), Wire()
    connection._transport = wire  # type: ignore[assignment]
    request = b"GET /feed/0.xml HTTP/1.1\r\nHost: x\r\n\r\n"
    for piece in (request[:9], request[9:] + request):
        connection.data_received(piece)
    assert wire.sent.count(b"HTTP/1.1 200 ") == 2


def test_a_running_farm_is_asked_over_the_network() -> None:
    with farm(4, 2) as running:
        assert running.urls(2) == [f"{running.url}/feed/0.xml", f"{running.url}/feed/1.xml"]
        assert running.ask("/publish?share=1") == {"new": 2, "edited": 2}
        assert running.statuses() == {}
