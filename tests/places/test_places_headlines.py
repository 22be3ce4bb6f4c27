"""Headlines as newsrooms write them, and the places that a reader would name.

The order is that of the text; a country counts once.
"""

from __future__ import annotations

import pytest

from advisoryd import places

HEADLINES = {
    "en": [
        ("Foreign ministry defends Cambodia travel ban, promises care for Korean residents", "KH KR"),
        ("US embassy urges Americans to leave Mali immediately amid jihadi fuel blockade", "US ML"),
        ("UK issues travel advisory against visiting Jammu and Kashmir, India-Pakistan border areas", "GB IN PK"),
        ("Germany, Britain, Finland and Denmark have revised their guidance for the United States", "DE GB FI DK US"),
        ("MEA urges Indians to avoid non-essential travel to Nepal", "IN NP"),
        ("S. Korea to impose travel ban on Bokor Mountain, Bavet and Poipet", "KR KH"),
        ("Dominica’s geothermal plant goes live; Guadeloupe to buy power", "DM GP"),
        ("Swiss, Dutch and Polish tourists stranded in the Maldives and Sri Lanka", "CH NL PL MV LK"),
        ("Saudi Arabia, the UAE, Oman and Qatar tell nationals to quit Lebanon", "SA AE OM QA LB"),
        ("Filipinos in the Bahamas and Trinidad told to register", "PH BS TT"),
        ("Congo's Goma falls; Rwanda and Burundi close borders", "CD RW BI"),
        ("New Zealanders warned over New Caledonia and Papua New Guinea", "NZ NC PG"),
        ("Quake hits Vanuatu, tsunami alert for Fiji, Samoa and Tonga", "VU FJ WS TO"),
        ("Equatorial Guinea and Guinea-Bissau dropped from the list", "GQ GW"),
        ("Israelis in Thailand, Turkey and Georgia told to come home", "IL TH TR GE"),
        ("Kosovo, Serbia and North Macedonia in talks in Brussels", "XK RS MK BE"),
        ("Czechs and Slovaks barred from Belarus", "CZ SK BY"),
        ("Typhoon shuts Hong Kong, Macau and Taiwan airports", "HK MO TW"),
        ("Greenlanders and Danes asked to take care in the U.S.", "GL DK US"),
        ("FCDO advises against all travel to parts of Niger, Burkina Faso and Chad", "GB NE BF TD"),
        ("Hurricane nears Bermuda, the Azores and the Canary Islands", "BM PT ES"),
        ("Gazans wait at Rafah crossing with Egypt", "PS EG"),
    ],
    "zh": [
        ("韩国对柬埔寨部分地区发布“禁止旅行”警报", "KR KH"),
        ("中國再籲公民避免赴日 這次理由是地震", "CN JP"),
        ("保安局更新日本外遊警示資料 籲港人提高警惕", "HK JP"),
        ("提醒中国公民近期谨慎前往刚果（金）东部地区", "CN CD"),
        ("提醒中国公民暂勿前往塔吉克斯坦和阿富汗边境地区", "CN TJ AF"),
        ("美国国务院上调委内瑞拉旅行警告", "US VE"),
        ("領務局：埃及調升橙色、約旦維持黃色", "TW EG JO"),
        ("在也门、伊朗、黎巴嫩的中国公民尽快撤离", "YE IR LB CN"),
        ("英国更新赴印度克什米尔地区旅行建议", "GB IN"),
        ("澳大利亚、新西兰提醒公民注意斐济局势", "AU NZ FJ"),
        ("泰國普吉島水災 台灣旅客受困", "TH TW"),
        ("驻尼日利亚使馆提醒勿前往博尔诺州", "NG"),
        ("其中美术馆暂停开放，平台系统升级", ""),
    ],
    "ja": [
        ("タイとカンボジア国境地帯に「渡航中止勧告」 外務省", "TH KH"),
        ("米、全世界対象の渡航中止勧告を解除", "US"),
        ("韓国、カンボジアの一部に渡航禁止", "KR KH"),
        ("中国外務省、日本への渡航を控えるよう通知", "CN JP"),
        ("英、イスラエルから退避呼びかけ　仏独も", "GB IL"),
        ("インドネシア・バリ島で日本人観光客が被害", "ID JP"),
        ("ギニアとギニアビサウ、パプアニューギニアの危険情報", "GN GW PG"),
        ("豪政府、フィジーへの渡航で注意喚起", "AU FJ"),
        ("コンゴ民主共和国東部で戦闘、邦人に退避勧告", "CD JP"),
        ("台湾有事巡る答弁、北京が反発", "TW CN"),
        ("新米が高値　米子でも", ""),
        ("世界中で人気のタイル展", ""),
    ],
    "ko": [
        ("외교부, 캄보디아 보코산·바벳·포이펫 여행금지 발령", "KH"),
        ("중국, 아오모리 강진 이유로 일본 여행 주의보", "CN JP"),
        ("美 국무부, 베네수엘라 여행경보 4단계 유지", "US VE"),
        ("이스라엘·이란 충돌에 재외국민 철수", "IL IR"),
        ("태국 푸껫 홍수, 한국인 관광객 고립", "TH KR"),
        ("러시아와 우크라이나 전역 여행금지 연장", "RU UA"),
        ("필리핀 마닐라서 한국 교민 피습", "PH KR"),
        ("방일 중국인 급감, 日 관광업계 비상", "JP CN"),
        ("인도적 지원 확대, 정말 말리는 사람 없나", ""),
    ],
    "de": [
        ("Auswärtiges Amt warnt vor Reisen nach Niger, Mali und Burkina Faso", "DE NE ML BF"),
        ("Schweizer in Thailand: EDA passt Reisehinweise für Kambodscha an", "CH TH KH"),
        ("Österreichs Außenministerium hebt Reisewarnung für den Libanon auf", "AT LB"),
        ("Chinesische Touristen meiden Tokio und Osaka", "CN JP"),
        ("US-Bürger sollen Venezuela verlassen", "US VE"),
        ("Urlauber auf Mallorca, Rhodos und Teneriffa", "ES GR"),
        ("Deutsche in den Vereinigten Arabischen Emiraten und im Oman", "DE AE OM"),
        ("Erdbeben in der Türkei und auf den Philippinen", "TR PH"),
    ],
    "fr": [
        ("Le Quai d'Orsay déconseille tout voyage au Niger, au Mali et au Burkina Faso", "FR NE ML BF"),
        ("La Belgique appelle ses ressortissants à quitter l'Iran et Israël", "BE IR IL"),
        ("Séoul interdit à ses ressortissants certaines zones du Cambodge", "KR KH"),
        ("Des touristes néerlandais et suisses bloqués à Madagascar et à La Réunion, île voisine", "NL CH MG RE"),
        ("Les Émirats arabes unis et l'Arabie saoudite lèvent l'interdiction vers le Liban", "AE SA LB"),
        ("Réunion de crise à la préfecture", ""),
    ],
    "es": [
        ("Exteriores desaconseja viajar a Níger, Malí y Burkina Faso", "NE ML BF"),
        ("EE.UU. pide a los estadounidenses abandonar Venezuela", "US VE"),
        ("México y Colombia alertan a sus ciudadanos en Ecuador", "MX CO EC"),
        ("La Cancillería argentina recomienda no viajar a Perú", "AR PE"),
        ("Los japoneses en Pekín, en alerta", "JP CN"),
        ("La montaña rusa más alta abre en León", "ES"),
    ],
    "pt": [
        ("Itamaraty desaconselha viagens a Israel, Líbano e Irã", "BR IL LB IR"),
        ("Portugueses na Venezuela aconselhados a registar-se", "PT VE"),
        ("EUA elevam alerta para Moçambique e Angola", "US MZ AO"),
        ("Turistas alemães e franceses retidos em Cabo Verde", "DE FR CV"),
        ("Banhistas devem deixar a praia", ""),
    ],
    "it": [
        ("La Farnesina sconsiglia i viaggi in Niger, Mali e Burkina Faso", "IT NE ML BF"),
        ("Gli Stati Uniti invitano gli americani a lasciare il Venezuela", "US VE"),
        ("Turisti tedeschi bloccati a Bali e in Thailandia", "DE ID TH"),
        ("Terremoto in Giappone: l'appello di Pechino ai cinesi", "JP CN"),
        ("Parla male ma cucina bene", ""),
    ],
    "nl": [
        ("Buitenlandse Zaken: reisadvies Niger, Mali en Burkina Faso op rood", "NE ML BF"),
        ("Nederlanders in Libanon opgeroepen te vertrekken", "NL LB"),
        ("Duitse en Belgische toeristen vast in Thailand", "DE BE TH"),
        ("De Verenigde Staten waarschuwen voor Zuid-Soedan", "US SS"),
    ],
    "ru": [
        ("МИД России рекомендовал воздержаться от поездок в Израиль, Иран и Ливан", "RU IL IR LB"),
        ("Туристы из Германии и Польши застряли в Таиланде", "DE PL TH"),
        ("США призвали американцев покинуть Венесуэлу", "US VE"),
        ("Японские власти протестуют против заявления Пекина", "JP CN"),
        ("Россиян предупредили об опасности в Турции и Египте", "RU TR EG"),
        ("Погода в Индийском океане", ""),
    ],
    "ar": [
        ("السعودية والبحرين والكويت تدعو رعاياها لمغادرة لبنان", "SA BH KW LB"),
        ("الولايات المتحدة تحذر الأمريكيين من السفر إلى فنزويلا", "US VE"),
        ("الخارجية المصرية تتابع أوضاع المصريين في السودان وليبيا", "EG SD LY"),
        ("بريطانيا وفرنسا وألمانيا تنصح بعدم السفر إلى النيجر", "GB FR DE NE"),
        ("وزارة المالية تعلن الميزانية", ""),
    ],
}


@pytest.mark.parametrize(
    ("language", "headline", "wanted"),
    [(language, headline, wanted) for language, told in HEADLINES.items() for headline, wanted in told],
)
def test_a_headline_names_these_places(language: str, headline: str, wanted: str) -> None:
    named = dict.fromkeys(mention.place for mention in places.mentions(headline, language))
    assert " ".join(named) == wanted
