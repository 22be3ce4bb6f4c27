"""Health notices, outbreaks and hazards stand beside a ministry's advice and never move it, nor it them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from advisoryd.model.config import Config
from advisoryd.model.event import Event
from advisoryd.model.ladder import Level, Track
from advisoryd.model.standing import Standing
from advisoryd.service.house import House
from advisoryd.service.rounds import Rounds
from advisoryd.store import advisories, sources
from advisoryd.store.engine import open_store

from .worlds.server import WorldServer
from .worlds.stage import NOON, cast_of, hurried, reader_of, said
from .worlds.world import Row, worlds

BESIDE = ("us-state", "cdc-thn", "who-don", "gdacs", "ecdc")
PLACE = "AI"
"""A country in every cast."""


class Desk:
    """A ministry and the sources beside it, polled together."""

    def __init__(self, folder: Path) -> None:
        self.now = NOON
        self.rows = {name: cast_of(worlds()[name])[0] for name in BESIDE}
        config = Config(state_dir=str(folder), sources=tuple(hurried(worlds()[name].source) for name in BESIDE))
        self.server = WorldServer()
        self.house = House(config, open_store("sqlite", folder), chance=lambda: 0.0)
        self.house.register(self.now)
        self.rounds = Rounds(config, self.house.store, self.house.poller(self.server, reader_of))
        self.polls()

    def polls(self) -> list[Event]:
        """Two hours later, all sources once more."""
        self.now += timedelta(hours=2)
        served = [worlds()[name].serve(rows) for name, rows in self.rows.items()]
        self.server.serve({url: found for answers in served for url, found in answers.items()})
        with self.house.store.begin() as tx:
            sources.make_due(tx, self.now)
        return [event for polled in asyncio.run(self.rounds.run(self.now)) for event in polled.events]

    def says(self, name: str, level: Level | None) -> Sequence[Event]:
        """What is told when one of the sources says something new about the country, and the others nothing."""
        fresh = Row(PLACE, level, self.now)
        self.rows[name] = [fresh, *(row for row in self.rows[name] if row.place != PLACE)]
        return self.polls()

    def stands(self) -> dict[str, Standing]:
        """What the United States say of the country, by track."""
        with self.house.store.reading() as tx:
            found = advisories.of_destination(tx, [PLACE])
        return {one.track: one for one in found if one.issuer == "US"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.house.store.close()


def test_one_issuer_stands_on_two_tracks_at_once(desk: Desk) -> None:
    assert set(desk.stands()) == {Track.SECURITY, Track.HEALTH}


def test_a_raise_of_a_health_notice_leaves_the_ministrys_advice_alone(desk: Desk) -> None:
    before = desk.stands()[Track.SECURITY]
    (told,) = desk.says("cdc-thn", Level.AVOID)
    assert (told.source, told.track, said(told)) == ("cdc-thn", Track.HEALTH, f"{PLACE} raised 1→4")
    assert desk.stands()[Track.SECURITY] == before


def test_a_raise_of_the_ministrys_advice_leaves_the_health_notice_alone(desk: Desk) -> None:
    before = desk.stands()[Track.HEALTH]
    (told,) = desk.says("us-state", Level.AVOID)
    assert (told.source, told.track) == ("us-state", Track.SECURITY)
    assert desk.stands()[Track.HEALTH] == before


def test_a_health_notice_that_ends_ends_nothing_else(desk: Desk) -> None:
    before = desk.stands()[Track.SECURITY]
    desk.rows["cdc-thn"] = [row for row in desk.rows["cdc-thn"] if row.place != PLACE]
    told = [event for _ in range(3) for event in desk.polls()]
    assert [(event.track, str(event.kind)) for event in told] == [(Track.HEALTH, "lifted")]
    assert desk.stands()[Track.SECURITY] == before


def test_a_hazard_is_told_on_its_own_track(desk: Desk) -> None:
    before = desk.stands()
    (told,) = desk.says("gdacs", Level.RECONSIDER)
    assert (told.issuer, told.track, told.destination) == ("UN", Track.HAZARD, PLACE)
    assert desk.stands() == before


@pytest.mark.parametrize(("name", "issuer"), [("who-don", "WHO"), ("ecdc", "EU")])
def test_an_outbreak_is_a_bulletin_and_no_advice(desk: Desk, name: str, issuer: str) -> None:
    before = desk.stands()
    desk.rows[name] = [replace(desk.rows[name][0], place=PLACE, date=desk.now), *desk.rows[name]]
    (told,) = desk.polls()
    assert (told.issuer, told.track, str(told.kind), told.level_after) == (issuer, Track.HEALTH, "bulletin", None)
    assert told.destination == PLACE
    assert desk.stands() == before
