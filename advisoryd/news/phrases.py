"""Finds the phrases of a lexicon in a text: a walk down the tree of phrases from every word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from advisoryd.news.lexicon import BEGINNING, Lexicon, Meaning, Node

STOPS = frozenset(".!?。！？؟")
_TOKEN = re.compile(r"\w+|'s\b|[^\w\s\"'-]")

Token = tuple[str, int, int]
Found = tuple[Meaning, int, int]
"""A meaning, and the span of the phrase's first unbroken words."""

Way = tuple[Node, int, int]
"""A node of the tree, at which word it was reached, and the index after the last word before a gap, or 0."""

Step = Callable[[Node, str], tuple[Node, ...]]


def tokens_of(folded: str) -> list[Token]:
    """Words and marks with their spans. Quotes and hyphens separate words and are no marks."""
    return [(found[0], *found.span()) for found in _TOKEN.finditer(folded)]


def phrases(folded: str, tokens: list[Token], words: Lexicon) -> Iterator[Found]:
    """Every phrase of ``words`` in the text ``folded``, overlapping ones too."""
    if not words.spaced:
        tokens = [(BEGINNING, 0, 0), *((letter, at, at + 1) for at, letter in enumerate(folded))]
    spelt = [letters for letters, _, _ in tokens]
    last = len(spelt) - 1
    led_to = _led_to_with_clitics if words.clitics else _led_to
    for at, (letters, start, _) in enumerate(tokens):
        ways = [(node, at, 0) for node in led_to(words.root, letters)]
        while ways:
            node, here, unbroken = ways.pop()
            for meaning in node.meanings:
                yield meaning, start, tokens[(unbroken or here + 1) - 1][2]
            if node.leads and here < last:
                if found := led_to(node, spelt[here + 1]):
                    ways += [(behind, here + 1, unbroken) for behind in found]
                if node.gaps:
                    ways += _over_gaps(node, spelt, here + 1, unbroken, led_to)


@lru_cache(maxsize=32_768)
def _led_to(node: Node, word: str) -> tuple[Node, ...]:
    """Where phrases go on from ``node`` with ``word``. Most words of any text are among the few thousand commonest."""
    return tuple(node.leading(word))


@lru_cache(maxsize=8192)
def _led_to_with_clitics(node: Node, word: str) -> tuple[Node, ...]:
    return tuple(following for letters in _forms(word) for following in node.leading(letters))


def _over_gaps(node: Node, spelt: list[str], at: int, unbroken: int, led_to: Step) -> list[Way]:
    """The ways over the gaps at ``node``, which begin at ``at`` and reach no further than the sentence."""
    ways: list[Way] = []
    for reach, beyond in node.gaps.items():
        for there in range(at, min(len(spelt), at + reach + 1)):
            if found := led_to(beyond, spelt[there]):
                ways += [(behind, there, unbroken or at) for behind in found]
            if spelt[there] in STOPS:
                break
    return ways


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
