"""What Korea's alarms and special advisories mean for one country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advisoryd import places
from advisoryd.model.ladder import Action, Level, Track
from advisoryd.model.reading import Piece
from advisoryd.model.record import Area, Record, Region, Scope, Section, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import dates, jsonbody, kr_levels, pieces
from advisoryd.sources.kr_levels import Alarm
from advisoryd.sources.kr_service import LANGUAGE, SPECIAL_KEY, ZONE
from advisoryd.sources.kr_site import page_url

_END = re.compile(
    r"~\s*(\d{4})[.\-/]\s*(\d{1,2})[.\-/]\s*(\d{1,2})"
    r"|(\d{4})(?:년|[.\-/])\s*(\d{1,2})(?:월|[.\-/])\s*(\d{1,2})[일.]?\s*까지"
)


def records(key: str, found: Sequence[Piece], source: Source, keyed: bool) -> Iterator[Record]:
    """The record of a country's alarms, or of its special advisory, from the service, the list and the page.

    Without a key the page tells where the alarms of the list hold, so nothing is said before it is read.
    """
    told = _told(found)
    unread = bool(told.get("badges")) and "zones" not in told
    if not told or (unread and not keyed):
        return
    if told.get("badges") and not told.get("zones"):
        yield _badged(key, told, source)
    elif key.endswith(SPECIAL_KEY):
        yield _special(key, told, source)
    else:
        yield _alarmed(key, told, source)


def _told(found: Sequence[Piece]) -> Piece:
    """What is known best: by the service where it has anything, by the page that the list names, by the list."""
    service = next((piece for piece in found if piece["part"] == "service"), None)
    if service and (service.get("alarms") or service.get("special")):
        return service
    listed = next((piece for piece in found if piece["part"] == "list"), None)
    if listed is None:
        return service or {}
    pages = (piece for piece in found if piece["part"] == "page" and piece["number"] == listed["number"])
    return {**next(pages, {}), **listed}


def _alarms(piece: Piece) -> list[Alarm]:
    country = jsonbody.text(piece, "name")
    listed, zones = piece.get("alarms"), piece.get("zones")
    if isinstance(listed, list):
        return [kr_levels.numbered(number, scope, area, country) for number, scope, area in listed]
    return [kr_levels.worded(words, area, country) for words, area in zones] if isinstance(zones, list) else []


def _alarmed(key: str, piece: Piece, source: Source) -> Record:
    alarms = _alarms(piece)
    national = _national(alarms)
    parts = [alarm for alarm in alarms if alarm.kind is not None]
    level = national.level if national else _capped(parts)
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.raw(piece, "destination"),
        name=jsonbody.text(piece, "name"),
        language=LANGUAGE,
        url=_url(piece, source),
        level=level,
        native_level=national.words if national else ", ".join(dict.fromkeys(alarm.words for alarm in parts)),
        track=source.track,
        scope=_scope(parts, jsonbody.raw(piece, "destination")),
        actions=kr_levels.ACTIONS.get((national.step if national else None) or 0, frozenset()),
        sections=tuple(Section(alarm.words, (alarm.area,)) for alarm in alarms if alarm.area),
        issued_at=pieces.stamp(piece, "written"),
    )


def _national(alarms: Sequence[Alarm]) -> Alarm | None:
    """The alarm for the whole country, the loosest where there are several, else the one for the rest of it."""
    whole = [alarm for alarm in alarms if alarm.kind is None] or [alarm for alarm in alarms if alarm.kind is Area.REST]
    return min(whole, key=lambda alarm: (alarm.step is not None, alarm.step or 0), default=None)


def _capped(parts: Sequence[Alarm]) -> Level | None:
    """Alarms for parts of a country make the whole of it "take care"; none at all is Korea's ordinary case."""
    if not parts:
        return Level.NORMAL
    return Level.CAUTION if all(alarm.step for alarm in parts) else None


def _scope(parts: Sequence[Alarm], place: str) -> Scope:
    inside = [alarm for alarm in parts if alarm.kind is not Area.REST]
    levels = frozenset(alarm.level for alarm in inside if alarm.level)
    return Scope(bool(inside), levels, tuple(_region(alarm, place) for alarm in parts))


def _region(alarm: Alarm, place: str) -> Region:
    code = places.resolve_region(place, alarm.area) if place else ""
    return Region(alarm.area, alarm.level, alarm.kind or Area.AREA, code)


def _badged(key: str, piece: Piece, source: Source) -> Record:
    """A country with badges of which nothing else tells where they hold: levels for some part of it. A page that was
    read and names no alarm stands against them, and leaves the level unknown."""
    special = key.endswith(SPECIAL_KEY)
    steps = [int(badge[-1]) for badge in jsonbody.words(piece, "badges")]
    words = [kr_levels.SPECIAL] if special else [kr_levels.WORDS.get(step, str(step)) for step in steps]
    inside = [kr_levels.SPECIAL_LEVEL] if special else [kr_levels.LEVELS.get(step) for step in steps]
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.raw(piece, "destination"),
        name=jsonbody.text(piece, "name"),
        language=LANGUAGE,
        url=_url(piece, source),
        level=None if "zones" in piece or None in inside else Level.CAUTION,
        native_level=", ".join(words),
        track=Track.SPECIAL if special else source.track,
        scope=Scope(levels=frozenset(filter(None, inside))),
    )


def _special(key: str, piece: Piece, source: Source) -> Record:
    told = _advised(piece)
    at_once = any(words == kr_levels.AT_ONCE for words, _, _ in told)
    whole = [area for _, area, kind in told if kind in (None, Area.REST)]
    level = Level.AVOID if at_once else kr_levels.SPECIAL_LEVEL
    active = bool(told)
    regions = tuple(Region(area, level, kind) for _, area, kind in told if kind is not None)
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.raw(piece, "destination"),
        name=jsonbody.text(piece, "name"),
        language=LANGUAGE,
        url=_url(piece, source),
        level=Level.NORMAL if not active else level if whole else Level.CAUTION,
        native_level=", ".join(dict.fromkeys(words for words, _, _ in told)),
        track=Track.SPECIAL,
        scope=Scope(any(region.kind is not Area.REST for region in regions), regions=regions),
        actions=_special_actions(at_once) if whole else frozenset(),
        sections=tuple(Section(words, (area,)) for words, area, _ in told if area),
        issued_at=pieces.stamp(piece, "written"),
        expires_at=_end(" ".join(area for _, area, _ in told)),
    )


def _advised(piece: Piece) -> list[tuple[str, str, Area | None]]:
    """The words, the area and its kind of every advisory that the piece tells of."""
    country = jsonbody.text(piece, "name")
    special, zones = piece.get("special"), piece.get("zones")
    if isinstance(special, list):
        words = {"evacuate": kr_levels.SPECIAL, "forbidden": kr_levels.AT_ONCE}
        return [(words[half], area, kr_levels.kind_of(area, country, scope)) for half, scope, area in special]
    return [
        (kr_levels.SPECIAL, area, kr_levels.kind_of(area, country))
        for _, area in (zones if isinstance(zones, list) else [])
    ]


def _special_actions(at_once: bool) -> frozenset[Action]:
    return frozenset({Action.LEAVE, Action.AVOID_ALL} if at_once else {Action.AVOID_NON_ESSENTIAL})


def _end(text: str) -> Stamp | None:
    """The last day, where the advisory states one."""
    found = _END.search(text)
    return dates.day("-".join(filter(None, found.groups())), ZONE) if found else None


def _url(piece: Piece, source: Source) -> str:
    number = jsonbody.raw(piece, "number")
    return page_url(number) if number else source.homepage
