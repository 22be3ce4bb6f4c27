"""What the advisories part of a Canadian travel advice page says: the country's reasons and its regions.

Every advisory stands under a heading of its own, "<area> - <level>", in some copies inside a container whose class
repeats the level. "Regional advisory - Avoid all travel" names no area: there the areas are the items of the list
below it, or stand in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisoryd import places
from advisoryd.model.ladder import Level, Reason
from advisoryd.model.record import Region
from advisoryd.sources import levels, markup, regions
from advisoryd.sources.markup import Block, Page
from advisoryd.sources.regions import Statement

SCALE = {
    "exercise normal security precautions": Level.NORMAL,
    "take normal security precautions": Level.NORMAL,
    "exercise a high degree of caution": Level.CAUTION,
    "avoid non essential travel": Level.RECONSIDER,
    "avoid all travel": Level.AVOID,
}
_HEADING = re.compile(r"(?P<area>.+?)\s*[-–—]\s*(?P<words>(?:avoid|exercise|take)\b[^(]*)", re.IGNORECASE)
_NAMELESS = re.compile(r"regional (?:advisor(?:y|ies)|risk levels?)", re.IGNORECASE)
_CLASSES = (("avoidall", Level.AVOID), ("avoidnon", Level.RECONSIDER), ("exhigh", Level.CAUTION))


@dataclass(frozen=True, slots=True)
class Advisories:
    """Why the country has its level, and which of its parts have another. ``level`` is the one that the first heading
    gives to the country, or to the first country of several; ``None`` when it names none."""

    reasons: frozenset[Reason]
    regions: tuple[Region, ...]
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class _Advisory:
    area: str
    level: Level
    body: Sequence[Block]


def read(html: str, name: str, destination: str) -> Advisories:
    """The advisories in ``html``, a part of the page of ``name``."""
    found = list(_advisories(Page(html)))
    national = found[:1] if found and _is_national(found[0].area, name, destination) else []
    statements = [statement for one in found[len(national) :] for statement in _statements(one, destination)]
    return Advisories(
        reasons=levels.reasons(block.text for one in national for block in one.body[:1]),
        regions=regions.unique(regions.region(statement, destination) for statement in statements),
        level=found[0].level if found and _is_country(found[0].area, name, destination) else None,
    )


def _advisories(page: Page) -> Iterator[_Advisory]:
    """The parts of the page whose heading gives a level, in its words or by its class."""
    by_class = dict(_by_class(page))
    for heading, body in markup.chapters(page.outline()):
        area, level = _headed(heading)
        if level := level or by_class.get(heading):
            yield _Advisory(area, level, body)


def _by_class(page: Page) -> Iterator[tuple[str, Level]]:
    """The level that the class of a container gives to its heading."""
    for container in page.all("div.AdvisoryContainer"):
        heading, classes = container.first("h2, h3, h4"), container.attr("class").lower()
        level = next((step for mark, step in _CLASSES if mark in classes), None)
        if heading and level:
            yield heading.text, level


def _headed(heading: str) -> tuple[str, Level | None]:
    """The area and the level that the words of a heading name."""
    found = _HEADING.fullmatch(heading.partition("(with regional")[0].strip())
    level = levels.on_scale(found["words"], SCALE) if found else None
    return (found["area"], level) if found and level else (heading, None)


def _is_national(area: str, name: str, destination: str) -> bool:
    return levels.key(area) == levels.key(name) or regions.is_whole(area, destination)


def _is_country(area: str, name: str, destination: str) -> bool:
    return _is_national(area, name, destination) or places.resolve(area, "en").place in places.members(destination)


def _statements(advisory: _Advisory, destination: str) -> Iterator[Statement]:
    """The areas of one advisory: its heading's, or those of its text when the heading names none."""
    if not _NAMELESS.fullmatch(advisory.area):
        yield Statement(advisory.level, advisory.area)
        return
    for statement in regions.stated(advisory.body, destination):
        if statement.level == advisory.level:
            yield statement
