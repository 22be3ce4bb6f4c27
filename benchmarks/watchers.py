"""What simpler tools would have said on the same recorded history: a watcher of pages and a reader of feeds.

Both are given the easier task. The watcher of pages compares what a visitor sees, so that markup and the stamps that
servers put on every answer alarm nobody; pages that are gone or new are not counted. Where an issuer publishes one
document for all destinations, each row of it stands for a page.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from advisoryd.service.recorded import Served, Snapshot
from advisoryd.sources import markup, xmlfeed

GENERATED = "metadata"
"""Where Canada's files say when they were made, which is no news to anybody."""


class PageWatcher:
    """Every changed page is an alert, as urlwatch and changedetection.io have it."""

    def __init__(self, lists: Collection[str]) -> None:
        self._lists = lists
        self._seen: dict[str, int] = {}

    def look(self, snapshot: Snapshot) -> int:
        """How many known pages differ."""
        alerts = 0
        for url, served in snapshot.set.items():
            for page, shown in _rows(served) if url in self._lists or _is_feed(served) else [(url, _shown(served))]:
                alerts += self._seen.get(page, shown) != shown
                self._seen[page] = shown
        return alerts


def _is_feed(served: Served) -> bool:
    return "xml" in served.type


def _shown(served: Served) -> int:
    """A mark of what a visitor sees of a page."""
    if "html" in served.type:
        return hash(markup.blocks(served.body))
    return hash(json.dumps({name: value for name, value in json.loads(served.body).items() if name != GENERATED}))


def _rows(served: Served) -> Iterator[tuple[str, int]]:
    """The rows of a document for all destinations; none where each has a page of its own."""
    rows = json.loads(served.body) if "json" in served.type else []
    for row in rows if isinstance(rows, list) else []:
        yield str(row.get("Link") or row.get("title")), hash(json.dumps(row))


class FeedReader:
    """Every entry with a new identity or a newer date is an alert, as feed readers have it. Where no feed was recorded,
    the dates of the issuer's index, if it has any, are those of its feeds."""

    def __init__(self, lists: Collection[str]) -> None:
        self._lists = lists
        self._dates: dict[str, str] | None = None

    def look(self, snapshot: Snapshot) -> int:
        """How many entries are new or have a newer date. The first look alarms nobody."""
        dated = [url for url, served in snapshot.set.items() if url in self._lists or _is_feed(served)]
        said = {key: date for url in dated for key, date in _entries(url, snapshot.set[url])}
        known = said if self._dates is None else self._dates
        alerts = sum(key not in known or date > known[key] for key, date in said.items())
        self._dates = known | said
        return alerts


def _entries(url: str, served: Served) -> Iterator[tuple[str, str]]:
    """The entries of a feed, or the rows of a dated index, with their dates in an order that can be compared."""
    if _is_feed(served):
        for entry in xmlfeed.parse(served.body, url).entries:
            stamp = entry.updated or entry.published
            yield entry.identity, stamp.at.isoformat() if stamp else ""
    elif "json" in served.type:
        yield from _dated(json.loads(served.body))


def _dated(index: Any) -> Iterator[tuple[str, str]]:
    rows = index.get("data", {}) if isinstance(index, dict) else {}
    for key, row in rows.items():
        yield key, f"{row['date-published']['timestamp']:012d}"
