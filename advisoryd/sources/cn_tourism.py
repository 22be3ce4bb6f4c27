"""The travel tips of China's Ministry of Culture and Tourism, as pieces, items and records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import Document, Finding, FindingKind, Parsed, Piece, Unreadable
from advisoryd.model.record import Item, Record, Scope
from advisoryd.model.source import Source
from advisoryd.sources import cn_lists, cn_phrases, jsonbody, pieces
from advisoryd.sources.cn_lists import Row
from advisoryd.sources.cn_phrases import LANGUAGE, Strength, Target

WORLD = "WORLD"
_LINK = re.compile(r"t\d{8}_\d+\.s?html?")
_NOWHERE = re.compile(r"非必要不[^，。]{0,4}(?:出境|出国)")
_NO_GROUPS = re.compile(r"暂停[^，。]{0,20}(?:团队|组团|跟团|旅行团|团体)")


def read(document: Document) -> Parsed:
    """The notices about other countries: advice as pieces, all others as items. Raises :class:`Unreadable`."""
    rows = cn_lists.rows(document, _LINK)
    dated = {_key(row): row for row in rows if row.day}
    if not dated:
        raise Unreadable("wrong-shape", f"No notice of {document.url} has a day.")
    advice = {key: row for key, row in dated.items() if _is_advice(row.title)}
    abroad = {key: row for key, row in dated.items() if key not in advice and cn_phrases.targets(row.title)}
    return Parsed(
        pieces={key: _listed(row) for key, row in advice.items()},
        items=tuple(_item(key, row) for key, row in abroad.items()),
        findings=tuple(_doubts(rows)),
    )


def _key(row: Row) -> str:
    """The day shown and the title, whatever the path."""
    return f"{row.day.text[:10] if row.day else ''} {cn_phrases.normalised(row.title)}"


def _doubts(rows: Sequence[Row]) -> Iterator[Finding]:
    for key, times in Counter(_key(row) for row in rows if row.day).items():
        if times > 1:
            yield Finding(FindingKind.DUPLICATE, f"The list has {times} rows of this title and day.", (key,))
    if undated := sum(row.day is None for row in rows):
        yield Finding(FindingKind.UNKNOWN_FIELD, f"Rows without a day, passed over: {undated}.")


def _listed(row: Row) -> Piece:
    return {"title": row.title, "day": pieces.pack_stamp(row.day), "url": row.url}


def _item(key: str, row: Row) -> Item:
    places = tuple(target.place for target in cn_phrases.targets(row.title))
    return Item(key=key, title=row.title, language=LANGUAGE, url=row.url, published=row.day, destinations=places)


def _is_advice(title: str) -> bool:
    """Whether the title asks something of people who go to another country, or of all who would leave their own."""
    return bool(_NOWHERE.search(title)) or (_strength(title) is not None and bool(_going(title)))


def _going(title: str) -> list[Target]:
    """The countries that people are told about before they go; to those who are there nobody says whether to go."""
    strength = _strength(title)
    careful = strength is not None and strength.level is Level.CAUTION
    return [target for target in cn_phrases.targets(title) if not (careful and target.there)]


def _strength(title: str) -> Strength | None:
    if found := _NO_GROUPS.search(title):
        return Strength(found[0], Level.RECONSIDER, frozenset({Action.AVOID_NON_ESSENTIAL}))
    if found := _NOWHERE.search(title):
        return Strength(found[0], Level.RECONSIDER, frozenset({Action.AVOID_NON_ESSENTIAL}))
    return cn_phrases.strength(title)


def records(key: str, notice: Piece, source: Source) -> Iterator[Record]:
    """One record for each country of a notice, one for the whole world where it names none."""
    title = jsonbody.raw(notice, "title")
    strength = _strength(title)
    if strength is not None:
        for target in _going(title) or [Target(WORLD, title)]:
            yield _record(key, target, strength, notice, source)


def _record(key: str, target: Target, strength: Strength, notice: Piece, source: Source) -> Record:
    title = jsonbody.raw(notice, "title")
    return Record(
        key=key,
        issuer=source.issuer,
        destination=target.place,
        name=target.name,
        language=LANGUAGE,
        url=jsonbody.raw(notice, "url"),
        level=min(strength.level, Level.CAUTION) if target.areas else strength.level,
        native_level=strength.words,
        track=source.track,
        scope=Scope(True if target.areas else None, regions=target.regions(strength.level)),
        actions=strength.actions,
        reasons=cn_phrases.reasons(title),
        title=title,
        note=cn_phrases.reissue(title),
        issued_at=pieces.stamp(notice, "day"),
    )
