"""What the news sources of the catalogue serve on an ordinary day."""

from __future__ import annotations

from pathlib import Path

from advisoryd.model.source import Source, SourceKind
from advisoryd.sources import catalogue

from .stage import NOON
from .world import Served

GOLDEN = Path(__file__).parents[1] / "golden"
FILES = {"google_news": "google-news/general.xml", "gdelt": "gdelt/articles.json"}


def outlets() -> tuple[Source, ...]:
    """The news sources of the catalogue."""
    return tuple(source for source in catalogue.entries().values() if source.kind is SourceKind.NEWS)


def printed(source: Source) -> dict[str, Served]:
    """The answers of an outlet's endpoints, in its true wire shape."""
    body = _body(source)
    kind = "application/json" if body.lstrip()[:1] == b"{" else "application/rss+xml"
    return {request.url: Served(body, kind) for request in catalogue.reader_for(source).endpoints(NOON)}


def _body(source: Source) -> bytes:
    """The golden payload of the reader or of the outlet itself; of an outlet without one, that of another."""
    names = (FILES.get(source.reader, ""), f"news/{source.id}.xml", f"news/{source.id}.rdf", "news/bbc-world.xml")
    return next(GOLDEN / name for name in names if name and (GOLDEN / name).is_file()).read_bytes()
