"""What a page or row advises, on the way from a reader to a record: shared by readers that differ in parsing only.

A reader says what it found as :class:`Advice`; the piece and the record follow from it without anything added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import Finding, FindingKind, Piece
from advisoryd.model.record import Record, Region, Scope, Section, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import jsonbody, pieces
from advisoryd.sources.checks import unknown_field, unknown_level


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The advice on one destination. The fields mean what those of :class:`~advisoryd.model.record.Record` do."""

    name: str
    place: str
    url: str
    level: Level | None = None
    native: str = ""
    regional: bool | None = None
    levels: frozenset[Level] = frozenset()
    regions: tuple[Region, ...] = ()
    actions: frozenset[Action] = frozenset()
    title: str = ""
    note: str = ""
    editorial: bool = False
    sections: tuple[Section, ...] = ()
    issued: Stamp | None = None
    reviewed: Stamp | None = None


def pack(advice: Advice) -> dict[str, object]:
    """The advice as a piece."""
    return {
        "name": advice.name,
        "destination": advice.place,
        "url": advice.url,
        "level": advice.level,
        "native": advice.native,
        "regional": advice.regional,
        "levels": sorted(advice.levels),
        "regions": pieces.pack_regions(advice.regions),
        "actions": sorted(advice.actions),
        "title": advice.title,
        "note": advice.note,
        "editorial": advice.editorial,
        "issued": pieces.pack_stamp(advice.issued),
        "reviewed": pieces.pack_stamp(advice.reviewed),
        "sections": pieces.pack_sections(advice.sections),
    }


def record(key: str, piece: Piece, source: Source) -> Record:
    """The record that a packed advice stands for."""
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.raw(piece, "destination"),
        name=jsonbody.raw(piece, "name"),
        language=source.language,
        url=jsonbody.raw(piece, "url"),
        level=pieces.level(piece),
        native_level=jsonbody.raw(piece, "native"),
        track=source.track,
        scope=Scope(jsonbody.flag(piece, "regional"), _levels(piece), pieces.regions(piece)),
        actions=frozenset(map(Action, jsonbody.words(piece, "actions"))),
        title=jsonbody.raw(piece, "title") or jsonbody.raw(piece, "name"),
        note=jsonbody.raw(piece, "note"),
        editorial=piece.get("editorial") is True,
        sections=pieces.sections(piece),
        issued_at=pieces.stamp(piece, "issued"),
        reviewed_at=pieces.stamp(piece, "reviewed"),
    )


def gather(found: Iterable[tuple[str, Piece]]) -> tuple[dict[str, Piece], list[Finding]]:
    """The pieces by key, and a finding for each key that came twice, of which the :func:`newer` piece is kept."""
    listing: dict[str, Piece] = {}
    doubled: list[Finding] = []
    for key, piece in found:
        if key in listing:
            detail = f"{jsonbody.raw(piece, 'name')} is listed twice; the newer row is kept."
            doubled.append(Finding(FindingKind.DUPLICATE, detail, (key,)))
        listing[key] = newer(listing[key], piece) if key in listing else piece
    return listing, doubled


def newer(one: Piece, two: Piece) -> Piece:
    """The piece with the later date; of two from one day the stricter, and the first of two that are alike."""
    return two if _rank(two) > _rank(one) else one


def doubts(listing: Mapping[str, Piece], field: str) -> Iterator[Finding]:
    """A finding for every level that cannot be read. ``field`` is where the issuer states it."""
    for key, piece in listing.items():
        name, native = jsonbody.raw(piece, "name"), jsonbody.raw(piece, "native")
        if piece.get("level") is None:
            yield unknown_level(key, name, native) if native else unknown_field(key, name, field)


def _levels(piece: Piece) -> frozenset[Level]:
    packed = piece.get("levels")
    return frozenset(Level(step) for step in packed) if isinstance(packed, list) else frozenset()


def _rank(piece: Piece) -> tuple[float, int]:
    issued = pieces.stamp(piece, "issued")
    return issued.at.timestamp() if issued else 0.0, jsonbody.integer(piece, "level") or 0
