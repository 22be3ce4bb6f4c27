"""Canada: Travel Advice and Advisories of Global Affairs Canada, from its open data files.

One index gives the level of every destination as a number and says whether regional advisories exist; a file for each
destination names the regions and holds the text. Dates move on all 230 rows at once for a change of boilerplate, so
they are kept but prove nothing. Two indexes carry the same rows, ``index-alpha-eng.json`` and ``index-updated.json``;
the option ``index`` of the catalogue entry says which are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Reader, Request
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import options

FILES = "https://data.international.gc.ca/travel-voyage"
CONTRACT = Contract(
    min_rows=184,  # 230 destinations in every reading; careful clients refuse fewer than four fifths
    grace=timedelta(days=7),  # the files are rebuilt at irregular hours, once 25 hours late
    usual_gap=timedelta(days=14),  # the longest pause in seven months was six days
)


def _are_addresses(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(options.is_address, value))


def check_options(source: Source) -> list[str]:
    """What is wrong with the options: ``index`` lists the addresses of the index files to read."""
    return options.problems(source, {"index": (_are_addresses, "a list of http or https addresses")}, ())


def reader(source: Source) -> Reader:
    """The reader of Global Affairs Canada's open data. Raises :class:`~advisoryd.sources.options.OptionError`."""
    options.require(check_options(source))
    return CaGac(source)


@dataclass(frozen=True, slots=True)
class CaGac:
    """An index and one file for each destination."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The indexes that the options name."""
        urls = self.source.options.get("index")
        named = urls if isinstance(urls, list) else [f"{FILES}/index-alpha-eng.json"]
        return tuple(Request(url, expect="json") for url in named)

    def parse(self, document: Document) -> Parsed:
        """Every destination of an index, or the text of one. Raises :class:`Unreadable`."""
        from advisoryd.sources import ca_pages

        return ca_pages.parse(document, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The row of the newest index, with the text and the regions of the destination's own file when it was read."""
        from advisoryd.sources import ca_pages

        return tuple(ca_pages.records(key, found, self.source))
