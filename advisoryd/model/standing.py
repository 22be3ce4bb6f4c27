"""What stands: the advice an issuer has in force for a destination, as we believe it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from advisoryd.model.ladder import Level
from advisoryd.model.record import Record


class State(StrEnum):
    """Where an advisory is in its life (the state machine of ``docs/decisions.md``)."""

    IN_FORCE = "in-force"
    NO_ADVICE = "no-advice"
    VANISHED = "vanished"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A looser reading that waits for a second one. ``since`` is when it was first read, ``revision`` what it said."""

    record: Record
    revision: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Missing:
    """A row that its healthy register no longer lists: since when, and in how many polls in a row."""

    since: datetime
    polls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The believed state of one (issuer, destination, track).

    ``record`` and ``revision`` are the last believed reading, ``source`` and ``key`` where it comes from,
    ``stale_since`` when its source stopped being healthy, ``dated`` the newest date that the issuer put on the advice.
    """

    issuer: str
    destination: str
    track: str
    source: str
    key: str
    record: Record
    revision: str
    state: State
    first_seen: datetime
    changed_at: datetime
    candidate: Candidate | None = None
    missing: Missing | None = None
    stale_since: datetime | None = None
    dated: datetime | None = None
    warned_expiry: bool = False


class Health(StrEnum):
    """How a source is: it answers and reads well, it fails, it is broken, or it has been silent too long."""

    NEW = "new"
    HEALTHY = "healthy"
    FAILING = "failing"
    BROKEN = "broken"


class DeliveryState(StrEnum):
    """Where a delivery is. ``sending`` is written before the send, so that a crash in flight is known afterwards."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to be sent: one (event, subscription, channel), unique.

    ``next_attempt`` is UTC; ``uncertain`` marks a possible duplicate; ``first_attempt`` is when sending was first
    tried; ``plain`` says that the channel refused the message once and it goes out as short plain text; ``why`` is the
    condition that chose this subscription; ``reference`` the channel's own id of the message. An ``escalation``
    goes out only when nobody has acknowledged the event by then.
    """

    id: int
    event: str
    subscription: str
    channel: str
    state: DeliveryState
    created_at: datetime
    next_attempt: datetime
    attempts: int = 0
    first_attempt: datetime | None = None
    settled_at: datetime | None = None
    last_reason: str = ""
    uncertain: bool = False
    plain: bool = False
    reference: str = ""
    story: str = ""
    why: str = ""
    level: Level | None = None
    escalation: bool = False


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Somebody of a subscription has taken note of an event: when, and by which way."""

    event: str
    subscription: str
    at: datetime
    by: str
