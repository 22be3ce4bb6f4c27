"""The common ladder: what is asked, how strictly, and why.

Every issuer has a scale of its own; readers keep its words beside the step of this ladder. The steps follow the
four that Australia, Canada, Ireland and the United States publish; sources that use other words are mapped by
their reader, and what cannot be mapped stays ``None``.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """One step of the common ladder. An unknown level is ``None``, not a member."""

    NORMAL = 1
    CAUTION = 2
    RECONSIDER = 3
    AVOID = 4


class Action(StrEnum):
    """What the advice asks of people, kept apart from the level because some wording is on no ladder."""

    CAUTION = "caution"
    RECONSIDER = "reconsider"
    AVOID_NON_ESSENTIAL = "avoid-non-essential"
    AVOID_ALL = "avoid-all"
    LEAVE = "leave"
    SHELTER = "shelter"
    REGISTER = "register"
    LEGAL_BAN = "legal-ban"


class Reason(StrEnum):
    """Why the advice is given. The list joins the United States' risk letters with what other issuers state."""

    ARMED_CONFLICT = "armed-conflict"
    TERRORISM = "terrorism"
    CRIME = "crime"
    KIDNAPPING = "kidnapping"
    UNREST = "unrest"
    DETENTION = "detention"
    HEALTH = "health"
    NATURAL_HAZARD = "natural-hazard"
    POLITICAL = "political"
    ENTRY_RULES = "entry-rules"
    TRANSPORT = "transport"
    OTHER = "other"


class Track(StrEnum):
    """Parallel ladders of one issuer: exactly one advisory is current per issuer, destination and track."""

    SECURITY = "security"
    HEALTH = "health"
    COLOUR = "colour-grade"
    SPECIAL = "special"
    STUDY = "study"
    TOURISM = "tourism"
    HAZARD = "hazard"


class Grade(StrEnum):
    """Who says so (not how certain the hazard is): event grades A to D, and X for a disputed report."""

    OFFICIAL = "A"
    MISSION = "B"
    CORROBORATED = "C"
    SINGLE = "D"
    DISPUTED = "X"


def strictest(levels: list[Level | None] | tuple[Level | None, ...]) -> Level | None:
    """The highest known level, or ``None`` when none is known."""
    known = [level for level in levels if level is not None]
    return max(known, default=None)
