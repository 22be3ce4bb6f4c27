"""Whether advice is an item's news, and what is said when it is not."""

from __future__ import annotations

import pytest

from advisoryd.news.hits import Tagged
from advisoryd.news.lexicon import lexicon
from advisoryd.news.roles import roles
from advisoryd.news.scan import scan
from advisoryd.news.verdict import CERTAIN, TOLD, about_some_place, acts_in, is_aside, missing, refusal


def parts(title: str, summary: str = "", language: str = "en") -> list[Tagged]:
    words = lexicon(language)
    return [scan(title, words, "title"), scan(summary, words, "summary")]


def refused(title: str, summary: str = "") -> str:
    """The rule that refuses the item, or ``""``."""
    texts = parts(title, summary)
    acts = acts_in(texts, "svo")
    assert acts is not None
    evidence = refusal(texts, acts)
    return evidence.rule if evidence else ""


def lacking(title: str, summary: str = "", home: str = "") -> str:
    texts = parts(title, summary)
    acts = acts_in(texts, "svo")
    assert acts is not None
    return missing(texts, roles(texts, "svo", home, about_some_place(texts, acts)), "svo")


def told_in_passing(title: str, summary: str, language: str = "en") -> bool:
    texts = parts(title, summary, language)
    order = lexicon(language).order
    acts = acts_in(texts, order)
    assert acts is not None
    return is_aside(texts, acts, roles(texts, order, "", about_some_place(texts, acts)))


def test_where_nothing_is_advised_there_is_no_act() -> None:
    assert acts_in(parts("Japan and China hold talks"), "svo") is None


def test_who_is_told_what_is_an_act_in_full() -> None:
    acts = acts_in(parts("China urges citizens to avoid travel to Japan"), "svo")
    assert acts is not None
    assert acts.best is not None
    assert acts.best.rule.weight >= TOLD
    assert acts.in_headline() >= TOLD


def test_an_act_in_the_summary_is_none_of_the_headlines() -> None:
    acts = acts_in(parts("Fresh row", "China urges citizens to avoid travel to Japan"), "svo")
    assert acts is not None
    assert acts.in_headline() == 0.0
    assert acts.best is not None
    assert acts.best.rule.weight >= CERTAIN


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Explainer: what a travel advisory means", "an explainer, opinion or history"),
        ("Airline issues travel alert for passengers", "another than a government speaks"),
        ("Ministry issues alert for travellers as blizzard nears", "traffic or weather"),
        ("Government alert to citizens over visa rules", "who may come in"),
        ("Government alert to citizens over tsunami", "a notice of another kind"),
    ],
)
def test_the_headlines_subject_may_be_something_else(title: str, rule: str) -> None:
    assert refused(title) == rule


def test_a_full_act_in_the_headline_outweighs_a_look_alike_word() -> None:
    assert refused("Germany urges citizens to avoid travel to Japan after tsunami") == ""


def test_a_background_sentence_of_the_summary_is_an_aside() -> None:
    assert told_in_passing("Takaichi wins election", "Ties soured after China urged citizens to avoid travel to Japan.")


def test_a_main_clause_below_both_countries_is_none() -> None:
    assert not told_in_passing("Japan and China talk", "China urged its citizens to avoid travel to Japan.")


def test_a_main_clause_below_something_else_is_an_aside() -> None:
    said = "The State Department urges Americans to exercise increased caution in Mexico because of crime."
    assert told_in_passing("American couple found dead in Mexico hotel", said)


def test_what_an_effect_is_of_stands_in_the_headline() -> None:
    assert not told_in_passing("Osaka hotels cut rates", "China urged its citizens to avoid travel to Japan.")
    assert told_in_passing("Airline shares fall", "China urged its citizens to avoid travel to Japan.")


def test_people_of_another_country_are_warned_by_no_government_of_theirs() -> None:
    assert lacking("Russia warns Americans against strike on Iran") == "another country's people are told"
    assert lacking("Pakistan orders Afghans to leave the country") == "another country's people are told"
    assert lacking("Washington warns Americans against travel to Iran") == ""


def test_visitors_of_the_speakers_own_country_are_no_citizens_abroad() -> None:
    assert lacking("Greece urges tourists to leave Santorini", home="US") == "no place abroad"


def test_advice_without_anybody_who_gives_it_is_none() -> None:
    assert lacking("Citizens urged to avoid travel to Mali") == "no government speaks"


def test_advice_without_a_place_is_none() -> None:
    assert lacking("Germany urges citizens to avoid travel") == "no place abroad"


def test_advice_that_is_complete_lacks_nothing() -> None:
    assert lacking("Germany urges citizens to avoid travel to Mali") == ""


def test_the_outlets_home_completes_it() -> None:
    assert lacking("Foreign Office warns against all travel to Mali", home="GB") == ""
