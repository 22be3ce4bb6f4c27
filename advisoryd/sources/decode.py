"""Bytes of a web server as text, without guessing.

A wrong guess garbles every title at once and looks like a change of everything, so the order is fixed: a byte order
mark, what the server says, what the document says of itself, UTF-8. Text that is whole, valid UTF-8 beyond ASCII is
UTF-8 whatever its label says, because no other charset in use produces that by chance; and a lone bad byte stays a
lone bad character, it never turns a page into another charset.
"""

from __future__ import annotations

import codecs
import re

from advisoryd.model.reading import Document, Unreadable

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_PROLOG = re.compile(rb"^\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)")
_META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_OF_THE_WEB = re.compile(r"ascii|utf-(?:8|16)|iso8859|iso2022_jp|cp(?:8|9|125)|koi8|mac|gb|hz|big5|euc|shift|tis|johab")
"""Python's names of charsets that documents are written in; it also knows codecs that are no charsets."""

_SEVEN_BITS = frozenset({"iso2022_jp", "hz"})
_HEAD_BYTES = 4096
_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")

_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""Labels that browsers read as a larger charset (WHATWG Encoding Standard, section 4.2), by Python's names."""


def text(document: Document) -> str:
    """The body as text, byte order mark removed. Raises :class:`Unreadable` (``garbled``) when more than a few
    characters cannot be decoded."""
    body = document.body
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], charset)
    declared = _declared(document) or "utf-8"
    if declared in _SEVEN_BITS:
        return _decoded(body, declared)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(body, declared)


def is_markup(document: Document) -> bool:
    """Whether the body begins like XML or HTML, whatever it is called."""
    return document.body.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"<")


def _declared(document: Document) -> str:
    """The charset that the server or the document names, as Python calls it; ``""`` when it names none we know."""
    header = _HEADER.search(document.content_type)
    head = document.body[:_HEAD_BYTES]
    inside = _PROLOG.search(head) or _META.search(head)
    for label in (document.charset, header and header[1], inside and inside[1].decode("ascii", "replace")):
        name = _python_name(label) if label else ""
        if name:
            return name
    return ""


def _python_name(label: str) -> str:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    return _SUPERSETS.get(name, name) if _OF_THE_WEB.match(name) else ""


def _decoded(body: bytes, charset: str) -> str:
    decoded = body.decode(charset, errors="replace")
    lost = decoded.count("\ufffd")
    if lost > 3 + len(decoded) // 1000:
        raise Unreadable(
            "garbled", f"The body is not {charset}: {lost} of its {len(decoded)} characters are unreadable."
        )
    return decoded


def fold(value: str) -> str:
    """``value`` with every run of white space (no-break and ideographic space too) as one space, zero-width
    characters removed, ends trimmed."""
    return " ".join((value if value.isascii() else _ZERO_WIDTH.sub("", value)).split())
