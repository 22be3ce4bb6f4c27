"""The pages of 0404.go.kr: the list of all countries, the page of one, and the board of notices.

A badge of the list tells a level that holds somewhere in the country; the page tells where. Its template keeps examples
in comments, which are no alarms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from advisoryd import places
from advisoryd.model.reading import Contract, Document, Finding, Follow, Parsed, Piece, Request, Unreadable
from advisoryd.model.record import Item, Stamp
from advisoryd.sources import decode, jsonbody
from advisoryd.sources.checks import refuse_short, unknown_level, unknown_places
from advisoryd.sources.jsonbody import Row
from advisoryd.sources.kr_levels import SPECIAL, worded
from advisoryd.sources.kr_mofa import NOTICES, SITE
from advisoryd.sources.kr_service import LANGUAGE, SPECIAL_KEY, ZONE
from advisoryd.sources.markup import Node, Page

SPECIAL_BADGE = "t05"
_BADGE = re.compile(r"t0[1-9]")
_PAGE = re.compile(r"/ntnSafetyInfo/(\d+)/detail")
_TOLD = ("travelAlertAjmt", "safetyNtc")
"""Kinds of notices that are bulletins; those of embassies are many, and say nothing of levels."""


@dataclass(frozen=True, slots=True)
class _Country:
    number: str
    name: str
    badges: tuple[str, ...]

    @property
    def place(self) -> str:
        return places.resolve(self.name, LANGUAGE).place

    @property
    def key(self) -> str:
        return self.place or self.name


def page_url(number: str) -> str:
    """The address of a country's page."""
    return f"{SITE}/ntnSafetyInfo/{number}/detail"


def read(document: Document, contract: Contract, follow_pages: bool) -> Parsed:
    """A page of the site. Raises :class:`Unreadable`."""
    if document.url == NOTICES:
        return Parsed(items=tuple(_notices(document)))
    page, number = Page(decode.text(document)), _PAGE.search(document.url)
    return _page(page, number[1], document.url) if number else _list(page, document.url, contract, follow_pages)


def _list(page: Page, url: str, contract: Contract, follow_pages: bool) -> Parsed:
    countries = [found for link in page.all("ul.list-country-01 li a[href]") if (found := _country(link))]
    refuse_short(len(countries), contract, url)
    listing: dict[str, Piece] = {}
    for country in countries:
        listing |= _listed(country)
    follow = (_follow(country) for country in countries if follow_pages)
    alarms = {key: piece for key, piece in listing.items() if not key.endswith(SPECIAL_KEY)}
    return Parsed(listing, follow=tuple(follow), complete=True, findings=unknown_places(alarms))


def _country(link: Node) -> _Country | None:
    number = _PAGE.search(link.attr("href"))
    badges = link.all("span.caution02")
    name = link.text
    for badge in badges:
        name = name.replace(badge.text, "", 1)
    marks = {mark for badge in badges for mark in badge.attr("class").split() if _BADGE.fullmatch(mark)}
    return _Country(number[1], name.strip(), tuple(sorted(marks))) if number and name.strip() else None


def _listed(country: _Country) -> dict[str, Piece]:
    """What the list says of the alarms, and of the special advisory."""
    same = {"part": "list", "name": country.name, "destination": country.place, "number": country.number}
    alarms = [mark for mark in country.badges if mark != SPECIAL_BADGE]
    special = [mark for mark in country.badges if mark == SPECIAL_BADGE]
    return {country.key: {**same, "badges": alarms}, country.key + SPECIAL_KEY: {**same, "badges": special}}


def _follow(country: _Country) -> Follow:
    """The country's page, asked for anew when its badges change."""
    stamp = " ".join(country.badges) or "none"
    return Follow(Request(page_url(country.number), expect="html"), country.key, stamp)


def _page(page: Page, number: str, url: str) -> Parsed:
    title = page.first("h4.country-name")
    if title is None or not title.text:
        raise Unreadable("wrong-shape", f"{url} names no country: it is no page of one.")
    country = _Country(number, title.text, ())
    zones = [zone for entry in page.all("ul.info-02 li") if (zone := _zone(entry))]
    same = {"part": "page", "name": country.name, "destination": country.place, "number": number}
    alarms = [zone for zone in zones if SPECIAL not in zone[0]]
    special = [zone for zone in zones if SPECIAL in zone[0]]
    pieces: Mapping[str, Piece] = {
        country.key: {**same, "zones": alarms},
        country.key + SPECIAL_KEY: {**same, "zones": special},
    }
    return Parsed(pieces, findings=tuple(_doubts(country, alarms)))


def _zone(entry: Node) -> list[str] | None:
    """The words of a level, and where it holds."""
    tag = entry.first(".box-tag-01")
    return [tag.text, entry.text.replace(tag.text, "", 1).strip()] if tag and tag.text else None


def _doubts(country: _Country, zones: list[list[str]]) -> Iterator[Finding]:
    for words, area in zones:
        if worded(words, area, country.name).step is None:
            yield unknown_level(country.key, country.name, words)


def _notices(document: Document) -> Iterator[Item]:
    body = jsonbody.mapping(jsonbody.load(document), document.url)
    rows = jsonbody.rows(body.get("data"), f'"data" of {document.url}')
    if not rows:
        raise Unreadable("empty-list", f"{document.url} answered with an empty list.")
    return (_notice(row) for row in rows if jsonbody.text(row, "pstType") in _TOLD and jsonbody.text(row, "pstNo"))


def _notice(row: Row) -> Item:
    place = places.resolve(jsonbody.text(row, "ntnNm"), LANGUAGE).place
    number = jsonbody.text(row, "pstNo")
    return Item(
        key=number,
        title=jsonbody.text(row, "ttlNm") or number,
        language=LANGUAGE,
        url=f"{SITE}/bbs/{jsonbody.text(row, 'pstType')}/{number}/detail",
        published=_registered(row.get("regDt")),
        destinations=(place,) if place else (),
    )


def _registered(parts: object) -> Stamp | None:
    """``[2026, 11, 16, 9, 30]`` in Korea's time; without hours, a day."""
    numbers = parts if isinstance(parts, list) and all(type(part) is int for part in parts) else []
    try:
        year, month, day, hour, minute = [*numbers, 0, 0][:5]
        moment = datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(ZONE))
        return Stamp(moment.astimezone(UTC), " ".join(map(str, numbers)), day=len(numbers) < 4)
    except (TypeError, ValueError, OverflowError):
        return None
