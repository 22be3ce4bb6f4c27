"""China: study-abroad warnings of the Ministry of Education (留学预警), which address students only.

A stream of numbered notices on a site for the supervision of education abroad. What has been learnt about it:

- A warning is known by its year and its number; page numbers are those of the whole site. A second warning about a
  country has a number of its own (2 and 3 of 2025, both the Philippines) and takes the place of the first.
- Titles name no country, so the text of a warning is needed to know whom it is about. One whose page could not be read
  is told to the operator.
- Nothing says when a warning ends, and none was ever taken back.
- The site is drawn by scripts for some visitors; what arrives then holds no notices, which is a failure.

The list was never captured, only its addresses; it is read from the site's front page by links and titles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Document, Parsed, Piece, Request, Shape
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import options

FRONT = "https://jsj.moe.gov.cn/"
CONTRACT = Contract(
    shape=Shape.STREAM,
    usual_gap=timedelta(days=180),  # four warnings in 2025, the longest pause over four months
)
_RULES: dict[str, tuple[options.Rule, str]] = {"url": (options.is_address, "the address of a page that lists warnings")}


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    return options.problems(source, _RULES, required=())


def reader(source: Source) -> CnMoe:
    """The reader of the ministry's warnings. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    return CnMoe(source)


@dataclass(frozen=True, slots=True)
class CnMoe:
    """The list and the warnings."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The list; the warnings follow from it."""
        return (Request(str(self.source.options.get("url", FRONT)), expect="html"),)

    def parse(self, document: Document) -> Parsed:
        """The warnings of the list, or the text of one. Raises :class:`Unreadable`."""
        from advisoryd.sources import cn_study

        return cn_study.read(document)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """One record for each country that the warning is about."""
        from advisoryd.sources import cn_study

        return tuple(cn_study.records(key, found, self.source))
