"""Which word list reads an item."""

from __future__ import annotations

import re

from advisoryd.news.lexicon import languages

_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0620-\u064a]")),
    ("ru", re.compile("[\u0430-\u044f]")),
)


def language_of(tag: str, text: str) -> str:
    """The ISO 639-1 code of a list we have, for a BCP 47 ``tag``, or ``""``. Without a tag the script of ``text``
    tells, and Latin script is taken for English."""
    code = tag.replace("_", "-").split("-")[0].lower()
    if code:
        return code if code in languages() else ""
    return next((found for found, script in _SCRIPTS if script.search(text)), "en")
