"""XML registers as elements, read strictly.

A feed with one broken entry is still worth reading; a register with a broken end is not, because what is cut off would
look withdrawn. So anything that is not well-formed is refused, and so is a DOCTYPE, without which XML has neither
external entities nor entities that expand to gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from advisoryd.model.reading import Document, Unreadable
from advisoryd.sources import decode
from advisoryd.sources.prolog import doctype


def load(document: Document) -> Element:
    """The root element. Raises :class:`Unreadable` (``wrong-shape``, ``garbled``)."""
    text = decode.text(document)
    if doctype(text):
        raise Unreadable("wrong-shape", f"{document.url} has a DOCTYPE: it is a web page or worse, not a feed.")
    try:
        # Without a DOCTYPE there is nothing that could be expanded or fetched.
        return fromstring(text)  # noqa: S314
    except (ParseError, ValueError) as problem:
        raise Unreadable("wrong-shape", f"{document.url} is not well-formed XML: {problem}.") from problem


def name(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, wanted: str) -> Iterator[Element]:
    """The direct children of that name, whatever their namespace."""
    return (child for child in element if name(child) == wanted)


def raw(element: Element, wanted: str) -> str:
    """The text of the first direct child of that name as it stands, ``""`` when there is none."""
    child = next(children(element, wanted), None)
    return "".join(child.itertext()) if child is not None else ""


def text(element: Element, wanted: str) -> str:
    """The text of the first direct child of that name, white space folded."""
    return decode.fold(raw(element, wanted))
