"""An event: a derived, immutable statement that something changed, pointing at the revisions before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

from advisoryd.model.ladder import Grade, Level, Track
from advisoryd.model.record import Stamp


class Kind(StrEnum):
    """What happened. The order of the members is the rank: the first that applies is the headline."""

    RAISED = "raised"
    WIDENED = "widened"
    ISSUED = "issued"
    RESTORED = "restored"
    LOWERED = "lowered"
    NARROWED = "narrowed"
    LIFTED = "lifted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    VANISHED = "vanished"
    AMENDED = "amended"
    REAFFIRMED = "reaffirmed"
    CORRECTED = "corrected"
    BULLETIN = "bulletin"
    FIRST_REPORTED = "first-reported"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    CONSEQUENCE = "consequence"
    EXPIRING = "expiring"
    SWEEP = "sweep"
    RELABELLED = "relabelled"
    SOURCE_DEGRADED = "source-degraded"
    SOURCE_RECOVERED = "source-recovered"
    SOURCE_FINDING = "source-finding"
    CHANNEL_FAILING = "channel-failing"
    CHANNEL_RECOVERED = "channel-recovered"
    BASELINE = "baseline"


UPWARD = frozenset({Kind.RAISED, Kind.WIDENED, Kind.ISSUED})
DOWNWARD = frozenset({Kind.LOWERED, Kind.NARROWED, Kind.LIFTED, Kind.EXPIRED, Kind.WITHDRAWN, Kind.VANISHED})
OPERATOR = frozenset(
    {
        Kind.RELABELLED,
        Kind.SOURCE_DEGRADED,
        Kind.SOURCE_RECOVERED,
        Kind.SOURCE_FINDING,
        Kind.CHANNEL_FAILING,
        Kind.CHANNEL_RECOVERED,
    }
)
REPORTED = frozenset({Kind.FIRST_REPORTED, Kind.CORROBORATED, Kind.DISPUTED, Kind.CONSEQUENCE})


class Facet(StrEnum):
    """One thing that changed inside a revision; the headline kind is their summary."""

    LEVEL = "level"
    SCOPE = "scope"
    REGION_ADDED = "region-added"
    REGION_REMOVED = "region-removed"
    REGION_LEVEL = "region-level"
    ACTION_ADDED = "action-added"
    ACTION_REMOVED = "action-removed"
    REASON_ADDED = "reason-added"
    REASON_REMOVED = "reason-removed"
    EXPIRY = "expiry"
    NAME = "name"
    DATE = "date"
    SECTION_ADDED = "section-added"
    SECTION_REMOVED = "section-removed"
    TEXT = "text"
    UNUSUAL = "unusual"


@dataclass(frozen=True, slots=True)
class Change:
    """One facet with its old and new value, in the issuer's words or in values of the ladder."""

    facet: Facet
    old: str = ""
    new: str = ""


class Texture(StrEnum):
    """What class of text change an amendment is, decided from structure.

    ``date``: only a review date moved; ``wording``: sentences were edited; ``boilerplate``: the same sentences changed
    on many pages of the issuer; ``substance``: a section, region, reason or recommendation about a hazard changed.
    """

    DATE = "date"
    WORDING = "wording"
    BOILERPLATE = "boilerplate"
    SUBSTANCE = "substance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A statement that can be routed.

    ``id`` hashes what the event says (see :func:`event_id`). ``destination`` is a place id; ``""`` when the event
    concerns no single place or the place cannot be told; ``places`` are all destinations of an event that concerns
    several. ``before`` and ``after`` are revision ids (or, for bulletins and reports, ``after`` is the item's key).
    ``first_seen`` is when the change was first read, ``at`` when it was believed and recorded. ``reason`` names the
    rule that decided.
    """

    id: str
    kind: Kind
    issuer: str
    destination: str
    source: str
    at: datetime
    first_seen: datetime
    reason: str
    track: str = Track.SECURITY
    name: str = ""
    places: tuple[str, ...] = ()
    level_before: Level | None = None
    level_after: Level | None = None
    highest_before: Level | None = None
    highest_after: Level | None = None
    native_before: str = ""
    native_after: str = ""
    changes: tuple[Change, ...] = ()
    texture: Texture | None = None
    before: str = ""
    after: str = ""
    grade: Grade = Grade.OFFICIAL
    story: str = ""
    title: str = ""
    summary: str = ""
    url: str = ""
    language: str = "en"
    issued_at: Stamp | None = None

    @property
    def upward(self) -> bool:
        """Whether the event makes the advice stricter."""
        return self.kind in UPWARD

    @property
    def downward(self) -> bool:
        """Whether the event makes the advice looser, or its absence could be read so."""
        return self.kind in DOWNWARD


def event_id(event: Event, turn: int) -> str:
    """The id of ``event``: a hash of what it says, equal on replay, after a restart and on a second node.

    ``turn`` counts earlier events that say the very same thing about the same pair (a level that goes up, down and up
    again through the same two texts), so that the second raise is a second event.
    """
    operator = event.source if event.kind in OPERATOR else ""
    says = (event.issuer, event.destination, event.track, operator, event.kind, event.before, event.after, str(turn))
    return blake2b("\x1f".join(says).encode(), digest_size=10).hexdigest()


def identified(event: Event, turn: int) -> Event:
    """``event`` with its id filled in."""
    return replace(event, id=event_id(event, turn))
