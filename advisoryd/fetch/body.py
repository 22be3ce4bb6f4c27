"""What a body is, told by its first bytes. A Content-Type is not trusted: error pages come as JSON, feeds as HTML."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from advisoryd.fetch.wire import Fault
from advisoryd.model.outcome import Trouble

WINDOW = 4 * 1024
"""How many bytes are looked at. What stands before a root element, comments and all, is shorter."""

MAX_EXCERPT = 60


class Kind(StrEnum):
    """What the bytes are, as said to people."""

    JSON = "JSON"
    XML = "XML"
    HTML = "a web page"
    TEXT = "plain text"
    BINARY = "binary data"


_BLANK = b" \t\r\n\f\v"
_WORD = re.compile(rb"[^ \t\r\n\f\v]")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNMARKED_UTF16 = re.compile(rb"(?:[<{\[]\0|(?P<big>\0[<{\[]))")
_ASIDES = ((b"<?", b"?>"), (b"<!--", b"-->"), (b"<!", b">"))
_NAME = re.compile(rb"<(?:[\w.-]+:)?([a-z][\w.-]*)")
_BINARY = re.compile(rb"\x1f\x8b|pk\x03\x04|%pdf-|\x89png|\xff\xd8\xff|[^\0]*\0")
_HTML_ROOTS = frozenset(
    b"html head body title meta link script style noscript base div main section article p span h1 h2 center table "
    b"form iframe font br a img b ul".split()
)
_XML_ROOTS = frozenset(b"rss feed rdf urlset sitemapindex opml".split())
_TITLE = re.compile(rb"<title[^<>]*>([^<]{0,400})", re.IGNORECASE)


def kind(body: bytes) -> Kind:
    """What ``body`` begins as; byte order marks, UTF-16 and leading blanks are seen through."""
    text = opening(body)
    if text[:1] in (b"{", b"["):
        return Kind.JSON
    if text[:1] == b"<":
        return Kind.HTML if _root(text) in _HTML_ROOTS else Kind.XML
    return Kind.BINARY if _BINARY.match(text) else Kind.TEXT


def mismatch(body: bytes, found: Kind, expect: str) -> Fault | None:
    """What is wrong with ``body``, a ``found``, where ``expect`` (``json``, ``xml``, ``html`` or ``any``) is due."""
    if _fits(found, expect, body):
        return None
    due = {"json": "JSON", "xml": "XML", "html": "a web page"}[expect]
    if found is Kind.BINARY:
        return Fault(Trouble.GARBLED, f"Binary data came where {due} was due.")
    came = found.value[0].upper() + found.value[1:]
    return Fault(Trouble.WRONG_TYPE, f"{came} came where {due} was due{_quoted(body, found)}.")


def title(body: bytes) -> str:
    """The title of a web page, on one line and short; ``""`` when it has none."""
    found = _TITLE.search(body[:WINDOW])
    return _excerpt(found[1]) if found else ""


def opening(body: bytes) -> bytes:
    """The first bytes of ``body`` in lower case, without a byte order mark and leading blanks, UTF-16 as UTF-8."""
    head = body[:WINDOW]
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].decode(encoding, "replace").encode()
            break
    else:
        wide = _UNMARKED_UTF16.match(head)
        if wide:
            head = head.decode("utf-16-be" if wide["big"] else "utf-16-le", "replace").encode()
    return head.lstrip(_BLANK).lower()


def _fits(found: Kind, expect: str, body: bytes) -> bool:
    match expect:
        case "json":
            return found is Kind.JSON
        case "xml":
            return found is Kind.XML
        case "html":
            # Pages are often fragments, or begin with stray text; what must not pass is another kind of document.
            return found is Kind.HTML or (found in {Kind.XML, Kind.TEXT} and _could_be_html(opening(body)))
    return True


def _could_be_html(text: bytes) -> bool:
    return _root(text) not in _XML_ROOTS if text.startswith(b"<") else _NAME.search(text) is not None


def _root(text: bytes) -> bytes:
    """The local name of the first element of ``text``; ``html`` if that is what its DOCTYPE says."""
    at = 0
    while True:
        word = _WORD.search(text, at)
        if word is None:
            return b""
        at = word.start()
        if text.startswith(b"<!doctype html", at):
            return b"html"
        closing = next((closing for opener, closing in _ASIDES if text.startswith(opener, at)), None)
        if closing is None:
            found = _NAME.match(text, at)
            return found[1] if found else b""
        end = text.find(closing, at + 2)
        if end < 0:
            return b""
        at = end + len(closing)


def _quoted(body: bytes, found: Kind) -> str:
    words = title(body) if found is Kind.HTML else _excerpt(body) if found is Kind.TEXT else ""
    return f": “{words}”" if words else ""


def _excerpt(raw: bytes) -> str:
    words = " ".join(raw[:WINDOW].decode("utf-8", "replace").split())
    words = "".join(letter for letter in words if letter.isprintable())
    return words if len(words) <= MAX_EXCERPT else words[: MAX_EXCERPT - 1].rstrip() + "…"
