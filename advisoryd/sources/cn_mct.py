"""China: travel tips of the Ministry of Culture and Tourism (出行提示), which address tourists and their agencies.

A stream of notices that trails the foreign ministry by a day or two and mostly quotes it. What has been learnt:

- The column holds weather on motorways and manners on holidays beside the warnings; only what names another country and
  asks something of people who go there is advice. The rest about other countries is told as bulletins.
- Some of the ministry's addresses answer with a script that sends browsers on, status 200 and no text.
- A notice is known by its title and the day shown. Nothing says when one ends.

The markup of the column was never captured: rows are found by their links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Request, Shape
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import options

LIST = "https://www.mct.gov.cn/ggfw/cxts/"
CONTRACT = Contract(shape=Shape.STREAM)
_RULES: dict[str, tuple[options.Rule, str]] = {"url": (options.is_address, "the address of the column")}


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    return options.problems(source, _RULES, required=())


def reader(source: Source) -> CnMct:
    """The reader of the ministry's tips. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    return CnMct(source)


@dataclass(frozen=True, slots=True)
class CnMct:
    """The first page of the column."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The column."""
        return (Request(str(self.source.options.get("url", LIST)), expect="html"),)

    def parse(self, document: Document) -> Parsed:
        """The notices about other countries. Raises :class:`Unreadable`."""
        from advisoryd.sources import cn_tourism

        return cn_tourism.read(document)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """One record for each country of a notice."""
        from advisoryd.sources import cn_tourism

        return tuple(cn_tourism.records(key, found[-1], self.source)) if found else ()
