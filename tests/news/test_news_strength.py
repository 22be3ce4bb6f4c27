"""How strict the advice is, on the common ladder; whose scale a number or a colour is on; who is told to leave."""

from __future__ import annotations

import pytest

from advisoryd.model.ladder import Action, Level
from advisoryd.news import Claim, NewsItem, read
from advisoryd.news.strength import level_of_step

CASES = {
    "en": [
        (4, "China tells citizens to avoid all travel to Japan"),
        (4, "State Department: Do not travel to Mali"),
        (3, "Canada warns citizens to avoid non-essential travel to Cuba"),
        (3, "UK advises against all but essential travel to Israel"),
        (3, "US says reconsider travel to Trinidad and Tobago"),
        (2, "Australia tells citizens to exercise a high degree of caution in Bali"),
        (1, "US lowers El Salvador travel advisory to exercise normal precautions"),
    ],
    "de": [
        (4, "Auswärtiges Amt gibt Reisewarnung für Mali aus"),
        (3, "Auswärtiges Amt rät von nicht notwendigen Reisen in den Libanon ab"),
        (2, "Auswärtiges Amt mahnt Deutsche in Istanbul zu erhöhter Vorsicht"),
    ],
    "fr": [
        (4, "La France déconseille formellement tout voyage au Mali"),
        (3, "La France déconseille les voyages non essentiels en Israël"),
        (2, "La France appelle ses ressortissants à la vigilance au Sri Lanka"),
    ],
    "es": [
        (3, "Exteriores recomienda no viajar a Irán salvo por razones de extrema necesidad"),
        (2, "Exteriores pide extremar la precaución a los españoles en Nepal"),
    ],
    "it": [
        (3, "La Farnesina sconsiglia i viaggi non necessari in Israele"),
        (2, "La Farnesina raccomanda la massima prudenza agli italiani in Nepal"),
    ],
    "zh": [
        (4, "外交部提醒中国公民切勿前往伊朗"),
        (3, "外交部提醒中国公民近期避免前往日本"),
        (2, "外交部提醒在日中国公民注意安全"),
    ],
    "ja": [
        (4, "米国務省、イランからの退避を自国民に勧告"),
        (3, "中国、日本への渡航自粛を自国民に呼びかけ"),
        (2, "日本大使館、在中国邦人に注意喚起"),
    ],
    "ko": [
        (4, "중국, 자국민에 이란 즉시 출국 권고"),
        (3, "중국, 자국민에 일본 여행 자제 권고"),
        (2, "일본대사관, 중국 체류 일본인에 안전 주의 당부"),
    ],
    "ar": [
        (4, "الأردن يدعو مواطنيه إلى عدم السفر إلى سوريا ومغادرتها فورا"),
        (2, "السفارة السعودية تدعو المواطنين في اليابان إلى توخي الحذر"),
    ],
    "ru": [
        (4, "МИД России призвал россиян немедленно покинуть Израиль"),
        (3, "МИД России рекомендовал воздержаться от поездок в Израиль"),
    ],
    "nl": [(4, "Code rood: reisadvies voor heel Mali"), (3, "Reisadvies Israël op oranje")],
    "pt": [(3, "Portugal desaconselha viagens não essenciais a Israel")],
}
HOMES = {"ja": "JP", "de": "DE", "fr": "FR", "it": "IT", "nl": "NL", "es": "ES", "pt": "PT", "zh": "CN"}


def claim(title: str, language: str = "en", home: str = "", summary: str = "") -> Claim:
    return read(NewsItem(title=title, summary=summary, language=language, country=home))


@pytest.mark.parametrize(
    ("language", "level", "title"),
    [(language, *case) for language, cases in CASES.items() for case in cases],
)
def test_the_words_tell_the_step_of_the_ladder(language: str, level: int, title: str) -> None:
    assert claim(title, language, HOMES.get(language, "")).level == level


