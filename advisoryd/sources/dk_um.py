"""Denmark: rejsevejledninger of the Udenrigsministeriet, read from the pages of um.dk.

A page opens with a bar for each step that holds somewhere: the words of the step, then where ("Vær ekstra forsigtig:
Hele landet undtagen området i den orange bjælke"). The bar that says "Hele landet" is the level of the country. Its
four colours, green to red, are the ladder's steps: the pages of Denmark's neighbours have the green one, "Vær
opmærksom".

For some ninety countries the page says "Vi har ingen rejsevejledning": no advice, which is not the same as safe. Pages
are a shell without text when the site takes the client for a robot. "Gyldig" is today; the chapter on the latest
update says what was edited, and often that the step was not changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, Follow, Parsed, Piece, Reader, Request, Unreadable
from advisoryd.model.record import Record, Region, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import advice, decode, levels, native_dates
from advisoryd.sources.advice import Advice
from advisoryd.sources.checks import refuse_short, unknown_places
from advisoryd.sources.markup import Block, Page, sections_of

INDEX = "https://um.dk/rejse-og-ophold/rejse-til-udlandet/rejsevejledninger"
ZONE = "Europe/Copenhagen"
CONTRACT = Contract(
    min_rows=80,  # 194 pages, some 80 of them with advice; the list need not name the others
    grace=timedelta(days=14),  # some fetches bring an empty shell
)
SCALE = {
    "vær opmærksom": Level.NORMAL,
    "vær ekstra forsigtig": Level.CAUTION,
    "vi fraråder alle ikke nødvendige rejser til": Level.RECONSIDER,
    "vi fraråder alle rejser til": Level.AVOID,
}
_SLUG = re.compile(r"/rejsevejledninger/([\w%-]+)/?$")
_BAR = re.compile(
    r"(?P<words>Vær (?:ekstra )?(?:opmærksom|forsigtig)|Vi fraråder alle (?:ikke-nødvendige )?rejser til)"
    r"(?P<sign>:?) (?P<area>.+)"
)
_WHOLE = re.compile(r"(?:Hele|Resten af) (?:landet|[A-ZÆØÅ]\w+)", re.IGNORECASE)
_NONE = re.compile(r"Vi har ingen rejsevejledning", re.IGNORECASE)
_UPDATED = re.compile(r"Rejsevejledning opdateret: ?(.+)")
_TODAY = re.compile(r"(?:Rejsevejledning opdateret|Gyldig):")
_NOTE = re.compile(r"Rejsevejledningen for .+ er senest opdateret")
_STEP_UNCHANGED = re.compile(r"ikke foretaget ændringer i sikkerhedsniveauet", re.IGNORECASE)


def reader(source: Source) -> Reader:
    """The reader of um.dk."""
    return DkUm(source)


@dataclass(frozen=True, slots=True)
class DkUm:
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
        """The advice of the page; nothing while it has not been read."""
        page = next((piece for piece in found if "native" in piece), None)
        return (advice.record(key, page, self.source),) if page else ()


def _index(page: Page, url: str, contract: Contract) -> Parsed:
    options = ((_SLUG.search(option.attr("data-href")), option.text) for option in page.all("option[data-href]"))
    listing: dict[str, Piece] = {
        slug[1]: {"name": name, "destination": places.resolve(name, "da").place} for slug, name in options if slug
    }
    refuse_short(len(listing), contract, url)
    follow = tuple(Follow(Request(f"{INDEX}/{slug}/", expect="html"), key=slug) for slug in listing)
    return Parsed(listing, follow=follow, complete=True, findings=unknown_places(listing))


def _advice(page: Page, slug: str, url: str) -> Parsed:
    body = page.first(".travel-guide-content") or page.first("main") or page
    outline, title = body.outline(), page.first("h1")
    updated = next((found[1] for block in outline if (found := _UPDATED.match(block.text))), "")
    none = title is not None and bool(_NONE.match(title.text))
    if title is None or not (updated or none):
        raise Unreadable("wrong-shape", f"{url} has no date and does not say that there is no advice: it is a shell.")
    name = _NONE.sub("", title.text).removeprefix(" for ").strip()
    read = _read(outline, name, places.resolve(name, "da").place, native_dates.figures(updated, ZONE))
    piece = advice.pack(replace(read, url=f"{INDEX}/{slug}/"))
    return Parsed({slug: piece}, findings=() if none else tuple(advice.doubts({slug: piece}, "sikkerhedsniveau")))


def _read(outline: Sequence[Block], name: str, place: str, updated: Stamp | None) -> Advice:
    bars = list(_bars(outline, place))
    national = [bar for bar in bars if bar.whole]
    note = next((block.text for block in outline if _NOTE.match(block.text)), "")
    return Advice(
        name=name,
        place=place,
        url="",
        level=max((bar.level for bar in national if bar.level), default=None),
        native="; ".join(bar.text for bar in national or bars),
        regional=_regional(bars),
        regions=tuple(Region(bar.area, bar.level) for bar in bars if not bar.whole),
        note=note,
        editorial=bool(_STEP_UNCHANGED.search(note)),
        sections=sections_of(_lasting(outline, note)),
        issued=updated,
    )


@dataclass(frozen=True, slots=True)
class _Bar:
    level: Level | None
    area: str
    whole: bool
    text: str


def _regional(bars: Sequence[_Bar]) -> bool | None:
    """Open where no bar speaks of the whole country or of a part."""
    if len(bars) > 1 or any(not bar.whole for bar in bars):
        return True
    return False if bars and _WHOLE.fullmatch(bars[0].area) else None


def _bars(outline: Sequence[Block], place: str) -> Iterator[_Bar]:
    """The bars above the text; where there are none, the sentences of that form about the country by its name."""
    for block in outline:
        found = _BAR.match(block.text)
        if found:
            area = found["area"].rstrip(".")
            whole = bool(_WHOLE.match(area)) or _is(area, place)
            if found["sign"] or whole:
                yield _Bar(levels.on_scale(found["words"], SCALE), area, whole, block.text)


def _is(area: str, place: str) -> bool:
    return bool(place) and places.resolve(area.partition(" (")[0], "da").place == place


def _lasting(outline: Sequence[Block], note: str) -> Iterator[Block]:
    """The text without the dates, of which one is today, and without the remark on the latest edit."""
    return (block for block in outline if not _TODAY.match(block.text) and block.text != note)
