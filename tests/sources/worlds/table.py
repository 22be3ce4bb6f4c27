"""The worlds of two ministries whose notices are links of one page, without dates and without levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries

from .world import Line, Row, Served, World, lines, served_html

ABOUT = '<a href="/om/">Om</a><a href="index.html">…</a>'
"""What else the page links to."""


@dataclass(frozen=True)
class Table(World):
    source: Source
    title: str
    levels: tuple[Level, ...] = ()

    def serve(self, rows: Sequence[Row], *, charset: str = "", **quirks: Any) -> dict[str, Served]:
        address = str(self.source.options["url"])
        told = "".join(self._link(line, address) for line in lines(rows, self.source.language, {}, **quirks))
        return {address: served_html(f"{ABOUT}<main>{told}</main>", charset)}

    def _link(self, line: Line, address: str) -> str:
        notice = urljoin(address, f"{line.slug}-{line.date:%Y%m%d}/")
        return f'<p><a href="{notice}">{self.title.format(line.name)}</a> {line.text}</p>'


WORLDS = (
    Table(entries()["cz-mzv"], "{} – doporučení na cesty"),
    Table(entries()["se-ud"], "UD avråder från resor till {}"),
)
