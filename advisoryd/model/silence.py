"""A silence: what a person does not want to be told for a while, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from advisoryd.model.event import Kind
from advisoryd.model.ladder import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """Which messages a silence holds back: those that fit every member given; an empty one fits all.

    ``destinations`` are place ids, groups spelt out. ``alarms`` says that even advice which goes up to the strictest
    level is held back.
    """

    issuers: frozenset[str] = frozenset()
    destinations: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    subscriptions: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    min_level: Level | None = None
    max_level: Level | None = None
    alarms: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """A silence with its number. It holds from ``begins`` until ``ends``, both UTC."""

    id: int
    matcher: Matcher
    reason: str
    begins: datetime
    ends: datetime

    @property
    def words(self) -> str:
        """The reason that what it held back carries."""
        return f"silenced ({self.id}): {self.reason}"
