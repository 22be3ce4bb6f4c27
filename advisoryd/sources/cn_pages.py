"""The documents of China's consular site: list pages, notices and country pages, as pieces.

Keys are ``2025-11-15 提醒中国公民近期避免前往日本`` for notices and ``colour JP`` for the colour grades of a country.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from advisoryd import places
from advisoryd.model.reading import (
    Document,
    Finding,
    FindingKind,
    Follow,
    Parsed,
    Piece,
    Request,
    Unreadable,
)
from advisoryd.model.record import Item, Section, Stamp
from advisoryd.sources import cn_phrases, dates, decode, pieces
from advisoryd.sources.checks import unknown_level
from advisoryd.sources.cn_phrases import LANGUAGE
from advisoryd.sources.markup import Node, Page

ZONE = "Asia/Shanghai"
COLOUR_KEY = "colour "

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_PUBLISHED = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?")
_TELEPHONE = re.compile(r"热线|电话|(?:报警|急救|匪警|火警)[^，。]{0,6}\d{2,}|^\+?[\d\s()（）、,，/转—–-]+$")
_VALID_UNTIL = re.compile(r"有效期[^。；]{0,24}?(?:至|到)\s*(\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2})")
_COLOUR = re.compile(r"((?:红|橙|黄|蓝)色(?:（[^）]*）|\([^)]*\))?)[\s:：]*(.*)")


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    day: Stamp
    url: str

    @property
    def key(self) -> str:
        return notice_key(self.day, self.title)


def notice_key(day: Stamp, title: str) -> str:
    """A notice's identity: the day shown and the title, whatever its path."""
    return f"{day.text[:10]} {cn_phrases.normalised(title)}"


def read(document: Document, colour_pages: Mapping[str, str]) -> Parsed:
    """What a page says. ``colour_pages`` are the addresses of country pages by place. Raises :class:`Unreadable`."""
    page = Page(decode.text(document))
    place = next((place for place, address in colour_pages.items() if address == document.url), None)
    if place is not None:
        return _country(page, place, document.url)
    if page.first("h1.article-title"):
        return _notice(page, document.url)
    return _list(page, document.url, colour_pages)


def _list(page: Page, url: str, colour_pages: Mapping[str, str]) -> Parsed:
    nodes = page.all("ul.news-list > li")
    rows = [row for row in (_row(node, url) for node in nodes) if row]
    _refuse(nodes, rows, url)
    advice = {row.key: row for row in rows if cn_phrases.is_advice(row.title)}
    others = {row.key: row for row in rows if row.key not in advice}
    notices = (Follow(Request(row.url, expect="html"), key, row.day.text) for key, row in advice.items())
    countries = (Follow(Request(address, expect="html"), COLOUR_KEY + place) for place, address in colour_pages.items())
    return Parsed(
        pieces={key: _listed(row) for key, row in advice.items()},
        items=tuple(_item(key, row) for key, row in others.items()),
        follow=(*notices, *countries),
        findings=tuple(_findings(nodes, rows)),
    )


def _row(node: Node, url: str) -> _Row | None:
    link = node.first("a[href]")
    day = next((stamp for span in node.all("span") if (stamp := dates.day(span.text, ZONE))), None)
    title = (link.attr("title") or link.text) if link else ""
    return _Row(title, day, urljoin(url, link.attr("href"))) if link and day and title else None


def _refuse(nodes: Sequence[Node], rows: Sequence[_Row], url: str) -> None:
    if not nodes:
        raise Unreadable("empty-list", f"{url} lists no reminders.")
    if not any(_CHINESE.search(node.text) for node in nodes):
        raise Unreadable("garbled", f"{url} holds no Chinese: it was read in the wrong charset.")
    if not rows:
        raise Unreadable("wrong-shape", f"No reminder of {url} has a title, a link and a day.")


def _listed(row: _Row) -> Piece:
    return {"title": row.title, "day": pieces.pack_stamp(row.day), "url": row.url}


def _item(key: str, row: _Row) -> Item:
    found = cn_phrases.targets(row.title)
    return Item(
        key=key,
        title=row.title,
        language=LANGUAGE,
        url=row.url,
        published=row.day,
        destinations=tuple(target.place for target in found),
    )


def _findings(nodes: Sequence[Node], rows: Sequence[_Row]) -> Iterator[Finding]:
    if len(rows) < len(nodes):
        detail = f"Rows without a title, a link or a day, passed over: {len(nodes) - len(rows)}."
        yield Finding(FindingKind.UNKNOWN_FIELD, detail)
    for key, times in Counter(row.key for row in rows).items():
        if times > 1:
            yield Finding(FindingKind.DUPLICATE, f"The list has {times} rows of this title and day.", (key,))
    for row in rows:
        if cn_phrases.is_advice(row.title) and cn_phrases.strength(row.title) is None:
            yield unknown_level(row.key, row.title, row.title)


def _notice(page: Page, url: str) -> Parsed:
    heading, content = page.first("h1.article-title"), page.first("div.article-content")
    meta = page.first("div.article-meta")
    published = _PUBLISHED.search(meta.text) if meta else None
    stamp = dates.iso(published[0], ZONE) if published else None
    if heading is None or content is None or stamp is None:
        raise Unreadable(
            "wrong-shape", f"{url} is no notice: it lacks its title, its text or the time it was published."
        )
    sections = [_without_telephones(section) for section in content.sections()]
    until = _VALID_UNTIL.search(content.text)
    piece: Piece = {
        "sections": pieces.pack_sections(section for section in sections if section.heading or section.blocks),
        "minute": pieces.pack_stamp(stamp),
        "until": pieces.pack_stamp(dates.day(until[1], ZONE) if until else None),
    }
    return Parsed({notice_key(stamp, heading.text): piece})


def _without_telephones(section: Section) -> Section:
    """Notices end with telephone numbers, which change more often than the advice."""
    blocks = (block for block in section.blocks if block.endswith("。") or not _TELEPHONE.search(block))
    return Section(section.heading, tuple(blocks))


def _country(page: Page, place: str, url: str) -> Parsed:
    """The colour grades of a country page. Raises :class:`Unreadable` when it is another country's, or has none."""
    named = page.first("dd.text") or page.first("title")
    found = places.resolve(named.text, LANGUAGE).place if named else ""
    if found and found != place:
        raise Unreadable("wrong-shape", f"{url} is the page of {found}, not of {place}.")
    block = page.first("#con_a_7") or page
    graded = [grade.groups() for text in block.blocks() if (grade := _COLOUR.match(text))]
    if not graded:
        raise Unreadable("wrong-shape", f"{url} has no colour grades.")
    name = named.text if named else place
    return Parsed(
        {COLOUR_KEY + place: {"place": place, "name": name, "url": url, "grades": [list(grade) for grade in graded]}}
    )
