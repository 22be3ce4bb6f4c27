"""Where an outlet is at home: a bare "Foreign Office" or "our citizens" means that country's."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from advisoryd.news.clean import fold
from advisoryd.news.lexicon import lexicon

_FILE = Path(__file__).parent / "data" / "outlets.tsv"
_NOT_LETTERS = re.compile(r"[\W_]+")
_BY_LANGUAGE = {"ja": "JP", "ko": "KR", "de": "DE", "fr": "FR", "it": "IT", "nl": "NL", "ru": "RU"}
"""Languages whose outlets are nearly all at home in one country; English, Spanish, Portuguese and Arabic are not."""

_NOT_COUNTRIES = frozenset({"tv", "me", "co", "io", "fm", "ai", "cc", "ws", "to", "ly", "gg", "la", "am"})
"""Country domains that are sold as words."""

_DOMAIN = {"uk": "GB", "eu": ""}
_HONG_KONG = re.compile("[港澳]人|港府|保安局|本港")


@cache
def _table() -> dict[str, str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: country for country, names in rows for name in names.split("; ")}


def home_country(outlet: str, language: str, text: str = "") -> str:
    """The ISO code of the country that ``outlet`` (a host or a name) is at home in, or ``""``.

    The table comes first, then the country's internet domain, then the language where it tells; Chinese is told by
    its script in ``text``.
    """
    host = outlet.strip().lower().removeprefix("www.")
    if known := _table().get(host) or _table().get(_NOT_LETTERS.sub("", fold(host))):
        return known
    return _by_domain(host) or _by_language(language, text)


def _by_domain(host: str) -> str:
    last = host.rpartition(".")[2]
    if len(last) != 2 or not last.isascii() or last in _NOT_COUNTRIES:
        return ""
    return _DOMAIN.get(last, last.upper())


def _by_language(tag: str, text: str) -> str:
    language, _, variant = tag.replace("_", "-").partition("-")
    if len(variant) == 2:
        return variant.upper()
    if language == "zh":
        if not _traditional(text):
            return "CN"
        return "HK" if _HONG_KONG.search(text) else "TW"
    return _BY_LANGUAGE.get(language, "")


def _traditional(text: str) -> bool:
    return text.translate(lexicon("zh").variants) != text
