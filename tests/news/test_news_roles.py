"""Who speaks, and about where: told by grammar, whatever the order of the names."""

from __future__ import annotations

import pytest

from advisoryd.news import Claim, NewsItem, read

CASES = {
    "en": [
        ("Japan protests China's travel advice", "CN", ["JP"]),
        ("Japan urges its citizens in China to take care", "JP", ["CN"]),
        ("China urges citizens to avoid travel to Japan", "CN", ["JP"]),
        ("Travel to Japan: China tells its nationals to stay away", "CN", ["JP"]),
        ("Avoid travel to Mali, France tells its nationals", "FR", ["ML"]),
        ("Americans urged to leave Venezuela immediately by State Department", "US", ["VE"]),
        ("Chinese embassy in Japan tells nationals to be careful", "CN", ["JP"]),
        ("Germany and Britain warn citizens against travel to Iran", "DE,GB", ["IR"]),
    ],
    "de": [
        ("Japan protestiert gegen Chinas Reisewarnung", "CN", ["JP"]),
        ("China warnt Bürger vor Reisen nach Japan", "CN", ["JP"]),
        ("Vor Reisen nach China warnt Japan seine Bürger", "JP", ["CN"]),
        ("Auswärtiges Amt rät von Reisen in den Iran ab", "DE", ["IR"]),
    ],
    "fr": [
        ("Le Japon proteste contre l'avis de voyage de la Chine", "CN", ["JP"]),
        ("La Chine appelle ses ressortissants à éviter le Japon", "CN", ["JP"]),
        ("Au Mali, la France appelle ses ressortissants à quitter le pays", "FR", ["ML"]),
        ("Le Quai d'Orsay déconseille de se rendre en Iran", "FR", ["IR"]),
    ],
    "es": [
        ("Japón protesta por la recomendación de China de no viajar al país", "CN", ["JP"]),
        ("China pide a sus ciudadanos que eviten viajar a Japón", "CN", ["JP"]),
        ("Estados Unidos pide a los estadounidenses que abandonen Venezuela", "US", ["VE"]),
    ],
    "pt": [
        ("Japão protesta contra alerta de viagem da China", "CN", ["JP"]),
        ("China pede a cidadãos que evitem viajar ao Japão", "CN", ["JP"]),
        ("Itamaraty recomenda que brasileiros deixem o Líbano", "BR", ["LB"]),
    ],
    "it": [
        ("Il Giappone protesta per l'avviso di viaggio della Cina", "CN", ["JP"]),
        ("La Cina invita i cittadini a evitare viaggi in Giappone", "CN", ["JP"]),
        ("Farnesina: sconsigliati i viaggi in Iran", "IT", ["IR"]),
    ],
    "nl": [
        ("Japan protesteert tegen reisadvies van China", "CN", ["JP"]),
        ("China raadt burgers aan niet naar Japan te reizen", "CN", ["JP"]),
        ("België raadt reizen naar Mali af", "BE", ["ML"]),
    ],
    "ru": [
        ("Япония выразила протест из-за призыва Китая не ездить в страну", "CN", ["JP"]),
        ("Китай призвал граждан воздержаться от поездок в Японию", "CN", ["JP"]),
        ("МИД России рекомендовал россиянам покинуть Иран", "RU", ["IR"]),
    ],
    "ar": [
        ("اليابان تحتج على تحذير الصين من السفر", "CN", ["JP"]),
        ("الصين تدعو مواطنيها إلى تجنب السفر إلى اليابان", "CN", ["JP"]),
        ("السعودية تدعو مواطنيها إلى مغادرة لبنان فورا", "SA", ["LB"]),
    ],
    "zh": [
        ("日本抗議中國發布旅遊警示", "CN", ["JP"]),
        ("中国外交部提醒中国公民近期避免前往日本", "CN", ["JP"]),
        ("日本驻华使馆提醒在华日本人注意安全", "JP", ["CN"]),
        ("中国驻日本大使馆提醒在日中国公民注意安全", "CN", ["JP"]),
        ("中國駐美使館提醒在美中國公民注意安全", "CN", ["US"]),
    ],
    "ja": [
        ("中国、日本への渡航自粛を自国民に呼びかけ", "CN", ["JP"]),
        ("日本政府、中国の渡航自粛要請に抗議", "CN", ["JP"]),
        ("在中国日本大使館、在留邦人に安全対策を呼びかけ", "JP", ["CN"]),
        ("米国務省、ベネズエラへの渡航中止を勧告", "US", ["VE"]),
    ],
    "ko": [
        ("중국, 자국민에 일본 여행 자제 권고", "CN", ["JP"]),
        ("일본, 중국의 여행 자제 권고에 항의", "CN", ["JP"]),
        ("외교부, 캄보디아 여행경보 상향", "KR", ["KH"]),
        ("주중 일본대사관, 일본인에 안전 주의 당부", "JP", ["CN"]),
    ],
}
HOMES = {"ko": "KR", "ja": "JP", "de": "DE", "fr": "FR", "it": "IT", "nl": "NL"}


