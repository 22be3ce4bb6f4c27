"""Notices that stand beside each other: several about one country, or one about several, as an advisory for each place.

Health notices and hazard events come one for each disease or event. What is in force for a place is the strictest of
those that name it; a list of them is a register of the places that have any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisoryd import places
from advisoryd.model.ladder import Level, Reason, strictest
from advisoryd.model.reading import Finding, FindingKind, Piece
from advisoryd.model.record import Record, Section, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import jsonbody, pieces
from advisoryd.sources.checks import unknown_level


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. ``key`` lasts as long as it does, ``where`` are the issuer's words for its places, ``places`` their
    ids, none when nobody knows them. ``words`` is its level in the issuer's words."""

    key: str
    where: str
    places: tuple[str, ...]
    words: str
    level: Level | None
    title: str
    text: str
    url: str
    issued: Stamp | None = None


def named(where: str) -> tuple[str, ...]:
    """The places in ``where``, each by itself: "Kenya and Uganda" are two, "Trinidad and Tobago" is one."""
    found = places.resolve(where, "en").place
    return places.members(found) if found else ()


def gather(found: Sequence[Notice]) -> tuple[dict[str, Piece], list[Finding]]:
    """The notices of every place, those of an unknown one under their own key, and what is odd about them."""
    kept = _each_once(found)
    keys = dict.fromkeys(key for notice in kept for key in notice.places or (notice.key,))
    listing = {key: _piece(key, [notice for notice in kept if key in (notice.places or (notice.key,))]) for key in keys}
    return listing, list(_findings(found))


def record(key: str, piece: Piece, source: Source, reason: Reason) -> Record:
    """What stands for a place: the strictest of its notices, with the words of all."""
    stand = _notices(piece)
    level = _strictest([notice.level for notice in stand])
    chief = next(notice for notice in stand if notice.level == level)
    dated = [notice.issued for notice in stand if notice.issued]
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.raw(piece, "destination"),
        name=jsonbody.raw(piece, "name"),
        language=source.language,
        url=chief.url or source.homepage,
        level=level,
        native_level=chief.words,
        track=source.track,
        reasons=frozenset({reason}),
        title=chief.title,
        sections=tuple(Section(notice.title, (notice.text,) if notice.text else ()) for notice in stand),
        issued_at=max(dated, key=lambda stamp: stamp.at, default=None),
    )


def _strictest(levels: Sequence[Level | None]) -> Level | None:
    """The strictest level; unknown where one that cannot be graded may be stricter than all that can."""
    return strictest(tuple(levels)) if Level.AVOID in levels or None not in levels else None


def _each_once(found: Sequence[Notice]) -> list[Notice]:
    """The notices in the order of their keys; of two with one key the stricter."""
    ranked = sorted(found, key=lambda notice: (notice.key, notice.level or 0))
    return list({notice.key: notice for notice in ranked}.values())


def _piece(key: str, notices: Sequence[Notice]) -> Piece:
    placed = bool(notices[0].places)
    return {
        "name": places.display_name(key, "en") if placed else notices[0].where,
        "destination": key if placed else "",
        "notices": [_pack(notice) for notice in notices],
    }


def _pack(notice: Notice) -> list[object]:
    issued = pieces.pack_stamp(notice.issued)
    return [notice.key, notice.words, notice.level, notice.title, notice.text, notice.url, issued]


def _notices(piece: Piece) -> list[Notice]:
    packed = piece.get("notices")
    return [
        Notice(key, "", (), words, Level(level) if level else None, title, text, url, pieces.stamp({"": issued}, ""))
        for key, words, level, title, text, url, issued in (packed if isinstance(packed, list) else [])
    ]


def _findings(found: Sequence[Notice]) -> Iterator[Finding]:
    for notice in found:
        if notice.level is None:
            for key in notice.places or (notice.key,):
                yield unknown_level(key, notice.title, notice.words)
    for key, times in Counter(notice.key for notice in found).items():
        if times > 1:
            yield Finding(FindingKind.DUPLICATE, f"{key} is listed {times} times; the strictest counts.", (key,))
