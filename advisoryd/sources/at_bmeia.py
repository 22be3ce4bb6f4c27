"""Austria: Sicherheitsstufen of the BMEIA, from the data of its map and the page of each country.

The map's data give ``security``, the strictest step anywhere in a country, and ``securityPartial``, a flag which says
that this step holds in a part only; it is never a level, although it looks like one. The level of such a country is
the step for "Rest des Landes" on its page, and unknown while the page does not give one (Chad, Palestine).

Countries at the first step are not in the data (none of 136 was), so one that is missing there is as its page says,
and unknown until that was read. The pages come from a table, because no list on the site names them all.

"Stand" on a page is today; "gültig seit" is the date of the advice. Data-centre addresses are blocked now and then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, Finding, Follow, Parsed, Piece, Reader, Request, Unreadable
from advisoryd.model.record import Record, Scope
from advisoryd.model.source import Source
from advisoryd.sources import at_pages, decode, jsonbody, pieces, slugs
from advisoryd.sources.checks import refuse_short, unknown_level, unknown_places

SITE = "https://www.bmeia.gv.at"
MAP = f"{SITE}/reise-services/reisewarnungen"
PAGES = f"{SITE}/reise-services/reiseinformation/land"
CONTRACT = Contract(
    min_rows=100,  # 136 countries had a valid step in 2026
    grace=timedelta(days=14),  # the script has been missing after a change of the page
)
_DATA = re.compile(r"\bbmeiaCountrySecurityInfos\s*=\s*")
_SLUG = re.compile(r"/reiseinformation/land/([\w-]+)/?$")


check_options = slugs.check_options


def reader(source: Source) -> Reader:
    """The reader of the BMEIA's map and pages. Raises :class:`options.OptionError`."""
    return AtBmeia(source, slugs.pages(source, "at_pages"))


@dataclass(frozen=True, slots=True)
class AtBmeia:
    """The data of the map, and the pages. ``pages`` are place ids by slug, those that are read."""

    source: Source
    pages: Mapping[str, str]
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The page with the map; the countries' pages follow from it."""
        return (Request(MAP, expect="html"),)

    def parse(self, document: Document) -> Parsed:
        """Every country of the map and of the table, or the advice of one page. Raises :class:`Unreadable`."""
        text = decode.text(document)
        slug = _SLUG.search(document.url)
        if not slug:
            return self._map(_data(text, document.url), document.url)
        place, page = at_pages.read(text, document.url)
        return Parsed({self.pages.get(slug[1]) or place or slug[1]: page})

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The country as map and page have it; nothing while the page of an unlisted one has not been read."""
        row = next((piece for piece in found if "security" in piece), None)
        page = next((piece for piece in found if "stated" in piece), None)
        if row is None or (page is None and row["security"] is None):
            return ()
        return (_record(key, row, page or {}, self.source),)

    def _map(self, data: Mapping[str, object], url: str) -> Parsed:
        listed = {key: row for iso, raw in data.items() if isinstance(raw, dict) for key, row in _row(iso, raw)}
        refuse_short(sum(row["security"] in at_pages.STEPS for row in listed.values()), self.contract, url)
        unlisted = {place: _unlisted(slug) for slug, place in self.pages.items() if place not in listed}
        rows = listed | unlisted
        read = (key for key, row in rows.items() if row["slug"] and self._is_read(key, str(row["slug"])))
        follow = tuple(_follow(key, rows[key]) for key in read)
        return Parsed(rows, follow=follow, complete=True, findings=(*unknown_places(listed), *_doubts(listed)))

    def _is_read(self, key: str, slug: str) -> bool:
        """Whether the page is wanted: a new one, which the table lacks, is as long as the options choose none."""
        return slug in self.pages or ("destinations" not in self.source.options and key not in self.pages.values())


def _follow(key: str, row: Piece) -> Follow:
    """The page of a country, to be asked for again when the map says something else of it."""
    request = Request(f"{PAGES}/{row['slug']}", expect="html")
    return Follow(request, key, f"{row['security']}/{row['partial']}")


def _data(html: str, url: str) -> Mapping[str, object]:
    """The object that the script assigns. Raises :class:`Unreadable` (``wrong-shape``) when there is none."""
    start = _DATA.search(html)
    try:
        value, _ = json.JSONDecoder().raw_decode(html, start.end()) if start else (None, 0)
    except (ValueError, RecursionError) as problem:
        raise Unreadable("wrong-shape", f"The data of the map in {url} are not JSON: {problem}.") from problem
    return jsonbody.mapping(value, f"'bmeiaCountrySecurityInfos' of {url}")


def _row(iso: str, raw: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """A country of the map. The data begin with a row "0" that is none."""
    name, slug = jsonbody.text(raw, "title"), _SLUG.search(jsonbody.text(raw, "link"))
    if name:
        place = iso if places.known(iso) else places.resolve(name, "de").place
        yield (
            place or iso,
            {
                "name": name,
                "destination": place,
                "slug": slug[1] if slug else "",
                "security": jsonbody.integer(raw, "security") or 0,
                "partial": jsonbody.flag(raw, "securityPartial"),
            },
        )


def _unlisted(slug: str) -> dict[str, object]:
    return {"name": "", "slug": slug, "security": None, "partial": None}


def _doubts(listed: Mapping[str, Piece]) -> Iterator[Finding]:
    for key, row in listed.items():
        if row["security"] not in at_pages.STEPS:
            yield unknown_level(key, jsonbody.raw(row, "name"), f"security {row['security']}")


def _record(key: str, row: Piece, page: Piece, source: Source) -> Record:
    level, name = _level(row, page), jsonbody.raw(row, "name") or jsonbody.raw(page, "name")
    slug = jsonbody.raw(row, "slug")
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.raw(row, "destination") or (key if places.known(key) else ""),
        name=name,
        language=source.language,
        url=f"{PAGES}/{slug}" if slug else MAP,
        level=level,
        native_level=_native(row, page),
        track=source.track,
        scope=_scope(row, level, page),
        title=name,
        sections=pieces.sections(page),
        issued_at=pieces.stamp(page, "issued"),
    )


def _level(row: Piece, page: Piece) -> Level | None:
    """The step of the country as a whole. For a country with a step in a part only, and for one that the map does not
    list, it is what the page says, if the two agree."""
    if row["security"] is None:
        return Level.NORMAL if page.get("stated") == Level.NORMAL and not page["partial"] else None
    if row["partial"] is False:
        return at_pages.STEPS.get(jsonbody.integer(row, "security") or 0)
    agrees = page.get("partial") is True and page["stated"] == row["security"]
    return pieces.level(page, "base") if row["partial"] and agrees else None


def _native(row: Piece, page: Piece) -> str:
    listed = row["security"] is not None
    step, partial = (row["security"], row["partial"]) if listed else (page.get("stated"), page.get("partial"))
    return f"Sicherheitsstufe {step}{' (regional)' if partial else ''}" if step else ""


def _scope(row: Piece, level: Level | None, page: Piece) -> Scope:
    """The map states whether the step is that of a part; the page names the parts."""
    regional = row["partial"] if row["security"] is not None else page.get("partial")
    if not regional:
        return Scope(regional=False if regional is False else None)
    peak = at_pages.STEPS.get(jsonbody.integer(row, "security") or 0)
    named = tuple(region for region in pieces.regions(page) if region.level != level)
    return Scope(True, frozenset({peak} if peak else ()), named)
