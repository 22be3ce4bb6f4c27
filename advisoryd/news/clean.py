"""Feed text made fit for reading: markup and entities gone, one kind of space, one form of every letter.

:func:`clean` gives the text that evidence offsets count in; :func:`fold` gives the same text, character for character,
in the form that word lists are compared in.
"""

from __future__ import annotations

import html
import re
import unicodedata

LONGEST = 4000
"""Characters of a title or summary that are read; the longest summaries of outlets' feeds are a quarter of it."""

_TAG = re.compile(r"<[^<>]{0,400}>")
_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
"""Soft hyphens, zero-width and direction marks, Arabic vowel signs and the tatweel: none changes what a word says."""

_SINGLE, _DOUBLE = "‘’‚‛′ʼ`´", "“”„‟″«»‹›「」『』《》〈〉"
_QUOTES = str.maketrans(_SINGLE + _DOUBLE, "'" * len(_SINGLE) + '"' * len(_DOUBLE))
_NOT_LETTERS = re.compile(r"[\W_]+")
_PUBLISHER = re.compile(r"\s+[-–—|]\s+([^-–—|]{2,40})$")


def _plain_letters() -> dict[int, str]:
    """Accented Latin letters to plain ones (headlines in capitals drop accents), and the Arabic and Cyrillic
    spellings that writers use at will: hamza on its seat, final ya, ta marbuta, yo."""
    latin = {code: unicodedata.normalize("NFD", chr(code))[0].lower() for code in range(0xC0, 0x250)}
    letters = {code: plain for code, plain in latin.items() if plain.isascii()}
    at_will = zip("أإآٱىةؤئёЁ", "اااايهويее", strict=True)
    return letters | {ord(letter): plain for letter, plain in at_will}


_LETTERS = _plain_letters()


def clean(text: str) -> str:
    """``text`` without markup and invisible characters, in NFKC, straight quotes, single spaces."""
    text = text[:LONGEST]
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub(" ", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_QUOTES))
        text = _UNSEEN.sub("", text)
    return _SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """``text`` for comparison: lower case, plain letters. Every character keeps its place."""
    return text.lower() if text.isascii() else text.translate(_LETTERS).lower()


def headline(title: str, outlet: str) -> str:
    """The cleaned title without the publisher that search feeds append to it (``Title - Publisher``).

    Only a tail that resembles ``outlet`` is cut: a dash is also how headlines go on.
    """
    title = clean(title)
    tail = _PUBLISHER.search(title)
    if tail and _same_name(tail[1], outlet):
        return title[: tail.start()]
    return title


def _same_name(tail: str, outlet: str) -> bool:
    name, known = (_NOT_LETTERS.sub("", fold(word)) for word in (tail, outlet))
    return bool(name) and bool(known) and (name in known or known.split("com")[0] in name)
