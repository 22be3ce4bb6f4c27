"""Which story an event belongs to: one cause, one thread.

A repetition, an amendment or a loosening of advice belongs to the story that brought it, however much later. A new
tightening joins the pair's story while that is warm, and otherwise opens a follow-on that names the earlier one. Two
tracks of one issuer about the same matter share a story, but only the track that opened it can close it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from advisoryd.model.event import UPWARD, Event, Kind
from advisoryd.model.ladder import Level
from advisoryd.model.report import NOTICE

_CONFIRMING = UPWARD | {Kind.REAFFIRMED, Kind.RESTORED}

_REOPENING = (Kind.RESTORED, Kind.CORRECTED)

WARM = timedelta(days=30)
"""A story without an event for so long is over, unless it is only repeated or ended."""

OWN_MATTERS = ("health", "hazard")


@dataclass(frozen=True, slots=True)
class Story:
    """A thread of events and reports about one (issuer, destination). ``track`` is the one that opened it,
    ``level_before`` the level before it began. Until it is ``confirmed`` it stands on media reports alone; ``eased``
    says that these tell of a loosening."""

    id: str
    issuer: str
    destination: str
    track: str
    opened_at: datetime
    last_at: datetime
    parent: str = ""
    closed: bool = False
    confirmed: bool = True
    level_before: Level | None = None
    eased: bool = False


def matter(track: str) -> str:
    """What a track is about. Health and hazard notices have causes of their own; whatever else an issuer says of a
    place (its ministry for students beside the one for everybody) is about one matter."""
    return track if track in OWN_MATTERS else "advice"


def thread(event: Event, own: Story | None, near: Story | None = None, rumour: Story | None = None) -> Story:
    """The story of ``event``: the open one that rests on reports, ``rumour``, if the event confirms it; its own track's
    latest; or else the pair's latest about the same matter, ``near``, while that is open. The event must have its
    id."""
    if rumour is not None and _confirms(event, rumour):
        return replace(
            rumour, last_at=event.at, track=event.track, confirmed=True, closed=False, level_before=event.level_before
        )
    if own is not None and _continues(event, own):
        closed = _ends(event, own) or (own.closed and event.kind not in _REOPENING)
        return replace(own, last_at=event.at, closed=closed)
    if near is not None and near.track != event.track and not near.closed and _continues(event, near):
        return replace(near, last_at=event.at)
    parent = own or near
    return _open(event, parent.id if parent else "")


def _confirms(event: Event, rumour: Story) -> bool:
    """Whether the issuer itself now says what the reports said, be it in a notice that moves no level."""
    if event.at - rumour.opened_at > NOTICE:
        return False
    return event.kind is Kind.BULLETIN or (event.downward if rumour.eased else event.kind in _CONFIRMING)


def _ends(event: Event, latest: Story) -> bool:
    """Whether the advice has ended, or is back at the level before the story or below it."""
    if event.kind is not Kind.LOWERED or latest.level_before is None or event.level_after is None:
        return event.kind in (Kind.LIFTED, Kind.EXPIRED)
    return event.level_after <= latest.level_before


def _continues(event: Event, latest: Story) -> bool:
    if event.upward:
        return not latest.closed and event.at - latest.last_at <= WARM
    if event.kind is Kind.BULLETIN:
        return event.at - latest.last_at <= timedelta(days=7)
    return True


def _open(event: Event, parent: str) -> Story:
    return Story(
        id=f"s{event.id}",
        issuer=event.issuer,
        destination=event.destination,
        track=event.track,
        opened_at=event.at,
        last_at=event.at,
        parent=parent,
        level_before=event.level_before,
    )
