"""Every sentence is there in every language, with the same placeholders and its language's plural forms."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from advisoryd import render
from advisoryd.render.voice import CATALOGUES, LOCALES, catalogue_for, placeholders, voice_for

PACKAGE = Path(render.__file__).parent
TRANSLATED = tuple(locale for locale in LOCALES if locale != "en")
KEYWORDS = {"say": None, "mark": None, "count": (1, 2), "marks": (1, 2)}

Id = str | tuple[str, ...]


@lru_cache
def ids_in_the_code() -> set[Id]:
    """What ``pybabel extract`` finds with the keywords that docs/messages.md names."""
    return {message for _, _, message, _, _ in extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS)}


def catalogue(locale: str) -> Catalog:
    with (CATALOGUES / locale / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=locale)


@pytest.fixture(scope="module", params=TRANSLATED)
def messages(request: pytest.FixtureRequest) -> Catalog:
    return catalogue(request.param)


def test_the_folders_and_the_list_of_languages_agree() -> None:
    assert {path.name for path in CATALOGUES.iterdir()} == set(TRANSLATED)


def test_every_sentence_of_the_code_is_in_the_catalogue_and_no_other(messages: Catalog) -> None:
    assert {message.id for message in messages if message.id} == ids_in_the_code()


def test_nothing_is_left_untranslated_or_doubtful(messages: Catalog) -> None:
    for message in messages:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), message.id
        assert message.id == "" or not message.fuzzy
        if isinstance(message.id, tuple):
            assert len(forms) == messages.num_plurals, message.id


def test_translations_have_the_placeholders_of_the_original(messages: Catalog) -> None:
    for message in messages:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            for form in forms:
                assert placeholders(form) == placeholders(ids[-1]), message.id


def test_translations_keep_no_stray_blanks_and_end_as_the_original_does(messages: Catalog) -> None:
    for message in messages:
        if isinstance(message.id, str) and message.id:
            assert message.string == message.string.strip()
            assert message.id.endswith(".") == message.string.endswith((".", "。")), message.id


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("en", ("0 destinations", "1 destination", "2 destinations", "21 destinations")),
        ("de", ("0 Reiseziele", "1 Reiseziel", "2 Reiseziele", "21 Reiseziele")),
        ("fr", ("0 destination", "1 destination", "2 destinations", "21 destinations")),
        ("es", ("0 destinos", "1 destino", "2 destinos", "21 destinos")),
        ("it", ("0 destinazioni", "1 destinazione", "2 destinazioni", "21 destinazioni")),
        ("pt", ("0 destinos", "1 destino", "2 destinos", "21 destinos")),
        ("ja", ("0か国・地域", "1か国・地域", "2か国・地域", "21か国・地域")),
        ("ko", ("여행지 0곳", "여행지 1곳", "여행지 2곳", "여행지 21곳")),
        ("zh-Hans", ("0个目的地", "1个目的地", "2个目的地", "21个目的地")),
        ("zh-Hant", ("0個目的地", "1個目的地", "2個目的地", "21個目的地")),
    ],
)
def test_each_language_counts_in_its_own_way(locale: str, forms: tuple[str, ...]) -> None:
    voice = voice_for(locale, "UTC")
    assert tuple(voice.count("{count} destination", "{count} destinations", n) for n in (0, 1, 2, 21)) == forms


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("de-AT", "de"),
        ("pt-PT", "pt"),
        ("zh", "zh_Hans"),
        ("zh-CN", "zh_Hans"),
        ("zh-SG", "zh_Hans"),
        ("zh-TW", "zh_Hant"),
        ("zh-HK", "zh_Hant"),
        ("zh-Hant", "zh_Hant"),
        ("zh-Hant-HK", "zh_Hant"),
        ("zh-Hans-HK", "zh_Hans"),
        ("zh_TW", "zh_Hant"),
        ("JA", "ja"),
        ("nl", "en"),
        ("", "en"),
        ("not a tag", "en"),
    ],
)
def test_a_tag_finds_the_nearest_language(tag: str, found: str) -> None:
    assert catalogue_for(tag) == found
    assert voice_for(tag, "UTC").tag == found.replace("_", "-")


@pytest.mark.parametrize(
    ("locale", "tag", "name"),
    [
        ("en", "zh-Hans", "Chinese (Simplified)"),
        ("en", "ja", "Japanese"),
        ("de", "ko", "Koreanisch"),
        ("fr", "zh-Hant", "chinois (traditionnel)"),
        ("en", "xx-not-known", "xx-not-known"),
        ("en", "", ""),
    ],
)
def test_languages_are_named_in_the_readers_language(locale: str, tag: str, name: str) -> None:
    assert voice_for(locale, "UTC").language(tag) == name
