"""Netherlands: reisadviezen of the Ministerie van Buitenlandse Zaken, from its open data (NederlandWereldwijd).

Two pages of at most 200 rows: a page size is silently cut to 200, and to 25 when it is left out, so a first page that
is not full means that the end of the list is missing. ``lastmodified`` moves with every save; there is no date of
issue.

There is no field for the level. It is a colour in the Dutch summary, and :mod:`nl_colours` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from urllib.parse import parse_qs, urlsplit

from advisoryd import places
from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request, Unreadable
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import advice, dates, decode, jsonbody, markup, nl_colours, xmltree
from advisoryd.sources.advice import Advice
from advisoryd.sources.checks import refuse_short, unknown_places
from advisoryd.sources.jsonbody import Row

LIST = "https://opendata.nederlandwereldwijd.nl/v2/sources/nederlandwereldwijd/infotypes/traveladvice"
PAGE_ROWS = 200
CONTRACT = Contract(
    min_rows=PAGE_ROWS,  # 226 in 2026: the first page is full, and the second has the rest
    grace=timedelta(days=7),  # rows can fall between the two pages while the list is being edited
)
_FIELDS = ("id", "canonical", "title", "introduction", "location", "isocode", "lastmodified")


def reader(source: Source) -> Reader:
    """The reader of NederlandWereldwijd's open data."""
    return NlBz(source)


@dataclass(frozen=True, slots=True)
class NlBz:
    """Both pages of the list."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The two pages."""
        query = f"{LIST}?output=json&rows={PAGE_ROWS}&offset="
        return Request(f"{query}0", expect="json"), Request(f"{query}{PAGE_ROWS}", expect="json")

    def parse(self, document: Document) -> Parsed:
        """The advice in one page, which is JSON, or XML where a single country was asked for. Raises
        :class:`Unreadable`, also when the first page is not full."""
        rows = [row for row in _rows(document) if jsonbody.text(row, "id")]
        if parse_qs(urlsplit(document.url).query).get("offset") == ["0"]:
            refuse_short(len(rows), self.contract, document.url)
        if rows and not any(jsonbody.text(row, "introduction") for row in rows):
            raise Unreadable("wrong-shape", f"No row of {document.url} has an 'introduction', which has the level.")
        listing, doubled = advice.gather((jsonbody.text(row, "id"), _piece(row)) for row in rows)
        doubts = advice.doubts(listing, "introduction")
        return Parsed(listing, complete=True, findings=(*unknown_places(listing), *doubled, *doubts))

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The newest copy: while the list is being edited a row may stand on both pages."""
        return (advice.record(key, reduce(advice.newer, found), self.source),) if found else ()


def _rows(document: Document) -> Iterable[Row]:
    if decode.is_markup(document):
        root = xmltree.load(document)
        if xmltree.name(root) != "documents":
            raise Unreadable("wrong-shape", f"{document.url} is XML or a web page, and no list of documents.")
        found = xmltree.children(root, "document")
        return [{field: xmltree.raw(element, field) for field in _FIELDS} for element in found]
    return jsonbody.rows(jsonbody.load(document), document.url)


def _piece(row: Row) -> Piece:
    name = jsonbody.text(row, "location")
    place = _place(jsonbody.text(row, "isocode"), name)
    sections = markup.sections(jsonbody.raw(row, "introduction"))
    said = nl_colours.read((block for section in sections for block in section.blocks), place)
    return advice.pack(
        Advice(
            name=name,
            place=place,
            url=jsonbody.text(row, "canonical"),
            level=said.level,
            native=said.native,
            regional=said.regional,
            levels=frozenset(said.levels),
            regions=said.regions,
            title=jsonbody.text(row, "title").partition(" | ")[0],
            sections=sections,
            issued=dates.iso(jsonbody.text(row, "lastmodified")),
        )
    )


def _place(iso: str, name: str) -> str:
    """By the code of three letters; the islands of the Caribbean Netherlands have codes of the ministry's own."""
    return places.resolve(iso).place or places.resolve(name, "nl").place
