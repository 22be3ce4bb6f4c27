"""What has happened to the advice; movement is told before strength."""

from __future__ import annotations

import pytest

from advisoryd.model.ladder import Level
from advisoryd.news import Claim, Happening, NewsItem, read

RAISED, LOWERED, LIFTED = Happening.RAISED, Happening.LOWERED, Happening.LIFTED
ISSUED, FOLLOWUP, CONSEQUENCE = Happening.ISSUED, Happening.FOLLOWUP, Happening.CONSEQUENCE

CASES = {
    "en": [
        (RAISED, "Canada raises travel advisory for Cuba to 'avoid non-essential travel'"),
        (LOWERED, "US lowers travel advisory for Bangladesh to Level 2"),
        (LIFTED, "Britain lifts its advice against all travel to Sharm el-Sheikh"),
        (ISSUED, "China urges citizens to avoid travel to Japan"),
        (FOLLOWUP, "China again urges citizens to avoid travel to Japan"),
        (FOLLOWUP, "Japan protests China's travel advisory"),
        (CONSEQUENCE, "Airlines cancel Japan flights after China's travel warning"),
    ],
    "de": [
        (RAISED, "Auswärtiges Amt verschärft Reisewarnung für Mali"),
        (LOWERED, "Auswärtiges Amt lockert Reisewarnung für Ägypten"),
        (LIFTED, "Auswärtiges Amt hebt Reisewarnung für Israel auf"),
        (RAISED, "Außenministerium hebt Reisewarnung für Israel auf höchste Stufe"),
        (CONSEQUENCE, "Nach Chinas Reisewarnung: Airlines streichen Flüge nach Japan"),
    ],
    "fr": [
        (RAISED, "La Belgique relève son avis de voyage pour le Mali"),
        (LIFTED, "La France lève son avis déconseillant les voyages au Niger"),
        (FOLLOWUP, "Le Japon proteste contre l'avis de voyage de la Chine"),
    ],
    "es": [
        (RAISED, "Estados Unidos eleva alerta de viaje para Colombia a nivel 3"),
        (LOWERED, "Estados Unidos rebaja la alerta de viaje para El Salvador a nivel 1"),
        (LIFTED, "Canadá levanta la alerta de viaje a Jamaica"),
    ],
    "pt": [
        (RAISED, "EUA elevam alerta de viagem para Trinidad e Tobago"),
        (LIFTED, "Portugal levanta aviso de viagem para o Egito"),
    ],
    "it": [
        (RAISED, "Gli Stati Uniti alzano l'allerta viaggi per la Colombia al livello 3"),
        (LIFTED, "La Farnesina revoca lo sconsiglio per l'Egitto"),
    ],
    "nl": [
        (RAISED, "Buitenlandse Zaken scherpt reisadvies voor Mali aan"),
        (LOWERED, "Reisadvies Israël verlaagd van rood naar oranje"),
        (LIFTED, "Buitenlandse Zaken trekt negatief reisadvies voor Tunesië in"),
    ],
    "ru": [
        (RAISED, "США повысили уровень предупреждения о поездках в Колумбию"),
        (LIFTED, "МИД России снял рекомендацию воздержаться от поездок в Турцию"),
    ],
    "ar": [
        (RAISED, "الولايات المتحدة ترفع مستوى تحذير السفر إلى لبنان"),
        (LIFTED, "الكويت ترفع تحذير السفر إلى لبنان"),
        (LOWERED, "الولايات المتحدة تخفض مستوى تحذير السفر إلى مصر"),
    ],
    "zh": [
        (RAISED, "外交部调升以色列旅游警示至红色"),
        (LOWERED, "外交部調降泰國旅遊警示為黃色"),
        (LIFTED, "保安局取消日本外遊警示"),
        (FOLLOWUP, "中国再次提醒公民近期避免前往日本"),
        (CONSEQUENCE, "中国提醒公民避免前往日本后 航空公司免费退票"),
    ],
    "ja": [
        (RAISED, "外務省、レバノンの危険情報をレベル4に引き上げ"),
        (LOWERED, "外務省、タイ国境の危険レベルを引き下げ"),
        (LIFTED, "外務省、スリランカの危険情報を解除"),
        (FOLLOWUP, "日本政府、中国の渡航自粛要請に抗議"),
        (CONSEQUENCE, "中国の渡航自粛要請でホテルのキャンセル相次ぐ"),
    ],
    "ko": [
        (RAISED, "외교부, 캄보디아 여행경보 3단계로 상향"),
        (LOWERED, "외교부, 캄보디아 여행경보 하향 조정"),
        (LIFTED, "외교부, 이집트 여행경보 해제"),
        (FOLLOWUP, "일본, 중국의 여행 자제 권고에 항의"),
    ],
}
HOMES = {"ko": "KR", "ja": "JP", "de": "DE", "fr": "FR", "it": "IT", "nl": "NL", "zh": "TW"}


def claim(title: str, language: str = "en", home: str = "", summary: str = "") -> Claim:
    return read(NewsItem(title=title, summary=summary, language=language, country=home))


@pytest.mark.parametrize(
    ("language", "happening", "title"),
    [(language, *case) for language, cases in CASES.items() for case in cases],
)
def test_the_headline_tells_what_has_happened(language: str, happening: Happening, title: str) -> None:
    assert claim(title, language, HOMES.get(language, "")).happening is happening


def test_lifting_the_strictest_words_there_are_is_no_strict_advice() -> None:
    told = claim("Britain lifts its 'do not travel' warning for Sharm el-Sheikh")
    assert told.happening is Happening.LIFTED
    assert told.level is None
    assert not told.leave


def test_advice_that_is_no_longer_so_but_has_a_level_was_lowered() -> None:
    told = claim("FCDO no longer advises against all travel to Israel", summary="It was lowered to level 3.")
    assert told.happening is Happening.LOWERED


def test_the_summary_may_say_that_the_advice_given_went_up() -> None:
    told = claim("US tells citizens not to travel to Mali", summary="The advisory was raised to level 4.")
    assert told.happening is Happening.RAISED


def test_a_reaction_that_the_summary_tells_does_not_change_that_advice_is_given() -> None:
    told = claim("China urges citizens to avoid travel to Japan", summary="Japan protested against the advisory.")
    assert told.happening is Happening.ISSUED


def test_advice_given_again_is_renewed_and_a_protest_is_not() -> None:
    assert claim("China again urges citizens to avoid travel to Japan").renewed
    assert not claim("Japan protests China's travel advisory").renewed


def test_a_level_that_stays_is_a_followup() -> None:
    told = claim("Nigeria remains at Level 3 in US travel advisory")
    assert (told.happening, told.renewed, told.level) == (Happening.FOLLOWUP, True, Level.RECONSIDER)


def test_advice_whose_direction_nobody_states_is_issued() -> None:
    assert claim("US updates travel advisory for Mexico").happening is Happening.ISSUED


def test_the_first_clause_of_a_headline_is_its_news() -> None:
    told = claim("US lowers travel advisory for Bangladesh, raises it for Cuba")
    assert told.happening is Happening.LOWERED
