"""Where an outlet is at home, and in which language an item is."""

from __future__ import annotations

from pathlib import Path

import pytest

import advisoryd.news
from advisoryd import places
from advisoryd.news import home_country
from advisoryd.news.language import language_of


@pytest.mark.parametrize(
    ("outlet", "language", "country"),
    [
        ("www.gulfnews.com", "en", "AE"),
        ("Der Spiegel", "de", "DE"),
        ("bbc.co.uk", "en", "GB"),
        ("someregional.com.au", "en", "AU"),
        ("example.jp", "en", "JP"),
        ("", "ja", "JP"),
        ("unknown.example", "de", "DE"),
        ("unknown.example", "de-AT", "AT"),
        ("unknown.example", "en", ""),
        ("unknown.example", "es", ""),
        ("unknown.tv", "en", ""),
        ("news.eu", "en", ""),
    ],
)
def test_the_table_comes_first_then_the_domain_then_the_language(outlet: str, language: str, country: str) -> None:
    assert home_country(outlet, language) == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("外交部提醒中国公民近期避免前往日本", "CN"),
        ("外交部提醒國人注意安全", "TW"),
        ("保安局籲港人提高警覺 注意安全", "HK"),
    ],
)
def test_chinese_outlets_are_told_by_script_and_address(text: str, country: str) -> None:
    assert home_country("unknown.example", "zh", text) == country


def test_every_country_of_the_table_exists_and_no_outlet_is_at_home_twice() -> None:
    file = Path(advisoryd.news.__file__).parent / "data" / "outlets.tsv"
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    outlets = [name for _, names in rows for name in names.split("; ")]
    assert all(places.known(country) for country, _ in rows)
    assert len(outlets) == len(set(outlets))


@pytest.mark.parametrize(
    ("tag", "text", "language"),
    [
        ("zh-Hant", "", "zh"),
        ("pt_BR", "", "pt"),
        ("no", "Utenriksdepartementet", ""),
        ("", "渡航中止勧告を出した", "ja"),
        ("", "外交部提醒", "zh"),
        ("", "여행경보", "ko"),
        ("", "تحذير السفر", "ar"),
        ("", "поездки", "ru"),
        ("", "travel", "en"),
        ("", "", "en"),
    ],
)
def test_the_tag_tells_the_language_and_without_one_the_script(tag: str, text: str, language: str) -> None:
    assert language_of(tag, text) == language
