"""The page of one country at bmeia.gv.at: its step, the parts that other steps hold in, and the text.

The box says "Sicherheitsstufe 3 (regional)"; the cards below name the areas, each in a paragraph of its own: "Hohes
Sicherheitsrisiko Sicherheitsstufe 3 (von 4) gilt in der Provinz Cabinda", "Sicherheitsrisiko (Sicherheitsstufe 2) im
Rest des Landes". Paragraphs without an area repeat the step of the country.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Piece, Unreadable
from advisoryd.model.record import Area, Region, Stamp
from advisoryd.sources import native_dates, pieces
from advisoryd.sources.markup import Block, Page, sections_of

ZONE = "Europe/Vienna"
STEPS = {step.value: step for step in Level}

_BOX = re.compile(r"\bSicherheitsstufe (?P<step>\d)(?: (?P<regional>\(regional\)))?(?: seit [\d.]+)?$")
_STEP = re.compile(r"\bSicherheitsstufe (?P<step>[1-4])\b(?:\s*\(?von 4\)|\))*:?\s*(?:gilt )?(?P<area>.*)")
_REST = re.compile(
    r"\b(?:Rest des Landes|(?:im|für das) (?:ganzen?|gesamten?) Land"
    r"|(?:übrigen|restlichen) (?:Landesteilen?|Regionen|Gebieten?))\b"
)
_IN = re.compile(r"^(?:(?:in|im|für|auf|entlang|an|bei)\b\s*)+(?:der|die|das|den|dem)?\b\s*")
_SINCE = re.compile(r"gültig seit:? ([\d.]+)")
_STAND = re.compile(r"^Stand [\d.]+")
_CONTENT = ".country-security, .panel-group"


@dataclass(frozen=True, slots=True)
class _Statement:
    step: Level
    area: str
    rest: bool


def read(html: str, url: str) -> tuple[str, Piece]:
    """The place of the page by its heading, and what it says. Raises :class:`Unreadable` (``wrong-shape``) for any
    other page."""
    page = Page(html)
    title = page.first("h1")
    outline = [block for part in page.all(_CONTENT) for block in part.outline()]
    if title is None or not outline:
        raise Unreadable("wrong-shape", f"{url} has no heading or no country data: it is not the page of a country.")
    name = title.text.partition(" (")[0]
    stated = list(_statements(outline))
    box = next((found for block in outline if (found := _BOX.search(block.text))), None)
    return places.resolve(name, "de").place, {
        "name": name,
        "stated": int(box["step"]) if box else None,
        "partial": bool(box and box["regional"]),
        "base": max((one.step for one in stated if one.rest), default=None),
        "regions": pieces.pack_regions(_regions(stated)),
        "issued": pieces.pack_stamp(_since(outline)),
        "sections": pieces.pack_sections(sections_of(_lasting(outline))),
    }


def _statements(outline: Iterable[Block]) -> Iterator[_Statement]:
    for block in outline:
        found = _STEP.search(block.text)
        if found and not _BOX.search(block.text):
            area = _IN.sub("", found["area"], count=1).strip(" .!")
            yield _Statement(Level(int(found["step"])), area, rest=bool(_REST.search(found["area"])))


def _regions(stated: Sequence[_Statement]) -> tuple[Region, ...]:
    named = {
        Region(one.area, one.step, Area.STRIP if "grenz" in one.area.lower() else Area.AREA): None
        for one in stated
        if one.area and not one.rest
    }
    return tuple(named)


def _since(outline: Iterable[Block]) -> Stamp | None:
    found = next((since for block in outline if (since := _SINCE.search(block.text))), None)
    return native_dates.figures(found[1], ZONE) if found else None


def _lasting(outline: Iterable[Block]) -> Iterator[Block]:
    """The text without the line that bears today's date, and without the step, which is kept apart."""
    return (block for block in outline if not _STAND.match(block.text) and not _BOX.match(block.text))
