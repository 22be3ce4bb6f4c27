"""A sentence as a string of tags."""

from __future__ import annotations

import pytest

from advisoryd.news.hits import Tagged
from advisoryd.news.lexicon import lexicon
from advisoryd.news.scan import scan
from advisoryd.news.tags import Tag


def told(text: str, language: str = "en") -> Tagged:
    return scan(text, lexicon(language))


def named(text: str, language: str = "en") -> list[str]:
    """The places of ``text``, one string for every place or list of places."""
    nations = (Tag.PLACE, Tag.CAPITAL, Tag.DEMONYM, Tag.CITY)
    return [hit.value for hit in told(text, language).hits if hit.tag in nations]


def test_every_word_that_means_something_here_gets_its_tag_in_reading_order() -> None:
    tags = [hit.tag for hit in told("Germany urges citizens to leave Mali").hits]
    assert tags == [Tag.PLACE, Tag.URGE, Tag.PEOPLE, Tag.TO, Tag.LEAVE, Tag.PLACE]


def test_the_string_of_tags_stands_for_the_hits_one_by_one() -> None:
    tagged = told("Canada raises its travel advisory for Cuba to level 3 as fuel runs out")
    assert tagged.tags == "".join(hit.tag for hit in tagged.hits)
    assert len(tagged.tags) == len(tagged.hits)


def test_words_are_close_when_only_marks_and_spaces_stand_between_them() -> None:
    assert told("citizens, in Mali").close(0, 2)
    assert not told("citizens old and young in Mali").close(0, 2)


def test_a_longer_phrase_hides_the_shorter_one_inside_it() -> None:
    assert Tag.LIFT not in told("Bern schränkt Reisen ein", "de").tags
    assert Tag.SHELTER in told("Citizens told to shelter in place").tags


def test_idle_words_are_one_gap_and_a_full_stop_ends_the_sentence() -> None:
    tags = told("Mali. The old men of the sea sat there. Leave").tags
    assert Tag.STOP in tags
    assert tags.count(Tag.GAP) <= 2


@pytest.mark.parametrize("text", ["U.S. warns citizens", "The level is 2.5 now"])
def test_neither_an_abbreviation_nor_a_decimal_point_ends_a_sentence(text: str) -> None:
    assert Tag.STOP not in told(text).tags


@pytest.mark.parametrize(
    ("text", "language", "places"),
    [
        ("Germany and Britain warn citizens", "en", ["DE GB"]),
        ("Germany, Britain and France warn citizens", "en", ["DE GB FR"]),
        ("L'Allemagne et la France déconseillent le Mali", "fr", ["DE FR", "ML"]),
        ("Niederlande, Belgien und Österreich", "de", ["NL BE AT"]),
        ("韩国、日本和泰国", "zh", ["KR JP TH"]),
        ("タイ・カンボジア国境", "ja", ["TH KH"]),
        ("قطر والبحرين والكويت", "ar", ["QA BH KW"]),
        ("España y Portugal", "es", ["ES PT"]),
    ],
)
def test_names_in_a_row_are_one_party(text: str, language: str, places: list[str]) -> None:
    assert named(text, language) == places


@pytest.mark.parametrize(
    ("text", "language"),
    [("Au Mali, la France appelle ses ressortissants à partir", "fr"), ("中国、日本への渡航自粛を呼びかけ", "ja")],
)
def test_a_topic_and_a_speaker_are_no_list_though_a_comma_joins_them(text: str, language: str) -> None:
    assert len(named(text, language)) == 2


def test_a_headline_comma_may_stand_for_and_in_english() -> None:
    assert named("Germany, UK warn citizens") == ["DE GB"]


def test_particles_count_only_beside_a_name_where_words_are_not_spaced() -> None:
    assert Tag.TO in told("日本に渡航しないよう", "ja").tags
    assert Tag.TO not in told("静かに暮らす", "ja").tags


def test_short_names_count_in_their_frames_only() -> None:
    assert named("米、自国民に退避勧告", "ja") == ["US"]
    assert named("新米の季節", "ja") == []


def test_the_evidence_of_a_later_part_counts_from_its_own_beginning() -> None:
    tagged = scan("Leave Mali", lexicon("en"), "text", 100)
    assert tagged.quote("rule", 0, 5).start == 100


def test_a_short_form_is_not_read_into_a_longer_name() -> None:
    assert named("驻马里使馆再次提醒", "zh") == ["ML"]
    assert named("在马来西亚中国公民", "zh")[0] == "MY"
    assert named("驻马使馆提醒", "zh") == ["MY"]


def test_a_quarrel_is_one_only_beside_a_name() -> None:
    assert Tag.QUARREL in told("Taiwan row: China warns citizens").tags
    assert Tag.QUARREL not in told("China warns citizens in war zone").tags


def test_two_names_with_a_hyphen_between_are_one_list() -> None:
    assert named("태국-캄보디아 국경 여행경보", "ko") == ["TH KH"]
