"""The list and the notices of India's Ministry of External Affairs, as pieces and records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from advisoryd import places
from advisoryd.model.reading import Contract, Document, Finding, FindingKind, Follow, Parsed, Piece, Request, Unreadable
from advisoryd.model.record import Item, Record, Scope, Section, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import dates, decode, jsonbody, levels, pieces, wording
from advisoryd.sources.checks import refuse_short, unknown_level
from advisoryd.sources.markup import Node, Page

ISSUER = "IN"
ZONE = "Asia/Kolkata"
_NOTICE = re.compile(r"advisories-details\.html?\?(?:.*&)?(\d+)")
_DATE = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+,? \d{4}|\d{4}-\d\d-\d\d")
_SHORTEST_SENTENCE = 40
"""Characters. Menus and headings are shorter, or have no full stop."""


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    title: str
    url: str
    day: Stamp | None

    @property
    def countries(self) -> dict[str, str]:
        """The places that the title names, with its names for them; India is left out."""
        named = (mention for mention in places.mentions(self.title, "en") if mention.kind != "demonym")
        return {mention.place: mention.form for mention in named if mention.place != ISSUER}


def read(document: Document, contract: Contract) -> Parsed:
    """The notices of the list, or the text of one. Raises :class:`Unreadable`."""
    page, number = Page(decode.text(document)), _NOTICE.search(document.url)
    return _notice(page, number[1], document.url) if number else _list(page, document.url, contract)


def _list(page: Page, url: str, contract: Contract) -> Parsed:
    rows = [row for entry in page.all("li, tr") if (row := _row(entry, url))]
    distinct = {row.key: row for row in rows}
    refuse_short(len(distinct), contract, url)
    advice = {key: row for key, row in distinct.items() if row.countries}
    return Parsed(
        pieces={key: _listed(row) for key, row in advice.items()},
        items=tuple(_item(row) for key, row in distinct.items() if key not in advice),
        follow=tuple(_follow(row) for row in advice.values()),
        findings=tuple(_doubled(rows)),
    )


def _row(entry: Node, url: str) -> _Row | None:
    link = next((link for link in entry.all("a[href]") if _NOTICE.search(link.attr("href")) and link.text), None)
    number = _NOTICE.search(link.attr("href")) if link else None
    if link is None or number is None:
        return None
    printed = _DATE.search(entry.text.replace(link.text, " ", 1))
    day = dates.day(printed[0], ZONE) if printed else None
    return _Row(number[1], link.text, urljoin(url, link.attr("href")), day)


def _doubled(rows: Sequence[_Row]) -> Iterator[Finding]:
    for key, times in Counter(row.key for row in rows).items():
        if times > 1:
            yield Finding(FindingKind.DUPLICATE, f"The notice {key} is listed {times} times.", (key,))


def _listed(row: _Row) -> Piece:
    return {"title": row.title, "url": row.url, "day": pieces.pack_stamp(row.day), "countries": row.countries}


def _item(row: _Row) -> Item:
    """A notice whose title names no country is a bulletin."""
    return Item(key=row.key, title=row.title, language="en", url=row.url, published=row.day)


def _follow(row: _Row) -> Follow:
    return Follow(Request(row.url, expect="html"), row.key, row.day.text if row.day else row.title)


def _notice(page: Page, key: str, url: str) -> Parsed:
    blocks = page.blocks()
    told = [text for text in blocks if len(text) >= _SHORTEST_SENTENCE and text.rstrip().endswith((".", ":"))]
    if not told:
        raise Unreadable("wrong-shape", f"{url} holds no sentence of text.")
    unknown = () if wording.has_phrase(blocks) else (unknown_level(key, f"The notice {key}", told[0]),)
    return Parsed({key: {"blocks": told}}, findings=unknown)


def records(key: str, found: Sequence[Piece], source: Source) -> Iterator[Record]:
    """One record for each country of a listed notice; its level is unknown until the words of the notice tell it."""
    listed = next((piece for piece in found if "title" in piece), None)
    if listed is None:
        return
    page = next((piece for piece in found if "blocks" in piece), {})
    for place, name in sorted(jsonbody.nested(listed, "countries").items()):
        yield _record(key, place, str(name), listed, jsonbody.words(page, "blocks"), source)


def _record(key: str, place: str, name: str, listed: Piece, blocks: Sequence[str], source: Source) -> Record:
    title = jsonbody.text(listed, "title")
    advice = wording.advice((title, *blocks), place)
    return Record(
        key=key,
        issuer=source.issuer,
        destination=place,
        name=name,
        language="en",
        url=jsonbody.raw(listed, "url"),
        level=advice.level if advice else None,
        native_level=advice.words if advice else title,
        track=source.track,
        scope=Scope(True if advice and advice.regions else None, regions=advice.regions if advice else ()),
        actions=advice.actions if advice else frozenset(),
        reasons=levels.reasons(blocks),
        title=title,
        sections=(Section("", tuple(blocks)),) if blocks else (),
        issued_at=pieces.stamp(listed, "day"),
    )
