"""The HTML of a feed's summary as one line of text.

Feeds carry thousands of small pieces of HTML, so the usual kind (paragraphs, links, emphasis) is read with two
regular expressions, which is ten times faster than building a document; anything else goes to
:mod:`advisoryd.sources.markup`. Tags inside a word leave no gap, because Chinese and Japanese have none between words.
"""

from __future__ import annotations

import re
from html import unescape

from advisoryd.sources.decode import fold

_UNUSUAL = re.compile(r"<(?:!|script|style|noscript|template|head|title|svg|iframe)|<[a-z][^>]*<", re.IGNORECASE)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|bdi|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|tt|u|var|wbr)"
    r"(?:\s[^>]*)?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)


def text(html: str) -> str:
    """What a reader sees of ``html``, white space folded."""
    if "<" in html:
        if _UNUSUAL.search(html):
            from advisoryd.sources import markup

            return " ".join(markup.blocks(html))
        html = _TAG.sub(" ", _INLINE.sub("", html))
    return fold(unescape(html) if "&" in html else html)
