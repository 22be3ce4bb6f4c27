"""What news search engines are asked: for any government's advice, and for advice about watched places.

A query is words of advice beside those who speak it, or beside the name of a place; all in the language of the edition
that is searched. The words are few on purpose: an engine takes some thirty, and what they find is read by
:mod:`advisoryd.news` afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from advisoryd import places
from advisoryd.sources import options

T = TypeVar("T")

MOST_PLACES = 30
"""More watched places than these are the whole world, which the general query covers."""

_LATE = 1.1
"""Polls come up to a tenth later than their cadence says, so that turns are so much longer than it: one may be served
twice, none is left out."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How advice is spoken of in a language: ``advice`` are words of it, ``speakers`` those who give it (none where the
    words of advice are a government's own)."""

    advice: tuple[str, ...]
    speakers: tuple[str, ...] = ()


WORDINGS: Mapping[str, Wording] = {
    "ar": Wording(("تحذير السفر", "عدم السفر", "تجنب السفر"), ("الخارجية", "سفارة")),
    "de": Wording(("Reisewarnung", "Reisehinweis", "rät von Reisen ab"), ("Auswärtiges Amt", "Außenministerium")),
    "en": Wording(
        ("travel advisory", "travel warning", "travel alert", "avoid travel", "do not travel"),
        ("embassy", "foreign ministry", "Foreign Office", "State Department"),
    ),
    "es": Wording(("alerta de viaje", "recomienda no viajar", "evitar viajar"), ("Exteriores", "Cancillería")),
    "fr": Wording(("conseils aux voyageurs", "déconseille", "déconseillé"), ("Quai d'Orsay", "Affaires étrangères")),
    "it": Wording(("sconsiglia viaggi", "viaggi sconsigliati", "avviso di viaggio"), ("Farnesina", "ambasciata")),
    "ja": Wording(("渡航自粛", "危険情報", "渡航中止勧告", "退避勧告")),
    "ko": Wording(("여행경보", "여행금지", "특별여행주의보", "여행 자제"), ("외교부", "대사관")),
    "nl": Wording(("reisadvies", "reiswaarschuwing"), ("Buitenlandse Zaken", "ambassade")),
    "pt": Wording(("alerta de viagem", "evitar viajar", "desaconselha viagens"), ("Itamaraty", "embaixada")),
    "ru": Wording(("воздержаться от поездок", "не рекомендует поездки"), ("МИД", "посольство")),
    "zh-Hans": Wording(
        ("提醒中国公民", "旅游提醒", "留学预警", "暂勿前往", "避免前往"), ("外交部", "使馆", "教育部", "文化和旅游部")
    ),
    "zh-Hant": Wording(("旅遊警示", "外遊警示", "旅遊警告", "避免前往"), ("外交部", "保安局")),
}

Quote = Callable[[str], str]
"""How an engine wants a phrase to be written."""


def general(language: str, quote: Quote) -> str:
    """Advice of anybody about anywhere."""
    wording = WORDINGS[language]
    return " ".join(any_of(words, quote) for words in (wording.advice, wording.speakers) if words)


def about(place: str, language: str, quote: Quote) -> str:
    """Advice about a place, by the id of the place."""
    name = places.display_name(place, language)
    return f"{quote(name)} {any_of(WORDINGS[language].advice, quote)}"


def any_of(words: Iterable[str], quote: Quote) -> str:
    """One of several phrases. The brackets matter: some engines refuse an OR outside of them."""
    return f"({' OR '.join(map(quote, words))})"


def whose_turn(queue: Sequence[T], count: int, now: datetime, every: timedelta) -> tuple[T, ...]:
    """The ``count`` to ask at ``now``: each gets its turn, in the given order, round and round."""
    turn = int(now.timestamp() / (every.total_seconds() * _LATE))
    first = turn * count
    return tuple(queue[(first + step) % len(queue)] for step in range(min(count, len(queue))))


def are_places(value: object) -> bool:
    """Whether ``value`` lists ids of places, and not too many to ask for each of them."""
    return options.are_texts(value, places.known, MOST_PLACES)
