"""From a place to its name in a reader's language."""

from __future__ import annotations

from functools import cache

from advisoryd.places.data import languages, rows
from advisoryd.places.gazetteer import parts

_PATTERN = "+"


def display_name(place: str, locale: str = "en") -> str:
    """The name of ``place`` in ``locale`` (BCP 47), else in English; composites are joined as the language joins lists.

    An id that is not known is its own name.
    """
    tags = (*languages(locale), "en")
    return _name(place, tags) or _listed([_name(part, tags) or part for part in parts(place)], tags)


def _name(place: str, tags: tuple[str, ...]) -> str:
    return next((names[place] for tag in tags if place in (names := _names(tag))), "")


def _listed(names: list[str], tags: tuple[str, ...]) -> str:
    """``names`` as a list, by the patterns of CLDR (UTS 35, part 2, "List Patterns")."""
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return _joined("2", names[0], names[1], tags)
    text = _joined("end", names[-2], names[-1], tags)
    for number, name in enumerate(reversed(names[:-2]), start=3):
        text = _joined("start" if number == len(names) else "middle", name, text, tags)
    return text


def _joined(part: str, first: str, second: str, tags: tuple[str, ...]) -> str:
    return _name(_PATTERN + part, tags).replace("{0}", first).replace("{1}", second)


@cache
def _names(tag: str) -> dict[str, str]:
    """CLDR's names and list patterns of one language, and over them the names we prefer to show."""
    preferred = {place: name for language, place, name in rows("display.tsv", 3) if language == tag}
    return dict(rows(f"generated/locales/{tag}.tsv", 2)) | preferred
