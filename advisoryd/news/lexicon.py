"""The words of one language, read from ``data/<language>.toml`` when the language is first met.

A file maps tags to phrases; a table below a tag gives its phrases a value (a level, a country, a colour). Notation in
phrases: ``advis*`` any ending, ``(a|b)`` either, ``..`` a few words between, ``...`` up to half a sentence. A native
speaker extends a language by adding phrases there and nothing else; ``docs/news.md`` tells how.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from advisoryd.model.ladder import Reason, Track
from advisoryd.news.clean import fold
from advisoryd.news.tags import Tag

_DATA = Path(__file__).parent / "data"
BEGINNING = "^"
"""In a notation for scripts without spaces: the beginning of the text."""

_EITHER = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"\.{2,3}|\w+\*?|'s\b|[^\w\s\"'-]")
_CHARACTER = re.compile(r"\.{2,3}|\S| ")
_REACH = {True: {"..": 2, "...": 8}, False: {"..": 4, "...": 12}}
"""How far a gap goes: in words, or in characters where words are not spaced."""

_NOTES: dict[str, type[Reason] | type[Track]] = {"reason": Reason, "track": Track}
_ANY = "any"

Note = Reason | Track


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means: its tags with a value (a level, a country, a colour), or a note that says something beside
    the tags. ``beyond`` counts the letters behind a gap: they stand elsewhere, but make the phrase more telling."""

    tags: tuple[Tag, ...]
    value: str = ""
    note: Note | None = None
    beyond: int = 0


@dataclass(slots=True, eq=False)
class Node:
    """A place in the tree of phrases: which words lead on, whether with any ending (``stems``), and over which gaps.
    ``lengths`` are those of the stems, ``leads`` says whether anything leads on at all; both are noted once the tree is
    complete."""

    words: dict[str, Node] = field(default_factory=dict)
    stems: dict[str, Node] = field(default_factory=dict)
    gaps: dict[int, Node] = field(default_factory=dict)
    meanings: list[Meaning] = field(default_factory=list)
    lengths: tuple[int, ...] = ()
    leads: bool = False

    def leading(self, word: str) -> list[Node]:
        """The nodes that ``word`` leads to."""
        found = [self.words[word]] if word in self.words else []
        for length in self.lengths:
            if length > len(word):
                break
            if stem := self.stems.get(word[:length]):
                found.append(stem)
        return found


@dataclass(slots=True)
class Lexicon:
    """The phrases of one language.

    ``order`` names the rules for its sentences (``svo``, ``zh``, ``sov``). ``spaced`` says whether words are separated
    by spaces; otherwise phrases are spelt out character by character. ``clitics``: short words are written on to the
    next one (Arabic). ``comma_lists``: a comma may stand for "and" in headlines ("Germany, UK warn"). ``variants``
    joins spellings that are compared as one (traditional and simplified Chinese).
    """

    language: str
    order: str
    spaced: bool = True
    clitics: bool = False
    comma_lists: bool = False
    variants: dict[int, str] = field(default_factory=dict)
    root: Node = field(default_factory=Node)

    def fold(self, text: str) -> str:
        """``text`` as the phrases are compared with it, character for character."""
        return fold(text.translate(self.variants) if self.variants else text)

    def add(self, notation: str, tags: tuple[Tag, ...], value: str = "", note: Note | None = None) -> None:
        """Adds every phrase that ``notation`` stands for."""
        for phrase in spelt_out(notation):
            node, beyond, gap = self.root, 0, False
            for piece in self._pieces(phrase):
                if reach := _REACH[self.spaced].get(piece):
                    node, gap = node.gaps.setdefault(reach, Node()), True
                    continue
                beyond += len(piece) if gap else 0
                node = _led_by(piece, node)
            node.meanings.append(Meaning(tags, value, note, beyond))

    def _pieces(self, phrase: str) -> list[str]:
        return (_WORD if self.spaced else _CHARACTER).findall(self.fold(phrase))


def _led_by(piece: str, node: Node) -> Node:
    if len(piece) > 1 and piece.endswith("*"):
        return node.stems.setdefault(piece[:-1], Node())
    return node.words.setdefault(piece, Node())


def spelt_out(notation: str) -> Iterator[str]:
    """Every phrase that ``notation`` stands for, choices inside choices too."""
    choice = _EITHER.search(notation)
    if not choice:
        yield notation
        return
    for either in choice[1].split("|"):
        yield from spelt_out(notation[: choice.start()] + either + notation[choice.end() :])


@cache
def languages() -> frozenset[str]:
    """The languages that can be read, as ISO 639-1 codes."""
    return frozenset(path.stem for path in _DATA.glob("??.toml"))


@cache
def lexicon(language: str) -> Lexicon:
    """The words of ``language``, one of :func:`languages`. Raises :class:`KeyError` for a tag that does not exist."""
    data = tomllib.loads((_DATA / f"{language}.toml").read_text(encoding="utf-8"))
    variants = {ord(other): one for one, other in data.pop("variants", "").split()}
    traits = {name: data.pop(name) for name in ("order", "spaced", "clitics", "comma_lists") if name in data}
    words = Lexicon(language=language, variants=variants, **traits)
    short = data.pop("short", {"names": {}, "frames": {}})
    for section, content in data.items():
        _add_section(words, section, content if isinstance(content, dict) else {_ANY: content})
    _add_short_forms(words, short)
    _measure(words.root)
    return words


def _add_section(words: Lexicon, section: str, table: Mapping[str, Any]) -> None:
    for value, notations in table.items():
        note = _NOTES[section](value) if section in _NOTES else None
        for notation in notations:
            for spacing in (notation,) if words.spaced else _spacings(notation):
                words.add(spacing, () if note else _tags(section), "" if value == _ANY else value, note)


def _add_short_forms(words: Lexicon, short: Mapping[str, Mapping[str, str]]) -> None:
    """Headline forms such as 赴日 and 訪中: every one-letter country name in every frame."""
    for letter, place in short["names"].items():
        for frame, section in short["frames"].items():
            for spacing in _spacings(frame.replace("_", letter)):
                words.add(spacing, _tags(section), place)


def _tags(section: str) -> tuple[Tag, ...]:
    return tuple(Tag[name.upper()] for name in section.split())


def _spacings(notation: str) -> Iterator[str]:
    """Where words are not spaced, a space inside a notation is free: with it and without it. One beside a gap is none,
    one in front is meant."""
    tight = re.sub(r" ?(\.{2,3}) ?", r"\1", notation.rstrip())
    yield tight
    if " " in tight[1:]:
        yield tight[0] + tight[1:].replace(" ", "")


def _measure(node: Node) -> None:
    """Notes at every node which lengths its stems have, so that a word is cut at those only, and where phrases end."""
    node.lengths = tuple(sorted({len(stem) for stem in node.stems}))
    node.leads = bool(node.words or node.stems or node.gaps)
    for following in chain(node.words.values(), node.stems.values(), node.gaps.values()):
        _measure(following)
