"""Strangers' text made safe to read: one line, no control characters, no tricks with direction or width.

The letters themselves stay as they are, because native wording is quoted verbatim. The directional characters are
those of Unicode Standard Annex 9; text that runs right to left is wrapped in an isolate so that it cannot reorder what
stands around it.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_SPACES = re.compile(r"\s+")
_JOINERS = "\u200c\u200d"
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_FILLERS = "\u115f\u1160\u3164\uffa0"
_MARKS_IN_A_ROW = 6


class Said(str):
    """Text that this package wrote or has already cleaned."""

    __slots__ = ()


class Address(str):
    """A web address that is inert in every form; empty when the original was none. Made by :func:`address`."""

    __slots__ = ()


def clean(text: str) -> Said:
    """``text`` as one harmless line. White space is folded; invisible, control and unpaired characters are dropped."""
    if isinstance(text, Said):
        return text
    spaced = _SPACES.sub(" ", _ANSI.sub("", text)).strip()
    if spaced.isascii() and spaced.isprintable():
        return Said(spaced)
    visible = _SPACES.sub(" ", "".join(_visible(spaced))).strip()
    return Said(f"{_ISOLATE}{visible}{_END_ISOLATE}" if _runs_left(visible) else visible)


def _visible(text: str) -> list[str]:
    """The characters that may stay. Joiners stay between letters that need them (Persian, Indic scripts, emoji)."""
    kept: list[str] = []
    marks = 0
    for position, char in enumerate(text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        hidden = category in ("Cc", "Cf", "Co", "Cn") or char in _FILLERS
        if marks <= _MARKS_IN_A_ROW and (not hidden or _joins(text, position)):
            kept.append("\ufffd" if category == "Cs" else char)
    return kept


def _joins(text: str, position: int) -> bool:
    around = text[position - 1 : position] + text[position + 1 : position + 2]
    return text[position] in _JOINERS and len(around) == 2 and not around.isascii() and around[0] > "\u00ff"


def _runs_left(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def address(url: str) -> Address:
    """``url`` with everything percent-encoded that could end it early; empty unless it is plain http or https.

    An address with a user part is refused: ``https://www.gov.uk@evil.example`` leads elsewhere than it reads.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return Address("")
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return Address("")
    whole = parts.geturl().encode("utf-8", "replace").decode()
    return Address(quote(whole, safe=":/?#&=+;,%-._~$!@"))


def shorten(text: str, limit: int) -> Said:
    """``text``, cleaned, in at most ``limit`` characters, cut at a word boundary and marked with "…".

    Scripts without spaces are cut between characters, never between a letter and its marks.
    """
    text = clean(text)
    if len(text) <= limit:
        return text
    room = limit - 1 - (_ISOLATE in text)
    if room <= 0:
        return Said("…"[: max(limit, 0)])
    kept = text[: _boundary(text, room)].rstrip(" ,;:–-(")
    close = _END_ISOLATE if kept.count(_ISOLATE) > kept.count(_END_ISOLATE) else ""
    return Said(f"{kept}…{close}")


def _boundary(text: str, room: int) -> int:
    space = text.rfind(" ", 0, room + 1)
    if space > room * 0.6:
        return space
    while room > 1 and _clings(text[room - 1], text[room]):
        room -= 1
    return room


def _clings(left: str, right: str) -> bool:
    return left in _JOINERS or right in _JOINERS or unicodedata.category(right).startswith("M")
