"""The sitemap and the pages of SafeTravel, as pieces and records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, Finding, FindingKind, Follow, Parsed, Piece, Request, Unreadable
from advisoryd.model.record import Area, Record, Region, Scope, Section, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import dates, decode, jsonbody, levels, markup, pieces, regions, sitemap
from advisoryd.sources.checks import refuse_short, unknown_field, unknown_level, unknown_places
from advisoryd.sources.jsonbody import Row
from advisoryd.sources.markup import Page
from advisoryd.sources.regions import Statement

ZONE = "Pacific/Auckland"
SCALE = {
    "exercise normal safety precautions": Level.NORMAL,
    "exercise normal safety and security precautions": Level.NORMAL,
    "exercise increased caution": Level.CAUTION,
    "avoid non essential travel": Level.RECONSIDER,
    "do not travel": Level.AVOID,
}
_DESTINATION = re.compile(r"https://www\.safetravel\.govt\.nz/destinations/(?!about-our-travel-advice)([\w-]+)/?")
"""A destination's address; one page of that folder explains the levels."""

_ADVICE = "#js-advice-level-accordion"
_THEMES = "#js-accordion"
_STEP = re.compile(r"\blevel (\d) of 4\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Advice:
    """One item: the words of its level, where it holds, its text and the day of its last edit."""

    words: str
    subtitle: str
    body: str
    updated: str

    @property
    def level(self) -> Level | None:
        """The level of its words; ``None`` where its text names another step than they do."""
        return None if self.contradicted else levels.on_scale(self.words, SCALE)

    @property
    def contradicted(self) -> bool:
        """Whether the text names another step ("level 2 of 4") than the words."""
        level, steps = levels.on_scale(self.words, SCALE), {int(step) for step in _STEP.findall(self.body)}
        return level is not None and bool(steps) and steps != {level}

    @property
    def area(self) -> str:
        """Where it holds, without "in" or "to"."""
        return regions.area(self.subtitle)


def read(document: Document, contract: Contract) -> Parsed:
    """The pages of the sitemap, or the advice of one page. Raises :class:`Unreadable`."""
    slug = _DESTINATION.fullmatch(document.url)
    return _page(document, slug[1]) if slug else _index(document, contract)


def _index(document: Document, contract: Contract) -> Parsed:
    found = sitemap.entries(document, _DESTINATION)
    refuse_short(len(found), contract, document.url)
    listing = {entry.slug: {"name": entry.words, "destination": _place(entry.words)} for entry in found}
    follow = tuple(Follow(Request(entry.url, expect="html"), entry.slug, entry.modified) for entry in found)
    return Parsed(listing, follow=follow, complete=True, findings=unknown_places(listing))


def _page(document: Document, slug: str) -> Parsed:
    page = Page(decode.text(document))
    title = page.first("h1")
    name = title.text if title else ""
    place, expected = _place(name), _place(slug.replace("-", " "))
    if place and expected and place != expected:
        raise Unreadable("wrong-shape", f"{document.url} is the page of {name}.")
    items = [_advice(row) for row in _listed(page, _ADVICE, document.url)]
    if not items:
        raise Unreadable("wrong-shape", f"{document.url} holds no advice.")
    national = _national(items, name, place)
    parts = tuple(_region(item, place) for item in items if item is not national)
    piece = {
        "name": name,
        "destination": place,
        "level": national.level if national else None,
        "native": national.words if national else "",
        "updated": pieces.pack_stamp(_updated(items)),
        "regions": pieces.pack_regions(parts),
        "reasons": sorted(levels.reasons(markup.blocks(national.body)) if national else ()),
        "sections": pieces.pack_sections(_sections(page, items, document.url)),
    }
    return Parsed({slug: piece}, findings=tuple(_doubts(slug, piece, items)))


def _listed(page: Page, css: str, url: str) -> list[Row]:
    """The objects in the attribute of the one element there may be; none when it is missing."""
    held = page.all(css)
    if len(held) > 1:
        raise Unreadable("wrong-shape", f"{url} has {len(held)} elements {css}.")
    if not held:
        return []
    content = Document(url, held[0].attr("data-content").encode())
    return jsonbody.rows(jsonbody.load(content), f"{css} of {url}")


def _advice(row: Row) -> _Advice:
    words, subtitle = jsonbody.text(row, "title"), jsonbody.text(row, "subtitle")
    return _Advice(words, subtitle, jsonbody.raw(row, "body"), jsonbody.text(row, "lastUpdated"))


def _updated(items: Sequence[_Advice]) -> Stamp | None:
    """The day of the latest edit."""
    stamps = [stamp for item in items if (stamp := dates.day(item.updated, ZONE))]
    return max(stamps, key=lambda stamp: stamp.at, default=None)


def _national(items: Sequence[_Advice], name: str, place: str) -> _Advice | None:
    """The item about the country as a whole, or about what the others leave of it."""
    whole = [item for item in items if _means(item.area, name, place)]
    rest = [item for item in items if _region(item, place).kind is Area.REST]
    return next(iter((*whole, *rest)), None)


def _means(area: str, name: str, place: str) -> bool:
    return levels.key(area) == levels.key(name) or regions.is_whole(area, place)


def _region(item: _Advice, place: str) -> Region:
    """The item as a part of the country, under its own words where they name no part in a known way."""
    found = regions.region(Statement(item.level or Level.NORMAL, item.area), place)
    kind, code = (found.kind, found.code) if found else (Area.AREA, "")
    return Region(item.area or item.subtitle, item.level, kind, code)


def _sections(page: Page, items: Sequence[_Advice], url: str) -> Iterator[Section]:
    for item in items:
        yield Section(f"{item.words} {item.subtitle}".strip(), markup.blocks(item.body))
    for node in page.all(".fr-view"):
        yield from (section for section in node.sections() if section.blocks)
    for row in _listed(page, _THEMES, url):
        heading = jsonbody.text(row, "heading")
        for section in markup.sections(jsonbody.raw(row, "body")):
            yield Section(f"{heading}: {section.heading}" if section.heading else heading, section.blocks)


def _doubts(slug: str, piece: Mapping[str, object], items: Sequence[_Advice]) -> Iterator[Finding]:
    name = str(piece["name"])
    if not piece["native"]:
        yield unknown_field(slug, name, "subtitle")
    for item in items:
        if not item.words:
            yield unknown_field(slug, name, "title")
        elif item.contradicted:
            yield Finding(
                FindingKind.UNUSUAL, f"{name} is headed {item.words!r}, but its text has another step.", (slug,)
            )
        elif item.level is None:
            yield unknown_level(slug, name, item.words)


def _place(name: str) -> str:
    return places.resolve(name, "en").place if name else ""


def records(key: str, found: Sequence[Piece], source: Source) -> Iterator[Record]:
    """The advice of the page, under the sitemap's name where the page's own is unknown."""
    page = next((piece for piece in found if "native" in piece), None)
    if page is None:
        return
    known = next((place for piece in found if (place := jsonbody.text(piece, "destination"))), "")
    parts = pieces.regions(page)
    name = jsonbody.text(page, "name")
    yield Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.text(page, "destination") or known,
        name=name,
        language="en",
        url=f"https://www.safetravel.govt.nz/destinations/{key}",
        level=pieces.level(page),
        native_level=jsonbody.text(page, "native"),
        scope=Scope(bool(parts), regions=parts),
        reasons=pieces.reasons(page),
        title=name,
        sections=pieces.sections(page),
        issued_at=pieces.stamp(page, "updated"),
    )
