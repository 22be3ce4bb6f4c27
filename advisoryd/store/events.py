"""Events and the stories they belong to: added once, never changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from advisoryd.decide.stories import Story, matter
from advisoryd.model.event import Event, Kind, event_id, identified
from advisoryd.store.among import AnyRow
from advisoryd.store.bodies import pack, unpack
from advisoryd.store.engine import Tx
from advisoryd.store.schema import events, stories
from advisoryd.store.upsert import upsert


def identify(tx: Tx, event: Event) -> Event:
    """``event`` with its id, which counts how often the very same was said before."""
    turn = tx.execute(select(func.count()).where(events.c.says == event_id(event, 0))).scalar_one()
    return identified(event, turn)


def add(tx: Tx, event: Event) -> None:
    """Keep an event that has its id and its story."""
    row = {
        "id": event.id,
        "says": event_id(event, 0),
        "kind": event.kind,
        "issuer": event.issuer,
        "destination": event.destination,
        "places": " ".join(("", *event.places, "")) if event.places else "",
        "story": event.story,
        "at": event.at,
        "body": pack(event),
    }
    tx.execute(events.insert(), [row])


def get(tx: Tx, name: str) -> Event | None:
    """The event whose id is, or uniquely begins with, ``name``."""
    whole = list(tx.execute(select(events).where(events.c.id == name)))
    begins = select(events).where(events.c.id.startswith(name, autoescape=True)).limit(2)
    found = whole or list(tx.execute(begins))
    return _event(found[0]) if len(found) == 1 else None


def listed(
    tx: Tx,
    *,
    since: datetime | None = None,
    kinds: Collection[Kind] = (),
    destinations: Collection[str] = (),
    issuers: Collection[str] = (),
    limit: int | None = 50,
) -> list[Event]:
    """Events in the order they were recorded; with a ``limit`` the newest of them."""
    query = select(events).order_by(events.c.seq.desc())
    if since is not None:
        query = query.where(events.c.at >= since)
    if kinds:
        query = query.where(events.c.kind.in_(list(kinds)))
    if destinations:
        query = query.where(or_(*(_concerns(place) for place in destinations)))
    if issuers:
        query = query.where(events.c.issuer.in_(list(issuers)))
    if limit is not None:
        query = query.limit(limit)
    return [_event(row) for row in tx.execute(query)][::-1]


def _concerns(place: str) -> ColumnElement[bool]:
    named = events.c.places.contains(f" {place} ", autoescape=True)
    return or_(events.c.destination == place, and_(events.c.destination == "", named))


def of_story(tx: Tx, story: str) -> list[Event]:
    """The events of a story, oldest first."""
    return [_event(row) for row in tx.execute(select(events).where(events.c.story == story).order_by(events.c.seq))]


def _event(row: AnyRow) -> Event:
    return unpack(row.body, Event)


def latest_story(
    tx: Tx, issuer: str, destination: str, *, track: str = "", matter: str = "", confirmed: bool = True
) -> Story | None:
    """The newest story of a pair, open or closed: of a track, or about a matter; of the confirmed ones, or of those
    that rest on reports."""
    about = stories.c.track == track if track else stories.c.matter == matter
    query = (
        select(stories)
        .where(stories.c.issuer == issuer, stories.c.destination == destination, about)
        .where(stories.c.confirmed.is_(confirmed))
        .order_by(stories.c.last_at.desc(), stories.c.opened_at.desc(), stories.c.closed, stories.c.id)
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else _story(row)


def unconfirmed(tx: Tx) -> list[Story]:
    """The open stories that rest on reports, the oldest first."""
    query = select(stories).where(stories.c.confirmed.is_(False), stories.c.closed.is_(False))
    return [_story(row) for row in tx.execute(query.order_by(stories.c.opened_at, stories.c.id))]


def save_story(tx: Tx, story: Story) -> None:
    """Write a story."""
    row = {
        "id": story.id,
        "issuer": story.issuer,
        "destination": story.destination,
        "track": story.track,
        "matter": matter(story.track),
        "opened_at": story.opened_at,
        "last_at": story.last_at,
        "parent": story.parent,
        "closed": story.closed,
        "confirmed": story.confirmed,
        "level_before": story.level_before,
        "eased": story.eased,
    }
    upsert(tx, stories, [row])


def _story(row: AnyRow) -> Story:
    return Story(
        id=row.id,
        issuer=row.issuer,
        destination=row.destination,
        track=row.track,
        opened_at=row.opened_at,
        last_at=row.last_at,
        parent=row.parent,
        closed=row.closed,
        confirmed=row.confirmed,
        level_before=row.level_before,
        eased=row.eased,
    )
