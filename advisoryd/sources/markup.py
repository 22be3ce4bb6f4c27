"""HTML as readers need it: elements by CSS selector, text as headed sections and blocks.

The only importer of selectolax (its lexbor engine). Two of its traps are met here: ``text()`` of an element drops the
boundary between two blocks ("a</p><p>b" becomes "ab"), so text is collected by a walk of our own; and the time to
parse grows with the square of the nesting (100,000 nested ``div`` took a minute), so deep towers are refused first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from advisoryd.model.reading import Unreadable
from advisoryd.model.record import Section
from advisoryd.sources.decode import fold

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_TEXT = "-text"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title", "svg", "iframe", "-comment"})
_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "ol", "option",
    "p", "pre", "section", "select", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_TAG = re.compile(r"<(/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)[a-z]", re.IGNORECASE)
_MANY_TAGS = 20_000
_DEEPEST = 2_000


class Kind(StrEnum):
    """What a block of text is."""

    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item, table row or heading, white space folded. ``depth`` counts the lists around it."""

    kind: Kind
    text: str
    depth: int = 0


class Node:
    """One element of a page."""

    __slots__ = ("_node",)

    def __init__(self, node: LexborNode) -> None:
        self._node = node

    @property
    def tag(self) -> str:
        """The element's name in lower case."""
        return self._node.tag or ""

    @property
    def text(self) -> str:
        """All text inside, white space folded."""
        return " ".join(self.blocks())

    @property
    def html(self) -> str:
        """The element with its tags."""
        return self._node.html or ""

    def attr(self, name: str) -> str:
        """The value of an attribute, ``""`` when it is missing or empty."""
        return self._node.attributes.get(name) or ""

    def first(self, css: str) -> Node | None:
        """The first element inside that the selector matches."""
        found = self._node.css_first(css)
        return Node(found) if found is not None else None

    def all(self, css: str) -> tuple[Node, ...]:
        """All elements inside that the selector matches, in reading order."""
        return tuple(map(Node, self._node.css(css)))

    def outline(self) -> tuple[Block, ...]:
        """The blocks inside with their kinds, in reading order."""
        return tuple(_blocks(self._node))

    def blocks(self) -> tuple[str, ...]:
        """The paragraphs, list items, table rows and headings inside, in reading order."""
        return tuple(block.text for block in _blocks(self._node))

    def sections(self) -> tuple[Section, ...]:
        """The text inside by heading; what stands before the first heading has the heading ``""``."""
        return sections_of(_blocks(self._node))


class Page(Node):
    """A whole document, or a fragment, parsed the way browsers do: any text will do.

    Raises :class:`Unreadable` (``wrong-shape``) for absurdly deep nesting only.
    """

    __slots__ = ()

    def __init__(self, html: str) -> None:
        from selectolax.lexbor import LexborHTMLParser  # a poll that finds nothing new does without it

        _refuse_towers(html)
        root = LexborHTMLParser(html).root
        super().__init__(cast("LexborNode", root))


def outline(html: str) -> tuple[Block, ...]:
    """The blocks of a fragment with their kinds, in reading order."""
    return Page(html).outline() if html.strip() else ()


def blocks(html: str) -> tuple[str, ...]:
    """The paragraphs, list items, table rows and headings of a fragment, in reading order."""
    return Page(html).blocks() if html.strip() else ()


def sections(html: str) -> tuple[Section, ...]:
    """The text of a fragment by heading; what stands before the first heading has the heading ``""``."""
    return Page(html).sections() if html.strip() else ()


def chapters(outlined: Iterable[Block]) -> list[tuple[str, list[Block]]]:
    """Blocks gathered under their headings; what stands before the first heading has the heading ``""``."""
    gathered: list[tuple[str, list[Block]]] = [("", [])]
    for block in outlined:
        if block.kind is Kind.HEADING:
            gathered.append((block.text, []))
        else:
            gathered[-1][1].append(block)
    return [(heading, body) for heading, body in gathered if heading or body]


def sections_of(outlined: Iterable[Block]) -> tuple[Section, ...]:
    """Blocks as sections; a heading without text makes a section without blocks."""
    return tuple(Section(heading, tuple(block.text for block in body)) for heading, body in chapters(outlined))


def _blocks(root: LexborNode) -> Iterator[Block]:
    pieces: list[str] = []
    headings = items = 0
    for tag, step, text in _walk(root):
        if tag == _TEXT:
            pieces.append(text)
        elif tag in _CELLS or (tag == "br" and headings):
            pieces.append(" ")
        elif tag in _BLOCKS or tag in _HEADINGS:
            if folded := fold("".join(pieces)):
                yield Block(_kind(headings, items), folded, items)
            pieces.clear()
            headings += step if tag in _HEADINGS else 0
            items += step if tag == "li" else 0
    if folded := fold("".join(pieces)):
        yield Block(_kind(headings, items), folded, items)


def _kind(headings: int, items: int) -> Kind:
    if headings:
        return Kind.HEADING
    return Kind.ITEM if items else Kind.TEXT


def _walk(root: LexborNode) -> Iterator[tuple[str, int, str]]:
    """Every element inside ``root`` twice, where it opens (1) and where it closes (-1), and the text between."""
    node: LexborNode | None = root
    above: list[LexborNode] = []
    while node is not None:
        tag = node.tag or ""
        yield tag, 1, (node.text_content or "") if tag == _TEXT else ""
        child = None if tag in _UNSEEN else node.child
        if child is not None:
            above.append(node)
            node = child
            continue
        if tag != _TEXT:
            yield tag, -1, ""
        node = node.next if above else None
        while node is None and above:
            parent = above.pop()
            yield parent.tag or "", -1, ""
            node = parent.next if above else None


def _refuse_towers(html: str) -> None:
    """Raises for markup nested so deep that parsing it would take minutes."""
    if html.count("<") < _MANY_TAGS:
        return
    depth = 0
    for tag in _TAG.finditer(html):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > _DEEPEST:
            raise Unreadable("wrong-shape", f"The page nests more than {_DEEPEST} elements inside one another.")
