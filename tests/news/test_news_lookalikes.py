"""What looks like travel advice of a government and is none."""

from __future__ import annotations

import pytest

from advisoryd.news import Claim, NewsItem, read

LOOKALIKES = {
    "weather and roads": [
        ("en", "Sheriff issues travel advisory as snow hits county"),
        ("en", "Winter storm: governor urges residents to avoid unnecessary travel"),
        ("de", "Deutscher Wetterdienst warnt: Reisen wegen Sturm vermeiden"),
        ("fr", "Neige : la préfecture recommande d'éviter les déplacements"),
        ("ja", "台風接近 不要不急の外出を控えるよう気象庁が呼びかけ"),
        ("ko", "강원 산지 대설특보…불필요한 이동 자제"),
        ("zh", "天文台發出黃色暴雨警告 籲市民減少外出"),
    ],
    "who may come in": [
        ("en", "Trump signs travel ban on citizens of 12 countries"),
        ("en", "US to pause immigrant visas for 75 countries"),
        ("es", "EEUU niega visas a ciudadanos de Haití"),
        ("zh", "美国扩大入境禁令至39国"),
    ],
    "a company speaks": [
        ("en", "British Airways issues travel alert to passengers"),
        ("en", "Ryanair warns passengers of delays to Spain"),
        ("de", "Lufthansa streicht Flüge nach Tel Aviv bis Ende Januar"),
        ("ja", "JAL、中国便の欠航を発表"),
        ("nl", "KLM waarschuwt reizigers voor vertraging"),
    ],
    "people are fetched and nobody is advised": [
        ("en", "India evacuates 110 students from Iran"),
        ("ko", "캄보디아 구금 한국인 64명 전세기로 송환"),
        ("ja", "外務省、在イラン邦人87人が陸路で退避と発表"),
    ],
    "the world health organization advises against restricting travel": [
        ("en", "WHO advises against travel restrictions over Marburg outbreak in Rwanda"),
        ("fr", "L'OMS déconseille toute restriction de voyage vers le Rwanda"),
    ],
    "a private body advises": [
        ("en", "NAACP issues travel advisory for Florida"),
        ("en", "Which? warns holidaymakers about travel insurance for Turkey"),
    ],
    "advice to people at home": [
        ("en", "Chicago bars non-essential city travel to Florida"),
        ("en", "Japan urges residents of Tokyo to stay home"),
    ],
    "soldiers and other countries' people are told to go": [
        ("en", "Thai army warns Cambodian troops to leave disputed border area"),
        ("en", "Israel orders residents of south Lebanon to leave"),
    ],
    "diplomacy without advice": [
        ("en", "China warns Japan it will bear all consequences over Taiwan"),
        ("zh", "外交部：日方应收回错误言论"),
        ("ru", "Япония выразила протест Китаю из-за учений"),
        ("ar", "إيران تحذر من أي هجوم جديد"),
    ],
    "explainers, opinion, history": [
        ("en", "Is it safe to travel to Japan right now?"),
        ("en", "Explainer: how travel advisories work"),
        ("ko", "사설: 한일 관광, 반사이익만 볼 일 아니다"),
    ],
    "other notices": [
        ("en", "CISA advisory: Iranian hackers probing water utilities"),
        ("en", "Japan issues tsunami advisory after quake off Aomori"),
        ("en", "Recall alert: travel cots sold in Canada"),
    ],
}


def claim(title: str, language: str = "en", home: str = "", summary: str = "") -> Claim:
    return read(NewsItem(title=title, summary=summary, language=language, country=home))


@pytest.mark.parametrize(
    ("language", "title"),
    [pytest.param(*case, id=f"{kind}: {case[1]}") for kind, cases in LOOKALIKES.items() for case in cases],
)
@pytest.mark.parametrize("home", ["", "US"])
def test_it_is_no_advice(language: str, title: str, home: str) -> None:
    assert not claim(title, language, home).is_advisory


def test_advice_in_the_summarys_background_is_an_aside() -> None:
    told = claim(
        "Takaichi wins landslide in snap election",
        summary="Relations have been poor since China told its citizens to avoid travel to Japan in November.",
    )
    assert not told.is_advisory


def test_a_refusal_is_shown_with_the_words_that_met_it() -> None:
    told = claim("Sheriff issues travel advisory for Yates County as snow falls", home="US")
    assert [(evidence.rule, evidence.where) for evidence in told.evidence] == [
        ("another than a government speaks", "title")
    ]


def test_airlines_in_a_story_about_the_effect_of_advice_are_no_refusal() -> None:
    told = claim("Chinese airlines offer refunds on Japan flights after Beijing's travel warning")
    assert told.is_advisory
    assert told.issuer == "CN"


def test_a_language_without_a_word_list_claims_nothing_with_no_confidence() -> None:
    told = claim("Utenriksdepartementet fraråder alle reiser til Mali", "no")
    assert (told.is_advisory, told.confidence) == (False, 0.0)


def test_an_item_without_any_word_of_advice_is_passed_over_quickly_and_surely() -> None:
    told = claim("Galatasaray beat Liverpool in Istanbul")
    assert (told.is_advisory, told.confidence, told.evidence) == (False, 0.95, ())
