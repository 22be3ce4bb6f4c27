"""The records of Japan's bulletins: what a notice of danger means for each of its countries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from advisoryd import places
from advisoryd.model.ladder import Level, Reason, Track
from advisoryd.model.reading import Piece
from advisoryd.model.record import Area, Record, Region, Scope, Section
from advisoryd.model.source import Source
from advisoryd.sources import decode, jp_levels, jsonbody, pieces
from advisoryd.sources.jp_levels import Block, Step
from advisoryd.sources.jp_pages import DANGER, INFECTION, LANGUAGE, NEWS, OPEN_DATA

_TRACKS = {INFECTION: Track.HEALTH}
_REMARK = re.compile(r"【([^】]*)】(?:（([^）]*)）)?\s*$")
_PART = re.compile(r"一部")
_SAME = re.compile(r"継続|内容の更新|更新")
_MOVED = re.compile(r"引き?上げ|引き?下げ|解除|新規|発出")
_HEADING = re.compile(r"【([^】]+)】")

_REASONS = {
    Reason.ARMED_CONFLICT: r"武力|戦闘|紛争|空爆|ミサイル|軍事|砲撃|武装",
    Reason.TERRORISM: r"テロ",
    Reason.KIDNAPPING: r"誘拐|拉致",
    Reason.CRIME: r"犯罪|強盗|殺人|治安の悪化",
    Reason.UNREST: r"デモ|暴動|クーデター|騒乱|抗議",
    Reason.HEALTH: r"感染症|エボラ|コレラ|ウイルス",
    Reason.NATURAL_HAZARD: r"地震|津波|台風|ハリケーン|噴火|洪水",
}
_REASON_PATTERNS = {reason: re.compile(words) for reason, words in _REASONS.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a notice says of one country. ``step`` is Japan's own level of the country as a whole, 0 for none, ``None``
    when it is not stated; ``areas`` are the parts with a level of their own, ``levels`` those that flags tell of."""

    level: Level | None
    step: int | None = None
    areas: tuple[Step, ...] = ()
    levels: frozenset[Level] = frozenset()

    @property
    def strictest(self) -> int:
        """The step whose words stand for the country: its own, or that of its strictest part."""
        return self.step if self.step is not None else max((area.level for area in self.areas), default=0)


def records(key: str, found: Sequence[Piece], source: Source) -> Iterator[Record]:
    """One record for each country of a bulletin. The RSS knows its minute and its text best, the open data its
    countries and flags; the bulletin is the same whichever of them has let go of it."""
    news = next((piece for piece in reversed(found) if piece.get("feed") == NEWS), None)
    data = next((piece for piece in reversed(found) if piece.get("feed") == OPEN_DATA), None)
    notice = news or data
    if notice is None:
        return
    block = jp_levels.block(jsonbody.raw(notice, "text"))
    if data and not block.steps:
        block = jp_levels.block(jsonbody.raw(data, "text"))
    countries = _countries(data) or _countries(notice)
    known = frozenset(place for _, place in countries if place)
    for name, place in countries:
        reading = _reading(block, _flags(data), place, known - {place})
        if reading.step == 0 and _flags(data) is None and _PART.search(_remark(jsonbody.raw(notice, "title"))):
            reading = Reading(None)  # only a part was lifted, and what the rest has is not stated
        yield _record(key, name, place, reading, notice, block, source)


def standing(key: str, name: str, place: str, page: Piece, source: Source) -> Record:
    """The record of a country's own page: the notices in force there, and the levels that its marks tell of. It has no
    title of its own that would stand for a level it does not state."""
    texts = jsonbody.words(page, "texts")
    block = jp_levels.joined([jp_levels.block(text) for text in texts])
    reading = _reading(block, _flags(page), place, frozenset())
    notice = {**page, "family": DANGER, "title": f"{name}の危険情報", "text": "\n".join(texts)}
    record = _record(key, name, place, reading, notice, block, source)
    return record if record.level is not None else replace(record, native_level="")


