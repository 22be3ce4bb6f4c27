"""India: travel advisories of the Ministry of External Affairs.

A list of titled notices, newest first, and one page for each. What has been learnt about them:

- Data centres are refused by their address; from homes the list answers. Nothing else about the request matters.
- A wrong address answers 200 with an error page, and the site's menus hold the words "travel" and "advisory" on every
  page: only links to notices count, and a list without any is a failure.
- A notice is known by the number in its address. Nothing says when one ends; a later one takes its place. In 2026
  eleven countries had one in force, and a country without one has none, which is not the same as safe.
- The level is in the words of the notice. Words that are not known leave it unknown.

The markup of list and notice was never captured: rows are found by their links, texts by their sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Request, Shape
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import options

LIST = "https://www.mea.gov.in/travel-advisories.htm"
CONTRACT = Contract(
    shape=Shape.STREAM,  # notices are added, and none is ever taken back
    min_rows=5,  # eleven countries had a notice in 2026
)
_RULES: dict[str, tuple[options.Rule, str]] = {"url": (options.is_address, "the address of the list")}


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    return options.problems(source, _RULES, required=())


def reader(source: Source) -> InMea:
    """The reader of the ministry's notices. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    return InMea(source)


@dataclass(frozen=True, slots=True)
class InMea:
    """The list and the notices."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The list; the notices follow from it."""
        return (Request(str(self.source.options.get("url", LIST)), expect="html"),)

    def parse(self, document: Document) -> Parsed:
        """The notices of the list, or the text of one. Raises :class:`Unreadable`."""
        from advisoryd.sources import in_pages

        return in_pages.read(document, self.contract)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """One record for each country that the title names."""
        from advisoryd.sources import in_pages

        return tuple(in_pages.records(key, found, self.source))
