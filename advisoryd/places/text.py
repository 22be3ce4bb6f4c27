"""How a name is written down for comparison: one key for every way of typing the same words.

Titles, slugs and file names differ in case, quotes, dashes, articles and ampersands, none of which tells two places
apart. Diacritics can (they are kept in :func:`key`), so leaving them out is a second, weaker comparison
(:func:`folded`).
"""

from __future__ import annotations

import re
import unicodedata

_INITIAL = re.compile(r"(?<!\w)(\w)\.")
_POSSESSIVE = re.compile(r"['’ʼ`´]s(?!\w)")
_PUNCTUATION = re.compile(
    r"[\s!-/:-@\[-`{-~\u00a0-\u00bf\u02b0-\u02cf\u060c\u0640\u2000-\u206f\u3000-\u303f\u30a0\u30fb\ufeff]+"
)
_JOINED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]+")

_SPELLING = {"the": "", "st": "saint", "ste": "sainte"}
_VARIANTS = str.maketrans({"臺": "台", "&": " and ", "\u0307": "", "ı": "i"})
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
    }
)


def key(name: str) -> str:
    """The form under which ``name`` is looked up: case, quotes, dashes, slugs, "the", "&" and "St" made alike.

    Chinese, Japanese and Korean names lose their spaces and middle dots, which writers put in or leave out at will.
    """
    text = unicodedata.normalize("NFKC", name).casefold().translate(_VARIANTS)
    text = _POSSESSIVE.sub("s", _INITIAL.sub(r"\1", text))
    words = [_SPELLING.get(word, word) for word in _PUNCTUATION.split(text)]
    return ("" if _JOINED.search(text) else " ").join(filter(None, words))


def folded(text: str) -> str:
    """``text`` without diacritics, and with the letters that Arabic writers use for one another made one.

    Marks are removed only where leaving them out is common practice (Latin, Greek, Cyrillic, Arabic and Hebrew
    points): in Thai, Hindi and kana they are part of the letter.
    """
    if text.isascii():
        return text
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.translate(_LETTERS)))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


class _Alike(dict[int, str]):
    """A translation table that fills itself: each character to its plain small form of the same length."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = folded(unicodedata.normalize("NFKC", letter).casefold()).translate(_ONE_FOR_ONE)
        self[code] = plain if len(plain) == 1 else letter
        return self[code]


_ONE_FOR_ONE = str.maketrans({"臺": "台", "ı": "i"})
_ALIKE = _Alike()


def alike(text: str) -> str:
    """``text`` in small letters, without diacritics and full-width forms, with every character where it was."""
    return text.translate(_ALIKE)
