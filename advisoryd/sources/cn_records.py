"""The records of China's consular site: what a notice, or a country's colour grades, mean for each country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advisoryd import places
from advisoryd.model.ladder import Level, Track
from advisoryd.model.reading import Piece
from advisoryd.model.record import Record, Region, Scope
from advisoryd.model.source import Source
from advisoryd.sources import cn_phrases, jsonbody, pieces
from advisoryd.sources.cn_phrases import AVOID_TRAVEL, ISSUER, LANGUAGE, Strength, Target

_COLOURS = {"蓝": Level.NORMAL, "黄": Level.CAUTION, "橙": Level.RECONSIDER, "红": Level.AVOID}
_WHOLE = re.compile(r"$|全(?:国|境|域)|整个")
_REST = re.compile(r"(?:除.*(?:以外|之外|外)的?)?(?:其他|其它|其余)")


def records(key: str, found: Sequence[Piece], source: Source) -> Iterator[Record]:
    """The records of ``key``, joined from the list's row and the notice's page, or from a country's page."""
    joined: dict[str, object] = {}
    for piece in found:
        joined |= piece
    if "grades" in joined:
        yield _graded(key, joined, source)
    elif "title" in joined:
        for target in cn_phrases.targets(jsonbody.raw(joined, "title")):
            yield _advised(key, target, joined, source)


def _advised(key: str, target: Target, notice: Piece, source: Source) -> Record:
    title = jsonbody.raw(notice, "title")
    strength = _strength(title, source)
    level = strength.level if strength else None
    sections = pieces.sections(notice)
    text = " ".join((title, *(block for section in sections for block in section.blocks)))
    return Record(
        key=key,
        issuer=ISSUER,
        destination=target.place,
        name=target.name,
        language=LANGUAGE,
        url=jsonbody.raw(notice, "url"),
        level=min(level, Level.CAUTION) if level and target.areas else level,
        native_level=strength.words if strength else title,
        track=Track.SPECIAL if target.there and level is Level.CAUTION else source.track,
        scope=Scope(True if target.areas else None, regions=target.regions(level)),
        actions=strength.actions if strength else frozenset(),
        reasons=cn_phrases.reasons(text),
        title=title,
        note=cn_phrases.reissue(title),
        sections=sections,
        issued_at=pieces.stamp(notice, "minute") or pieces.stamp(notice, "day"),
        expires_at=pieces.stamp(notice, "until"),
    )


def _strength(title: str, source: Source) -> Strength | None:
    """The title's strength, with the step for 避免前往 that the configuration asks for."""
    found = cn_phrases.strength(title)
    if found and found.words.startswith(AVOID_TRAVEL) and source.options.get("avoid_level") == Level.AVOID:
        return Strength(found.words, Level.AVOID, found.actions)
    return found


def _graded(key: str, page: Piece, source: Source) -> Record:
    grades = page.get("grades")
    steps = [(words, area, _COLOURS.get(words[:1])) for words, area in grades] if isinstance(grades, list) else []
    rest = next(((words, level) for words, area, level in steps if _WHOLE.match(area) or _REST.match(area)), ("", None))
    place = jsonbody.raw(page, "place")
    parts = tuple(
        Region(area, level, code=places.resolve_region(place, area))
        for _, area, level in steps
        if not (_WHOLE.match(area) or _REST.match(area))
    )
    return Record(
        key=key,
        issuer=ISSUER,
        destination=place,
        name=jsonbody.text(page, "name"),
        language=LANGUAGE,
        url=jsonbody.raw(page, "url"),
        level=rest[1],
        native_level=rest[0],
        track=Track.COLOUR,
        scope=Scope(bool(parts), regions=parts),
    )
