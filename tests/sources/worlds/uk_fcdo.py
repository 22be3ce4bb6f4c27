"""The world of GOV.UK's travel advice: an index without levels, and a page for each destination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.sources.catalogue import entries
from advisoryd.sources.uk_fcdo import INDEX

from .world import Impossible, Line, Row, Served, World, lines, served_json

WORDS = {
    Level.CAUTION: "avoid_all_travel_to_parts",
    Level.RECONSIDER: "avoid_all_but_essential_travel_to_whole_country",
    Level.AVOID: "avoid_all_travel_to_whole_country",
}


@dataclass(frozen=True)
class UkFcdo(World):
    source: Source = entries()["uk-fcdo"]

    def serve(
        self, rows: Sequence[Row], *, renamed: str = "", charset: str = "", duplicate: bool = False, **quirks: Any
    ) -> dict[str, Served]:
        if duplicate:
            raise Impossible("the links of a page of GOV.UK are a set, each content id once")
        told = lines(rows, "en", WORDS, **quirks)
        pages = {f"{INDEX}/{line.slug}": served_json(_page(line, renamed or "alert_status"), charset) for line in told}
        index = {"base_path": "/foreign-travel-advice", "links": {"children": [_child(line) for line in told]}}
        return {INDEX: served_json(index, charset)} | pages


def _child(line: Line) -> dict[str, object]:
    return {
        "base_path": f"/foreign-travel-advice/{line.slug}",
        "content_id": f"content-{line.slug}",
        "details": {"country": {"name": line.name, "slug": line.slug, "synonyms": []}},
        "public_updated_at": line.date.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": f"{line.name} travel advice",
        "withdrawn": False,
    }


def _page(line: Line, status: str) -> dict[str, object]:
    page = _child(line)
    details = {
        status: [line.word] if line.word else [],
        "change_description": "",
        "country": {"name": line.name, "slug": line.slug, "synonyms": []},
        "parts": [{"slug": "warnings-and-insurance", "title": "Warnings", "body": f"<p>{line.text}</p>"}],
        "reviewed_at": page["public_updated_at"],
    }
    return page | {"details": details}


WORLD = UkFcdo()