def claim(title: str, language: str = "en", home: str = "", summary: str = "") -> Claim:
    return read(NewsItem(title=title, summary=summary, language=language, country=home))


@pytest.mark.parametrize(
    ("language", "title", "issuers", "destinations"),
    [(language, *case) for language, cases in CASES.items() for case in cases],
)
def test_the_speaker_is_the_issuer_and_the_place_of_the_journey_the_destination(
    language: str, title: str, issuers: str, destinations: list[str]
) -> None:
    told = claim(title, language, HOMES.get(language, ""))
    assert told.is_advisory
    assert told.issuers == tuple(issuers.split(","))
    assert list(told.destinations) == destinations


def test_a_bare_foreign_office_is_the_outlets_own() -> None:
    title = "Foreign Office advises against all travel to Venezuela"
    assert claim(title, home="GB").issuer == "GB"


def test_a_bare_ministry_without_a_known_home_is_nobodys_advice() -> None:
    assert not claim("Foreign ministry advises against all travel to Venezuela").is_advisory


def test_the_outlets_home_never_takes_the_word_from_a_named_government() -> None:
    assert claim("China tells its citizens to avoid travel to Japan", home="GB").issuer == "CN"


def test_who_protests_is_the_place_even_when_the_outlet_is_at_home_there() -> None:
    told = claim("Japan protests over travel advice from Beijing", home="JP")
    assert (told.issuer, told.destinations) == ("CN", ("JP",))


def test_a_capital_speaks_for_its_country() -> None:
    assert claim("Ottawa tells Canadians to avoid all travel to Cuba").issuer == "CA"


def test_advice_for_everywhere_is_worldwide() -> None:
    told = claim("State Department urges Americans worldwide to exercise increased caution")
    assert told.destinations == ("*",)


def test_a_place_that_only_explains_worldwide_advice_is_no_destination() -> None:
    title = "US urges citizens worldwide to exercise increased caution"
    assert claim(title, summary="The notice follows strikes on Iran.").destinations == ("*",)


def test_the_word_global_beside_a_named_place_is_not_worldwide_advice() -> None:
    told = claim("Amid global tension China warns citizens against travel to Japan")
    assert told.destinations == ("JP",)


def test_both_sides_of_a_border_are_meant() -> None:
    told = claim("UK warns against travel to Thailand-Cambodia border", home="GB")
    assert told.destinations == ("TH", "KH")


def test_the_neighbour_of_a_border_region_is_not_meant() -> None:
    told = claim("UK advises against all travel to parts of Thailand near the border with Cambodia", home="GB")
    assert told.destinations == ("TH",)


def test_the_named_part_of_a_country_is_its_region() -> None:
    told = claim("Australia warns citizens against travel to Bali")
    assert told.destinations == ("ID",)
    assert told.regions == ("Bali",)


def test_a_third_country_that_is_named_in_passing_is_no_destination() -> None:
    told = claim("China urges citizens to avoid travel to Japan after talks in Singapore")
    assert told.destinations == ("JP",)


def test_a_countrys_advice_about_itself_is_none() -> None:
    assert not claim("Japan tells residents in Japan to avoid travel to Tokyo").is_advisory


def test_several_destinations_come_in_the_order_they_are_named() -> None:
    told = claim("Germany advises against travel to Iran, Iraq and Lebanon")
    assert told.destinations == ("IR", "IQ", "LB")
