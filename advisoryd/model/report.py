"""A report: what somebody other than the issuer says that an issuer advises. It moves no advisory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

from advisoryd.model.ladder import Level, Track

NOTICE = timedelta(days=5)
"""How long after an act it is still reported as new; a notice later than that is another one."""

ECHO = timedelta(days=120)
"""How long reactions and consequences go back to the act that they follow: travel plans are changed for a season."""


class Happening(StrEnum):
    """What a report says has happened to the advice."""

    ISSUED = "issued"
    RAISED = "raised"
    LOWERED = "lowered"
    LIFTED = "lifted"
    FOLLOWUP = "followup"
    CONSEQUENCE = "consequence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One news item's claim about one issuer and one destination.

    ``source`` and ``key`` name the item. ``destination`` is a place id, or ``""`` where the item names many or none;
    ``places`` are all of them. ``copy`` is equal for items that print the same text, so that a wire story counts once.
    ``renewed``: the issuer repeats its advice, as against a reaction to it. ``published`` is the outlet's own instant,
    ``first_seen`` ours; both UTC. ``story`` is the one it belongs to, ``""`` for none.
    """

    source: str
    key: str
    issuer: str
    destination: str
    happening: Happening
    first_seen: datetime
    places: tuple[str, ...] = ()
    track: str = Track.SECURITY
    renewed: bool = False
    level: Level | None = None
    copy: str = ""
    outlet: str = ""
    language: str = ""
    title: str = ""
    url: str = ""
    published: datetime | None = None
    story: str = ""

    @property
    def id(self) -> str:
        """Its identity: the item, and what it claims. An edited headline that claims something else is another."""
        says = (self.source, self.key, self.issuer, self.destination, self.happening)
        return blake2b("\x1f".join(says).encode(), digest_size=10).hexdigest()

    @property
    def at(self) -> datetime:
        """When it was made: outlets re-stamp their items, so the earlier of both instants."""
        return min(self.published or self.first_seen, self.first_seen)

    @property
    def reacts(self) -> bool:
        """Whether it tells of an answer to advice or an effect of it, not of advice."""
        return self.happening is Happening.CONSEQUENCE or (self.happening is Happening.FOLLOWUP and not self.renewed)

    @property
    def eases(self) -> bool:
        """Whether it says that advice was loosened."""
        return self.happening in (Happening.LOWERED, Happening.LIFTED)
