"""Rows of Smartraveller's feed and export, as pieces and records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from html import unescape
from zoneinfo import ZoneInfo

from advisoryd import places
from advisoryd.model.reading import Contract, Document, Finding, Parsed, Piece
from advisoryd.model.record import Record, Scope, Section, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import au_levels, dates, decode, jsonbody, levels, markup, pieces, xmltree
from advisoryd.sources.checks import refuse_short, unknown_level, unknown_places
from advisoryd.sources.decode import fold

ZONE = "Australia/Sydney"
_NO_ADVICE = "no-travel-advice"
"""The slug of a row that is no destination: it explains why some countries have no advice."""

_ODD_MARKS = re.compile(r"&?\*\*")
"""What is left of bold type in the export ("&amp;**Safety&amp;**")."""


@dataclass(frozen=True, slots=True)
class _Row:
    part: str
    name: str
    url: str
    native: str
    updated: Stamp | None
    update: tuple[str, ...]
    levels: str = ""
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.url.rstrip("/").rpartition("/")[2]


def parse(document: Document, contract: Contract) -> Parsed:
    """Every destination of the document. Raises :class:`Unreadable`."""
    rows = _feed(document) if decode.is_markup(document) else _export(document)
    listing = {row.key: _piece(row) for row in rows if row.key != _NO_ADVICE}
    refuse_short(len(listing), contract, document.url)
    return Parsed(listing, complete=True, findings=(*unknown_places(listing), *_doubts(listing)))


def _feed(document: Document) -> Iterator[_Row]:
    for item in xmltree.load(document).iter("item"):
        warnings = next(xmltree.children(item, "warnings"), None)
        yield _Row(
            part="feed",
            name=_plain(xmltree.raw(item, "title")),
            url=xmltree.text(item, "link"),
            native=xmltree.text(warnings, "description") if warnings is not None else "",
            updated=_day(dates.rfc822(xmltree.raw(item, "pubDate"), ZONE)),
            update=_blocks(xmltree.raw(item, "description")),
        )


def _export(document: Document) -> Iterator[_Row]:
    for row in jsonbody.rows(jsonbody.load(document), document.url):
        changed = re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", jsonbody.text(row, "changed"))
        yield _Row(
            part="export",
            name=_plain(jsonbody.raw(row, "title")),
            url=jsonbody.text(row, "field_url"),
            native=_plain(jsonbody.raw(row, "field_overall_advice_level")),
            updated=dates.iso(changed[0], ZONE) if changed else None,
            update=_blocks(jsonbody.raw(row, "field_last_update")),
            levels=_plain(jsonbody.raw(row, "field_advice_levels")),
            notes=_blocks(jsonbody.raw(row, "field_last_update_notes")),
        )


def _day(stamp: Stamp | None) -> Stamp | None:
    """A time of noon in UTC as the day it stands for; any other time as it is."""
    if stamp is None or (stamp.at.hour, stamp.at.minute, stamp.at.second) != (12, 0, 0):
        return stamp
    local = stamp.at.astimezone(ZoneInfo(ZONE)).replace(hour=0)
    return Stamp(local.astimezone(UTC), stamp.text, day=True)


def _plain(text: str) -> str:
    return fold(_ODD_MARKS.sub("", unescape(unescape(text))))


def _blocks(text: str) -> tuple[str, ...]:
    """The paragraphs of a text that is plain in one copy and HTML in another; a line is a paragraph."""
    found = (block for line in text.splitlines() for block in markup.blocks(line))
    return tuple(filter(None, map(_plain, found)))


@lru_cache(maxsize=512)  # the next poll holds mostly the same rows
def _piece(row: _Row) -> Piece:
    place = places.resolve(row.name, "en").place
    level = levels.on_scale(row.native, au_levels.SCALE)
    inside = au_levels.read(row.levels, " ".join((*row.update, *row.notes)), level, place)
    return {
        "part": row.part,
        "name": row.name,
        "url": row.url,
        "destination": place,
        "level": level,
        "native": row.native,
        "updated": pieces.pack_stamp(row.updated),
        "regional": inside.regional,
        "regions": pieces.pack_regions(inside.regions),
        "reasons": sorted(inside.reasons),
        "sections": pieces.pack_sections(_sections(row)),
    }


def _sections(row: _Row) -> Iterator[Section]:
    if row.update:
        yield Section("Latest update", row.update)
    if row.notes:
        yield Section("Advice", row.notes)
    if row.levels:
        yield Section("Advice levels", (row.levels,))


def _doubts(listing: Mapping[str, Piece]) -> Iterator[Finding]:
    for key, piece in listing.items():
        if piece["level"] is None:
            yield unknown_level(key, jsonbody.text(piece, "name"), jsonbody.text(piece, "native"))


def _rank(piece: Piece) -> tuple[str, int, bool]:
    """The day in Australia, the level, and the export before the feed."""
    updated = pieces.stamp(piece, "updated")
    day = updated.at.astimezone(ZoneInfo(ZONE)).date().isoformat() if updated else ""
    return day, jsonbody.integer(piece, "level") or 0, piece["part"] == "export"


def record(key: str, found: Sequence[Piece], source: Source) -> Record:
    """The level of the newest piece with the text of the export, or with its own while the export was not read."""
    newest = max(found, key=_rank)
    text = next((piece for piece in found if piece["part"] == "export"), newest)
    name = jsonbody.text(newest, "name")
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.text(newest, "destination"),
        name=name,
        language="en",
        url=jsonbody.text(newest, "url"),
        level=pieces.level(newest),
        native_level=jsonbody.text(newest, "native"),
        scope=Scope(regional=jsonbody.flag(text, "regional"), regions=pieces.regions(text)),
        reasons=pieces.reasons(text),
        title=name,
        note=_note(pieces.sections(newest)),
        sections=pieces.sections(text),
        issued_at=pieces.stamp(newest, "updated"),
    )


def _note(sections: Sequence[Section]) -> str:
    """The first sentence of the latest update."""
    update = next((section.blocks[0] for section in sections if section.heading == "Latest update"), "")
    return re.split(r"(?<=[.!?])\s", update, maxsplit=1)[0]
