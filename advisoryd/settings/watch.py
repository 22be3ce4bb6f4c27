"""Standing queries: news searches are told which places the subscriptions ask about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from advisoryd import places
from advisoryd.model.config import Reports, Subscription
from advisoryd.model.source import Source

SEARCHES = frozenset({"google_news", "gdelt"})
"""Readers with the option ``watch``."""

MOST = 30
"""So many places a search can ask for one by one; more of them are as good as all, for which it asks anyway."""


def with_watched(sources: Sequence[Source], subscriptions: Sequence[Subscription]) -> tuple[Source, ...]:
    """The sources, searches among them with the places that subscriptions to reports name. A search whose places the
    configuration gives keeps those."""
    named = watched(subscriptions)
    return tuple(
        replace(source, options={"watch": named, **source.options}) if named and source.reader in SEARCHES else source
        for source in sources
    )


def watched(subscriptions: Iterable[Subscription]) -> list[str]:
    """The places that subscriptions to reports name, joint ones by their members; none when there are too many."""
    hearing = (one for one in subscriptions if one.reports is not Reports.NONE)
    named = {member for one in hearing for place in one.destinations for member in places.members(place)}
    return sorted(named) if len(named) <= MOST else []
