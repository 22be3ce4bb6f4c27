"""An article whose headline is about something else may tell of advice at length."""

from __future__ import annotations

from advisoryd.news import Claim, Happening, NewsItem, read
from advisoryd.news.article import passage
from advisoryd.news.clean import clean
from advisoryd.news.lexicon import lexicon

HEADLINE = "Beijing and Tokyo keep talking"
ADVICE = "China has urged its citizens to avoid travel to Japan for the time being."
REASON = "The ministry cited attacks and other crimes in its travel advisory."
IDLE = "Officials met on Monday. Nothing was agreed. The weather was fine."


def told(text: str) -> Claim:
    return read(NewsItem(title=HEADLINE, language="en", text=text))


def test_advice_told_at_length_is_a_followup_of_what_was_given_before() -> None:
    claim = told(f"{IDLE}\n{ADVICE} {REASON}\n{IDLE}")
    assert (claim.issuer, claim.destinations, claim.happening) == ("CN", ("JP",), Happening.FOLLOWUP)


def test_an_act_found_in_the_article_is_less_sure_than_one_in_the_headline() -> None:
    in_headline = read(NewsItem(title=ADVICE, language="en"))
    assert told(f"{ADVICE} {REASON}").confidence < in_headline.confidence


def test_a_single_sentence_in_passing_is_no_story_about_advice() -> None:
    assert not told(f"{IDLE} {ADVICE} {IDLE}").is_advisory


def test_a_heading_about_advice_makes_its_section_one() -> None:
    assert told(f"{IDLE}\n\nTravel advisory issued\n\n{ADVICE} {IDLE}").is_advisory


def test_an_article_without_advice_claims_nothing() -> None:
    assert not told(IDLE).is_advisory


def test_a_headline_that_tells_advice_itself_is_not_looked_for_in_the_article() -> None:
    item = NewsItem(title="Germany urges citizens to leave Mali", language="en", text=f"{ADVICE} {REASON}")
    assert read(item).issuer == "DE"


def test_sentences_are_quoted_with_their_offsets_in_the_cleaned_text() -> None:
    text = f"{IDLE}\n\n{ADVICE} {REASON}"
    lines = "\n".join(line for raw in text.splitlines() if (line := clean(raw)))
    for evidence in told(text).evidence:
        assert evidence.where == "text"
        assert lines[evidence.start : evidence.end] == evidence.words


def test_the_sentence_that_tells_the_act_comes_first() -> None:
    sentences = passage(f"{IDLE} {REASON} {ADVICE}", lexicon("en"))
    assert sentences[0].text == ADVICE
