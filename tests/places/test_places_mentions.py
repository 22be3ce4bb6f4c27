"""Places found in running text, language by language."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd import places
from advisoryd.places.forms import LANGUAGES
from advisoryd.places.gazetteer import places as known_places
from advisoryd.places.text import alike


def found(text: str, language: str) -> list[str]:
    """The places in ``text`` in order, each once."""
    return list(dict.fromkeys(mention.place for mention in places.mentions(text, language)))


def kinds(text: str, language: str) -> list[tuple[str, str, str]]:
    return [(mention.form, mention.place, mention.kind) for mention in places.mentions(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "China urges citizens to avoid travel to Japan", ["CN", "JP"]),
        ("zh-Hans", "外交部提醒中国公民近期避免前往日本", ["CN", "JP"]),
        ("zh-Hant", "中國外交部呼籲民眾暫時避免前往日本", ["CN", "JP"]),
        ("ja", "中国、日本への渡航自粛を呼びかけ", ["CN", "JP"]),
        ("ko", "중국 외교부, 일본 여행 자제령", ["CN", "JP"]),
        ("de", "China rät Bürgern von Reisen nach Japan ab", ["CN", "JP"]),
        ("fr", "La Chine déconseille les voyages au Japon", ["CN", "JP"]),
        ("es", "China desaconseja los viajes a Japón", ["CN", "JP"]),
        ("pt", "China pede que cidadãos evitem viagens ao Japão", ["CN", "JP"]),
        ("it", "La Cina sconsiglia i viaggi in Giappone", ["CN", "JP"]),
        ("nl", "China raadt reizen naar Japan af", ["CN", "JP"]),
        ("ru", "Китай призвал воздержаться от поездок в Японию", ["CN", "JP"]),
        ("ar", "الصين تدعو مواطنيها إلى تجنب السفر إلى اليابان", ["CN", "JP"]),
        ("pl", "Chiny odradzają podróże do Japonii", ["CN", "JP"]),
    ],
)
def test_one_piece_of_news_in_every_language(language: str, text: str, wanted: list[str]) -> None:
    assert found(text, language) == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "Beijing tells Chinese citizens in Japan", ["CN", "JP"]),
        ("en", "Tokyo protests; Seoul, Whitehall and the Kremlin watch", ["JP", "KR", "GB", "RU"]),
        ("zh", "北京促東京撤回言論", ["CN", "JP"]),
        ("ja", "北京とソウルが協議", ["CN", "KR"]),
        ("ko", "도쿄와 베이징", ["JP", "CN"]),
        ("de", "Peking warnt Tokio", ["CN", "JP"]),
        ("fr", "Pékin met en garde Tokyo, Paris réagit", ["CN", "JP", "FR"]),
        ("es", "Pekín advierte a Tokio", ["CN", "JP"]),
        ("pt", "Pequim, Tóquio e o Itamaraty", ["CN", "JP", "BR"]),
        ("it", "Pechino e Tokyo, la Farnesina osserva", ["CN", "JP", "IT"]),
        ("nl", "Peking waarschuwt Tokio, Den Haag kijkt toe", ["CN", "JP", "NL"]),
        ("ru", "Пекин и Токио; Кремль", ["CN", "JP", "RU"]),
        ("ar", "بكين وطوكيو", ["CN", "JP"]),
        ("pl", "Pekin i Tokio", ["CN", "JP"]),
    ],
)
def test_capitals_stand_for_their_governments(language: str, text: str, wanted: list[str]) -> None:
    assert found(text, language) == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "Japanese, Brazilians, Filipinos and Swiss", ["JP", "BR", "PH", "CH"]),
        ("de", "japanische Behörden, Chinesinnen, ein Schweizer, österreichischem", ["JP", "CN", "CH", "AT"]),
        ("fr", "les ressortissants japonais, une Chinoise, nigérien, nigériane", ["JP", "CN", "NE", "NG"]),
        ("es", "japonesas, chinos, estadounidenses, alemanes", ["JP", "CN", "US", "DE"]),
        ("pt", "japoneses, chinesa, alemães, brasileiros", ["JP", "CN", "DE", "BR"]),
        ("it", "giapponesi, cinese, tedeschi, greche", ["JP", "CN", "DE", "GR"]),
        ("nl", "Japanners, Chinese, Duitsers, Zwitserse", ["JP", "CN", "DE", "CH"]),
        ("ru", "японского, китайцев, немецкие, россиянам", ["JP", "CN", "DE", "RU"]),
        ("ar", "اليابانيين والصينية والألمان", ["JP", "CN", "DE"]),
        ("zh", "日本人、中國籍、韩国公民", ["JP", "CN", "KR"]),
        ("ja", "日本人と中国人とドイツ人", ["JP", "CN", "DE"]),
        ("ko", "일본인, 중국인, 미국인", ["JP", "CN", "US"]),
        ("pl", "japońskiego, Chińczyków, Polakom", ["JP", "CN", "PL"]),
    ],
)
def test_demonyms_are_found_in_their_forms(language: str, text: str, wanted: list[str]) -> None:
    assert found(text, language) == wanted
    assert {kind for _, _, kind in kinds(text, language)} == {"demonym"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Bali", "ID"),
        ("Zanzibar", "TZ"),
        ("Kashmir", "IN"),
        ("Crimea", "UA"),
        ("Fukushima", "JP"),
        ("Tibet", "CN"),
        ("Gaza", "PS"),
        ("the West Bank", "PS"),
        ("Tenerife", "ES"),
        ("Azores", "PT"),
        ("Hong Kong", "HK"),
        ("Macau", "MO"),
        ("Northern Ireland", "GB"),
        ("Sihanoukville", "KH"),
    ],
)
def test_well_known_regions_and_cities_are_in_their_country(text: str, wanted: str) -> None:
    assert found(f"Unrest in {text} again", "en") == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dominica and the Dominican Republic", ["DM", "DO"]),
        ("Niger and Nigeria", ["NE", "NG"]),
        ("Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea", ["GN", "GW", "GQ", "PG"]),
        ("Ireland and Northern Ireland", ["IE", "GB"]),
        ("Mexico", ["MX"]),
        ("New Mexico and New Jersey", ["US"]),
        ("India and Indiana", ["IN", "US"]),
        ("Jersey", ["JE"]),
        ("South Sudan and Sudan", ["SS", "SD"]),
        ("North Korea, South Korea and Korea", ["KP", "KR"]),
        ("DR Congo and the Republic of the Congo", ["CD", "CG"]),
        ("Trinidad and Tobago", ["TT"]),
        ("St. Kitts and Nevis; St Lucia", ["KN", "LC"]),
        ("The U.S., the UK and the UAE", ["US", "GB", "AE"]),
        ("U.S.-China talks", ["US", "CN"]),
        ("US Virgin Islands and British Virgin Islands", ["VI", "VG"]),
        ("Côte d’Ivoire, Cote d'Ivoire and the Ivory Coast", ["CI"]),
    ],
)
def test_the_longest_form_wins(text: str, wanted: list[str]) -> None:
    assert found(text, "en") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Georgia DOT urges drivers to stay off roads around Atlanta", ["US"]),
        ("Georgia's parliament in Tbilisi", ["GE"]),
        ("Canada updates its advice for Georgia", ["CA", "GE"]),
        ("Jordan: 'I'd leave Chicago again'", ["US"]),
        ("Ireland raises its advice for Jordan", ["IE", "JO"]),
        ("Chad Daybell appeal: judge warns lawyers", []),
        ("France pulls its troops out of Chad", ["FR", "TD"]),
        ("Thanksgiving: Turkey prices dip", []),
        ("Turkey and Syria shaken by quake", ["TR", "SY"]),
        ("A turkey sandwich on fine china", []),
        ("Nail polish recalled", []),
        ("Washington State Patrol closes Snoqualmie Pass", ["US"]),
        ("Washington tells Americans to leave", ["US"]),
        ("Paris, Texas and Moscow, Idaho", []),
        ("Air China and Turkish Airlines refund tickets", []),
        ("Contact us or follow us", []),
        ("Male suspect arrested", []),
        ("Latin America and the Indian Ocean", []),
        ("Guinea pigs banned", []),
        ("Emirates resumes flights", []),
    ],
)
def test_words_that_only_look_like_places_are_read_over(text: str, wanted: list[str]) -> None:
    assert found(text, "en") == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("ja", "訪日客、在日米軍、対中外交、日中韓", ["JP", "US", "CN", "KR"]),
        ("ja", "15日中国外務省は", ["CN"]),
        ("ja", "今日中国は", ["CN"]),
        ("ja", "緊張が高まる中、世界中、欧米、南米、中東", []),
        ("ja", "中、自国民に渡航自粛を要請", ["CN"]),
        ("ja", "新米の価格、米子市", []),
        ("ja", "タイトル、スタイル、タイムズ", []),
        ("ja", "タイ・カンボジア国境", ["TH", "KH"]),
        ("ja", "ジョージア州アトランタで", []),
        ("zh", "赴日旅游、访美、在韩、旅泰", ["JP", "US", "KR", "TH"]),
        ("zh", "11月15日日本外务省、近日中国", ["JP", "CN"]),
        ("zh", "避免前往日本、同日本磋商、当日本宣布、3日本报讯", ["JP"]),
        ("zh", "其中美观、日前、完美、对美好", []),
        ("zh", "俄乌冲突、泰柬边境、巴以", ["RU", "UA", "KH", "TH", "IL", "PS"]),
        ("zh", "刚果（金）东部，几内亚比绍", ["CD", "GW"]),
        ("zh", "台风“桦加沙”", []),
        ("zh-TW", "國人赴日，領務局提醒旅遊警示", ["TW", "JP"]),
        ("ko", "中 日 여행 자제령, 美국무부", ["CN", "JP", "US"]),
        ("ko", "한일 관계, 방일, 주캄보디아 대사관", ["JP", "KR", "KH"]),
        ("ko", "인도적 지원, 오만한 태도, 수단과 방법", []),
        ("ko", "인도네시아와 인도", ["ID", "IN"]),
        ("ar", "وباليابان وفي الصين ولليابان والإمارات", ["JP", "CN", "AE"]),
        ("ar", "سلطنة عُمان وسَلطنة عـمان", ["OM"]),
        ("ar", "وزارة المالية", []),
        ("ar", "باماكو عاصمة مالي", ["ML"]),
        ("ru", "из США, с Украиной, в Южной Корее, Мексику", ["US", "UA", "KR", "MX"]),
        ("de", "der Demokratischen Republik Kongo, Ungarns, US-Bürger", ["CD", "HU", "US"]),
        ("fr", "d'Israël, l'Iran, des Émirats arabes unis", ["IL", "IR", "AE"]),
        ("fr", "une réunion à Nice to have", []),
        ("es", "montaña rusa; EE. UU. y EE.UU.", ["US"]),
        ("pt", "uma praia; Cabo Verde", ["CV"]),
        ("pl", "w Niemczech, na Węgrzech, do Stanów Zjednoczonych", ["DE", "HU", "US"]),
    ],
)
def test_traps_of_each_script_and_grammar(language: str, text: str, wanted: list[str]) -> None:
    assert found(text, language) == wanted


def test_the_name_inside_a_demonym_is_not_told_twice() -> None:
    assert kinds("日本人歌手", "ja") == [("日本人", "JP", "demonym")]
    assert kinds("中国人民", "zh") == [("中国", "CN", "name")]


def test_a_word_that_is_name_and_adjective_is_told_by_its_capital() -> None:
    assert kinds("China y la embajada china", "es") == [("China", "CN", "name"), ("china", "CN", "demonym")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("CHINA TELLS CITIZENS TO LEAVE JAPAN", ["CN", "JP"]),
        ("china tells citizens to leave japan", ["CN", "JP"]),
        ("US WARNS OF UNREST", ["US"]),
        ("Visas for trips to US: tell us why", ["US"]),
        ("they told us to leave", []),
        ("ＣＨＩＮＡ", ["CN"]),
        ("<p>China&rsquo;s</p>", ["CN"]),
        ("CHINA\nJAPAN", ["CN", "JP"]),
    ],
)
def test_headlines_in_capitals_or_in_none_are_read_all_the_same(text: str, wanted: list[str]) -> None:
    assert found(text, "en") == wanted


def test_words_in_two_sentences_are_not_one_name() -> None:
    assert found("Avoid Japan, airlines say", "en") == ["JP"]
    assert found("He went north. Korea!", "en") == ["KR"]
    assert found("It is new! Mexico says", "en") == ["MX"]


@pytest.mark.parametrize(
    ("language", "same"), [("", "en"), ("xx", "en"), ("en-ZA", "en"), ("de-LI", "de"), ("no", "nb")]
)
def test_a_language_is_served_by_its_nearest_relative(language: str, same: str) -> None:
    assert places.mentions("Japan", language) == places.mentions("Japan", same) != ()


def test_both_chinese_scripts_are_read_whatever_the_tag_says() -> None:
    assert found("中國與中国", "zh-Hans") == found("中國與中国", "zh-Hant") == found("中國與中国", "zh-HK") == ["CN"]


@settings(deadline=None)
@given(st.text(max_size=400), st.sampled_from(["", "zh", *LANGUAGES]))
def test_any_text_is_read_and_every_mention_is_where_it_says(text: str, language: str) -> None:
    end = 0
    for mention in places.mentions(text, language):
        assert text[mention.start : mention.end] == mention.form != ""
        assert known_places()[mention.place].alpha3
        assert mention.kind in ("name", "demonym", "capital", "city", "region")
        assert mention.start >= end or mention.end == end
        end = mention.end


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["中", "日", "美", "国", "人", "南", "北", "한", "국", "日本", "15", "ー", "タイ", "in", " "]),
        max_size=60,
    ),
    st.sampled_from(["zh", "ja", "ko"]),
)
def test_any_heap_of_country_letters_is_read(letters: list[str], language: str) -> None:
    text = "".join(letters)
    assert all(text[mention.start : mention.end] == mention.form for mention in places.mentions(text, language))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_making_text_alike_moves_no_character(text: str) -> None:
    assert len(alike(text)) == len(text)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "China warns Georgia. "), ("zh", "中国提醒日本人。"), ("ar", "وبالصين ")]
)
def test_the_time_is_linear_in_the_length(language: str, sentence: str) -> None:
    places.mentions(sentence, language)

    def seconds(times: int) -> float:
        begin = time.process_time()
        assert len(places.mentions(sentence * times, language)) >= times
        return time.process_time() - begin

    assert min(seconds(4000) for _ in range(3)) < 40 * min(seconds(400) for _ in range(3))
