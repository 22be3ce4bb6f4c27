"""Switzerland: Reisehinweise of the EDA, from its crisis page, which holds the advice on every country in one
document.

A block for each country, known by its code (``_ta_JP``). The pages of single countries exist too, but their addresses
moved twice, and old ones answer 200 with a general page; such a page is read where one is given. The level is a set
phrase that opens "Grundsätzliche Einschätzung", or "Aktuelles" where that comes first:

- "... gelten grundsätzlich als sicher" is the first step;
- "Der persönlichen Sicherheit ist grosse Aufmerksamkeit zu schenken" is the second;
- "Von touristischen und anderen nicht dringenden Reisen ... wird abgeraten" is the third;
- "Von Reisen nach X (und von Aufenthalten jeder Art) wird abgeraten" is the fourth, and of parts of the country where
  it says so ("Von Reisen in einzelne Landesteile wird abgeraten").

Any other opening is an unknown level. "Gültig am" is today; "Publiziert am" is the date of the advice. The crisis page
prints month first and no zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import dropwhile
from zoneinfo import ZoneInfo

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request, Unreadable
from advisoryd.model.record import Record, Section, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import advice, decode, native_dates
from advisoryd.sources.advice import Advice
from advisoryd.sources.checks import refuse_short, unknown_places
from advisoryd.sources.markup import Block, Kind, Node, Page, sections_of

CRISIS = "https://www.eda.admin.ch/crisis/de/reisehinweise"
ZONE = "Europe/Zurich"
CONTRACT = Contract(
    min_rows=150,  # some 195 countries have advice
    grace=timedelta(days=14),  # the site was rebuilt in September 2026 and may be again
)
_BLOCK = "_ta_"
_STEPS = (
    (
        Level.RECONSIDER,
        r"^Von (?:(?!Reisen).)*\b(?:touristisch|nicht (?:\w+ )?(?:dringend|notwendig|erforderlich))\w*.*abgeraten",
    ),
    (Level.AVOID, r"^Von Reisen .*abgeraten"),
    (Level.CAUTION, r"Aufmerksamkeit zu schenken"),
    (Level.NORMAL, r"grundsätzlich als sicher"),
)
_FORMULAS = tuple((level, re.compile(words)) for level, words in _STEPS)
_PARTS = re.compile(r"\b(?:Landesteile|Gebiete|Regionen|Provinzen?|Grenzgebiete?)\b")
_PARTS_AVOIDED = re.compile(r"Von Reisen in (?:\w+ )?(?:Landesteile|Gebiete|Regionen)\b[^.]*abgeraten")
_OPENING = re.compile(r"(?:Grundsätzliche Einschätzung|Aktuelles|Aktuell)$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])")
_PUBLISHED = re.compile(r"Publiziert am: ?([\d.]+)")
_EDITED = re.compile(r"Zuletzt editiert: ?(\d+/\d+/\d{4} \d+:\d\d:\d\d [AP]M)")
_FLEETING = re.compile(r"(?:Gültig|Publiziert) am:|Zuletzt editiert:")


def reader(source: Source) -> Reader:
    """The reader of the EDA's crisis page."""
    return ChEda(source)


@dataclass(frozen=True, slots=True)
class ChEda:
    """The crisis page, and pages of single countries."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The crisis page."""
        return (Request(CRISIS, expect="html"),)

    def parse(self, document: Document) -> Parsed:
        """The advice on every country, or on the one of the page. Raises :class:`Unreadable`."""
        page = Page(decode.text(document))
        blocks = page.all(f'div[id^="{_BLOCK}"]')
        found = [_block(node) for node in blocks] if blocks else [_single(page, document.url)]
        if blocks or document.url == CRISIS:
            refuse_short(len(blocks), self.contract, document.url)
        listing, doubled = advice.gather(found)
        doubts = advice.doubts(listing, "Grundsätzliche Einschätzung")
        return Parsed(listing, complete=bool(blocks), findings=(*unknown_places(listing), *doubled, *doubts))

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The advice on the country."""
        return (advice.record(key, found[-1], self.source),) if found else ()


def _block(node: Node) -> tuple[str, Piece]:
    code = node.attr("id").removeprefix(_BLOCK).upper()
    outline = node.outline()
    name = outline[0].text.removeprefix("Reisehinweise für ") if outline else code
    place = code if places.known(code) else places.resolve(name, "de").place
    return code, _piece(name, place, f"{CRISIS}#{_BLOCK}{code}", outline, node)


def _single(page: Page, url: str) -> tuple[str, Piece]:
    """The page of one country: known by its heading, because old addresses lead to a general page."""
    title = page.first("h1")
    title_text = title.text if title else ""
    name = title_text.removeprefix("Reisehinweise für ")
    place = places.resolve(name, "de").place
    if not place or "Grundsätzliche Einschätzung" not in page.blocks():
        raise Unreadable("wrong-shape", f"{url} holds neither blocks of countries nor the advice on one.")
    outline = dropwhile(lambda block: block.kind is not Kind.HEADING or block.text != title_text, page.outline())
    return place, _piece(name, place, url, tuple(outline), page)


def _piece(name: str, place: str, url: str, outline: Sequence[Block], node: Node) -> Piece:
    sections = sections_of(_lasting(outline))
    opening = [section for section in sections if _OPENING.match(section.heading)]
    level, native = _stated(opening)
    note = node.first(".eda-lead__travel-advice-update")
    text = " ".join(block for section in opening for block in section.blocks)
    parts = frozenset({Level.AVOID} if level is not Level.AVOID and _PARTS_AVOIDED.search(text) else ())
    return advice.pack(
        Advice(
            name=name,
            place=place,
            url=url,
            level=level,
            native=native,
            regional=True if parts else None,
            levels=parts,
            title=f"Reisehinweise für {name}",
            note=note.text if note else "",
            sections=sections,
            issued=_published(outline),
        )
    )


def _lasting(outline: Sequence[Block]) -> Iterator[Block]:
    """The text without dates. What opens the advice is its heading, also where it is not marked up as one."""
    for block in outline:
        if not _FLEETING.match(block.text):
            yield Block(Kind.HEADING, block.text) if _OPENING.match(block.text) else block


def _stated(opening: Sequence[Section]) -> tuple[Level | None, str]:
    """The level of the set phrase and its sentence; where there is none, the sentence that stands in its place."""
    sentences = [sentence for section in opening for sentence in _sentences(section)]
    for sentence in sentences:
        level = next((level for level, words in _FORMULAS if words.search(sentence)), None)
        if level and not (level >= Level.RECONSIDER and _PARTS.search(sentence)):
            return level, sentence
    return None, sentences[0] if sentences else ""


def _sentences(section: Section) -> Iterator[str]:
    for block in section.blocks:
        yield from _SENTENCE.split(block)


def _published(outline: Sequence[Block]) -> Stamp | None:
    for block in outline:
        if found := _PUBLISHED.search(block.text):
            return native_dates.figures(found[1], ZONE)
        if found := _EDITED.search(block.text):
            return _edited(found[1])
    return None


def _edited(text: str) -> Stamp | None:
    try:
        moment = datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=ZoneInfo(ZONE))
        return Stamp(moment.astimezone(UTC), text)
    except (ValueError, OverflowError):
        return None
