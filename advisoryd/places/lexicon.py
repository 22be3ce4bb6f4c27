"""The forms under which the news of one language names places: tables made by :mod:`advisoryd.places.forms`.

A language's table is read when its first text comes, and a line of it is taken apart when its form is first met.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from advisoryd.places.data import languages, lines

HEAD = ">"
SUFFIX = "+"
_WITHOUT_SPACES = frozenset({"zh", "ja", "ko", "th"})
_MARKS = re.compile(r"[\u0300-\u036f\u0640\u064b-\u065f\u0670]+")
_LONGER_THAN_AN_ARTICLE = 4


@dataclass(frozen=True, slots=True)
class Form:
    """What a form stands for, and when.

    No ``places``: it is read over. ``kind`` is that of :class:`advisoryd.places.model.Mention`. ``written`` is how it
    must be written: ``any``, ``Capital`` or ``CAPITALS``. ``capital_kind`` is its kind where it begins with a capital
    ("China" and "china" in Spanish). The rest are conditions, in words of :func:`advisoryd.places.text.alike`: never in
    a text with one of ``unless``, only in one with one of ``only_with``; not, or only, after certain letters.
    """

    places: tuple[str, ...] = ()
    kind: str = ""
    written: str = "any"
    capital_kind: str = ""
    unless: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    not_after: str = ""
    only_after: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All forms of a language, each with its line of the table.

    ``heads`` has, for the first word (or character) of a form, the lengths of the forms that begin so, longest first;
    a word that is not there begins forms of one word only. ``suffixes`` say what a name becomes before them.
    """

    spaced: bool
    forms: dict[str, str]
    heads: dict[str, tuple[int, ...]]
    suffixes: dict[str, str]

    def form(self, spelt: str) -> Form | None:
        """The form spelt so, if there is one."""
        line = self.forms.get(spelt)
        return None if line is None else _form(line)


def lexicon(language: str) -> Lexicon:
    """The lexicon that serves ``language`` (BCP 47); English for a language we do not know."""
    tags = languages(language)
    return _lexicon(tags[0].partition("-")[0] if tags else "en")


def spaced(language: str) -> bool:
    """Whether the language puts blanks between its words."""
    return language not in _WITHOUT_SPACES


def bare(word: str) -> str:
    """A word of an :func:`~advisoryd.places.text.alike` text without marks inside it and without the Arabic article."""
    if word.isascii():
        return word
    word = _MARKS.sub("", word)
    return word[2:] if len(word) > _LONGER_THAN_AN_ARTICLE and word.startswith(("ال", "لل")) else word


@cache
def _lexicon(language: str) -> Lexicon:
    forms: dict[str, str] = {}
    heads: dict[str, str] = {}
    suffixes: dict[str, str] = {}
    tables = {HEAD: heads, SUFFIX: suffixes}
    for line in lines(f"generated/lexicon/{language}.tsv"):
        spelt, entry = line.split("\t", 1)
        table = tables.get(spelt[0])
        if table is None:
            forms[spelt] = entry
        else:
            table[spelt[1:]] = entry
    lengths = {head: tuple(map(int, entry.split())) for head, entry in heads.items()}
    return Lexicon(spaced(language), forms, lengths, suffixes)


@cache
def _form(line: str) -> Form:
    places, kind, written, capital_kind, unless, only_with, not_after, only_after = line.split("\t")
    beside = tuple(filter(None, unless.split(";"))), tuple(filter(None, only_with.split(";")))
    return Form(tuple(places.split()), kind, written, capital_kind, *beside, not_after, only_after)
