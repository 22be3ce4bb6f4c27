"""Reasons, tracks, evidence and confidence: what makes a claim explainable."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from advisoryd.model.ladder import Reason, Track
from advisoryd.news import Claim, NewsItem, read
from advisoryd.news.clean import clean

DIRTY = NewsItem(
    title="China&#8217;s Foreign Ministry urges <b>citizens</b> to avoid travel to Japan",
    summary="<p>The&nbsp;embassy in Tokyo cited a rise in crime.</p>",
    language="en",
    published=datetime(2025, 11, 15, tzinfo=UTC),
)


def claim(title: str, language: str = "en", home: str = "", summary: str = "") -> Claim:
    return read(NewsItem(title=title, summary=summary, language=language, country=home))


def test_evidence_points_at_its_words_in_the_cleaned_part() -> None:
    told = read(DIRTY)
    parts = {"title": clean(DIRTY.title), "summary": clean(DIRTY.summary)}
    assert told.evidence
    for evidence in told.evidence:
        assert parts[evidence.where][evidence.start : evidence.end] == evidence.words


def test_evidence_says_what_made_it_advice_and_who_and_where_and_how_strict() -> None:
    rules = " | ".join(evidence.rule for evidence in read(DIRTY).evidence)
    for word in ("citizens are told what to do", "issuer CN", "destination JP", "level 3", "issued"):
        assert word in rules


def test_an_act_told_in_full_in_the_headline_is_as_sure_as_it_gets() -> None:
    assert read(DIRTY).confidence == 1.0


def test_an_issuer_that_is_only_guessed_from_the_outlet_is_less_sure() -> None:
    named = claim("UK foreign office advises against all travel to Mali", home="GB")
    guessed = claim("Foreign office advises against all travel to Mali", home="GB")
    assert guessed.confidence < named.confidence


@pytest.mark.parametrize(
    ("summary", "reason"),
    [
        ("The security alert cites a rise in kidnapping.", Reason.KIDNAPPING),
        ("Armed robbery and assault are common, it says.", Reason.CRIME),
        ("Terrorist attacks are possible.", Reason.TERRORISM),
        ("Fighting goes on near the border.", Reason.ARMED_CONFLICT),
        ("An earthquake shook the coast.", Reason.NATURAL_HAZARD),
        ("A cholera outbreak has spread.", Reason.HEALTH),
        ("Nationals may be arbitrarily detained.", Reason.DETENTION),
        ("Violent protests continue.", Reason.UNREST),
        ("Provocative remarks on Taiwan have strained relations.", Reason.POLITICAL),
    ],
)
def test_reasons_are_told_by_their_words(summary: str, reason: Reason) -> None:
    assert reason in claim("Germany urges citizens to avoid travel to Atlantis or Mali", summary=summary).reasons


def test_a_governments_protest_is_no_unrest() -> None:
    assert Reason.UNREST not in claim("Japan protests China's travel advisory").reasons
    assert Reason.UNREST in claim("Germany advises against travel to Kenya amid protests").reasons


@pytest.mark.parametrize(
    ("title", "language", "track"),
    [
        ("China's education ministry warns students against studying in Japan", "en", Track.STUDY),
        ("China's culture and tourism ministry tells tourists to avoid travel to Japan", "en", Track.TOURISM),
        ("China's foreign ministry tells citizens to avoid travel to Japan", "en", Track.SECURITY),
        ("教育部发布留学预警 提醒谨慎赴日留学", "zh", Track.STUDY),
        ("中国教育省が日本留学に注意喚起", "ja", Track.STUDY),
    ],
)
def test_another_ministrys_notice_is_on_a_track_of_its_own(title: str, language: str, track: Track) -> None:
    assert claim(title, language, "CN").track is track


def test_the_publisher_behind_a_dash_is_no_part_of_the_headline() -> None:
    item = NewsItem(
        title="Galatasaray beat Liverpool - Japan Travel Warning", language="en", outlet="japantravelwarning"
    )
    assert not read(item).is_advisory


def test_only_the_first_part_of_a_language_tag_matters() -> None:
    for tag in ("en", "en-GB", "EN_us"):
        assert claim("China urges citizens to avoid travel to Japan", tag).is_advisory


def test_a_missing_language_is_told_by_the_script() -> None:
    assert claim("中国、日本への渡航自粛を自国民に呼びかけ", "").issuer == "CN"
    assert claim("China urges citizens to avoid travel to Japan", "").issuer == "CN"


def test_a_claim_is_a_value() -> None:
    assert read(DIRTY) == read(DIRTY)
    assert hash(read(DIRTY)) == hash(read(DIRTY))
