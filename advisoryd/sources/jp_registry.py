"""Japan's register of danger levels: the index of all countries, and the page of each.

The two feeds of :mod:`jp_mofa` reach back two days; a page tells what is in force in a country, however old. Both feed
the same standing. A page dates its advice by the day, a bulletin by the minute, so what a page says of the day of a
bulletin is older than the bulletin, and is history; what it says of a later day is a bulletin that was missed.

Pages are numbered, and were numbered anew once, which put dozens of safe countries at the strictest level for those who
had kept the numbers: a page counts only under the name that it bears itself, and only while the index points at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from advisoryd import places
from advisoryd.model.reading import Contract, Document, Finding, FindingKind, Follow, Parsed, Piece, Request, Unreadable
from advisoryd.model.record import Record, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import dates, decode, jp_levels, jp_records, jsonbody, pieces
from advisoryd.sources.checks import refuse_short, unknown_level
from advisoryd.sources.jp_mofa import PAGE_KEY
from advisoryd.sources.jp_pages import LANGUAGE, ZONE
from advisoryd.sources.markup import Node, Page

_CLASSES = {"chuui": 1, "kentou": 2, "enki": 3, "taihi": 4}
_CLASS = re.compile(r"kiken_level_(chuui|kentou|enki|taihi)\b")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_NONE = re.compile(r"(?<!感染症)危険情報は出ておりません")
_NAME_END = re.compile(r"危険|スポット")


@dataclass(frozen=True, slots=True)
class _Unit:
    """One notice in force. Several stand side by side when each is about other parts of the country."""

    issued: Stamp | None
    text: str
    flags: tuple[int, ...]


def index(document: Document, contract: Contract) -> Parsed:
    """The countries of the index, each with its page. Raises :class:`Unreadable`."""
    links = Page(decode.text(document)).all('a[href*="pcinfectionspothazardinfo_"]')
    named = {link.text: urldefrag(urljoin(document.url, link.attr("href"))).url for link in links if link.text}
    placed = {name: places.resolve(name, LANGUAGE).place for name in named}
    found = {place: (name, named[name]) for name, place in placed.items() if place}
    refuse_short(len(found), contract, document.url)
    return Parsed(
        pieces={PAGE_KEY + place: {"name": name, "place": place, "url": url} for place, (name, url) in found.items()},
        follow=tuple(Follow(Request(url, expect="html"), PAGE_KEY + place) for place, (_, url) in found.items()),
        findings=tuple(_strange(name) for name, place in placed.items() if not place),
    )


def _strange(name: str) -> Finding:
    return Finding(FindingKind.UNKNOWN_PLACE, f"No place is known by the name {name!r}, which the index has.", (name,))


def page(document: Document) -> Parsed:
    """What is in force in one country. Raises :class:`Unreadable`."""
    found = Page(decode.text(document))
    title = found.first("h1.prefName")
    name = _NAME_END.split(title.text, maxsplit=1)[0].strip() if title else ""
    place = places.resolve(name, LANGUAGE).place
    if not place:
        raise Unreadable("wrong-shape", f"{document.url} bears the name of no country that is known.")
    detail = found.first("#kikendetail")
    nodes = (detail.all(".kiken_unit") or (detail,)) if detail else ()
    units = [unit for unit in map(_unit, nodes) if unit.text or unit.flags]
    calm = not units and bool(_NONE.search(found.text))
    flags = sorted({flag for unit in units for flag in unit.flags})
    piece = {
        "url": document.url,
        "calm": calm,
        "issued": pieces.pack_stamp(units[0].issued if units else None),
        "texts": [unit.text for unit in units if unit.text],
        "flags": flags if calm or flags else None,
    }
    told = calm or flags or any(jp_levels.block(unit.text).steps for unit in units)
    return Parsed({PAGE_KEY + place: piece}, findings=() if told else (_unread(place, name),))


def _unit(node: Node) -> _Unit:
    link = node.first("a.underline")
    around = node.text.replace(link.text, " ", 1) if link else node.text
    day = _DAY.search(around)
    marks = (mark for found in node.all("[class]") for mark in _CLASS.findall(found.attr("class")))
    return _Unit(
        issued=dates.day(day[0], ZONE) if day else None,
        text="\n".join(link.blocks()) if link else "",
        flags=tuple(_CLASSES[mark] for mark in marks),
    )


def _unread(place: str, name: str) -> Finding:
    return unknown_level(PAGE_KEY + place, name, "the page has neither a level nor the words that there is none")


def records(key: str, found: Sequence[Piece], source: Source) -> Iterator[Record]:
    """The record of the page that the index points at, once it has been read.

    A page with advice but without its day cannot be put in order with the bulletins, and says nothing.
    """
    listed = next((piece for piece in found if "place" in piece), None)
    if listed is None:
        return
    held = next((piece for piece in found if "calm" in piece and piece["url"] == listed["url"]), None)
    if held is None or not (held["calm"] or held["issued"]):
        return
    yield jp_records.standing(key, jsonbody.text(listed, "name"), jsonbody.raw(listed, "place"), held, source)
