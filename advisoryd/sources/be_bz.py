"""Belgium: conseils aux voyageurs of the FPS Foreign Affairs, read from the French pages of diplomatie.belgium.be.

The list links a page for each country. There is no field for the level; the prose has set phrases. Part of a page is
filled in by a script, and a page without it once read as "no restrictions" for Syria and Yemen. So the first step
needs a phrase that says so, and a page with none of the phrases is an unknown level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, Follow, Parsed, Piece, Reader, Request, Unreadable
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import advice, decode, fr_scope
from advisoryd.sources.advice import Advice
from advisoryd.sources.checks import refuse_short, unknown_places
from advisoryd.sources.markup import Page

INDEX = "https://diplomatie.belgium.be/fr/pays"
CONTRACT = Contract(
    min_rows=140,  # 174 links in May 2026
    grace=timedelta(days=14),  # never seen for long enough to tell; the longest that other pages were away
)
_PHRASES = (
    (Level.RECONSIDER, r"non[- ]essentiels?[^.]*déconseill|déconseill\w+[^.]*(?:non[- ]essentiel|sauf)"),
    (Level.AVOID, r"(?:formellement|fortement|strictement) déconseill|tous (?:les )?voyages[^.]*déconseill"),
    (Level.CAUTION, r"(?:vigilance|prudence) (?:accrue|renforcée|particulière)"),
    (
        Level.NORMAL,
        (
            r"pas de (?:risques?|difficultés?|problèmes?)[^.]{0,20} (?:particulier|spécifique|majeur)"
            r"|en toute sécurité|précautions d['’]usage sont d['’]application"
        ),
    ),
)
_STEPS = tuple((level, re.compile(words, re.IGNORECASE)) for level, words in _PHRASES)
_ADVICE = re.compile(r"déconseill", re.IGNORECASE)
_SLUG = re.compile(r"/fr/pays/([\w-]+)/?$")


def reader(source: Source) -> Reader:
    """The reader of diplomatie.belgium.be."""
    return BeBz(source)


@dataclass(frozen=True, slots=True)
class BeBz:
    """The list and the pages."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The list; the pages follow from it."""
        return (Request(INDEX, expect="html"),)

    def parse(self, document: Document) -> Parsed:
        """The countries of the list, or the advice of one page. Raises :class:`Unreadable`."""
        page = Page(decode.text(document))
        slug = _SLUG.search(document.url)
        return _advice(page, slug[1], document.url) if slug else _index(page, document.url, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The advice of the page under the list's name for the country; nothing while it has not been read."""
        page = next((piece for piece in found if "native" in piece), None)
        return (advice.record(key, {**page, **found[0]}, self.source),) if page else ()


def _index(page: Page, url: str, contract: Contract) -> Parsed:
    links = ((_SLUG.search(link.attr("href")), link.text) for link in page.all('a[href*="/fr/pays/"]'))
    listing: dict[str, Piece] = {
        slug[1]: {"name": name, "destination": places.resolve(name, "fr").place}
        for slug, name in links
        if slug and name
    }
    refuse_short(len(listing), contract, url)
    follow = tuple(Follow(Request(urljoin(url, f"/fr/pays/{slug}"), expect="html"), key=slug) for slug in listing)
    return Parsed(listing, follow=follow, complete=True, findings=unknown_places(listing))


def _advice(page: Page, slug: str, url: str) -> Parsed:
    title, body = page.first("h1"), page.first("main") or page
    place = places.resolve(title.text, "fr").place if title else ""
    if title is None or not (place or page.first("h2")):
        raise Unreadable("wrong-shape", f"{url} names no country and has no chapters: it is not the page of a country.")
    said = list(_stated(body.blocks(), place))
    level, native = max(said, key=lambda one: one[0]) if said else (None, "")
    piece = advice.pack(
        Advice(name=title.text, place=place, url=url, level=level, native=native, sections=body.sections())
    )
    return Parsed({slug: piece}, findings=tuple(advice.doubts({slug: piece}, "Sécurité")))


def _stated(blocks: Sequence[str], place: str) -> Iterator[tuple[Level, str]]:
    """The sentences that state a level. Advice against travel counts where it is about the country as a whole."""
    for sentence in (sentence for block in blocks for sentence in fr_scope.sentences(block)):
        level = next((level for level, words in _STEPS if words.search(sentence)), None)
        if level and (level <= Level.CAUTION or fr_scope.whole(sentence, place, _ADVICE)):
            yield level, sentence
