"""Values of the model inside a piece, which holds JSON values only.

A piece is hashed to tell whether a row changed, so the same advice must always pack to the same values.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from advisoryd.model.ladder import Level, Reason
from advisoryd.model.reading import Piece
from advisoryd.model.record import Area, Region, Section, Stamp
from advisoryd.sources import jsonbody


def pack_stamp(stamp: Stamp | None) -> list[object] | None:
    """``[ISO instant, the issuer's text, day only]``."""
    return [stamp.at.isoformat(), stamp.text, stamp.day] if stamp else None


def stamp(piece: Piece, name: str) -> Stamp | None:
    """The stamp packed at ``name``."""
    match piece.get(name):
        case [str(at), str(text), bool(day)]:
            return Stamp(datetime.fromisoformat(at), text, day)
        case _:
            return None


def pack_sections(sections: Iterable[Section]) -> list[object]:
    """``[[heading, [blocks]], …]``."""
    return [[section.heading, list(section.blocks)] for section in sections]


def sections(piece: Piece, name: str = "sections") -> tuple[Section, ...]:
    """The sections packed at ``name``."""
    packed = piece.get(name)
    return tuple(Section(heading, tuple(blocks)) for heading, blocks in packed) if isinstance(packed, list) else ()


def pack_regions(regions: Iterable[Region]) -> list[object]:
    """``[[name, level, kind, code], …]``."""
    return [[region.name, region.level, region.kind.value, region.code] for region in regions]


def regions(piece: Piece, name: str = "regions") -> tuple[Region, ...]:
    """The regions packed at ``name``."""
    packed = piece.get(name)
    if not isinstance(packed, list):
        return ()
    return tuple(Region(name, Level(level) if level else None, Area(kind), code) for name, level, kind, code in packed)


def level(piece: Piece, name: str = "level") -> Level | None:
    """The level packed at ``name``."""
    number = jsonbody.integer(piece, name)
    return Level(number) if number else None


def reasons(piece: Piece, name: str = "reasons") -> frozenset[Reason]:
    """The reasons packed at ``name`` as their values."""
    return frozenset(map(Reason, jsonbody.words(piece, name)))
