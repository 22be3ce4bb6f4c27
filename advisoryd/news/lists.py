"""Names in a row count as one: "Germany and Britain", 韩国、日本和泰国."""

from __future__ import annotations

import re

from advisoryd.news.hits import Hit
from advisoryd.news.tags import NATIONS, Tag

_COMMA = {
    "svo": re.compile(r"\s*[,،/-]\s*$"),
    "zh": re.compile(r"\s*[、/-]\s*$"),
    "sov": re.compile(r"\s*[、,·・/-]\s*$"),
}
_NOT_LETTERS = re.compile(r"[\W_]+")
_ARTICLE = 3
"""Letters of an article between "and" and the next name."""

_ARABIC_AND = "و"
"""It is written on to the front of the next name."""

_BETWEEN = frozenset({Tag.COMMA, Tag.AND})


def join_lists(hits: list[Hit], text: str, order: str, comma_lists: bool) -> list[Hit]:
    """``hits`` with every list of places made one hit that holds them all."""
    joined: list[Hit] = []
    at = 0
    while at < len(hits):
        end = _list_end(hits, at, text, order) if hits[at].tag in NATIONS else at
        if end > at and (_is_list(hits, at, end, order, comma_lists) or _hyphened(hits[at], hits[end], text)):
            joined.append(_one(hits[at : end + 1]))
        else:
            joined.extend(hits[at : end + 1])
        at = end + 1
    return joined


def _list_end(hits: list[Hit], at: int, text: str, order: str) -> int:
    """The index of the last place that commas and conjunctions tie to the one at ``at``."""
    last = at
    following = at + 1
    while following < len(hits) and (hits[following].tag in _BETWEEN or hits[following].tag in NATIONS):
        if hits[following].tag in NATIONS:
            if not _tied(
                hits[last + 1 : following],
                text[hits[last].end : hits[following].start],
                order,
                text[hits[following].start],
            ):
                break
            last = following
        following += 1
    return last


def _tied(between: list[Hit], text: str, order: str, following: str) -> bool:
    if any(hit.tag is Tag.AND for hit in between):
        return len(_NOT_LETTERS.sub("", text)) <= sum(hit.end - hit.start for hit in between) + _ARTICLE
    if _COMMA[order].match(text):
        return True
    return not between and text.isspace() and following == _ARABIC_AND


def _is_list(hits: list[Hit], first: int, last: int, order: str, comma_lists: bool) -> bool:
    """Two places with nothing but a comma between are a list only where they cannot be topic and speaker: "In Mali,
    France ...", 「中国、日本への...」."""
    run = hits[first : last + 1]
    named = [hit for hit in run if hit.tag in NATIONS]
    if (
        len(named) > 2
        or any(hit.tag is Tag.AND for hit in run)
        or set(named[0].value.split()) & set(named[1].value.split())
    ):
        return True
    if first > 0 and hits[last + 1 :] and hits[last + 1].tag is Tag.SAY:
        return False
    if order == "sov":
        return first > 0
    if order == "svo" and len(run) == len(named):
        return True
    return order == "zh" or (comma_lists and (first == 0 or hits[first - 1].tag not in (Tag.TO, Tag.SINCE)))


def _hyphened(one: Hit, other: Hit, text: str) -> bool:
    """Two names with a hyphen between: 태국-캄보디아 국경."""
    return text[one.end : other.start] == "-"


def _one(run: list[Hit]) -> Hit:
    named = [hit for hit in run if hit.tag in NATIONS]
    tag = next((hit.tag for hit in named if hit.tag is not Tag.CITY), Tag.CITY)
    values = dict.fromkeys(value for hit in named for value in hit.value.split())
    return named[0]._replace(tag=tag, end=run[-1].end, value=" ".join(values))
