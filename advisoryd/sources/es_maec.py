"""Spain: recomendaciones de viaje of the Ministerio de Asuntos Exteriores, read from the pages of exteriores.gob.es.

The list links each page by the Spanish name of the country (``trc=``), now and then with a blank at its end that must
stay. A page that the site does not know answers 200 with a stub that has no chapters. The chapter "Notas importantes"
opens with the formula of the level, mostly in capitals; a formula about some areas only says nothing of the country.
"Recomendaciones vigentes a" is today; "Última actualización el" is the date of the advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urljoin, urlsplit

from advisoryd import places
from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import Contract, Document, Follow, Parsed, Piece, Reader, Request, Unreadable
from advisoryd.model.record import Record, Section
from advisoryd.model.source import Source
from advisoryd.sources import advice, decode, native_dates
from advisoryd.sources.advice import Advice
from advisoryd.sources.checks import refuse_short, unknown_places
from advisoryd.sources.markup import Page

INDEX = "https://www.exteriores.gob.es/es/ServiciosAlCiudadano/Paginas/Recomendaciones-de-viaje.aspx"
ZONE = "Europe/Madrid"
CONTRACT = Contract(
    min_rows=180,  # 190 pages with chapters in 2026
    grace=timedelta(days=14),  # nothing was ever seen to go
)
_FORMULAS = (
    (
        Level.RECONSIDER,
        (
            r"(?:desaconseja|recomienda no viajar|no viajar\b).*(?:salvo|a menos que|excepto)"
            r"|viajes? no (?:esencial|indispensable)|(?:aplazar|posponer) (?:su|el|todo|cualquier)? ?viaje"
        ),
    ),
    (Level.AVOID, r"desaconseja\b.*\bviaj|recomienda no viajar"),
    (Level.CAUTION, r"viajar con (?:\w+ )?precauci|extremar las? precauci"),
    (Level.NORMAL, r"no hay restricciones espec[íi]ficas"),
)
_STEPS = tuple((level, re.compile(words, re.IGNORECASE)) for level, words in _FORMULAS)
_PARTS = re.compile(
    r"\b(?:zonas?|regi[óo]n(?:es)?|provincias?|fronter\w+|mitad|franjas?|(?:al|el|del) (?:norte|sur|este|oeste))\b",
    re.IGNORECASE,
)
_BUT_PARTS = re.compile(r"abstenerse de hacerlo|(?:determinadas|algunas|siguientes) zonas", re.IGNORECASE)
_LEAVE = re.compile(r"\babandonen\b|\babandonar el pa[íi]s", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.:])\s*(?=[A-ZÁÉÍÓÚÑ¿])")
_UPDATED = re.compile(r"Última actualización el (.+)", re.IGNORECASE)
_CHAPTERS = ".section__accordion-wrapper"
_OWN_NAMES = {"Corea": "KR", "Kazajstán": "KZ"}
"""Names that the ministry uses and that mean no single country elsewhere, or are not the usual spelling."""


def reader(source: Source) -> Reader:
    """The reader of exteriores.gob.es."""
    return EsMaec(source)


@dataclass(frozen=True, slots=True)
class EsMaec:
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
        name = _name(document.url)
        return _advice(page, name, document.url) if name else _index(page, document.url, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The advice of the page; nothing while it has not been read."""
        page = next((piece for piece in found if "native" in piece), None)
        return (advice.record(key, page, self.source),) if page else ()


def _name(url: str) -> str:
    """The name in the address of a page, ``""`` where there is none."""
    try:
        return decode.fold(parse_qs(urlsplit(url).query).get("trc", [""])[0])
    except ValueError:
        return ""


def _index(page: Page, url: str, contract: Contract) -> Parsed:
    links = {name: link for link in page.all('a[href*="trc="]') if (name := _name(link.attr("href")))}
    listing: dict[str, Piece] = {name: {"name": name, "destination": _place(name)} for name in links}
    refuse_short(len(listing), contract, url)
    follow = tuple(
        Follow(Request(urljoin(url, link.attr("href")), expect="html"), key=name) for name, link in links.items()
    )
    return Parsed(listing, follow=follow, complete=True, findings=unknown_places(listing))


def _place(name: str) -> str:
    return _OWN_NAMES.get(name) or places.resolve(name, "es").place


def _advice(page: Page, name: str, url: str) -> Parsed:
    chapters = page.first(_CHAPTERS)
    if chapters is None:
        raise Unreadable(
            "wrong-shape", f"{url} has no chapters: it is the stub for a name that the site does not know."
        )
    sections = chapters.sections()
    opening = next((section for section in sections if section.heading), Section("", ()))
    level, native = headline(opening.blocks)
    updated = next((found[1] for text in page.blocks() if (found := _UPDATED.match(text))), "")
    piece = advice.pack(
        Advice(
            name=name,
            place=_place(name),
            url=url,
            level=level,
            native=native,
            regional=True if _BUT_PARTS.search(native) else None,
            actions=frozenset({Action.LEAVE} if level is Level.AVOID and _LEAVE.search(native) else ()),
            sections=sections,
            issued=native_dates.words(updated, "es", ZONE),
        )
    )
    return Parsed({name: piece}, findings=tuple(advice.doubts({name: piece}, "Notas importantes")))


def headline(blocks: Iterable[str]) -> tuple[Level | None, str]:
    """The level of the country and the sentence that states it; ``None`` and ``""`` where no formula does."""
    for sentence in _sentences(blocks):
        level = next((level for level, words in _STEPS if words.search(sentence)), None)
        if level is not None and (not _PARTS.search(sentence) or _qualifies(sentence, level)):
            return level, sentence
    return None, ""


def _qualifies(sentence: str, level: Level) -> bool:
    """Whether the areas that the sentence names only add to what it says of the country."""
    return level <= Level.CAUTION and bool(_BUT_PARTS.search(sentence))


def _sentences(blocks: Iterable[str]) -> Iterator[str]:
    for block in blocks:
        yield from filter(None, map(str.strip, _SENTENCE.split(block)))
