"""Newswire sentences in every language, written for these tests: half are advice, half look like it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from advisoryd.news import Claim, NewsItem, read

ITEMS = Path(__file__).parent / "items"
LANGUAGES = sorted(path.stem for path in ITEMS.glob("*.tsv"))


@dataclass(frozen=True, slots=True)
class Row:
    item: NewsItem
    advisory: bool
    issuers: frozenset[str]
    destinations: frozenset[str]
    level: str
    happening: str


def rows(language: str) -> Iterator[Row]:
    for line in (ITEMS / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            verdict, issuers, destinations, level, happening, home, title, summary = line.split("\t")
            yield Row(
                NewsItem(title=title, summary=summary, language=language, country=home),
                verdict == "+",
                frozenset(filter(None, issuers.split(","))),
                frozenset(filter(None, destinations.split(","))),
                level,
                happening,
            )


@cache
def read_all(language: str) -> tuple[tuple[Row, Claim], ...]:
    return tuple((row, read(row.item)) for row in rows(language))


def hits(language: str) -> list[tuple[Row, Claim]]:
    """The advice that was recognised."""
    return [(row, claim) for row, claim in read_all(language) if row.advisory and claim.is_advisory]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_of_both_kinds(language: str) -> None:
    verdicts = [row.advisory for row in rows(language)]
    assert min(verdicts.count(True), verdicts.count(False)) >= 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_only_looks_like_advice_is_taken_for_it(language: str) -> None:
    wrong = [row.item.title for row, claim in read_all(language) if claim.is_advisory and not row.advisory]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_all_advice_is_recognised(language: str) -> None:
    missed = [row.item.title for row, claim in read_all(language) if row.advisory and not claim.is_advisory]
    assert len(missed) <= 0.05 * sum(row.advisory for row in rows(language)), missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_issuer_and_destinations_are_told_apart(language: str) -> None:
    wrong = [
        (row.item.title, claim.issuers, claim.destinations)
        for row, claim in hits(language)
        if (set(claim.issuers), set(claim.destinations)) != (row.issuers, row.destinations)
    ]
    assert len(wrong) <= 0.03 * len(hits(language)), wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_level_is_told(language: str) -> None:
    wrong = [
        (row.item.title, claim.level)
        for row, claim in hits(language)
        if (str(int(claim.level)) if claim.level else "null") != row.level
    ]
    assert len(wrong) <= 0.08 * len(hits(language)), wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_happened_is_told(language: str) -> None:
    wrong = [(row.item.title, claim.happening) for row, claim in hits(language) if claim.happening != row.happening]
    assert len(wrong) <= 0.05 * len(hits(language)), wrong
