"""A message within a channel's limit: what may go first goes first, the first line and the link stay.

The sentence diff goes first, then the native wording, then the changes; of a bundle, first the details of its entries
and then the least serious entries. What was left out is counted in one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from advisoryd.render.clean import shorten
from advisoryd.render.content import Content
from advisoryd.render.voice import Voice

Draw = Callable[[Content], str]

_EDITS = (100, 50, 25, 12, 6, 3, 1, 0)
_QUOTED = (600, 240, 120, 60, 0)
_CHANGES = (8, 4, 2, 1, 0)
_ENTRIES = (100, 60, 40, 25, 16, 10, 7, 5, 3, 2, 1)
_FIRST_LINE = (600, 300, 200, 140, 100, 70, 50, 30, 15, 6)


def fitted(content: Content, draw: Draw, limit: int | None, voice: Voice) -> str:
    """``content`` drawn in at most ``limit`` characters, as much of it as fits; empty when not even a line does."""
    if limit is None:
        return draw(content)
    drawn = (draw(smaller) for smaller, _ in groupby(_smaller(content, voice)))
    return next((text for text in drawn if len(text) <= limit), "")


def _smaller(content: Content, voice: Voice) -> Iterator[Content]:
    """``content`` itself, and then ever less of it."""
    yield content
    least = content
    for least in _fewer_entries(content, voice) if content.entries else _fewer_details(content, voice):
        yield least
    bare = _bare(least)
    yield replace(bare, notes=content.notes[:1])
    yield bare
    for length in _FIRST_LINE:
        yield replace(bare, headline=shorten(content.headline, length), entries=(), more="")
    for length in _FIRST_LINE:
        yield replace(bare, headline=shorten(content.headline, length), entries=(), more="", links=())


def _fewer_details(content: Content, voice: Voice) -> Iterator[Content]:
    sentences = content.edits
    for kept in _EDITS:
        if kept < len(sentences):
            more = voice.count("… and {count} more sentence", "… and {count} more sentences", len(sentences) - kept)
            content = replace(content, edits=sentences[:kept], more=more)
            yield content
    content = replace(content, timeline=())
    yield content
    for length in _QUOTED:
        content = _shorter_quotes(content, length)
        yield content
    for kept in _CHANGES:
        content = replace(content, changes=content.changes[:kept])
        yield content


def _shorter_quotes(content: Content, length: int) -> Content:
    quotes = tuple(replace(quote, text=shorten(quote.text, length)) for quote in content.quotes) if length else ()
    return replace(content, quotes=quotes)


def _fewer_entries(content: Content, voice: Voice) -> Iterator[Content]:
    entries = tuple(replace(entry, edits=(), timeline=(), quotes=(), facts=()) for entry in content.entries)
    yield replace(content, entries=entries)
    entries = tuple(_bare(entry) for entry in entries)
    yield replace(content, entries=entries)
    for kept in _ENTRIES:
        if kept < len(entries):
            more = voice.count("… and {count} more change", "… and {count} more changes", len(entries) - kept)
            yield replace(content, entries=entries[:kept], more=more)


def _bare(content: Content) -> Content:
    """The first line and the link; of a bundle, its entries with theirs."""
    links = tuple(link for link in content.links if link.url == content.url)[:1]
    return replace(
        content,
        notes=(),
        follows="",
        changes=(),
        levels=(),
        quotes=(),
        edits=(),
        timeline=(),
        facts=(),
        footer=(),
        links=links,
    )
