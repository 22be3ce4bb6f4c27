"""In which order a message gives way, seen without any template."""

from __future__ import annotations

from itertools import pairwise

import pytest

from advisoryd.render.clean import address
from advisoryd.render.content import Content, Edit, Link, Quote
from advisoryd.render.fit import fitted
from advisoryd.render.voice import voice_for

ENGLISH = voice_for("en", "UTC")
LINK = Link("official", "Official page", address("https://x.example/"))


def drawn(content: Content) -> str:
    """A message as a row of marks: one letter for each part that is still there."""
    parts = [content.headline, "n" * len(content.notes), "c" * len(content.changes), "l" * len(content.levels)]
    parts += ["q" * len(quote.text) for quote in content.quotes]
    parts += ["e" * 10 * len(content.edits), "t" * len(content.timeline), "f" * len(content.facts)]
    parts += [drawn(entry) for entry in content.entries] + [content.more, content.url]
    return " ".join(part for part in parts if part)


@pytest.fixture
def full() -> Content:
    return Content(
        title="title",
        headline="headline of the message",
        notes=("note", "another"),
        changes=tuple("abcdefghij"),
        levels=("level",),
        quotes=(Quote("label", "word " * 100, "en", "line"),),
        edits=tuple(Edit("+", "section", f"sentence {number}") for number in range(200)),
        timeline=("first", "second"),
        facts=(),
        links=(LINK, Link("unsubscribe", "Unsubscribe", address("https://y.example/"))),
        footer=("footer",),
    )


def test_without_a_limit_nothing_is_left_out(full: Content) -> None:
    assert fitted(full, drawn, None, ENGLISH) == drawn(full)


def test_a_message_that_fits_is_left_alone(full: Content) -> None:
    assert fitted(full, drawn, len(drawn(full)), ENGLISH) == drawn(full)


@pytest.mark.parametrize(
    ("limit", "kept", "lost"),
    [
        (2000, "neqtcl", ""),
        (700, "neqtcl", ""),
        (300, "nqcl", "et"),
        (90, "nl", "eqt"),
        (70, "", "eqtcl"),
    ],
)
def test_parts_go_in_their_order(full: Content, limit: int, kept: str, lost: str) -> None:
    words = fitted(full, drawn, limit, ENGLISH).replace("headline of the message", "").split("…")[0].split()
    marks = {word[0] for word in words if "http" not in word}
    assert set(kept) <= marks
    assert not set(lost) & marks


@pytest.mark.parametrize("limit", range(60, 2500, 61))
def test_the_headline_and_the_link_stay(full: Content, limit: int) -> None:
    text = fitted(full, drawn, limit, ENGLISH)
    assert text.startswith("headline of the message")
    assert text.endswith("https://x.example/")
    assert len(text) <= limit


def test_the_headline_is_shortened_last_and_the_link_goes_after_that(full: Content) -> None:
    assert fitted(full, drawn, 40, ENGLISH) == "headline of… https://x.example/"
    assert fitted(full, drawn, 20, ENGLISH) == "headline of…"


def test_where_not_even_that_fits_there_is_nothing_to_draw(full: Content) -> None:
    assert fitted(full, lambda content: "x" * 500, 400, ENGLISH) == ""


def test_the_same_message_is_not_drawn_twice_in_a_row() -> None:
    seen: list[Content] = []

    def draw(content: Content) -> str:
        seen.append(content)
        return "x" * 100

    fitted(Content(title="t", headline="h", links=(LINK,)), draw, 50, ENGLISH)
    assert all(one != two for one, two in pairwise(seen))


def test_a_bundle_loses_details_before_entries(full: Content) -> None:
    entry = Content(title="t", headline="entry", changes=("change",), facts=(), links=(LINK,))
    bundle = Content(title="t", headline="bundle", entries=(entry,) * 12)
    assert fitted(bundle, drawn, 320, ENGLISH) == "bundle " + " ".join(["entry https://x.example/"] * 12)
    assert fitted(bundle, drawn, 220, ENGLISH).endswith("… and 5 more changes")
    assert fitted(bundle, drawn, 60, ENGLISH) == "bundle entry https://x.example/ … and 11 more changes"
    assert fitted(bundle, drawn, 8, ENGLISH) == "bundle"
