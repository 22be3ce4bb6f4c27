"""Which items are one piece of reporting: copies of an agency's text count once, however many outlets print them."""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from advisoryd.news.clean import clean, fold, headline
from advisoryd.news.item import NewsItem

_FILE = Path(__file__).parent / "data" / "agencies.tsv"
_SIGNED = re.compile(r"[(\[【]\s*([^()\[\]【】]{2,30}?)\s*[)\]】]|^.{0,60}?\b([A-Z]{2,6}|[A-Z][a-z]{2,9})\s+[—–-]\s")
"""A signature: in brackets anywhere near the beginning, or before the dash of the dateline ("TOKYO, Reuters - ...")."""

_NEAR_THE_BEGINNING = 200
_APART = re.compile(r"[/、,・=\s]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_NOT_LETTERS = re.compile(r"[\W_]+")
_TRACKING = re.compile(r"^(utm_|at_|fbclid|gclid|traffic_source|ocid|cmp|ref|smid|mc_)", re.IGNORECASE)
_COPIES = re.compile(r"^(www|m|mobile|amp)\.")
_TELLING = 24
"""Letters that a sentence needs before sharing it word for word is no accident."""


def syndication_key(item: NewsItem) -> str:
    """A key that copies of one report share: the agency's name where it signs, else the longest sentence of the
    summary (outlets re-write headlines and keep the first paragraph), else the headline, else the address.

    An agency's name is shared by all that it reports, so that keys are compared only among claims of one act
    (:func:`advisoryd.news.stories.cluster`)."""
    body = clean(item.summary or item.text)
    if agency := _agency(body):
        return f"agency:{agency}"
    longest = max((_letters(sentence) for sentence in _SENTENCE.split(body)), key=len)
    said = longest if len(longest) >= _TELLING else _letters(headline(item.title, item.outlet))
    return f"text:{_hash(said)}" if said else f"url:{_hash(canonical_url(item.url))}"


def canonical_url(url: str) -> str:
    """``url`` without what differs between copies: scheme, fragment, tracking parameters, the hosts ``www.``, ``m.``
    and ``amp.``. An address that cannot be taken apart is returned as it is."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    query = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.match(name)]
    path = re.sub(r"(/amp)?/?$", "", parts.path)
    return _COPIES.sub("", parts.netloc.lower()) + path + (f"?{urlencode(query)}" if query else "")


@cache
def _agencies() -> dict[str, str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name: agency for agency, names in rows for name in names.split("; ")}


def _agency(body: str) -> str:
    for found in _SIGNED.finditer(body[:_NEAR_THE_BEGINNING]):
        name = fold(found[1] or found[2])
        for word in (name.replace("-", " "), *_APART.split(name)):
            if word in _agencies():
                return _agencies()[word]
        if agency := _written_on(name):
            return agency
    return ""


def _written_on(name: str) -> str:
    """The agency before the reporter's name ((中央社記者…電)) or behind the place (【北京共同】)."""
    unspaced = ((known, agency) for known, agency in _agencies().items() if not known.isascii())
    return next((agency for known, agency in unspaced if name.startswith(known) or name.endswith(known)), "")


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", fold(text))


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
