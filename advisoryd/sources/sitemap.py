"""Sitemaps (https://www.sitemaps.org/protocol.html) as the list of an issuer's pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisoryd.model.reading import Document, Unreadable
from advisoryd.sources import xmltree


@dataclass(frozen=True, slots=True)
class Entry:
    """One page. ``modified`` is the issuer's own date of its last edit as it stands, ``""`` when it gives none."""

    slug: str
    url: str
    modified: str = ""

    @property
    def words(self) -> str:
        """The name that the slug is made of: ``republic-of-korea`` is ``republic of korea``."""
        return self.slug.replace("-", " ").strip()


def entries(document: Document, pages: re.Pattern[str]) -> tuple[Entry, ...]:
    """The pages whose whole address ``pages`` matches, each slug (its first group) once. Raises :class:`Unreadable`."""
    root = xmltree.load(document)
    if xmltree.name(root) != "urlset":
        raise Unreadable("wrong-shape", f"{document.url} is XML, but no sitemap.")
    found = (_entry(xmltree.text(url, "loc"), xmltree.text(url, "lastmod"), pages) for url in root)
    return tuple({entry.slug: entry for entry in found if entry}.values())


def _entry(address: str, modified: str, pages: re.Pattern[str]) -> Entry | None:
    found = pages.fullmatch(address)
    return Entry(found[1], address, modified) if found else None
