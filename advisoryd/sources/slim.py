"""One raw entry of a feed reduced to what only a feed parser can read.

A feed parser spends its time on every element and on every character of the long texts. Text that an element holds
plainly (one CDATA section, or escaped characters, and no element inside) needs no parser: it is taken here, and the
element left out of what the parser sees. So are the elements that nobody reads. What remains is what makes feeds hard:
identity, links, dates, and any text that is not plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

_ATTRIBUTES = r"""(?:\s+[^\s<>"'=/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*"""
_CDATA = r"[^\]]*(?:\](?!\]>)[^\]]*)*"
_START = re.compile(rf"<[\w.-]+{_ATTRIBUTES}>\s*")
_END = re.compile(r"</[\w.-]+\s*>")
_CHILD = re.compile(
    rf"<(?P<name>[\w:.-]+)(?P<attributes>{_ATTRIBUTES})(?:/>|"
    rf">(?:\s*<!\[CDATA\[(?P<cdata>{_CDATA})\]\]>\s*|(?P<escaped>[^<]*)|(?P<nested>.*?))</(?P=name)\s*>)\s*",
    re.DOTALL,
)
_Child = re.Match[str]

_IS_HTML = {"description": True, "content:encoded": True, "summary": False, "content": False}
"""Elements of an entry's text, and whether they hold HTML unless they say otherwise."""
_PLAIN = re.compile(
    r"""(?:\s+(?:type\s*=\s*["'](?:text/)?(?P<type>text|plain|html)["']|xml:\w+\s*=\s*(?:"[^"]*"|'[^']*')))*\s*"""
)
_READ = frozenset({
    "title", "link", "guid", "id", "source", "description", "summary", "content", "encoded", "abstract", "body",
})  # fmt: skip
_PUBLISHED = frozenset({"pubdate", "published", "issued"})
_EDITED = frozenset({"updated", "modified", "created", "date"})
"""Dates of the last edit: read only where the entry does not say when it was published."""
_UNREAD_PREFIXES = frozenset({"media", "itunes"})
_AUTHOR_NAME = re.compile(r"<name>([^<]*)</name>")
_OTHER_REFERENCE = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)")


@dataclass(frozen=True, slots=True)
class Slim:
    """``xml`` is the entry as the parser gets it. ``title`` and ``summary`` are ``None`` where the parser must read
    them; the summary is HTML where ``markup`` says so. ``author`` is ``""`` when none is named."""

    xml: str
    title: str | None
    summary: str | None
    markup: bool
    author: str


def slim(entry: str) -> Slim | None:
    """``entry`` reduced, ``None`` when its elements cannot be told apart."""
    start = _START.match(entry)
    children = list(_children(entry, start.end())) if start else []
    if not start or not children or not _END.fullmatch(entry, children[-1].end()) or any(map(_doubtful, children)):
        return None
    titles = _if_plain([child for child in children if child["name"] == "title"])
    texts = _if_plain([child for child in children if child["name"] in _IS_HTML])
    read, taken = _read(children), [*titles, *texts]
    kept = (child[0] for child in children if _local(child) in read and child not in taken)
    text = _chosen(texts)
    return Slim(
        xml="".join((start[0], *kept, entry[children[-1].end() :])),
        title=_text(titles[0]) if titles else None,
        summary=_text(text) if text else None,
        markup=_is_html(text) if text else False,
        author=_author(children),
    )


def _children(entry: str, position: int) -> Iterator[_Child]:
    while child := _CHILD.match(entry, position):
        yield child
        position = child.end()


def _if_plain(children: list[_Child]) -> list[_Child]:
    """``children`` if all of them hold their text plainly, none otherwise."""
    plain = all(child["nested"] is None and _PLAIN.fullmatch(child["attributes"]) for child in children)
    return children if plain else []


def _read(children: Sequence[_Child]) -> frozenset[str]:
    """The local names that the parser is given."""
    dated = not _PUBLISHED.isdisjoint(map(_local, children))
    return _READ | _PUBLISHED if dated else _READ | _EDITED


def _local(child: _Child) -> str:
    prefix, _, local = child["name"].lower().rpartition(":")
    return "" if prefix in _UNREAD_PREFIXES else local


def _doubtful(child: _Child) -> bool:
    """Whether the first end tag of its name may not be the child's own."""
    nested = child["nested"]
    return nested is not None and ("<!" in nested or f"<{child['name']}" in nested)


def _chosen(texts: Sequence[_Child]) -> _Child | None:
    """The first text that says something, a summary before the whole content."""
    said = [child for child in texts if child["cdata"] or child["escaped"]]
    return next((child for child in said if not child["name"].startswith("content")), said[0] if said else None)


def _is_html(child: _Child) -> bool:
    declared = _PLAIN.fullmatch(child["attributes"])
    kind = declared["type"] if declared else None
    return kind == "html" if kind else _IS_HTML[child["name"]]


def _text(child: _Child) -> str:
    return child["cdata"] if child["cdata"] is not None else _unescaped(child["escaped"] or "")


def _unescaped(text: str) -> str:
    """XML text with its references resolved; several times faster than :func:`html.unescape` for the common five."""
    if _OTHER_REFERENCE.search(text):
        return unescape(text)
    for reference, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(reference, character)
    return text


def _author(children: Sequence[_Child]) -> str:
    author = next((child for child in children if child["name"] in ("author", "dc:creator")), None)
    if author is None:
        return ""
    name = _AUTHOR_NAME.search(author["nested"] or "")
    return (_unescaped(name[1]) if name else _text(author)).strip()
