"""What the warnings of Taiwan's Bureau of Consular Affairs mean for one country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from advisoryd import places
from advisoryd.model.ladder import Action, Level, strictest
from advisoryd.model.reading import Piece
from advisoryd.model.record import Area, Record, Region, Scope, Section, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import jsonbody, pieces
from advisoryd.sources.jsonbody import Row
from advisoryd.sources.tw_pages import LANGUAGE

_ACTIONS = {
    Level.CAUTION: frozenset({Action.CAUTION}),
    Level.RECONSIDER: frozenset({Action.AVOID_NON_ESSENTIAL}),
    Level.AVOID: frozenset({Action.LEAVE, Action.AVOID_ALL}),
}
"""The fourth level is named 儘速離境 (leave as soon as possible)."""

_REST = re.compile(r"以外|其他(?:地區|區域)|其餘")
_PART = re.compile(r"、|半島|[省州市縣郡島區]|地區|地帶|[東西南北中]部")
_STRIP = re.compile(r"邊界|邊境|[－—–]")


@dataclass(frozen=True, slots=True)
class _Alert:
    region: str
    level: Level | None
    native: str
    url: str
    updated: Stamp | None
    blocks: tuple[str, ...]
    kind: Area | None
    """``None`` where it is about the whole country."""


def record(key: str, piece: Piece, source: Source) -> Record:
    """The level of the country and of its parts."""
    place = jsonbody.raw(piece, "destination")
    found = [_alert(row, place) for row in jsonbody.entries(piece, "alerts")]
    whole = [one for one in found if one.kind is Area.REST] or [one for one in found if one.kind is None]
    parts = [one for one in found if one.kind is not None]
    level = _level(whole, parts)
    dated = [one.updated for one in found if one.updated]
    names = [one.region for one in found if one.kind is None]
    return Record(
        key=key,
        issuer=source.issuer,
        destination=place,
        name=next(iter(names), jsonbody.raw(piece, "name")),
        language=LANGUAGE,
        url=next((one.url for one in (*whole, *parts)), source.homepage),
        level=level,
        native_level="、".join(dict.fromkeys(one.native for one in whole or parts)),
        scope=_scope(parts, place),
        actions=_ACTIONS.get(level, frozenset()) if level else frozenset(),
        sections=tuple(Section(one.region, one.blocks) for one in found if one.blocks),
        issued_at=max(dated, key=lambda stamp: stamp.at, default=None),
    )


def _alert(row: Row, place: str) -> _Alert:
    region = jsonbody.text(row, "region")
    return _Alert(
        region=region,
        level=pieces.level(row),
        native=jsonbody.text(row, "native"),
        url=jsonbody.raw(row, "url"),
        updated=pieces.stamp(row, "updated"),
        blocks=tuple(jsonbody.words(row, "blocks")),
        kind=_kind(region, place),
    )


def _kind(region: str, place: str) -> Area | None:
    """Which part of the country the words mean: none where they are its name, or name no part of it."""
    if _REST.search(region):
        return Area.REST
    meant = places.resolve(region, LANGUAGE).place
    if meant and meant == place:
        return None
    if _STRIP.search(region):
        return Area.STRIP
    return Area.AREA if meant or _PART.search(region) or _is_inside(region, place) else None


def _is_inside(region: str, place: str) -> bool:
    """Whether the words are a town or a province of the country."""
    named = {mention.kind for mention in places.mentions(region, LANGUAGE)}
    return bool(named & {"city", "capital", "region"}) or bool(place and places.resolve_region(place, region))


def _level(whole: Sequence[_Alert], parts: Sequence[_Alert]) -> Level | None:
    """The level of the row about the country or the rest of it; without one, what all its parts have in common."""
    if whole:
        return None if any(one.level is None for one in whole) else strictest([one.level for one in whole])
    shared = {one.level for one in parts}
    return next(iter(shared)) if len(parts) > 1 and len(shared) == 1 else None


def _scope(parts: Sequence[_Alert], place: str) -> Scope:
    regions = (Region(one.region, one.level, one.kind or Area.AREA, _code(place, one)) for one in parts)
    inside = [one.level for one in parts if one.kind is not Area.REST]
    return Scope(bool(inside), frozenset(filter(None, inside)), tuple(regions))


def _code(place: str, alert: _Alert) -> str:
    return places.resolve_region(place, alert.region) if place else ""
