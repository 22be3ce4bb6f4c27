"""What one source says: standing advice about a destination (a record), or a dated message (an item)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from advisoryd.model.ladder import Action, Level, Reason, Track, strictest


@dataclass(frozen=True, slots=True)
class Stamp:
    """An instant as the issuer gave it.

    ``at`` is UTC; ``text`` the issuer's own string; ``day`` says that only the calendar day is known, so that
    ``at`` is the start of that day in the issuer's zone.
    """

    at: datetime
    text: str = ""
    day: bool = False


class Area(StrEnum):
    """What kind of place inside a destination a region is."""

    AREA = "area"
    STRIP = "strip"
    CITY = "city"
    EXCLUSION = "exclusion"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a destination with a level of its own. ``code`` is ISO 3166-2 where one fits."""

    name: str
    level: Level | None
    kind: Area = Area.AREA
    code: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where inside the destination other levels hold.

    ``regional`` is ``None`` when the source does not say whether there are regional levels, which is not the same
    as ``False``. ``levels`` are the regional steps the issuer states in a structured field, ``regions`` the named
    ones, which may be known only in part.
    """

    regional: bool | None = None
    levels: frozenset[Level] = frozenset()
    regions: tuple[Region, ...] = ()

    @property
    def max_level(self) -> Level | None:
        """The strictest regional level, or ``None`` when it is not known."""
        return strictest((*self.levels, *(region.level for region in self.regions)))


@dataclass(frozen=True, slots=True)
class Section:
    """One headed part of the advice: its heading and its paragraphs or list items, white space folded."""

    heading: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one source says about one destination at one reading.

    ``key`` is the source's own lasting identity of the advisory (content id, ISO code, slug), never a display
    name. ``destination`` is a place id, or ``""`` when the name is not known to :mod:`advisoryd.places`; such a
    record is quarantined. ``native_level`` is the issuer's wording of the level, ``""`` when it gives none.
    ``note`` is the issuer's own remark about its last change, ``editorial`` its claim that nothing material moved.
    """

    key: str
    issuer: str
    destination: str
    name: str
    language: str
    url: str
    level: Level | None
    native_level: str = ""
    track: str = Track.SECURITY
    scope: Scope = Scope()
    actions: frozenset[Action] = frozenset()
    reasons: frozenset[Reason] = frozenset()
    title: str = ""
    note: str = ""
    editorial: bool = False
    sections: tuple[Section, ...] = ()
    issued_at: Stamp | None = None
    reviewed_at: Stamp | None = None
    expires_at: Stamp | None = None

    @property
    def advises(self) -> bool:
        """Whether the issuer gives advice at all: a level in its own words, or anything above normal."""
        return bool(self.native_level) or (self.level is not None and self.level > Level.NORMAL)

    @property
    def highest(self) -> Level | None:
        """The strictest level anywhere in the destination."""
        return strictest((self.level, self.scope.max_level))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a stream (bulletin, feed entry, news item) before anybody decides what it is.

    ``key`` is the entry's identity inside its source. ``destinations`` are place ids, empty when they cannot be
    told. ``outlet`` names the publisher where it is not the source itself (Google News).
    """

    key: str
    title: str
    language: str
    url: str = ""
    summary: str = ""
    published: Stamp | None = None
    destinations: tuple[str, ...] = ()
    outlet: str = ""
    author: str = ""
    expires_at: Stamp | None = None
