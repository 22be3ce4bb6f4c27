"""What the titles and links of the United States' travel advisories say.

Titles come in several forms ("Japan - Level 1: …", "Mexico Travel Advisory - Level 2: …", "Mainland China, Hong Kong &
Macau - See Summaries - Level 3: …", "Mexico - See Individual Summaries", "Worldwide Caution"); links in two families,
one naming the destination in words and one by its ISO 3166-1 alpha-3 code. The two-letter tags beside them mix FIPS
10-4 with ISO (TN was Tonga one month and Tunisia the next) and are never used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.sources.decode import fold
from advisoryd.sources.levels import on_scale

SCALE = {
    "exercise normal precautions": Level.NORMAL,
    "exercise increased caution": Level.CAUTION,
    "reconsider travel": Level.RECONSIDER,
    "do not travel": Level.AVOID,
}
_LONGEST = 300
_PARTS = re.compile(r"\s*[-–—]+\s*(?=(?:see\b.*summar|level\s*\d))", re.IGNORECASE)
_LEVEL = re.compile(r"level\s*(\d+)\b\s*:?\s*(.*)", re.IGNORECASE)
_WITHOUT_LEVEL = re.compile(r"see (?:individual )?summar(?:y|ies)|worldwide caution", re.IGNORECASE)
_SUFFIX = re.compile(r"\s+(?:travel advisory|caution)$", re.IGNORECASE)
_SLUG = re.compile(r"/([a-z-]+?)(?:-travel)?-advisory\d*\.html")
_ALPHA_3 = re.compile(r"/destination\.([a-z]{3})\.html")


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart.

    ``native`` is its wording of the level, ``known`` whether that wording is one we know. ``shared`` says that several
    rows bear the same title, each about one of the places in it.
    """

    name: str
    level: Level | None
    native: str
    known: bool
    shared: bool = False


def read(title: str, level_words: str = "") -> Title:
    """``title`` taken apart; ``level_words`` is the level given beside it, used when the title has none."""
    name, *rest = _PARTS.split(fold(title)[:_LONGEST])
    words = next((part for part in rest if _LEVEL.match(part)), "") or fold(level_words)
    if level := _LEVEL.match(words):
        step = _step(int(level[1]), level[2])
        return Title(_SUFFIX.sub("", name), step, words, known=step is not None, shared=len(rest) > 1)
    native = " - ".join(rest) or (name if _WITHOUT_LEVEL.fullmatch(name) else "")
    return Title(_SUFFIX.sub("", name), None, native, known=bool(_WITHOUT_LEVEL.search(native)))


def _step(number: int, words: str) -> Level | None:
    """The level by its number, unless the words beside it say another."""
    by_words = on_scale(words, SCALE) if words else None
    by_number = Level(number) if number in (1, 2, 3, 4) else None
    return by_number if by_words in (None, by_number) else None


def place(title: Title, link: str) -> str:
    """The place that a row is about, ``""`` when neither its title nor its link can be told."""
    by_name = places.resolve(title.name, "en").place
    if by_name and not title.shared:
        return by_name
    by_link = _linked(link)
    return by_link if not by_name or by_link in places.members(by_name) else by_name


def _linked(link: str) -> str:
    if code := _ALPHA_3.search(link):
        return places.resolve(code[1].upper(), "en").place
    slug = _SLUG.search(link)
    return places.resolve(slug[1].replace("-", " "), "en").place if slug else ""
