"""Phrases are found as words stand in sentences: inflected, with words between, with clitics."""

from __future__ import annotations

import pytest

from advisoryd.news.lexicon import Lexicon, lexicon
from advisoryd.news.phrases import phrases, tokens_of
from advisoryd.news.scan import look
from advisoryd.news.tags import Tag


def found(language: str, text: str, tag: Tag) -> list[str]:
    """The words of ``text`` that bear ``tag``, with shorter phrases inside longer ones."""
    words = lexicon(language)
    spans = {(start, end) for meaning, start, end in look(text, words).found if tag in meaning.tags}
    return [text[start:end] for start, end in sorted(spans)]


def test_a_star_stands_for_any_ending() -> None:
    assert found("de", "Reisewarnungen", Tag.ADVICE) == ["Reisewarnungen"]


def test_a_word_without_a_star_must_end_where_it_ends() -> None:
    assert found("en", "banish", Tag.BAN) == []


def test_words_may_stand_between_the_parts_of_a_phrase() -> None:
    assert "scherpt" in found("nl", "Nederland scherpt het reisadvies voor Mali aan", Tag.RAISE)


def test_only_the_words_before_the_gap_are_the_phrases_own_even_when_it_opens_the_text() -> None:
    assert found("nl", "Trekt Nederland het reisadvies in", Tag.LIFT) == ["Trekt"]


def test_a_gap_does_not_cross_the_end_of_a_sentence() -> None:
    assert found("nl", "Hij scherpt. Het komt eraan aan", Tag.RAISE) == []


def test_a_separable_verb_tells_what_it_means_by_its_end() -> None:
    assert found("de", "Bern hebt die Reisewarnung auf", Tag.LIFT) == ["hebt"]
    assert "hebt" in found("de", "Bern hebt die Warnung auf höchste Stufe", Tag.RAISE)


def test_quotes_and_hyphens_separate_words_and_are_no_marks() -> None:
    assert [letters for letters, _, _ in tokens_of('"non-essential"')] == ["non", "essential"]


def test_the_genitive_s_is_a_word_of_its_own() -> None:
    assert [letters for letters, _, _ in tokens_of("china's advice")] == ["china", "'s", "advice"]


@pytest.mark.parametrize("written", ["مواطنيها", "ومواطنيها", "لمواطنيها", "ولمواطنيها", "بمواطنيها"])
def test_arabic_is_read_through_the_words_written_on_to_its_front(written: str) -> None:
    assert found("ar", written, Tag.PEOPLE)


def test_korean_and_japanese_phrases_are_found_inside_runs_of_letters() -> None:
    assert "여행금지" in found("ko", "캄보디아여행금지발령", Tag.BAN)
    assert "渡航中止勧告" in found("ja", "外務省が渡航中止勧告を出した", Tag.ADVICE)


def test_a_caret_wants_the_beginning_of_the_text() -> None:
    words = Lexicon(language="ja", order="sov", spaced=False)
    words.add("^米、", (Tag.PLACE,), "US")
    node = words.root.words["^"]
    assert "米" in node.words


def test_overlapping_phrases_are_all_found_and_the_scan_chooses() -> None:
    words = lexicon("en")
    text = "security alert level 4"
    spans = {text[start:end] for _, start, end in phrases(text, tokens_of(text), words)}
    assert {"security alert", "level 4"} <= spans
