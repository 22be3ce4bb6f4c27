"""The last look at text before it leaves: harmless characters only, within the receiver's limit, the link kept.

Messages arrive rendered, escaped and measured. What is done here again is what must hold whatever happened above:
no control character, no character that reverses the direction of what follows (Unicode Standard Annex 9), no line
break in a header, no mention that wakes a whole room, nothing longer than the receiver takes.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote, unquote

from advisoryd import codec

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_HARMFUL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067\ufeff]")
_UNPAIRED = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_MENTION = re.compile(r"@(?=(?:everyone|here|channel|all|room)\b)", re.IGNORECASE)
_REFERENCE = re.compile(r"<(?=[@#!]|users/)")
_CUT_LINK = re.compile(r"https?://\S*$")
_CUT_REFERENCE = re.compile(r"<(?=[a-z@#!/])[^<>\n]*$")
_BLOCK_END = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr|blockquote)\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_PART = re.compile(r"[/:@?&=,+;#\s]+")
_STARS = "***"
_ELLIPSIS = "…"
_BREAK = "\u200b"
_OPEN, _CLOSE = "\u2068", "\u2069"


def clean(text: str) -> str:
    """``text`` with every kind of line break as ``\\n`` and without characters that only do harm."""
    return _UNPAIRED.sub("\ufffd", _HARMFUL.sub("", _BREAKS.sub("\n", text)))


def line(text: str) -> str:
    """``text`` cleaned and on one line: fit for a header, a subject, a title."""
    return _SPACE.sub(" ", clean(text)).strip()


def visible(text: str) -> str:
    """``text`` for a terminal: control characters shown as the pictures that Unicode has for them, others dropped."""
    pictured = "".join(chr(0x2400 + ord(char)) if char < " " and char not in "\n\t" else char for char in text)
    return clean(pictured)


def unmentioned(text: str) -> str:
    """``text`` in which nothing wakes a whole room: a zero-width space breaks ``@everyone`` and ``<!channel>``."""
    return _REFERENCE.sub(f"<{_BREAK}", _MENTION.sub(f"@{_BREAK}", text))


def unmarked(markup: str) -> str:
    """The plain text of an HTML ``markup``, for receivers that turned the markup down."""
    return html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", markup)))


def utf8(text: str) -> int:
    """The length of ``text`` in bytes of UTF-8."""
    return len(text.encode())


def utf16(text: str) -> int:
    """The length of ``text`` in UTF-16 code units, the unit in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def fit(text: str, limit: int | None, link: str = "", size: Callable[[str], int] = len) -> str:
    """``text`` in at most ``limit`` units of ``size``, cut between words and marked with "…".

    A link that the cut would lose is put at the end. A link is never cut in two: it is there whole or not at all.
    """
    if limit is None or size(text) <= limit:
        return text
    if limit < size(_ELLIPSIS):
        return ""
    short = _shortened(text, limit - size(_ELLIPSIS), size) + _ELLIPSIS
    closing = f"{_ELLIPSIS}\n{link}"
    if not link or link not in text or link in short or size(closing) > limit:
        return short
    return _shortened(text, limit - size(closing), size) + closing


def _shortened(text: str, room: int, size: Callable[[str], int]) -> str:
    room -= size(_CLOSE) if _OPEN in text else 0
    end = max(bisect_right(range(len(text) + 1), room, key=lambda length: size(text[:length])) - 1, 0)
    kept = text[:end]
    if not text[end].isspace():
        space = max(kept.rfind(" "), kept.rfind("\n"))
        kept = kept[:space] if space > end * 0.6 else _CUT_LINK.sub("", kept)
    kept = _CUT_REFERENCE.sub("", kept).rstrip(" \n\t,;:([-–")
    return kept + _CLOSE if kept.count(_OPEN) > kept.count(_CLOSE) else kept


def secret_parts(url: str) -> tuple[str, ...]:
    """The pieces of ``url`` that could be secrets: everything after its scheme, longest first."""
    rest = url.partition("://")[2] or url
    pieces = {piece for piece in _PART.split(rest) if len(piece) > 3}
    return tuple(sorted({url, *pieces}, key=len, reverse=True))


def redacted(text: str, hidden: Iterable[str]) -> str:
    """``text`` as one line without any of the ``hidden`` values, raw or percent-encoded, replaced by stars."""
    for value in hidden:
        for form in (value, quote(value, safe=""), unquote(value)):
            text = text.replace(form, _STARS) if len(form) > 2 else text
    return line(text)


def json_bytes(value: Mapping[str, object]) -> bytes:
    """``value`` as JSON. Half characters that JSON escapes can smuggle in become U+FFFD."""
    try:
        return codec.dumps(value)
    except UnicodeEncodeError:
        return codec.dumps(_paired(value))


def _paired(value: object) -> object:
    if isinstance(value, str):
        return _UNPAIRED.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {_UNPAIRED.sub("\ufffd", str(name)): _paired(part) for name, part in value.items()}
    return [_paired(part) for part in value] if isinstance(value, list | tuple) else value
