"""The sitemap and the pages of Singapore's foreign ministry, as pieces and records.

The register is made of the pages: one that gives advice lists itself, one that gives none any more does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from advisoryd import places
from advisoryd.model.ladder import Action
from advisoryd.model.reading import Contract, Document, Follow, Parsed, Piece, Request, Unreadable
from advisoryd.model.record import Record, Scope, Section, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import dates, decode, jsonbody, levels, pieces, sitemap, wording
from advisoryd.sources.checks import refuse_short, unknown_level, unknown_places
from advisoryd.sources.markup import Page
from advisoryd.sources.wording import Advice

ZONE = "Asia/Singapore"
_FOLDER = "https://www.mfa.gov.sg/travelling-overseas/travel-advisories-notices-and-visa-information/"
_COUNTRY = re.compile(re.escape(_FOLDER) + r"([\w-]+)/?")
_UPDATED = re.compile(r"(?:last )?updated (?:on|at)?:?\s*(\d{1,2} \w+ \d{4})", re.IGNORECASE)
_ENTRY = re.compile(r"\bvisas?\b|\bpassport|\barrival card|\bembarkation", re.IGNORECASE)
"""Paragraphs on entry, which change for reasons of their own."""


def read(document: Document, contract: Contract) -> Parsed:
    """The pages of the sitemap, or the advice of one page. Raises :class:`Unreadable`."""
    slug = _COUNTRY.fullmatch(document.url)
    return _page(document, slug[1]) if slug else _index(document, contract)


def _index(document: Document, contract: Contract) -> Parsed:
    found = sitemap.entries(document, _COUNTRY)
    refuse_short(len(found), contract, document.url)
    follow = tuple(Follow(Request(entry.url, expect="html"), entry.slug, entry.modified) for entry in found)
    listing = {entry.slug: {"name": entry.words, "destination": _place(entry.words)} for entry in found}
    return Parsed(follow=follow, findings=unknown_places(listing))


def _page(document: Document, slug: str) -> Parsed:
    page = Page(decode.text(document))
    paragraphs = [node.text for node in page.all('p[class*="prose-body-base"]') if node.text]
    if not paragraphs:
        raise Unreadable("wrong-shape", f"{document.url} holds no paragraph of text.")
    title = page.first("h1")
    name = title.text if title else ""
    place, expected = _place(name), _place(slug.replace("-", " "))
    if place and expected and place != expected:
        raise Unreadable("wrong-shape", f"{document.url} is the page of {name}.")
    told = [text for text in paragraphs if not _UPDATED.match(text) and not _ENTRY.search(text)]
    meant, listed = expected or place, name or slug.replace("-", " ")
    advice = wording.advice(told, meant) or _unclear(told, meant)
    if advice is None:
        return Parsed(complete=True)
    piece = {
        "name": listed,
        "destination": meant,
        "url": document.url,
        "level": advice.level,
        "native": advice.words,
        "actions": sorted(advice.actions),
        "regions": pieces.pack_regions(advice.regions),
        "updated": pieces.pack_stamp(_updated(paragraphs)),
        "reasons": sorted(levels.reasons(told)),
        "blocks": told,
    }
    unknown = () if advice.level else (unknown_level(slug, listed, advice.words),)
    return Parsed({slug: piece}, complete=True, findings=unknown)


def _unclear(told: Sequence[str], place: str) -> Advice | None:
    """Advice of an unknown level, where the page says something that sounds like it: new words for old advice must
    not look like its end."""
    words = wording.unclear(told, place)
    return Advice(None, words) if words else None


def _updated(paragraphs: Sequence[str]) -> Stamp | None:
    """The day that the page prints."""
    printed = (found[1] for text in paragraphs if (found := _UPDATED.match(text)))
    return dates.day(next(printed, ""), ZONE)


def _place(name: str) -> str:
    return places.resolve(name, "en").place if name else ""


def record(key: str, piece: Piece, source: Source) -> Record:
    """The advice of a page."""
    regions = pieces.regions(piece)
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.text(piece, "destination"),
        name=jsonbody.text(piece, "name"),
        language="en",
        url=jsonbody.text(piece, "url"),
        level=pieces.level(piece),
        native_level=jsonbody.text(piece, "native"),
        scope=Scope(True if regions else None, regions=regions),
        actions=frozenset(map(Action, jsonbody.words(piece, "actions"))),
        reasons=pieces.reasons(piece),
        title=jsonbody.text(piece, "name"),
        sections=(Section("", tuple(jsonbody.words(piece, "blocks"))),),
        issued_at=pieces.stamp(piece, "updated"),
    )
