"""Finland: matkustustiedotteet of the Ulkoministeriö, read from the pages of um.fi.

The list links a page for each country, whose address ends in the country's code. The page has the step as words in an
element of its own, and steps of parts as "Cabinda: Vältä tarpeetonta matkustamista" under "Poikkeava
turvallisuustaso". A page without that element is not the advice: um.fi is behind a challenge that browsers alone have
passed since September 2026, for home connections as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd import places
from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import Contract, Document, Follow, Parsed, Piece, Reader, Request, Unreadable
from advisoryd.model.record import Record, Region, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import advice, dates, decode, levels
from advisoryd.sources.advice import Advice
from advisoryd.sources.checks import refuse_short, unknown_places
from advisoryd.sources.markup import Block, Page, sections_of

INDEX = "https://um.fi/matkustustiedotteet"
PAGES = "https://um.fi/matkustustiedote/-/c"
ZONE = "Europe/Helsinki"
CONTRACT = Contract(
    min_rows=130,  # 153 countries had advice in 2026
    grace=timedelta(days=14),  # the site was out of reach for weeks on end
)
SCALE = {
    "noudata tavanomaista varovaisuutta": Level.NORMAL,
    "noudata erityistä varovaisuutta": Level.CAUTION,
    "vältä tarpeetonta matkustamista": Level.RECONSIDER,
    "vältä kaikkea matkustamista": Level.AVOID,
    "poistu maasta": Level.AVOID,
    "poistu välittömästi maasta": Level.AVOID,
}
_STEP = "#safetyLevelMainLevel"
_CODE = re.compile(r"/matkustustiedote/-/c/([A-Z]{2})/?$")
_LEAVE = re.compile(r"\bpoistu\b", re.IGNORECASE)
_OTHER_STEP = re.compile(rf"(?P<area>[^:]+): (?P<words>{'|'.join(SCALE)})$", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}$")


def reader(source: Source) -> Reader:
    """The reader of um.fi."""
    return FiUm(source)


@dataclass(frozen=True, slots=True)
class FiUm:
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
        code = _CODE.search(document.url)
        return _advice(page, code[1], document.url) if code else _index(page, document.url, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The advice of the page; nothing while it has not been read."""
        page = next((piece for piece in found if "native" in piece), None)
        return (advice.record(key, page, self.source),) if page else ()


def _index(page: Page, url: str, contract: Contract) -> Parsed:
    linked = [(code[1], link.text) for link in page.all("a") if (code := _CODE.search(link.attr("href")))]
    listing: dict[str, Piece] = {code: {"name": name, "destination": _place(code, name)} for code, name in linked}
    refuse_short(len(listing), contract, url)
    follow = tuple(Follow(Request(f"{PAGES}/{code}", expect="html"), key=code) for code in listing)
    return Parsed(listing, follow=follow, complete=True, findings=unknown_places(listing))


def _place(code: str, name: str) -> str:
    return code if places.known(code) else places.resolve(name, "fi").place


def _advice(page: Page, code: str, url: str) -> Parsed:
    step, title = page.first(_STEP), page.first("h1")
    if step is None:
        raise Unreadable("wrong-shape", f"{url} has no element {_STEP!r}: it is not a matkustustiedote.")
    native = " ".join(block for section in step.sections() for block in section.blocks[:1])
    body = page.first(".portlet-body:has(#safetyLevelMainLevel)") or page
    outline = body.outline()
    name = title.text.partition(":")[0] if title else code
    regions = tuple(_regions(outline))
    piece = advice.pack(
        Advice(
            name=name,
            place=_place(code, name),
            url=f"{PAGES}/{code}",
            level=levels.on_scale(native, SCALE),
            native=native,
            regional=True if regions else None,
            regions=regions,
            actions=frozenset({Action.LEAVE} if _LEAVE.search(native) else ()),
            sections=sections_of(block for block in outline if not _DATE.match(block.text)),
            issued=_modified(page),
        )
    )
    return Parsed({code: piece}, findings=tuple(advice.doubts({code: piece}, "Turvallisuustaso")))


def _regions(outline: Sequence[Block]) -> Iterator[Region]:
    for block in outline:
        if found := _OTHER_STEP.match(block.text):
            yield Region(found["area"], levels.on_scale(found["words"], SCALE))


def _modified(page: Page) -> Stamp | None:
    """When the page was saved; the attribute has no zone and means the ministry's."""
    saved = page.first("[data-modifydate]")
    return dates.iso(saved.attr("data-modifydate"), ZONE) if saved else None
