"""A feed's raw entries, cut apart without parsing them.

Parsing is what a changed feed costs; most of its entries are the ones read last time. So the text is cut at the tags of
its entries, each entry is known by the hash of its own bytes, and only entries not seen before are parsed.

The cut must never lose an entry. Comments, processing instructions and CDATA sections are stepped over, so that a tag
inside them is not taken for one; and whatever looks unusual (an entry inside an entry, a prefixed or self-closing one,
two kinds of entries, other elements between them, a document type, an end that is missing) is left to the parser as
a whole: :func:`cut` then answers ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

_MARK = re.compile(r"<(?:(!--|!\[CDATA\[|[?!])|(/?)(item|entry)(?=[\s/>]))", re.IGNORECASE)
_PREFIXED = re.compile(r":(?:item|entry)[\s/>]", re.IGNORECASE)
_ENDS = {"!--": "-->", "![CDATA[": "]]>", "?": "?>"}
_CLOSE = re.compile(r"\s*>")
_BETWEEN = re.compile(r"(?>\s|<!--.*?-->)*+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cut:
    """A feed in three parts: what stands before its entries, the entries themselves, what stands after them."""

    head: str
    entries: tuple[str, ...]
    tail: str

    def only(self, entries: Iterable[str]) -> str:
        """The feed as it would be with just these entries."""
        return "".join((self.head, *entries, self.tail))


def cut(text: str) -> Cut | None:
    """``text`` (RSS, RDF or Atom) cut at its entries; ``None`` when there are none or their edges are in doubt."""
    spans = [] if _PREFIXED.search(text) else _spans(text)
    if not spans or not _adjacent(text, spans):
        return None
    entries = tuple(text[start:end] for start, end in spans)
    return Cut(text[: spans[0][0]], entries, text[spans[-1][1] :])


def fingerprint(entry: str) -> str:
    """The hash by which an entry's bytes are known again, as 32 hexadecimal digits."""
    return blake2b(entry.encode(), digest_size=16).hexdigest()


def _spans(text: str) -> list[tuple[int, int]]:
    """Where entries begin and end; empty when that is in doubt."""
    spans: list[tuple[int, int]] = []
    name, start, position = "", -1, 0
    while mark := _MARK.search(text, position):
        special, slash, tag = mark.groups()
        if special:
            position = _after(text, mark.end(), special)
        elif slash and start >= 0 and tag == name and (close := _CLOSE.match(text, mark.end())):
            position = close.end()
            spans.append((start, position))
            start = -1
        elif slash or start >= 0 or (spans and tag != name):
            return []
        else:
            name, start, position = tag, mark.start(), mark.end()
        if position < 0:
            return []
    return spans if start < 0 else []


def _after(text: str, position: int, special: str) -> int:
    """The position behind a comment, CDATA section or instruction, -1 for one that does not end or a document type."""
    end = _ENDS.get(special.upper())
    found = text.find(end, position) if end else -1
    return found + len(end) if end and found >= 0 else -1


def _adjacent(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether nothing but white space and comments stands between the entries."""
    return all(_BETWEEN.fullmatch(text, end, following) is not None for (_, end), (following, _) in pairwise(spans))
