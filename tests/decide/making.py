"""Short ways to make what the deciders look at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from advisoryd import codec
from advisoryd.decide.compare import Around, Reading, decide
from advisoryd.decide.sentences import NO_DIFFERENCE
from advisoryd.model.config import Thresholds
from advisoryd.model.event import Event, Kind
from advisoryd.model.ladder import Level
from advisoryd.model.record import Area, Record, Region, Scope, Section, Stamp
from advisoryd.model.standing import Standing

NOON = datetime(2025, 11, 14, 12, 0, tzinfo=UTC)
LIMITS = Thresholds()
L1, L2, L3, L4 = Level
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def span(text: str) -> timedelta:
    """``"30m"`` as a length of time."""
    found = re.fullmatch(r"(\d+)([smhd])", text)
    assert found, text
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def stamp(day: str) -> Stamp | None:
    """``"2025-11-14"`` as a calendar day, ``"2025-11-14T12:00"`` as an instant, ``""`` as no stamp."""
    return Stamp(datetime.fromisoformat(day).replace(tzinfo=UTC), day, "T" not in day) if day else None


def record(
    place: str = "JP",
    level: int | None = 2,
    *,
    native: str | None = None,
    text: str = "",
    regions: Mapping[str, int] | None = None,
    regional: bool | None = None,
    issued: str = "",
    ends: str = "",
    **more: object,
) -> Record:
    """What an issuer says of a place. Its words for the level are "Level 2" unless they are given; every line of
    ``text`` is a paragraph; ``regions`` are named with their levels."""
    named = tuple(Region(name, Level(step), Area.AREA) for name, step in (regions or {}).items())
    plain: dict[str, object] = {
        "key": place.lower(),
        "issuer": "CN",
        "destination": place,
        "name": place,
        "language": "en",
        "url": f"https://advice.example/{place.lower()}",
        "level": Level(level) if level else None,
        "native_level": (f"Level {level}" if level else "") if native is None else native,
        "scope": Scope(True if named and regional is None else regional, regions=named),
        "sections": (Section("Safety", tuple(text.splitlines())),) if text else (),
        "issued_at": stamp(issued),
        "expires_at": stamp(ends),
    }
    return Record(**(plain | more))


def calm(place: str = "JP", **more: object) -> Record:
    """A place that the issuer lists and gives no advice about."""
    return record(place, 1, native="", **more)


def revision(said: Record) -> str:
    """The store's name for what a record says: dates and the issuer's remark about its edit are left out."""
    says = replace(said, issued_at=None, reviewed_at=None, note="", editorial=False)
    return blake2b(codec.canonical(says), digest_size=12).hexdigest()


def reading(said: Record, **more: object) -> Reading:
    """``said`` as read now."""
    return Reading(said, revision(said), "cn-mfa", **({"gap": NO_DIFFERENCE} | more))


def around(now: datetime = NOON, **more: object) -> Around:
    """A healthy poll of a register that lists every place."""
    return Around(now, LIMITS, **more)


def standing(said: Record, now: datetime = NOON) -> Standing:
    """What stands after ``said`` was read for the first time."""
    return decide(None, reading(said), around(now, new_source=True)).standing


def event(kind: Kind, before: int | None = None, after: int | None = None, **more: object) -> Event:
    """An event about Japan, ready to be routed."""
    plain: dict[str, object] = {
        "id": "e1",
        "kind": kind,
        "issuer": "CN",
        "destination": "JP",
        "source": "cn-mfa",
        "at": NOON,
        "first_seen": NOON,
        "reason": "",
        "level_before": Level(before) if before else None,
        "level_after": Level(after) if after else None,
        "highest_before": Level(before) if before else None,
        "highest_after": Level(after) if after else None,
    }
    return Event(**(plain | more))
