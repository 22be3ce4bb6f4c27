"""France: conseils aux voyageurs of the Ministère de l'Europe et des affaires étrangères, from France Diplomatie.

Neither feed nor list: the RSS of the old site is forbidden, and the form that chooses a country names no pages. So the
pages come from a table, and every poll asks for the page with that form, which shows that the site serves us. Of a
country only the page on security is read; :mod:`fr_zones` finds the level in its part on zones, and a page without one
is unknown, never calm, because the map in it is an image.

"Information toujours valable à la date du jour" is printed beside the dates of every page and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Follow, Parsed, Piece, Reader, Request, Unreadable
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import advice, decode, fr_zones, native_dates, slugs
from advisoryd.sources.advice import Advice
from advisoryd.sources.checks import unknown_places
from advisoryd.sources.markup import Block, Page, sections_of

PAGES = "https://www.diplomatie.gouv.fr/fr/information-par-pays"
TOPIC = "conseils-aux-voyageurs-securite"
ZONE = "Europe/Paris"
CONTRACT = Contract(
    grace=timedelta(days=14),  # pages that do not resolve for a while; nothing is ever concluded from absence here
)
_SLUG = re.compile(r"/information-par-pays/([\w-]+)/")
_UPDATED = re.compile(r"date de mise à jour le ?: ?(.+)", re.IGNORECASE)
_FLEETING = re.compile(
    r"(?:date de mise à jour|dernière actualisation) le\b|information toujours valable", re.IGNORECASE
)
_SITE = re.compile(r"France Diplomatie|/fr/information-par-pays")
_FOOT = re.compile(r"liste des représentations françaises", re.IGNORECASE)


check_options = slugs.check_options


def reader(source: Source) -> Reader:
    """The reader of France Diplomatie. Raises :class:`options.OptionError`."""
    return FrMeae(source, slugs.pages(source, "fr_pages"))


@dataclass(frozen=True, slots=True)
class FrMeae:
    """The pages on security. ``pages`` are place ids by slug."""

    source: Source
    pages: Mapping[str, str]
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The page that chooses a country; those of the table follow from it."""
        return (Request(PAGES, expect="html"),)

    def parse(self, document: Document) -> Parsed:
        """All pages of the table, or the advice of one. Raises :class:`Unreadable` (``wrong-shape``) for anything else
        than a page of the site."""
        text = decode.text(document)
        found = _SLUG.search(document.url)
        if not found:
            return Parsed(follow=self._table(text, document.url))
        listing = {found[1]: _piece(Page(text), found[1], self.pages.get(found[1], ""), document.url)}
        doubts = advice.doubts(listing, "Zones de vigilance")
        return Parsed(listing, findings=(*unknown_places(listing), *doubts))

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The advice of the page."""
        return (advice.record(key, found[-1], self.source),) if found else ()

    def _table(self, text: str, url: str) -> tuple[Follow, ...]:
        if not _SITE.search(text):
            raise Unreadable("wrong-shape", f"{url} is no page of France Diplomatie.")
        return tuple(Follow(Request(f"{PAGES}/{slug}/{TOPIC}", expect="html"), key=slug) for slug in self.pages)


def _piece(page: Page, slug: str, place: str, url: str) -> Piece:
    title, updated = page.first("h1"), page.first(".diplomatie--hdp-date--changed")
    if title is None or updated is None or not _UPDATED.match(updated.text):
        raise Unreadable("wrong-shape", f"{url} has no heading or no date: it is not a page of advice.")
    outline = tuple(_chapters(page.outline()))
    zones = fr_zones.read(outline, place)
    return advice.pack(
        Advice(
            name=title.text,
            place=place,
            url=f"{PAGES}/{slug}/{TOPIC}",
            level=zones.level,
            native=zones.native,
            regional=True if zones.levels else None,
            levels=zones.levels,
            title=f"{title.text} : sécurité",
            sections=sections_of(block for block in outline if not _FLEETING.search(block.text)),
            issued=native_dates.words(updated.text, "fr", ZONE),
        )
    )


def _chapters(outline: Sequence[Block]) -> Iterator[Block]:
    """What stands between the date of the page and the addresses of embassies."""
    begun = False
    for block in outline:
        if _FOOT.match(block.text):
            return
        begun = begun or bool(_UPDATED.match(block.text))
        if begun:
            yield block
