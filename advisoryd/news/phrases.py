"""Finds the phrases of a lexicon in a text: a walk down the tree of phrases from every word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from advisoryd.news.lexicon import BEGINNING, Lexicon, Meaning, Node, lexicon

STOPS = frozenset(".!?。！？؟")
_TOKEN = re.compile(r"\w+|'s\b|[^\w\s\"'-]")

Token = tuple[str, int, int]
Found = tuple[Meaning, int, int]
"""A meaning, and the span of the phrase's first unbroken words."""


def tokens_of(folded: str) -> list[Token]:
    """Words and marks with their spans. Quotes and hyphens separate words and are no marks."""
    return [(found[0], *found.span()) for found in _TOKEN.finditer(folded)]


def phrases(folded: str, tokens: list[Token], words: Lexicon) -> Iterator[Found]:
    """Every phrase of ``words`` in the text ``folded``, overlapping ones too."""
    if not words.spaced:
        tokens = [(BEGINNING, 0, 0), *((letter, at, at + 1) for at, letter in enumerate(folded))]
    spelt = [letters for letters, _, _ in tokens]
    for at, (letters, start, _) in enumerate(tokens):
        ways = [(node, at, 0) for node in _openings(words.language, letters)]
        while ways:
            node, here, unbroken = ways.pop()
            for meaning in node.meanings:
                yield meaning, start, tokens[(unbroken or here + 1) - 1][2]
            if node.leads:
                ways.extend(_onward(node, words, spelt, here, unbroken))


@lru_cache(maxsize=16_384)
def _openings(language: str, word: str) -> tuple[Node, ...]:
    """Where phrases that begin with ``word`` go on. Most words of any text are among the few thousand commonest."""
    words = lexicon(language)
    return tuple(_led_to(words.root, word, words))


def _led_to(node: Node, word: str, words: Lexicon) -> list[Node]:
    if not words.clitics:
        return node.leading(word)
    return [following for letters in _forms(word) for following in node.leading(letters)]


def _onward(node: Node, words: Lexicon, spelt: list[str], at: int, unbroken: int) -> Iterator[tuple[Node, int, int]]:
    """Where the phrases at ``node``, to which the word at ``at`` has led, go on, and at which word. ``unbroken`` is the
    index after the last word before a gap, 0 where none was passed."""
    if at + 1 < len(spelt):
        for following in _led_to(node, spelt[at + 1], words):
            yield following, at + 1, unbroken
    for reach, behind in node.gaps.items():
        for following, there in _over_gap(behind, words, spelt, at + 1, reach):
            yield following, there, unbroken or at + 1


def _over_gap(node: Node, words: Lexicon, spelt: list[str], at: int, reach: int) -> Iterator[tuple[Node, int]]:
    """What stands behind a gap of up to ``reach`` words inside the sentence."""
    for there in range(at, min(len(spelt), at + reach + 1)):
        for following in _led_to(node, spelt[there], words):
            yield following, there
        if spelt[there] in STOPS:
            return


def _forms(word: str) -> tuple[str, ...]:
    """An Arabic word as written, and without what is written on to its front: and, so, to, with, like, the."""
    forms = [word]
    if len(word) > 3 and word[0] in "وف":
        forms.append(word[1:])
    for form in tuple(forms):
        if len(form) > 3 and form.startswith("لل"):
            forms.append(form[2:])
        elif len(form) > 3 and form[0] in "بلك":
            forms.append(form[1:])
    return tuple(dict.fromkeys([*forms, *(form[2:] for form in forms if len(form) > 4 and form.startswith("ال"))]))
