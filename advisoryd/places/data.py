"""The packaged data files, read when first asked for, and the languages they know.

Files are tab-separated UTF-8 with ``#`` comments; those in ``data/generated/`` are written by
:mod:`advisoryd.places.build`, the others are kept by hand. They are opened beside this module, because importing
``importlib.resources`` takes longer than reading them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from pathlib import Path

LOCALES = (
    *(
        "en",
        "en-GB",
        "zh-Hans",
        "zh-Hant",
        "zh-Hant-HK",
        "ja",
        "ko",
        "de",
        "de-AT",
        "de-CH",
        "fr",
        "es",
        "es-419",
        "pt",
    ),
    *(
        "pt-PT",
        "it",
        "nl",
        "ru",
        "ar",
        "pl",
        "da",
        "nb",
        "sv",
        "fi",
        "sk",
        "cs",
        "id",
        "th",
        "tr",
        "vi",
        "uk",
        "hi",
        "et",
    ),
    *("hu", "ro", "sr", "el", "he"),
)
"""The languages with names, as BCP 47 tags."""

_SPOKEN_AS = {
    "zh": ("zh-Hans", "zh-Hant"),
    "zh-cn": ("zh-Hans",),
    "zh-sg": ("zh-Hans",),
    "zh-tw": ("zh-Hant",),
    "zh-hk": ("zh-Hant-HK", "zh-Hant"),
    "zh-mo": ("zh-Hant-HK", "zh-Hant"),
    "no": ("nb",),
    "nn": ("nb",),
    "es-mx": ("es-419", "es"),
}
_BY_CASE = {tag.casefold(): tag for tag in LOCALES}


def parent(tag: str) -> str:
    """The tag without its last part, or ``""``: what a regional variant falls back to."""
    return tag.rpartition("-")[0]


@cache
def languages(tag: str) -> tuple[str, ...]:
    """The known languages that serve ``tag``, nearest first; none when it is unknown.

    "pt-BR" is served by "pt", "zh" by both scripts, "zh-HK" by Hong Kong's variant and then by Traditional Chinese.
    """
    asked = tag.replace("_", "-").casefold()
    while asked:
        if asked in _SPOKEN_AS:
            return _SPOKEN_AS[asked]
        if asked in _BY_CASE:
            above = parent(asked)
            return (_BY_CASE[asked], *(languages(above) if above != "zh" else ()))
        asked = parent(asked)
    return ()


def lines(name: str) -> Iterator[str]:
    """The lines of a data file that say something."""
    text = (Path(__file__).with_name("data") / name).read_text(encoding="utf-8")
    return (line for line in text.split("\n") if line and line[0] != "#")


def rows(name: str, width: int) -> Iterator[list[str]]:
    """The lines of a data file as ``width`` columns; columns left out at the end are empty."""
    for line in lines(name):
        columns = [column.strip() for column in line.split("\t")]
        yield columns + [""] * (width - len(columns))


def split(names: str) -> list[str]:
    """The entries of a column that holds several, separated by semicolons."""
    return [name.strip() for name in names.split(";") if name.strip()]


@cache
def index(name: str) -> list[str]:
    """The lines of a generated index, sorted: a look-up key, a tab, an entry.

    Kept as lines and searched by halving, since most of the fifteen thousand names are never asked for: that loads in a
    third of the time and a fifth of the memory of a dictionary.
    """
    return list(lines(f"generated/{name}.tsv"))


def entry(name: str, key: str) -> str:
    """The entry of ``key`` in the index ``name``, or ``""``."""
    table = index(name)
    begin = f"{key}\t"
    at = bisect_left(table, begin)
    return table[at][len(begin) :] if at < len(table) and table[at].startswith(begin) else ""
