"""The word lists: their notation, and that every file keeps to it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import advisoryd.news
from advisoryd import places
from advisoryd.model.ladder import Reason, Track
from advisoryd.news.lexicon import Lexicon, Node, languages, lexicon, spelt_out
from advisoryd.news.strength import level_of_step
from advisoryd.news.tags import NATIONS, Tag

DATA = Path(advisoryd.news.__file__).parent / "data"
LANGUAGES = sorted(languages())
OPTIONAL = {Tag.MANY, Tag.AT, Tag.OF, Tag.SAY, Tag.QUARREL, Tag.NOTHING, Tag.GAP, Tag.COMMA, Tag.STOP, *NATIONS}
LADDER = {"1", "2", "3", "4", "reconsider"}


Told = tuple[tuple[Tag, ...], str, object]


@cache
def meanings(language: str) -> frozenset[Told]:
    """Everything that a phrase of ``language`` can mean."""
    return frozenset(below(lexicon(language).root))


def below(node: Node) -> Iterator[Told]:
    """Every meaning in the tree below ``node``."""
    yield from ((meaning.tags, meaning.value, meaning.note) for meaning in node.meanings)
    for following in (*node.words.values(), *node.stems.values(), *node.gaps.values()):
        yield from below(following)


def test_twelve_languages_are_read() -> None:
    assert LANGUAGES == ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pt", "ru", "zh"]


@pytest.mark.parametrize(
    ("notation", "phrases"),
    [
        ("travel ban", ["travel ban"]),
        ("(avoid|shun) travel", ["avoid travel", "shun travel"]),
        ("travel(s|)", ["travels", "travel"]),
        ("(leave|get (out|away))", ["leave", "get out", "leave", "get away"]),
    ],
)
def test_a_choice_stands_for_every_phrase_it_allows(notation: str, phrases: list[str]) -> None:
    assert sorted(set(spelt_out(notation))) == sorted(set(phrases))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_has_words_for_every_tag_that_rules_need(language: str) -> None:
    found = {tag for tags, _, _ in meanings(language) for tag in tags}
    assert set(Tag) - OPTIONAL <= found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_can_tell_the_commonest_reasons_and_whose_ladder_it_is(language: str) -> None:
    notes = {note for _, _, note in meanings(language)}
    assert {Reason.ARMED_CONFLICT, Reason.CRIME, Reason.TERRORISM, Reason.NATURAL_HAZARD, Reason.HEALTH} <= notes
    assert {Track.STUDY, Track.TOURISM} <= notes


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_level_in_a_list_is_a_step_of_the_ladder(language: str) -> None:
    for tags, value, _ in meanings(language):
        if not {Tag.ASK, Tag.CARE}.isdisjoint(tags) and not {Tag.STEP, Tag.ADVICE}.intersection(tags):
            assert value in LADDER, (tags, value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_body_belongs_to_a_country_that_exists(language: str) -> None:
    for tags, value, _ in meanings(language):
        if Tag.BODY in tags:
            assert places.known(value), (tags, value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_colour_is_on_somebodys_scale(language: str) -> None:
    scales = tomllib.loads((DATA / "scales.toml").read_text(encoding="utf-8"))
    for tags, value, _ in meanings(language):
        if Tag.STEP in tags and Tag.ADVICE not in tags:
            assert any(level_of_step(value, issuer) for issuer in scales), (tags, value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_names_a_phrase_twice(language: str) -> None:
    data = tomllib.loads((DATA / f"{language}.toml").read_text(encoding="utf-8"))
    for section, content in data.items():
        tables = content.values() if isinstance(content, dict) else [content]
        for table in (table for table in tables if isinstance(table, list)):
            assert len(table) == len(set(table)), section


def test_an_unknown_tag_is_an_error_that_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xx.toml").write_text('order = "svo"\nverb = ["warn*"]\n', encoding="utf-8")
    monkeypatch.setattr("advisoryd.news.lexicon._DATA", tmp_path)
    with pytest.raises(KeyError, match="VERB"):
        lexicon("xx")


def test_where_words_are_not_spaced_a_space_in_a_phrase_is_free() -> None:
    words = Lexicon(language="ko", order="sov", spaced=False)
    words.add("여행금지", (Tag.BAN,))
    assert "여" in words.root.words


def test_traditional_characters_are_compared_as_simplified_ones() -> None:
    assert lexicon("zh").fold("暫勿前往") == "暂勿前往"


def test_comparing_never_moves_a_character() -> None:
    text = "外交部提醒國人暫勿前往日本"
    assert len(lexicon("zh").fold(text)) == len(text)
