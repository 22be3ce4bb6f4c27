"""The list and the pages of ireland.ie's travel advice, as pieces and records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, Finding, FindingKind, Follow, Parsed, Piece, Request
from advisoryd.model.record import Record, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import dates, decode, jsonbody, levels, pieces, regions
from advisoryd.sources.checks import refuse_short, unknown_field, unknown_level, unknown_places
from advisoryd.sources.ie_dfa import INDEX
from advisoryd.sources.markup import Block, Node, Page, sections_of

ZONE = "Europe/Dublin"
SCALE = {
    "normal precautions": Level.NORMAL,
    "normal safety precautions": Level.NORMAL,
    "high degree of caution": Level.CAUTION,
    "avoid non essential travel": Level.RECONSIDER,
    "do not travel": Level.AVOID,
}
_SLUG = re.compile(r"/overseas-travel/advice/([\w-]+)/?$")
_UPDATED = re.compile(r"updated on:\s*(.+)", re.IGNORECASE)


def _summary(page: Page) -> str:
    """Below the title, until September 2025."""
    found = page.first("p.travel-landing--summary")
    return found.text if found else ""


def _accordion(page: Page) -> str:
    """The title of the accordion under "Security Status", seen in 2026."""
    return _only_level(page.all(".security-status-heading ~ .accordion_travel .accordion__title"))


def _opening(page: Page) -> str:
    """A heading of its own at the head of the text, since September 2025."""
    return _only_level(page.all("h3"))


def _only_level(headings: Sequence[Node]) -> str:
    """The one level among the headings; none when there are several, which makes them a legend."""
    words = {level: heading.text for heading in headings if (level := levels.on_scale(heading.text, SCALE))}
    return next(iter(words.values())) if len(words) == 1 else ""


HEADERS: Mapping[str, Callable[[Page], str]] = {"summary": _summary, "accordion": _accordion, "opening": _opening}
"""The places where a level has been seen: what finds its words there, ``""`` when they are not."""


def parse(document: Document, headers: Sequence[str], contract: Contract) -> Parsed:
    """The pages of the list, or the advice of one page. Raises :class:`Unreadable`."""
    page = Page(decode.text(document))
    slug = _SLUG.search(document.url)
    return _page(page, slug[1], headers) if slug else _index(page, document.url, contract)


def records(key: str, found: Sequence[Piece], source: Source) -> Iterator[Record]:
    """The advice of the page under the list's name for it; nothing while the page has not been read."""
    for page in found:
        if "native" in page:
            yield _record(key, {**page, **found[0]}, source)


def _index(page: Page, url: str, contract: Contract) -> Parsed:
    listing = {slug: _identity(name) for slug, name in _linked(page) if name}
    refuse_short(len(listing), contract, url)
    follow = [Follow(Request(f"{INDEX}{slug}/", expect="html"), key=slug) for slug in listing]
    return Parsed(listing, follow=tuple(follow), complete=True, findings=unknown_places(listing))


def _linked(page: Page) -> Iterator[tuple[str, str]]:
    for link in page.all('a[href*="/overseas-travel/advice/"], option[value*="/overseas-travel/advice/"]'):
        if slug := _SLUG.search(link.attr("href") or link.attr("value")):
            yield slug[1], link.text


def _identity(name: str) -> dict[str, object]:
    return {"name": name, "destination": places.resolve(name, "en").place}


def _page(page: Page, slug: str, headers: Sequence[str]) -> Parsed:
    title = page.first("h1")
    body = page.first("main") or page
    identity = _identity(title.text if title else slug)
    native = next(filter(None, (HEADERS[name](page) for name in headers)), "")
    outline = body.outline()
    piece: dict[str, object] = {
        **identity,
        "native": native,
        "modified": pieces.pack_stamp(_modified(page, outline)),
        "reasons": sorted(levels.reasons(_national(outline, str(identity["destination"])))),
        "sections": pieces.pack_sections(sections_of(_advice(outline, native))),
    }
    return Parsed({slug: piece}, findings=tuple(_doubts(slug, piece, outline)))


def _modified(page: Page, outline: Sequence[Block]) -> Stamp | None:
    """When the page was saved, from its head; where that is missing, the day it prints."""
    meta = page.first('meta[property="website:modified_time"]')
    printed = next((found[1] for block in outline if (found := _UPDATED.fullmatch(block.text))), "")
    return (dates.iso(meta.attr("content")) if meta else None) or dates.day(printed, ZONE)


def _national(outline: Sequence[Block], destination: str) -> list[str]:
    """The blocks that state the advice for the country as a whole."""
    return [
        block.text
        for block in outline
        if any(regions.is_whole(statement.area, destination) for statement in regions.statements(block.text))
    ]


def _advice(outline: Sequence[Block], native: str) -> list[Block]:
    """The text without what is kept apart: the level, the date and the title."""
    level = levels.key(native)
    return [
        block
        for number, block in enumerate(outline)
        if levels.key(block.text) != level and not _UPDATED.fullmatch(block.text) and number > 0
    ]


def _doubts(slug: str, piece: Mapping[str, object], outline: Sequence[Block]) -> Iterator[Finding]:
    name, native = str(piece["name"]), str(piece["native"])
    level, said = levels.on_scale(native, SCALE), _status(outline)
    if not native:
        yield unknown_field(slug, name, "Security Status")
    elif level is None:
        yield unknown_level(slug, name, native)
    elif said and levels.on_scale(said, SCALE) != level:
        yield Finding(FindingKind.UNUSUAL, f"{name} is headed {native!r} while its text says {said!r}.", (slug,))


def _status(outline: Sequence[Block]) -> str:
    """The level that the text gives under "Security Status"; ``""`` when it gives none, or explains all of them."""
    texts = [block.text for block in outline]
    for heading, words, following in zip(texts, texts[1:], [*texts[2:], ""], strict=False):
        if levels.key(heading) == "security status" and levels.on_scale(words, SCALE):
            return "" if levels.on_scale(following, SCALE) else words
    return ""


def _record(key: str, piece: Piece, source: Source) -> Record:
    native = jsonbody.text(piece, "native")
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.text(piece, "destination"),
        name=jsonbody.text(piece, "name"),
        language="en",
        url=f"{INDEX}{key}/",
        level=levels.on_scale(native, SCALE),
        native_level=native,
        reasons=pieces.reasons(piece),
        title=jsonbody.text(piece, "name"),
        sections=pieces.sections(piece),
        issued_at=pieces.stamp(piece, "modified"),
    )
