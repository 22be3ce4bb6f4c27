"""Rows of the United States' Travel Advisories, from either document, as pieces and records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache, reduce

from advisoryd.model.reading import Contract, Document, Finding, FindingKind, Parsed, Piece
from advisoryd.model.record import Record, Scope, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import dates, decode, jsonbody, levels, pieces, us_summary, us_titles, xmltree
from advisoryd.sources.checks import refuse_short, unknown_level, unknown_places


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    threat: str
    link: str
    updated: Stamp | None
    html: str


def parse(document: Document, contract: Contract) -> Parsed:
    """Every advisory in the document. Raises :class:`Unreadable`."""
    listing: dict[str, Piece] = {}
    findings: list[Finding] = []
    for key, piece in map(_piece, _feed(document) if decode.is_markup(document) else _service(document)):
        findings += _doubts(key, piece, listing.get(key))
        listing[key] = _newer(listing[key], piece) if key in listing else piece
    refuse_short(len(listing), contract, document.url)
    return Parsed(listing, complete=True, findings=(*unknown_places(listing), *findings))


def _service(document: Document) -> Iterator[_Row]:
    for row in jsonbody.rows(jsonbody.load(document), document.url):
        if title := jsonbody.text(row, "Title"):
            updated = _utc_day(dates.iso(jsonbody.raw(row, "Updated") or jsonbody.raw(row, "Published")))
            yield _Row(title, "", jsonbody.text(row, "Link"), updated, jsonbody.raw(row, "Summary"))


def _utc_day(stamp: Stamp | None) -> Stamp | None:
    """The day of UTC that a time falls on: 20:00 in Washington's summer is the midnight that begins the day meant.

    Its text is the day's, not the document's, so that it is the same whichever of the two documents wins.
    """
    if stamp is None:
        return None
    day = stamp.at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Stamp(day, day.date().isoformat(), day=True)


def _feed(document: Document) -> Iterator[_Row]:
    for item in xmltree.load(document).iter("item"):
        threat = (c for c in xmltree.children(item, "category") if c.get("domain") == "Threat-Level")
        level = next((category.text or "" for category in threat), "")
        updated = _utc_day(dates.rfc822(xmltree.raw(item, "pubDate")))
        title = xmltree.text(item, "title")
        if title:
            yield _Row(title, level, xmltree.text(item, "link"), updated, xmltree.raw(item, "description"))


@lru_cache(maxsize=512)  # the other document and the next poll hold mostly the same rows
def _piece(row: _Row) -> tuple[str, Piece]:
    title = us_titles.read(row.title, row.threat)
    place = us_titles.place(title, row.link)
    summary = us_summary.read(row.html, row.title, place, title.level)
    return place or levels.key(title.name), {
        "name": title.name,
        "title": row.title,
        "url": row.link,
        "destination": place,
        "level": title.level,
        "native": title.native,
        "known": title.known,
        "updated": pieces.pack_stamp(row.updated),
        "note": summary.note,
        "editorial": summary.editorial,
        "reasons": sorted(summary.reasons),
        "regional": summary.regional,
        "regions": pieces.pack_regions(summary.regions),
        "sections": pieces.pack_sections(summary.sections),
    }


def _newer(one: Piece, two: Piece) -> Piece:
    """The piece with the later date; of two from one day the stricter, and the first of two that are alike."""
    return two if _rank(two) > _rank(one) else one


def _rank(piece: Piece) -> tuple[float, int]:
    updated = pieces.stamp(piece, "updated")
    return updated.at.timestamp() if updated else 0.0, jsonbody.integer(piece, "level") or 0


def _doubts(key: str, piece: Piece, twin: Piece | None) -> Iterator[Finding]:
    name = jsonbody.text(piece, "name")
    if not piece["known"]:
        yield unknown_level(key, name, jsonbody.text(piece, "title"))
    if twin is not None:
        yield Finding(FindingKind.DUPLICATE, f"{name} is listed twice; the newer row is kept.", (key,))
    if twin is not None and _rank(twin)[0] != _rank(piece)[0] and twin["level"] != piece["level"]:
        yield Finding(FindingKind.STALE_COPY, f"{name} is listed with an old level beside the new one.", (key,))


def record(key: str, copies: Sequence[Piece], source: Source) -> Record:
    """The newest of the copies as a record."""
    piece = reduce(_newer, copies)
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.text(piece, "destination"),
        name=jsonbody.text(piece, "name"),
        language="en",
        url=jsonbody.text(piece, "url"),
        level=pieces.level(piece),
        native_level=jsonbody.text(piece, "native"),
        scope=Scope(regional=jsonbody.flag(piece, "regional"), regions=pieces.regions(piece)),
        reasons=pieces.reasons(piece),
        title=jsonbody.text(piece, "title"),
        note=jsonbody.text(piece, "note"),
        editorial=bool(piece["editorial"]),
        sections=pieces.sections(piece),
        issued_at=pieces.stamp(piece, "updated"),
    )
