"""Small true-to-life values to store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from advisoryd.model.event import Event, Kind, identified
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Follow, Request
from advisoryd.model.record import Item, Record, Section, Stamp
from advisoryd.model.report import Happening, Report
from advisoryd.model.standing import Delivery, Standing, State
from advisoryd.store import advisories, outbox
from advisoryd.store.advisories import Revision, revision_id
from advisoryd.store.engine import Tx
from advisoryd.store.outbox import Planned

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def record(destination: str = "JP", level: Level | None = Level.CAUTION, **members: Any) -> Record:
    """What the United States might say about a place."""
    base = Record(
        key=destination,
        issuer="US",
        destination=destination,
        name=f"Place {destination}",
        language="en",
        url=f"https://travel.example/{destination}",
        level=level,
        native_level=f"Level {int(level)}" if level else "",
        sections=(Section("Safety", ("Exercise care.",)),),
        issued_at=Stamp(NOON - DAY, "23 November 2026", day=True),
    )
    return replace(base, **members)


def revision(said: Record, **members: Any) -> Revision:
    """That record as it is stored."""
    return replace(Revision(revision_id(said), said, "us-state", ("ab12",), 1, NOON), **members)


def standing(said: Record, **members: Any) -> Standing:
    """That record as what stands."""
    base = Standing(
        issuer=said.issuer,
        destination=said.destination,
        track=said.track,
        source="us-state",
        key=said.key,
        record=said,
        revision=revision_id(said),
        state=State.IN_FORCE,
        first_seen=NOON,
        changed_at=NOON,
    )
    return replace(base, **members)


def stands(tx: Tx, said: Record, **members: Any) -> Standing:
    """Store a record as what stands."""
    advisories.put_revisions(tx, [revision(said)])
    kept = standing(said, **members)
    advisories.save(tx, [kept])
    return kept


def event(kind: Kind = Kind.RAISED, turn: int = 0, **members: Any) -> Event:
    """Something that happened between the United States and Japan, with its id."""
    base = Event(
        id="",
        kind=kind,
        issuer="US",
        destination="JP",
        source="us-state",
        at=NOON,
        first_seen=NOON,
        reason="stricter-first-reading",
        before="r1",
        after="r2",
    )
    return identified(replace(base, **members), turn)


def planned(event: str = "e1", subscription: str = "desk", channel: str = "chat", **members: Any) -> Planned:
    """A delivery that may go out at noon."""
    base = Planned(
        event=event, subscription=subscription, channel=channel, story="s1", why="level 3 of 2", release_at=NOON
    )
    return replace(base, **members)


def plan(tx: Tx, *wanted: Planned) -> list[Delivery]:
    """Plan deliveries at noon; returns all that wait in their channels, oldest first."""
    outbox.plan(tx, wanted, NOON)
    return [one for channel in dict.fromkeys(item.channel for item in wanted) for one in outbox.waiting(tx, channel)]


def item(key: str = "alert-1", **members: Any) -> Item:
    """A notice of an embassy."""
    return replace(Item(key=key, title="Demonstration on Friday", language="en"), **members)


def page(url: str, stamp: str = "", key: str = "JP") -> Follow:
    """A page that an index points at."""
    return Follow(Request(url, "html"), key, stamp)


@contextmanager
def undone(tx: Tx) -> Iterator[None]:
    """A part of a transaction that is taken back at its end."""
    point = tx.begin_nested()
    try:
        yield
    finally:
        point.rollback()


def report(key: str = "item-1", **members: Any) -> Report:
    """What an outlet might say of the United States' advice."""
    base = Report(
        source="bbc-world",
        key=key,
        issuer="US",
        destination="JP",
        happening=Happening.RAISED,
        first_seen=NOON,
        level=Level.RECONSIDER,
        copy="agency:reuters",
        outlet="BBC News",
        language="en",
        title="US tells its citizens to reconsider travel to Japan",
        published=NOON - HOUR,
        story="s1",
    )
    return replace(base, **members)
