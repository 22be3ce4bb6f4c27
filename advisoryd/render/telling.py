"""What a message is told from: everything it may say, assembled by the service, nothing looked up here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from advisoryd.model.event import Event
from advisoryd.model.ladder import Level
from advisoryd.model.record import Item, Record

LATE_AFTER = timedelta(minutes=15)
"""A message delivered this long after its event was recorded says when it happened. Within it a reader would not act
differently; a quarter of an hour is also the usual time between two polls."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of the advice and the heading it stands under."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Census:
    """What the first sight of a source found: how many destinations, and how many of them at each level.

    ``levels`` counts unknown levels under ``None``.
    """

    destinations: int
    levels: tuple[tuple[Level | None, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Everything one message says about one event, for one recipient.

    ``issuer_name`` is the issuer's own full name, ``attribution`` the line its licence asks for. ``before`` and
    ``after`` are the records of the event's revisions; ``item`` is the bulletin or report. ``earlier`` is the event
    that opened the story for this recipient, so that this message is a follow-up. ``created`` is when the event was
    recorded for delivery and ``now`` when it is sent; both are UTC. ``why`` is the sentence that names the rule by
    which ``subscription`` got the message. ``timeline`` is the story so far, oldest first. ``test``
    marks a message that reports nothing real.
    """

    event: Event
    issuer_name: str = ""
    source_name: str = ""
    attribution: str = ""
    before: Record | None = None
    after: Record | None = None
    item: Item | None = None
    added: tuple[Passage, ...] = ()
    removed: tuple[Passage, ...] = ()
    earlier: Event | None = None
    created: datetime | None = None
    now: datetime | None = None
    possible_duplicate: bool = False
    subscription: str = ""
    why: str = ""
    acknowledge_url: str = ""
    unsubscribe_url: str = ""
    timeline: tuple[Event, ...] = ()
    census: Census | None = None
    test: bool = False

    @property
    def late(self) -> bool:
        """Whether it is sent so long after the event was recorded that the message must say so."""
        return self.created is not None and self.now is not None and self.now - self.created >= LATE_AFTER


class Gathering(StrEnum):
    """Why several events share one message."""

    DIGEST = "digest"
    BURST = "burst"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Several tellings in one message, in any order; the message puts the most serious first."""

    tellings: tuple[Telling, ...]
    gathering: Gathering = Gathering.DIGEST
    subscription: str = ""
    unsubscribe_url: str = ""
    test: bool = False
