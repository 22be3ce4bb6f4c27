"""JSON Feed (https://www.jsonfeed.org/version/1.1/) as the same entries that XML feeds give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisoryd import codec
from advisoryd.model.reading import Document, Unreadable
from advisoryd.sources import dates, jsonbody, slices
from advisoryd.sources.decode import fold
from advisoryd.sources.entries import Entry, identity
from advisoryd.sources.jsonbody import Row


@dataclass(frozen=True, slots=True)
class Slice:
    """One entry of the feed as it came, and the hash by which it is known again."""

    fingerprint: str
    row: Row


def read(document: Document) -> tuple[Slice, ...]:
    """The entries of a feed. Raises :class:`Unreadable` (``wrong-shape``) when it is no JSON Feed."""
    root = jsonbody.mapping(jsonbody.load(document), document.url)
    if not jsonbody.text(root, "version").startswith("https://jsonfeed.org/version/"):
        raise Unreadable("wrong-shape", f"{document.url} is JSON, but its version does not say JSON Feed.")
    rows = jsonbody.rows(root.get("items"), f"The items of {document.url}")
    return tuple(Slice(slices.fingerprint(codec.canonical(row).decode()), row) for row in rows)


def entry(row: Row, zone: str = "UTC") -> Entry:
    """One item. Its identity is ``""`` when neither id nor link nor title is given."""
    title = jsonbody.text(row, "title")
    link = jsonbody.raw(row, "url") or jsonbody.raw(row, "external_url")
    summary, markup = _summary(row)
    return Entry(
        identity=identity(_id(row), link, title),
        title=title or fold(summary)[:120],
        link=link,
        summary=summary,
        markup=markup,
        published=dates.iso(jsonbody.raw(row, "date_published"), zone),
        updated=dates.iso(jsonbody.raw(row, "date_modified"), zone),
        author=", ".join(_authors(row)),
        categories=tuple(("", tag) for tag in jsonbody.words(row, "tags")),
    )


def _id(row: Row) -> str:
    number = jsonbody.integer(row, "id")
    return jsonbody.raw(row, "id") or ("" if number is None else str(number))


def _summary(row: Row) -> tuple[str, bool]:
    for name, markup in (("summary", False), ("content_text", False), ("content_html", True)):
        if text := jsonbody.raw(row, name):
            return text, markup
    return "", False


def _authors(row: Row) -> Iterator[str]:
    """The names of version 1.1's authors, or of version 1's only author."""
    for person in jsonbody.entries(row, "authors") or [jsonbody.nested(row, "author")]:
        if name := jsonbody.text(person, "name"):
            yield name
