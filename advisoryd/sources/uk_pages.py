"""The index and the pages of GOV.UK's travel advice, as pieces and records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, Finding, FindingKind, Follow, Parsed, Piece, Request, Unreadable
from advisoryd.model.record import Area, Record, Region, Scope, Section
from advisoryd.model.source import Source
from advisoryd.sources import dates, jsonbody, levels, markup, pieces, regions
from advisoryd.sources.checks import refuse_short, unknown_field, unknown_level, unknown_places
from advisoryd.sources.jsonbody import Row
from advisoryd.sources.markup import Block
from advisoryd.sources.uk_fcdo import INDEX, SITE

_WHOLE = {
    "avoid_all_travel_to_whole_country": Level.AVOID,
    "avoid_all_but_essential_travel_to_whole_country": Level.RECONSIDER,
}
_PARTS = {
    "avoid_all_travel_to_parts": Level.AVOID,
    "avoid_all_but_essential_travel_to_parts": Level.RECONSIDER,
}
_STATUSES = (*_WHOLE, *_PARTS)
_WARNINGS = "warnings-and-insurance"
_ADVISES = re.compile(r"\badvis", re.IGNORECASE)
_EDITORIAL = re.compile(r"\bno significant (?:updates|changes)\b", re.IGNORECASE)


def parse(document: Document, contract: Contract) -> Parsed:
    """Every destination of the index, or the advice of one page. Raises :class:`Unreadable`."""
    body = jsonbody.mapping(jsonbody.load(document), document.url)
    links = jsonbody.nested(body, "links")
    return _index(links, document.url, contract) if "children" in links else _page(body, document.url)


def _index(links: Row, url: str, contract: Contract) -> Parsed:
    children = [row for row in jsonbody.entries(links, "children") if jsonbody.text(row, "content_id")]
    refuse_short(len(children), contract, url)
    withdrawn = [row for row in children if jsonbody.flag(row, "withdrawn")]
    listed = [row for row in children if not jsonbody.flag(row, "withdrawn")]
    listing = {jsonbody.text(row, "content_id"): _identity(row) for row in listed}
    return Parsed(
        listing,
        follow=tuple(_follow(row) for row in listed if _slug(row)),
        complete=True,
        findings=(*unknown_places(listing), *map(_withdrawn, withdrawn)),
    )


def _identity(row: Row) -> dict[str, object]:
    """What index and page say alike."""
    country = jsonbody.nested(jsonbody.nested(row, "details"), "country")
    name = jsonbody.text(country, "name") or jsonbody.text(row, "title").removesuffix(" travel advice")
    published = dates.iso(jsonbody.raw(row, "public_updated_at"))
    return {
        "name": name,
        "destination": places.resolve(name, "en").place,
        "url": f"{SITE}{jsonbody.text(row, 'base_path')}",
        "published": pieces.pack_stamp(published),
    }


def _follow(row: Row) -> Follow:
    published = dates.iso(jsonbody.raw(row, "public_updated_at"))
    stamp = published.at.isoformat() if published else ""
    return Follow(Request(f"{INDEX}/{_slug(row)}", expect="json"), key=jsonbody.text(row, "content_id"), stamp=stamp)


def _slug(row: Row) -> str:
    """The page's slug; ``""`` when its path leads anywhere else than to a destination."""
    found = re.fullmatch(r"/foreign-travel-advice/([\w-]+)", jsonbody.text(row, "base_path"))
    return found[1] if found else ""


def _withdrawn(row: Row) -> Finding:
    detail = f"GOV.UK marks {jsonbody.text(row, 'title')!r} as withdrawn."
    return Finding(FindingKind.MISSING, detail, (jsonbody.text(row, "content_id"),))


