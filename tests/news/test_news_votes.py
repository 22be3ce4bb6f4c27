"""The weight of what each spot of the text says about each place."""

from __future__ import annotations

from advisoryd.news.lexicon import lexicon
from advisoryd.news.scan import scan
from advisoryd.news.votes import DESTINATION, ENOUGH, ISSUER, LATER, Votes, votes_of


def cast(*texts: str, language: str = "en", home: str = "") -> Votes:
    words = lexicon(language)
    return votes_of([scan(text, words) for text in texts], words.order, home)


def test_only_the_best_vote_of_a_place_for_a_role_counts() -> None:
    once = cast("China urges citizens to avoid travel to Japan")
    twice = cast("China urges citizens to avoid travel to Japan, China says")
    assert once.weight("CN", ISSUER) == twice.weight("CN", ISSUER) > ENOUGH


def test_a_place_may_have_votes_for_both_roles() -> None:
    votes = cast("Japan urges its citizens in China to take care")
    assert votes.weight("JP", ISSUER) > votes.weight("JP", DESTINATION)
    assert votes.weight("CN", DESTINATION) > votes.weight("CN", ISSUER)


def test_a_place_that_nothing_was_said_of_has_no_weight() -> None:
    assert cast("China urges citizens to avoid travel to Japan").weight("FR", ISSUER) == 0.0


def test_a_headline_outweighs_what_follows_it() -> None:
    title, later = "Travel to Japan", "Travel to Korea"
    votes = cast(title, later)
    assert votes.weight("JP", DESTINATION) > votes.weight("KR", DESTINATION)
    assert LATER < 1.0


def test_a_vote_names_the_rule_and_the_words() -> None:
    vote = cast("Travel to Japan").vote("JP", DESTINATION)
    assert vote is not None
    assert vote.rule == "the place of the journey"
    assert vote.hit.value == "JP"


def test_a_body_of_one_country_speaks_for_it() -> None:
    assert cast("State Department updates advice").weight("US", ISSUER) > ENOUGH


def test_people_of_one_country_are_told_by_their_own_government() -> None:
    assert cast("Hongkongers told to avoid travel").weight("HK", ISSUER) >= ENOUGH


def test_an_embassy_is_its_senders_and_stands_in_its_host_country() -> None:
    for text in ("US embassy in Mali warns", "The American embassy in Mali warns"):
        votes = cast(text)
        assert votes.weight("US", ISSUER) > votes.weight("ML", ISSUER)
        assert votes.weight("ML", DESTINATION) > votes.weight("US", DESTINATION)


def test_a_bare_office_is_the_outlets_own_government() -> None:
    vote = cast("Foreign Office warns of risks", home="GB").vote("GB", ISSUER)
    assert vote is not None
    assert not vote.named


def test_an_office_whose_country_is_named_beside_it_is_not_at_home() -> None:
    votes = cast("Chinese foreign ministry warns citizens", home="GB")
    assert votes.weight("CN", ISSUER) > ENOUGH > votes.weight("GB", ISSUER)


def test_an_office_that_answers_is_not_the_one_that_advises() -> None:
    votes = cast("官房長官「適切な対応を求める」　中国の渡航自粛要請", language="ja", home="JP")
    assert votes.weight("CN", ISSUER) > votes.weight("JP", ISSUER)


def test_whoever_protests_is_the_place_that_the_advice_is_about() -> None:
    votes = cast("Japan protests over the advice")
    assert votes.weight("JP", DESTINATION) >= ENOUGH
    assert votes.weight("JP", ISSUER) < ENOUGH


def test_a_third_party_takes_no_part() -> None:
    votes = cast("Thailand near the border with Cambodia")
    assert votes.weight("KH", DESTINATION) < ENOUGH


def test_every_member_of_a_list_gets_the_vote() -> None:
    votes = cast("Germany, France and Italy urge citizens to avoid travel to Iran and Iraq")
    assert {"DE", "FR", "IT"} <= set(votes.places(ISSUER))
    assert votes.weight("IR", DESTINATION) == votes.weight("IQ", DESTINATION)


def test_places_come_in_the_order_they_are_named() -> None:
    assert cast("Travel to Japan, travel to Korea").places(DESTINATION) == ["JP", "KR"]


def test_a_home_office_that_answers_is_at_home_in_the_destination() -> None:
    votes = cast("政府、中国の渡航自粛要請に抗議", language="ja", home="JP")
    assert votes.weight("JP", ISSUER) == 0.0
    assert votes.weight("JP", DESTINATION) > votes.weight("CN", ISSUER) - ENOUGH
    assert votes.weight("CN", ISSUER) > ENOUGH


def test_whose_border_it_is_counts_where_nothing_better_is_named() -> None:
    alone = cast("外務省、カンボジア国境地域の危険レベルを引き上げ", language="ja", home="JP")
    assert 0.0 < alone.weight("KH", DESTINATION) < ENOUGH


def test_the_topic_before_the_speaker_is_the_place() -> None:
    votes = cast("タンザニア、大統領選で混乱 外務省が渡航中止を呼びかけ", language="ja", home="JP")
    assert votes.weight("TZ", DESTINATION) > votes.weight("TZ", ISSUER)


def test_who_is_named_behind_the_words_has_spoken() -> None:
    assert cast("Avoid Mali, Paris says").weight("FR", ISSUER) > ENOUGH


def test_a_ministry_is_a_countrys_only_where_no_other_word_stands_between() -> None:
    votes = cast("日 강진에 외교부 유의 당부", language="ko", home="KR")
    assert votes.weight("KR", ISSUER) > votes.weight("JP", ISSUER)
