"""The indexes of Canada's travel advice and the files of its destinations, as pieces and records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, Finding, Follow, Parsed, Piece, Request, Unreadable
from advisoryd.model.record import Record, Scope, Section
from advisoryd.model.source import Source
from advisoryd.sources import ca_regions, dates, jsonbody, markup, pieces
from advisoryd.sources.ca_gac import FILES
from advisoryd.sources.checks import refuse_short, unknown_field, unknown_level, unknown_places
from advisoryd.sources.jsonbody import Row

_LEVELS = {0: Level.NORMAL, 1: Level.CAUTION, 2: Level.RECONSIDER, 3: Level.AVOID}
_ABOUT = frozenset({"name", "url-slug", "friendly-date", "advisory-text", "recent-updates"})
_PARTS = {
    "advisories": "Risk levels",
    "security": "Safety and security",
    "entry-exit": "Entry and exit requirements",
    "health": "Health",
    "laws-culture": "Laws and culture",
    "disasters-climate": "Natural disasters and climate",
    "offices-help-abroad": "Need help?",
}
_ISO = {"IC": "ES-CN"}
"""Codes of the index that are not ISO 3166's: IC is reserved there for the Canary Islands."""

_KEY = re.compile(r"[A-Z0-9-]{2,6}")
_EDITORIAL = re.compile(r"(?:[\w? ]+[–-]\s*)?editorial(?: (?:change|update)s?)?\.?", re.IGNORECASE)


def parse(document: Document, contract: Contract) -> Parsed:
    """Every destination of an index, or the text of one. Raises :class:`Unreadable`."""
    body = jsonbody.mapping(jsonbody.load(document), document.url)
    data = jsonbody.mapping(body.get("data"), f"the field 'data' of {document.url}")
    return _page(data) if "country-iso" in data else _index(data, document.url, contract)


def records(key: str, found: Sequence[Piece], source: Source) -> Iterator[Record]:
    """The row of the newest index with what the destination's own file says; nothing without a row."""
    rows = [piece for piece in found if piece["part"] == "index"]
    page = next((piece for piece in found if piece["part"] == "page"), {})
    if rows:
        row = max(rows, key=_published)
        yield _record(key, row, page if _is_current(page, row) else {**page, "reasons": [], "regions": []}, source)


def _is_current(page: Piece, row: Piece) -> bool:
    """Whether a file and the index tell of the same level, by its number and by its headings.

    The headings of Israel's file were eighteen days behind in July 2025: "Avoid all travel" over a state that had been
    lowered. The regions of such a file are those of the last advisory, and would look like news.
    """
    state = jsonbody.integer(row, "state")
    level = None if state is None else _LEVELS.get(state)
    return page.get("state") in (None, state) and page.get("level") in (None, level)


def _published(piece: Piece) -> float:
    published = pieces.stamp(piece, "published")
    return published.at.timestamp() if published else 0.0


def _index(data: Row, url: str, contract: Contract) -> Parsed:
    rows = {key: row for key, row in data.items() if _KEY.fullmatch(key) and isinstance(row, dict) and "eng" in row}
    refuse_short(len(rows), contract, url)
    listing = {key: _row(key, row) for key, row in rows.items()}
    doubts = [doubt for key, piece in listing.items() for doubt in _doubts(key, piece)]
    follow = [_follow(key, piece) for key, piece in listing.items()]
    return Parsed(listing, follow=tuple(follow), complete=True, findings=(*unknown_places(listing), *doubts))


def _row(key: str, row: Row) -> Piece:
    texts = jsonbody.nested(row, "eng")
    name = jsonbody.text(texts, "name") or jsonbody.text(row, "country-eng")
    published = jsonbody.nested(row, "date-published")
    return {
        "part": "index",
        "name": name,
        "slug": jsonbody.text(texts, "url-slug"),
        "destination": _destination(key, name),
        "state": jsonbody.integer(row, "advisory-state"),
        "native": jsonbody.text(texts, "advisory-text"),
        "regional": jsonbody.flag(row, "has-regional-advisory"),
        "published": pieces.pack_stamp(dates.epoch(published.get("timestamp"))),
        "kind": jsonbody.text(row, "recent-updates-type"),
        "note": jsonbody.text(texts, "recent-updates"),
    }


def _destination(key: str, name: str) -> str:
    """The place by its name where the name joins several ("Israel and Palestine" has the code IL), else by its code."""
    named = places.resolve(name, "en").place
    coded = _ISO.get(key, key)
    return named if "+" in named or not places.known(coded) else coded


def _doubts(key: str, piece: Piece) -> Iterator[Finding]:
    state = piece["state"]
    if state is None:
        yield unknown_field(key, jsonbody.text(piece, "name"), "advisory-state")
    elif state not in _LEVELS:
        yield unknown_level(key, jsonbody.text(piece, "name"), f"advisory-state {state}")


def _follow(key: str, piece: Piece) -> Follow:
    published = pieces.stamp(piece, "published")
    return Follow(Request(f"{FILES}/cta-cap-{key}.json", expect="json"), key, published.text if published else "")


def _page(data: Row) -> Parsed:
    key, texts = jsonbody.text(data, "country-iso"), jsonbody.nested(data, "eng")
    if not key or not texts:
        raise Unreadable("wrong-shape", "A destination's file has no country-iso or no English text.")
    name = jsonbody.text(texts, "name")
    advisories = ca_regions.read(jsonbody.raw(texts, "advisories"), name, _destination(key, name))
    page = {
        "part": "page",
        "state": jsonbody.integer(data, "advisory-state"),
        "level": advisories.level,
        "reasons": sorted(advisories.reasons),
        "regions": pieces.pack_regions(advisories.regions),
        "sections": pieces.pack_sections(_sections(texts)),
    }
    return Parsed({key: page})


def _sections(texts: Row) -> Iterator[Section]:
    """All the text, each heading under the title of its part; parts nobody knew of yet under their own name."""
    for part in (*_PARTS, *sorted(set(texts) - set(_PARTS) - _ABOUT)):
        title = _PARTS.get(part, part)
        for section in markup.sections(jsonbody.raw(texts, part)):
            yield Section(f"{title}: {section.heading}" if section.heading else title, section.blocks)


def _record(key: str, row: Piece, page: Piece, source: Source) -> Record:
    regional = jsonbody.flag(row, "regional")
    name, note = jsonbody.text(row, "name"), jsonbody.text(row, "note")
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.text(row, "destination"),
        name=name,
        language="en",
        url=f"https://travel.gc.ca/destinations/{jsonbody.text(row, 'slug')}",
        level=None if (state := jsonbody.integer(row, "state")) is None else _LEVELS.get(state),
        native_level=jsonbody.text(row, "native"),
        scope=Scope(regional=regional, regions=pieces.regions(page) if regional is not False else ()),
        reasons=pieces.reasons(page),
        title=name,
        note=note or jsonbody.text(row, "kind"),
        editorial=bool(_EDITORIAL.fullmatch(note)),
        sections=pieces.sections(page),
        issued_at=pieces.stamp(row, "published"),
    )