def _page(body: Row, url: str) -> Parsed:
    key, details = jsonbody.text(body, "content_id"), jsonbody.nested(body, "details")
    if not key or not details:
        raise Unreadable("wrong-shape", f"{url} has no content_id or no details: it is not a page of travel advice.")
    identity = _identity(body)
    parts = jsonbody.entries(details, "parts")
    warnings = next((jsonbody.raw(part, "body") for part in parts if jsonbody.text(part, "slug") == _WARNINGS), "")
    outline = markup.outline(warnings or jsonbody.raw(details, "summary"))
    page = {
        **identity,
        "status": _status(details),
        "note": jsonbody.text(details, "change_description"),
        "reviewed": pieces.pack_stamp(dates.iso(jsonbody.raw(details, "reviewed_at"))),
        "regions": pieces.pack_regions(_regions(outline, str(identity["destination"]))),
        "reasons": sorted(levels.reasons(block.text for block in outline if _ADVISES.search(block.text))),
        "sections": pieces.pack_sections(_sections(details, parts)),
    }
    return Parsed({key: page}, findings=_doubts(key, page))


def _status(details: Row) -> list[str] | None:
    """The codes of ``alert_status``, strictest first; ``None`` when the field is missing."""
    if not isinstance(details.get("alert_status"), list):
        return None
    codes = jsonbody.words(details, "alert_status")
    return [code for code in _STATUSES if code in codes] + sorted(set(codes) - set(_STATUSES))


def _doubts(key: str, page: Piece) -> tuple[Finding, ...]:
    name, status = jsonbody.text(page, "name"), page["status"]
    if status is None:
        return (unknown_field(key, name, "alert_status"),)
    return tuple(unknown_level(key, name, code) for code in jsonbody.words(page, "status") if code not in _STATUSES)


def _regions(outline: Sequence[Block], destination: str) -> tuple[Region, ...]:
    stated = regions.stated(outline, destination, speaker=_ADVISES)
    return regions.unique(regions.region(statement, destination, keep_whole=True) for statement in stated)


def _sections(details: Row, parts: Sequence[Row]) -> Iterator[Section]:
    """All the text, each heading under the title of its part."""
    yield from markup.sections(jsonbody.raw(details, "summary"))
    for part in parts:
        title = jsonbody.text(part, "title")
        for section in markup.sections(jsonbody.raw(part, "body")):
            yield Section(f"{title}: {section.heading}" if section.heading else title, section.blocks)


def records(key: str, found: Sequence[Piece], source: Source) -> Iterator[Record]:
    """The advice of the newest page among the pieces (a renamed destination may have two); nothing without one."""
    pages = [piece for piece in found if "status" in piece]
    if pages:
        yield _record(key, max(pages, key=_published), source)


def _published(page: Piece) -> float:
    published = pieces.stamp(page, "published")
    return published.at.timestamp() if published else 0.0


def _record(key: str, page: Piece, source: Source) -> Record:
    codes = jsonbody.words(page, "status")
    known = page["status"] is not None and all(code in _STATUSES for code in codes)
    level = _level(codes) if known else None
    note = jsonbody.text(page, "note")
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.text(page, "destination"),
        name=jsonbody.text(page, "name"),
        language="en",
        url=jsonbody.text(page, "url"),
        level=level,
        native_level=",".join(codes),
        scope=_scope(codes, level, pieces.regions(page)) if known else Scope(),
        reasons=pieces.reasons(page),
        title=f"{jsonbody.text(page, 'name')} travel advice",
        note=note,
        editorial=bool(_EDITORIAL.search(note)),
        sections=pieces.sections(page),
        issued_at=pieces.stamp(page, "published"),
        reviewed_at=pieces.stamp(page, "reviewed"),
    )


def _level(codes: Sequence[str]) -> Level:
    """Advice for the whole country gives its level; advice for parts means attention in the country (2); no code at all
    is the issuer's statement that it does not advise against travel (1)."""
    whole = [_WHOLE[code] for code in codes if code in _WHOLE]
    return max(whole) if whole else Level.CAUTION if codes else Level.NORMAL


def _scope(codes: Sequence[str], level: Level | None, named: tuple[Region, ...]) -> Scope:
    parts = frozenset(_PARTS[code] for code in codes if code in _PARTS)
    stricter = tuple(region for region in named if region.kind is not Area.REST or region.level != level)
    return Scope(regional=bool(parts), levels=parts, regions=stricter if parts else ())
