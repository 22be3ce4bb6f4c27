"""A mission's list of notices: bulletins about the country that the mission is in.

An embassy or consulate repeats and sharpens what its ministry says, and tells of things that never reach the ministry's
own list. Its notices are bulletins: official, but not the ministry's standing advice. An entry needs the address of the
list and the country; where the list is built differently from that of Chinese missions, selectors as for a
:mod:`table <advisoryd.sources.table>`. Its tag ``tier:mission`` says who speaks, and its track must not be the
ministry's.
"""

from __future__ import annotations

from dataclasses import replace

from advisoryd.model.ladder import Track
from advisoryd.model.source import Source, SourceKind
from advisoryd.sources import options, table
from advisoryd.sources.rows import RowReader

TIER = "tier:mission"
DEFAULTS: dict[str, object] = {
    "row": ".news-list li, .list-content li",
    "title": "a",
    "link": "a@href",
    "date": "span",
    "zone": "Asia/Shanghai",
    "shape": "stream",
}
"""Selectors of two site templates of Chinese missions. Dates without a zone are China's on all of their sites."""


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options and the entry, one sentence each."""
    found = table.check_options(_filled(source))
    if "levels" in source.options:
        found.append(f'Source "{source.id}": the option "levels" is for a table; a mission\'s notices are bulletins.')
    if not source.destination:
        found.append(f'Source "{source.id}": a destination is needed: the country that the mission is in.')
    if source.kind is not SourceKind.OFFICIAL or TIER not in source.tags:
        found.append(f'Source "{source.id}": it must be of kind official and have the tag "{TIER}".')
    if source.track == Track.SECURITY:
        found.append(f'Source "{source.id}": its track must be another than the ministry\'s, such as special.')
    return found


def reader(source: Source) -> RowReader:
    """The reader of a mission's list. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    return table.reader(_filled(source))


def _filled(source: Source) -> Source:
    return replace(source, options={**DEFAULTS, **source.options})
