"""What the text of a United States travel advisory says: its change note, its reasons, its regions.

Copies of the same advisory come in two families. The classic ones open with a bold change note; the newer ones lack
it and begin with bare words glued to a paragraph ("Exercise normal precaution<p>in <b>Japan</b>"). Regions stand in
lists at the head ("Do not travel to:") and again as headings below ("Rosario – Level 2: Exercise Increased Caution").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from advisoryd import places
from advisoryd.model.ladder import Level, Reason
from advisoryd.model.record import Region, Section
from advisoryd.sources import levels, regions
from advisoryd.sources.decode import fold
from advisoryd.sources.markup import Block, Kind, Page, sections_of
from advisoryd.sources.regions import Statement
from advisoryd.sources.us_titles import SCALE

_NOTE = re.compile(
    r"\W*(?:last update\b|re-?issued\b|updated? |there (?:were|was) no changes?"
    r"|(?:the )?(?:travel )?advisory level was)",
    re.IGNORECASE,
)
_EDITORIAL = re.compile(
    r"\W*(?:last update:\s*)?reissued after (?:annual|period(?:ic)?) reviews?"
    r" (?:with (?:no|minor) (?:changes|edits|updates)|without changes)(?: to level .*)?\W*",
    re.IGNORECASE,
)
_BOLD = "p > b, p > strong, p > i, p > em"
_ADVICE = re.compile(
    r"\W*(?:level \d:? )?(?:do not travel|reconsider travel|exercise (?:normal|increased))",
    re.IGNORECASE,
)
_BODY = re.compile(r"(?:country|advisory) summary|read the |if you ", re.IGNORECASE)
_ALSO_CALLED = re.compile(r"\bthe |special administrative region|\(?SAR\)?", re.IGNORECASE)
_SOME_AREAS = re.compile(r"some areas (?:have|are)[^.]*(?:risk|level \d)", re.IGNORECASE)
_ASKED = "Do Not Travel|Reconsider Travel|Exercise (?:Increased Caution|Normal Precautions)"
_HEADED = re.compile(rf"(?P<name>.{{3,180}}?)\s*[-–—:]+\s*(?:Level \d\s*[-–—:]*\s*)?(?P<words>{_ASKED})")
_HEADED_FIRST = re.compile(rf"Level \d\s*[-–—:]*\s*(?P<words>{_ASKED})\s*[-–—:]+\s*(?P<name>.{{3,180}})$")


@dataclass(frozen=True, slots=True)
class Summary:
    """The text of one row, taken apart. ``regional`` is ``None`` when it does not say whether levels differ inside."""

    note: str
    editorial: bool
    reasons: frozenset[Reason]
    regional: bool | None
    regions: tuple[Region, ...]
    sections: tuple[Section, ...]


def read(html: str, title: str, destination: str, level: Level | None) -> Summary:
    """``html`` taken apart; ``title`` is what some copies repeat as their first line."""
    page = Page(html)
    bold = page.first(_BOLD)
    note, outline = _without_note(page.outline(), bold.text if bold else "", title)
    outline = _mended(outline)
    named = regions.unique(_regions(outline, destination))
    return Summary(
        note=note,
        editorial=bool(_EDITORIAL.fullmatch(note)),
        reasons=levels.reasons(_advice(outline)),
        regional=_regional(outline, named, level),
        regions=named,
        sections=sections_of(outline),
    )


def _without_note(outline: Sequence[Block], bold: str, title: str) -> tuple[str, list[Block]]:
    """The change note, and the text without it and without the repeated title."""
    blocks = list(outline)
    if blocks and levels.key(blocks[0].text) == levels.key(title):
        del blocks[0]
    if not blocks:
        return "", []
    first = blocks[0].text
    if bold and first.startswith(bold) and _NOTE.match(bold):
        rest = first.removeprefix(bold).strip(" *")
        return _plain(bold), ([replace(blocks[0], text=rest)] if rest else []) + blocks[1:]
    return (_plain(first), blocks[1:]) if _NOTE.match(first) else ("", blocks)


def _plain(note: str) -> str:
    return re.sub(r"^last update:\s*", "", note.strip(" *"), flags=re.IGNORECASE)


def _mended(blocks: list[Block]) -> list[Block]:
    """The blocks with an opening that was torn in two ("Exercise normal precaution" / "in Japan.") as one sentence."""
    if len(blocks) > 1 and _ADVICE.match(blocks[0].text) and blocks[1].text[:1].islower():
        return [replace(blocks[0], text=f"{blocks[0].text} {blocks[1].text}"), *blocks[2:]]
    return blocks


def _head(outline: Sequence[Block]) -> list[Block]:
    """The advice proper: everything before the country summary and the standing text."""
    return list(takewhile(lambda block: not _BODY.match(block.text), outline))


def _advice(outline: Sequence[Block]) -> list[str]:
    """The statements about the country as a whole, at the head of the text and outside its lists."""
    return [block.text for block in _head(outline) if block.kind is Kind.TEXT and _ADVICE.match(block.text)]


def _regions(outline: Sequence[Block], destination: str) -> Iterator[Region | None]:
    """The regions of the lists at the head, and those of the headings below at levels for which there is no list."""
    head = _head(outline)
    listed = list(regions.stated(head, destination, speaker=_ADVICE))
    given = {statement.level for statement in listed if statement.area}
    headed = [
        statement for block in outline[len(head) :] for statement in _headed(block) if statement.level not in given
    ]
    for statement in (*listed, *headed):
        if not _is_destination(statement.area, destination):
            yield regions.region(statement, destination)


def _headed(block: Block) -> Iterator[Statement]:
    found = _HEADED_FIRST.match(block.text) or _HEADED.match(block.text)
    if found and block.kind is not Kind.ITEM:
        yield Statement(SCALE[levels.key(found["words"])], found["name"].strip(" -–—:"))


def _is_destination(name: str, destination: str) -> bool:
    """Whether the name is no part of this destination but one itself: China, Hong Kong and Macau share one text."""
    place = places.resolve(fold(_ALSO_CALLED.sub("", name)), "en").place if name else ""
    inside = {member.partition("-")[0] for member in places.members(destination)} if destination else set()
    named = {member.partition("-")[0] for member in places.members(place)} if place else set()
    return bool(place) and (place == destination or not named <= inside)


def _regional(outline: Sequence[Block], named: Sequence[Region], level: Level | None) -> bool | None:
    stricter = any(region.level and region.level > (level or 0) for region in named)
    return True if stricter or any(_SOME_AREAS.search(block.text) for block in _head(outline)) else None