def _reading(block: Block, flags: tuple[int, ...] | None, place: str, others: frozenset[str]) -> Reading:
    """The country's level from the level block; from the flags where the block is missing or was cut off."""
    meant = [(step, places.resolve(step.area, LANGUAGE).place if step.area else "") for step in block.steps]
    own = [(step, named) for step, named in meant if not named or named not in others]
    whole = next((step for step, named in own if step.whole or (named and named == place)), None)
    areas = tuple(step for step, _ in own if step is not whole)
    if whole:
        return Reading(_level(whole.level), whole.level, areas)
    advised = any(area.level for area in areas)
    if flags is not None and not (advised and block.complete):
        lowest = min(flags, default=0)
        levels = frozenset(jp_levels.LEVELS[flag] for flag in flags) if len(flags) > 1 else frozenset[Level]()
        return Reading(_level(lowest), lowest, areas, levels)
    if advised:
        return Reading(Level.CAUTION, None, areas)  # parts of a country make the whole of it "take care" at most
    return Reading(Level.NORMAL, 0, areas) if areas else Reading(None)


def _record(key: str, name: str, place: str, reading: Reading, notice: Piece, block: Block, source: Source) -> Record:
    family, title = jsonbody.raw(notice, "family"), jsonbody.raw(notice, "title")
    text = jsonbody.raw(notice, "text")
    return Record(
        key=key,
        issuer=source.issuer,
        destination=place,
        name=name,
        language=LANGUAGE,
        url=jsonbody.raw(notice, "url"),
        level=reading.level,
        native_level=_words(reading, title),
        track=_TRACKS.get(family, source.track),
        scope=_scope(reading, place),
        actions=jp_levels.ACTIONS.get(reading.step or 0, frozenset()),
        reasons=_reasons(text, family),
        title=title,
        note=_remark(title) or "、".join(block.marks),
        editorial=_editorial(title, block),
        sections=tuple(_sections(text)),
        issued_at=pieces.stamp(notice, "issued"),
    )


def _level(step: int) -> Level:
    return jp_levels.LEVELS.get(step, Level.NORMAL)


def _words(reading: Reading, title: str) -> str:
    return title if reading.level is None else jp_levels.WORDS.get(reading.strictest, "")


def _scope(reading: Reading, place: str) -> Scope:
    regions = tuple(
        Region(area.area, _level(area.level), _kind(area.area), places.resolve_region(place, area.area))
        for area in reading.areas
    )
    if reading.level is None:
        return Scope()
    return Scope(bool(regions or reading.levels), reading.levels, regions)


def _kind(area: str) -> Area:
    if re.search(r"国境|境界|停戦ライン", area):
        return Area.STRIP
    return Area.CITY if re.search(r"首都|市$", area) else Area.AREA


def _countries(piece: Piece | None) -> list[tuple[str, str]]:
    packed = piece.get("countries") if piece else None
    return [(str(name), str(place)) for name, place in packed] if isinstance(packed, list) else []


def _flags(piece: Piece | None) -> tuple[int, ...] | None:
    packed = piece.get("flags") if piece else None
    return tuple(packed) if isinstance(packed, list) else None


def _reasons(text: str, family: str) -> frozenset[Reason]:
    stated = {reason for reason, pattern in _REASON_PATTERNS.items() if pattern.search(text)}
    return frozenset(stated | {Reason.HEALTH} if family == INFECTION else stated)


def _remark(title: str) -> str:
    """What the title says about the change, in its brackets at the end."""
    found = _REMARK.search(title)
    return "、".join(filter(None, found.groups())) if found else ""


def _editorial(title: str, block: Block) -> bool:
    """Whether the ministry says that only the text is new: 継続, 内容の更新, and no area that moved."""
    remark = _remark(title)
    moved = _MOVED.search(remark) or any(_MOVED.search(mark) for mark in block.marks)
    return bool(_SAME.search(remark)) and not moved


def _sections(text: str) -> Iterator[Section]:
    """The text by its headings, which stand in 【brackets】."""
    before, *headed = _HEADING.split(text)
    for heading, body in [("", before), *zip(headed[::2], headed[1::2], strict=True)]:
        blocks = tuple(filter(None, map(decode.fold, body.splitlines())))
        if heading or blocks:
            yield Section(heading, blocks)
