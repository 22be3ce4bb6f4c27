"""Strangers' bytes: any text is read without an error, and in bounded time."""

from __future__ import annotations

import random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd.news import NewsItem, read
from advisoryd.news.lexicon import languages, lexicon

LANGUAGES = sorted(languages())
SCRAPS = (
    "China|Japan|urges|citizens|to|avoid|travel|level|4|Level 2|no longer|'s|Reisewarnung|gegen|Mali|外交部|提醒|公民"
    "|赴日|渡航中止|を|に|여행금지|발령|رفع|تحذير|السفر|не|ездить|&amp;|<b>|</b>|.|,|、|。|\u200f|(|)|—|\n"
).split("|")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([*LANGUAGES, "", "no", "zh-Hant", "???"]),
    st.text(max_size=300),
    st.text(max_size=300),
    st.text(max_size=300),
)
def test_no_text_whatever_raises(language: str, title: str, summary: str, text: str) -> None:
    claim = read(NewsItem(title=title, summary=summary, text=text, language=language))
    assert 0.0 <= claim.confidence <= 1.0


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(LANGUAGES), st.lists(st.sampled_from(SCRAPS), max_size=40), st.sampled_from(["", "JP", "US"]))
def test_no_jumble_of_telling_words_raises(language: str, scraps: list[str], home: str) -> None:
    half = len(scraps) // 2
    title, summary = " ".join(scraps[:half]), " ".join(scraps[half:])
    claim = read(NewsItem(title=title, summary=summary, language=language, country=home))
    if claim.is_advisory:
        assert claim.issuers
        assert claim.happening is not None
        assert set(claim.issuers) != set(claim.destinations)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_summaries_of_telling_words_are_read_in_bounded_time(language: str) -> None:
    lexicon(language)
    chance = random.Random(language)
    words = " ".join(chance.choice(SCRAPS) for _ in range(4000))
    begun = process_time()
    read(NewsItem(title=words, summary=words, text=words * 5, language=language))
    assert process_time() - begun < 5.0


def test_a_text_of_open_brackets_or_one_endless_word_is_read_in_bounded_time() -> None:
    begun = process_time()
    for text in ("<" * 50_000, "(" * 50_000, "a" * 50_000, "&" * 50_000, "の" * 50_000):
        for language in ("en", "ja", "ar"):
            read(NewsItem(title=text, summary=text, text=text, language=language))
    assert process_time() - begun < 5.0
