"""The study-abroad warnings of China's Ministry of Education, as pieces and records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from advisoryd import places
from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import Document, Finding, FindingKind, Follow, Parsed, Piece, Request, Unreadable
from advisoryd.model.record import Record, Section
from advisoryd.model.source import Source
from advisoryd.sources import cn_lists, cn_phrases, dates, decode, jsonbody, pieces
from advisoryd.sources.checks import unknown_level
from advisoryd.sources.cn_lists import Row
from advisoryd.sources.cn_phrases import ISSUER, LANGUAGE
from advisoryd.sources.markup import Page

_LINK = re.compile(r"/n2/2/2/(\d+)\.shtml")
_NUMBERED = re.compile(r"(\d{4})年第\s*(\d+)\s*号留学预警")
_DAY = re.compile(r"\d{4}[-年]\d{1,2}[-月]\d{1,2}日?")
_STUDY = re.compile(r"留学|学生|学习|求学")
_ENDED = re.compile(r"解除[^。]{0,16}(?:留学)?预警")
_SCALE = (
    (re.compile(r"(?:暂缓|暂不|避免|不建议|取消)[^，。]{0,12}(?:赴|留学|出国)"), Level.RECONSIDER, Action.RECONSIDER),
    (re.compile(r"谨慎规划|谨慎选择|慎重|谨慎[^，。]{0,6}赴"), Level.CAUTION, Action.CAUTION),
    (re.compile(r"风险评估|防范意识|安全防范"), Level.CAUTION, Action.CAUTION),
)
"""The words of a warning, the stricter ones first."""


def read(document: Document) -> Parsed:
    """The warnings of the list, or the text of one. Raises :class:`Unreadable`."""
    number = _LINK.search(document.url)
    return _warning(document, number[1]) if number else _list(document)


def _list(document: Document) -> Parsed:
    numbered = [(number[0], row) for row in cn_lists.rows(document, _LINK) if (number := _NUMBERED.search(row.title))]
    if not numbered:
        raise Unreadable("empty-list", f"{document.url} lists no study-abroad warning.")
    rows = {_key(title): row for title, row in numbered}
    return Parsed(
        pieces={key: _listed(row) for key, row in rows.items()},
        follow=tuple(Follow(Request(row.url, expect="html"), key, "once") for key, row in rows.items()),
        findings=tuple(_doubled([_key(title) for title, _ in numbered])),
    )


def _key(title: str) -> str:
    """``2025-04`` for the fourth warning of 2025."""
    found = _NUMBERED.search(title)
    return f"{found[1]}-{int(found[2]):02}" if found else ""


def _listed(row: Row) -> Piece:
    return {"title": row.title, "url": row.url, "day": pieces.pack_stamp(row.day)}


def _doubled(keys: Sequence[str]) -> Iterator[Finding]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield Finding(FindingKind.DUPLICATE, f"The warning {key} is listed {times} times.", (key,))


def _warning(document: Document, number: str) -> Parsed:
    """The text of a warning. Its key is in its own title."""
    text = decode.text(document)
    page = Page(text)
    cn_lists.refuse_strange(page, text, document.url)
    blocks = page.blocks()
    key = _key(" ".join(blocks))
    told = [block for block in blocks if "。" in block and _STUDY.search(block)]
    if not key or not told:
        raise Unreadable("wrong-shape", f"Page {number} of {document.url} is no study-abroad warning.")
    printed = next((found[0] for block in blocks if (found := _DAY.search(block))), "")
    piece = {"blocks": told, "countries": _named(told), "printed": pieces.pack_stamp(dates.day(printed, cn_lists.ZONE))}
    unknown = () if _asked("".join(told)) else (unknown_level(key, key, told[0]),)
    return Parsed({key: piece}, findings=unknown)


def _named(told: Sequence[str]) -> dict[str, str]:
    """The countries that the text names, with their names; China is left out."""
    mentions = [mention for block in told for mention in places.mentions(block, LANGUAGE) if mention.kind == "name"]
    return {mention.place: cn_phrases.name_of(mention) for mention in mentions if mention.place != ISSUER}


def records(key: str, found: Sequence[Piece], source: Source) -> Iterator[Record]:
    """One record for each country of a listed warning; one without a place while its text does not name any."""
    listed = next((piece for piece in found if "title" in piece), None)
    if listed is None:
        return
    page = next((piece for piece in found if "blocks" in piece), {})
    countries = jsonbody.nested(page, "countries") or {"": jsonbody.text(listed, "title")}
    for place, name in sorted(countries.items()):
        yield _record(key, place, str(name), listed, page, source)


def _record(key: str, place: str, name: str, listed: Piece, page: Mapping[str, object], source: Source) -> Record:
    title, blocks = jsonbody.text(listed, "title"), jsonbody.words(page, "blocks")
    level, words, actions = _asked("".join(blocks)) or (None, title, frozenset[Action]())
    return Record(
        key=key,
        issuer=source.issuer,
        destination=place,
        name=name,
        language=LANGUAGE,
        url=jsonbody.raw(listed, "url"),
        level=level,
        native_level=words,
        track=source.track,
        actions=actions,
        reasons=cn_phrases.reasons("".join(blocks)),
        title=title,
        sections=(Section("", tuple(blocks)),) if blocks else (),
        issued_at=pieces.stamp(listed, "day") or pieces.stamp(page, "printed"),
    )


def _asked(text: str) -> tuple[Level, str, frozenset[Action]] | None:
    """What a warning asks, in its own words, which are ``""`` where it takes an earlier one back."""
    if _ENDED.search(text):
        return Level.NORMAL, "", frozenset()
    for pattern, level, action in _SCALE:
        if found := pattern.search(text):
            return level, found[0], frozenset({action})
    return None
