"""When servers are asked again, and what counts as seen before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from advisoryd.model.event import Kind
from advisoryd.model.outcome import Trouble
from advisoryd.model.reading import Contract, Document, Parsed, Piece, Request, Shape
from advisoryd.model.record import Item, Record
from advisoryd.model.source import Source
from advisoryd.service.ask import Failure, patience
from advisoryd.service.read import PAGE_WAIT, page_wait
from advisoryd.service.rounds import Rounds
from advisoryd.store.engine import Store
from advisoryd.store.states import DocumentState
from advisoryd.store.steady import due

from .conftest import Play, playing
from .world import START, Server, config, later, register

CONTRACT = Contract(shape=Shape.STREAM, min_rows=0)
FEED = "https://feed.example/rss.xml"
RSS = '<rss version="2.0"><channel><title>N</title>{ttl}{items}</channel></rss>'


def feed(**changes: object) -> Source:
    """A ministry's bulletins as a feed."""
    source = Source(
        id="r0", issuer="NZ", name="NZ", reader="feed", every=timedelta(minutes=15), spacing=0.0, options={"url": FEED}
    )
    return replace(source, **changes)  # type: ignore[arg-type]


def next_poll(store: Store) -> datetime:
    with store.plain() as plain:
        return due(plain)["r0"].next_poll


@pytest.mark.parametrize(
    ("ttl", "minutes"), [("", 15), ("<ttl>5</ttl>", 15), ("<ttl>40</ttl>", 40), ("<ttl>1440</ttl>", 60)]
)
def test_a_feed_is_left_alone_as_long_as_it_asks_for_within_an_hour(tmp_path: Path, ttl: str, minutes: int) -> None:
    entry = "<item><title>Flooding in Peru</title><link>https://a.example/1</link></item>"
    with playing(tmp_path, config(tmp_path, [feed()]), Server()) as play:
        play.server.bodies[FEED] = RSS.format(ttl=ttl, items=entry).encode()
        for poll in (0, 2):
            play.poll(later(hours=poll))
            assert next_poll(play.house.store) == later(hours=poll, minutes=minutes)
        assert play.polled[0].unchanged


def test_the_longer_of_the_servers_and_the_documents_wishes_counts() -> None:
    assert [patience(*spans) for spans in ((None, None), (60.0, None), (None, 90), (60.0, 90), (0.0, None))] == [
        None,
        60.0,
        90,
        90,
        0.0,
    ]


@pytest.mark.parametrize(
    ("age", "payload", "wait"),
    [
        (timedelta(), "", PAGE_WAIT),
        (timedelta(days=2), "", timedelta(days=1)),
        (timedelta(days=60), "", timedelta(days=5)),
        (timedelta(days=60), "held", PAGE_WAIT),
    ],
)
def test_a_page_that_never_came_is_asked_for_ever_more_rarely(age: timedelta, payload: str, wait: timedelta) -> None:
    source = feed(detail_every=timedelta(days=5))
    page = DocumentState(source="r0", url="https://a.example/1", follow=True, since=START - age, payload=payload)
    failure = Failure(page.url, Trouble.NOT_FOUND, "", follow=True)
    assert page_wait(source, page, START, failure) == wait


@dataclass
class Growing:
    """A reader whose list of endpoints grows; each brings one entry."""

    urls: list[str] = field(default_factory=list)
    contract: Contract = CONTRACT
    version: int = 1

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        return tuple(map(Request, self.urls))

    def parse(self, document: Document) -> Parsed:
        keys = document.body.decode().split()
        return Parsed(items=tuple(Item(key=key, title=f"Flooding in Peru {key}", language="en") for key in keys))

    def records(self, key: str, pieces: Sequence[Piece]) -> Sequence[Record]:
        return ()


def test_what_a_new_list_of_a_known_source_brings_is_a_first_sight(tmp_path: Path) -> None:
    reader = Growing(["https://a.example/1"])
    with playing(tmp_path, config(tmp_path, [register()]), Server()) as play:
        play.rounds = Rounds(play.house.config, play.house.store, play.house.poller(play.server, lambda _: reader))
        play.server.bodies["https://a.example/1"] = b"one"
        assert play.poll(START) == []
        reader.urls.append("https://a.example/2")
        play.server.bodies["https://a.example/2"] = b"two three"
        assert play.poll(later(hours=1)) == []
        play.server.bodies["https://a.example/2"] = b"two three four"
        assert told(play, 2) == [(Kind.BULLETIN, "Flooding in Peru four")]


def told(play: Play, hours: int) -> list[tuple[Kind, str]]:
    return [(event.kind, event.title) for event in play.poll(later(hours=hours))]
