"""Places in running text: names, demonyms, capitals, cities and regions, longest form first.

Languages with spaces are read word by word; Chinese, Japanese, Korean and Thai character by character, where a form in
katakana, hangul or Latin letters may not begin or end inside a longer word of its script. Each word or character costs
one look-up in a dictionary, and conditions look only so far around a form, so the time is linear in the length of the
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from advisoryd.places.lexicon import Form, Lexicon, bare, lexicon
from advisoryd.places.model import Mention
from advisoryd.places.text import alike

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0640\u064b-\u065f\u0670]+[^\W_]*)*|,")
"""A word of a language that puts blanks between its words, vowel signs included; or a comma, as in "Paris, Texas"."""

AROUND = 500
"""How far around a form its conditions look, in characters: a headline and its summary fit in."""

_WIDEST_GAP = 2
_BREAKS = frozenset("\n;:!?()|")
_ARABIC = "\u0600"
_MARKED = re.compile(r"[\u0300-\u036f\u0600-\u06ff]")
_JOINED_TO_ARABIC = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_JOINED_LETTERS = frozenset("وفبلك")
_SHORTEST_ARABIC = 3
_HANGUL = re.compile(r"[\uac00-\ud7a3]{2}")
_JOINED_TO_HANGUL = re.compile(r"(?<![\uac00-\ud7a3])[주재대친반]")
_UNBROKEN = re.compile(r"[\u30a1-\u30fa\u30fc]{2}|[0-9a-z]{2}")
_LONGEST_SUFFIX = 4
_ONE_WORD = (1,)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text being read: as written, made :func:`alike` (of the same length), and whether it has no capital letter.

    ``words`` and their ``spans`` are there in a language that puts blanks between words.
    """

    written: str
    plain: str
    small: bool
    words: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    form: Form
    kind: str
    start: int
    end: int


def mentions(text: str, language: str) -> tuple[Mention, ...]:
    """The places that ``text`` names, in order. ``language`` is its BCP 47 tag; an unknown one is read as English.

    A form for two countries ("中日") gives two mentions of the same span.
    """
    known = lexicon(language)
    read = _by_words if known.spaced else _by_characters
    return tuple(
        Mention(place, found.start, found.end, text[found.start : found.end], found.kind)
        for found in read(known, text)
        for place in found.form.places
    )


def _by_words(known: Lexicon, written: str) -> Iterator[_Found]:
    plain = alike(written)
    spans = [match.span() for match in WORD.finditer(plain)]
    words = [plain[start:end] for start, end in spans]
    text = _Text(written, plain, written.islower(), [*map(bare, words)] if _MARKED.search(plain) else words, spans)
    after = 0
    for at, word in enumerate(text.words):
        if spans[at][0] < after or (word < _ARABIC and word not in known.forms and word not in known.heads):
            continue
        for head in _heads(word):
            if found := _longest(known, text, head, at):
                after = found.end
                yield found
                break


def _heads(word: str) -> Iterator[str]:
    """The first words of forms that ``word`` may be: itself, or in Arabic without "and", "in", "to" or "like"."""
    yield word
    if word[0] in _JOINED_LETTERS:
        for joined in _JOINED_TO_ARABIC:
            if word.startswith(joined) and len(word) - len(joined) >= _SHORTEST_ARABIC:
                yield bare(word.removeprefix(joined))


def _longest(known: Lexicon, text: _Text, head: str, at: int) -> _Found | None:
    """The longest form that begins with the word number ``at``, read as ``head``."""
    for count in known.heads.get(head, _ONE_WORD):
        form = known.form(" ".join([head, *text.words[at + 1 : at + count]]))
        spans = text.spans[at : at + count]
        if form and _counts(form, text, spans):
            start, end = spans[0][0], spans[-1][1]
            kind = form.kind if text.written[start].islower() else form.capital_kind or form.kind
            return _Found(form, kind, start, end)
    return None


def _counts(form: Form, text: _Text, spans: list[tuple[int, int]]) -> bool:
    """Whether the words at ``spans`` stand together, are written as the form wants, and its conditions are met."""
    gaps = [text.plain[left:right] for (_, left), (right, _) in pairwise(spans)]
    together = all(len(gap) <= _WIDEST_GAP and _BREAKS.isdisjoint(gap) for gap in gaps)
    start, end = spans[0][0], spans[-1][1]
    return together and _written_so(form, text, start, end) and _holds(form, text, start)


def _written_so(form: Form, text: _Text, start: int, end: int) -> bool:
    """Whether the capitals are as the form wants them; a text that has none is asked for acronyms only ("us", "US")."""
    if form.written == "CAPITALS":
        return text.written[start:end].isupper()
    return form.written == "any" or text.small or not text.written[start].islower()


def _holds(form: Form, text: _Text, start: int) -> bool:
    """Whether the conditions of ``form`` are met around ``start``."""
    before = text.plain[start - 1] if start else "^"
    if before in form.not_after or (form.only_after and before not in form.only_after):
        return False
    if not form.unless and not form.only_with:
        return True
    around = text.plain[max(0, start - AROUND) : start + AROUND]
    if any(word in around for word in form.unless):
        return False
    return not form.only_with or any(word in around for word in form.only_with)


def _by_characters(known: Lexicon, written: str) -> Iterator[_Found]:
    text = _Text(written, alike(written), written.islower())
    after = 0
    for at, letter in enumerate(text.plain):
        if at < after or letter not in known.heads:
            continue
        for length in known.heads[letter]:
            if found := _characters(known, text, at, at + length, joined=at == after):
                after = found.end
                yield found
                break


def _characters(known: Lexicon, text: _Text, start: int, end: int, joined: bool) -> _Found | None:
    """The form at ``text[start:end]``; ``joined`` says that another form ended just before."""
    form = known.form(text.plain[start:end])
    if not form or _inside(text.plain, start, end, joined) or not _holds(form, text, start):
        return None
    if form.kind == "name":
        for length in range(_LONGEST_SUFFIX, 0, -1):
            if kind := known.suffixes.get(text.plain[end : end + length]):
                return _Found(form, kind, start, end + length if kind == "demonym" else end)
    return _Found(form, form.kind, start, end)


def _inside(plain: str, start: int, end: int, joined: bool) -> bool:
    """Whether the span is cut out of a longer word: of katakana or Latin letters, or of hangul that began earlier."""
    if _UNBROKEN.match(plain, end - 1) or (start and _UNBROKEN.match(plain, start - 1)):
        return True
    if joined or not start or not _HANGUL.match(plain, start - 1):
        return False
    return not _JOINED_TO_HANGUL.match(plain, start - 1)