@pytest.mark.parametrize(
    ("issuer", "step", "level"),
    [
        ("JP", "1", Level.CAUTION),
        ("JP", "2", Level.RECONSIDER),
        ("JP", "3", Level.AVOID),
        ("JP", "4", Level.AVOID),
        ("KR", "1", Level.CAUTION),
        ("KR", "2", Level.RECONSIDER),
        ("KR", "2.5", Level.RECONSIDER),
        ("KR", "3", Level.AVOID),
        ("KR", "4", Level.AVOID),
        ("US", "2", Level.CAUTION),
        ("AU", "4", Level.AVOID),
        ("HK", "amber", Level.CAUTION),
        ("HK", "red", Level.RECONSIDER),
        ("HK", "black", Level.AVOID),
        ("TW", "gray", Level.NORMAL),
        ("TW", "yellow", Level.CAUTION),
        ("TW", "orange", Level.RECONSIDER),
        ("TW", "red", Level.AVOID),
        ("FR", "red", Level.AVOID),
        ("NL", "orange", Level.RECONSIDER),
    ],
)
def test_a_step_means_what_its_issuers_scale_says(issuer: str, step: str, level: Level) -> None:
    assert level_of_step(step, issuer) is level


def test_a_colour_of_an_unknown_scale_is_no_level() -> None:
    assert level_of_step("red", "US") is None


def test_japans_second_step_is_the_ladders_third() -> None:
    assert claim("外務省、ネパールの危険情報をレベル2に引き上げ", "ja", "JP").level is Level.RECONSIDER


def test_hong_kongs_red_is_not_the_highest() -> None:
    assert claim("保安局對以色列發出紅色外遊警示", "zh", "HK").level is Level.RECONSIDER
    assert claim("外交部將以色列調升為紅色旅遊警示", "zh", "TW").level is Level.AVOID


def test_a_reisewarnung_is_the_strictest_step_in_german_mouths_only() -> None:
    title = "{} spricht Reisewarnung für Mali aus"
    assert claim(title.format("Auswärtiges Amt"), "de", "DE").level is Level.AVOID
    assert claim(title.format("China"), "de", "DE").level is None


def test_a_step_beats_words() -> None:
    told = claim("US urges citizens to avoid Trinidad and Tobago", summary="The advisory is at Level 2.")
    assert told.level is Level.CAUTION


def test_words_of_the_headline_beat_those_of_the_summary() -> None:
    told = claim(
        "US urges citizens in Japan to take care", summary="China had told citizens to avoid all travel there."
    )
    assert told.level is Level.CAUTION


def test_the_summary_may_make_do_not_go_precise() -> None:
    told = claim("UK warns citizens against travel to Mali", summary="The FCDO advises against all travel.", home="GB")
    assert told.level is Level.AVOID


def test_what_the_advice_was_before_is_not_what_it_is() -> None:
    told = claim("US moves Bangladesh from Level 3 to Level 2 in travel advisory")
    assert told.level is Level.CAUTION


def test_country_wide_advice_counts_before_stricter_advice_for_a_part() -> None:
    told = claim(
        "Australia tells citizens to exercise caution in Thailand", summary="Do not travel to parts of the border."
    )
    assert told.level is Level.CAUTION


def test_an_act_without_words_of_strength_has_no_level() -> None:
    assert claim("US updates travel advisory for Mexico").level is None


def test_people_there_who_are_told_to_go_are_told_to_leave() -> None:
    told = claim("India asks citizens to leave Iran by any means available")
    assert told.leave
    assert Action.LEAVE in told.actions
    assert told.level is Level.AVOID


def test_whoever_is_told_not_to_come_is_not_told_to_leave() -> None:
    assert not claim("China urges citizens to avoid travel to Japan").leave


def test_what_is_asked_is_kept_beside_the_level() -> None:
    told = claim("UK nationals in Dubai told to shelter in place and to register with embassy", home="GB")
    assert Action.SHELTER in told.actions


def test_a_legal_ban_is_an_action_of_its_own() -> None:
    told = claim("S. Korea bans travel to parts of Cambodia")
    assert Action.LEGAL_BAN in told.actions
    assert told.level is Level.AVOID
