"""A source's world: what its issuer would serve, in its true wire shape and its own words, for any rows one likes.

Each module beside this one is named like a reader and holds ``WORLD``, or ``WORLDS`` where several sources share the
reader. The harness in ``tests/sources/test_worlds.py``
turns every fault and every change of advice on it, through the true poller, store and deciders. To write one:

    @dataclass(frozen=True)
    class UsState(World):
        source: Source = entries()["us-state"]

        def serve(self, rows, *, charset="", renamed="", **quirks):
            told = lines(rows, "en", WORDS, **quirks)
            ...
            return {SERVICE: served_json(body, charset), FEED: served_xml(feed, charset)}

    WORLD = UsState()

A register's rows are all destinations it lists; a stream's rows are its entries, each about one place. ``serve``
renders exactly those it is given, pages that the list points at included; what no row is about answers 404. A quirk
that the wire shape cannot have (one key twice in a JSON object) raises :class:`Impossible`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.record import Region
from advisoryd.model.source import Source
from advisoryd.places.gazetteer import places as gazetteer

TEXT = "Nothing else is said here."
TEXTS = {
    "cs": "Žádné další údaje zde nejsou; přečtěte si prosím celé doporučení.",
    "da": "Her står der ikke mere; læs også rådene på øvrige sider, når De går på rejse.",
    "de": "Für Grenzübergänge gelten geänderte Öffnungszeiten; prüfen Sie dies vor Übertritt.",
    "es": "No hay más información aquí; consulte también la situación sanitaria según el país y la época del año.",
    "fi": "Täällä ei sanota enempää; lisää löytyy ministeriön sivulta, päivitetty tänään.",
    "fr": "Rien d’autre n’est signalé ; les règles d’entrée et de séjour ont été précisées à l’été dernier.",
    "it": "Qui non c’è altro; la città è più cara e la viabilità è già migliorata perché c’è più attività.",
    "ja": "これ以外の情報はありません。渡航前に最新の情報を確認してください。",
    "ko": "그 밖의 내용은 없습니다. 여행 전에 최신 정보를 확인하시기 바랍니다.",
    "nb": "Her står det ikke mer; les også rådene på øvrige sider når du går på reise, også på øyene.",
    "pl": "Nie ma tu więcej; proszę także śledzić władze lokalne i środki bezpieczeństwa.",
    "sk": "Žiadne ďalšie údaje tu nie sú; prečítajte si prosím celé odporúčanie.",
    "sv": "Här står inget mer; läs även råden på övriga sidor när du åker på resa.",
    "zh-Hans": "此处没有其他内容。出发前请查看最新信息。",
    "zh-Hant": "此處沒有其他內容。出發前請查看最新資訊。",
}
"""What rows say besides, in languages whose letters show at once when bytes are taken for another charset."""

COUNTRIES = tuple(sorted(place for place, known in gazetteer().items() if known.alpha3))


@dataclass(frozen=True, slots=True)
class Row:
    """What the issuer says of one place. ``date`` is aware; ``level`` is ``None`` where the issuer has no levels.

    ``regions`` are parts with a level of their own, for worlds whose wire shape states them.
    """

    place: str
    level: Level | None
    date: datetime
    text: str = TEXT
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Served:
    """What one URL answers with 200."""

    body: bytes
    content_type: str


class Impossible(Exception):
    """The wire shape of this source cannot have such a fault; the message says why."""


class World(Protocol):
    """One source's payloads.

    ``source`` is its catalogue entry, with options where it needs some. ``levels`` are the steps its own scale can
    say of a whole country, loosest first; none for bulletins. ``places`` are the destinations it can list (the issuer's
    own country is left out by the harness).
    """

    source: Source
    levels: tuple[Level, ...] = tuple(Level)
    places: tuple[str, ...] = COUNTRIES

    def serve(self, rows: Sequence[Row], **quirks: Any) -> dict[str, Served]:
        """All answers by URL: every endpoint, and every page that the rows have.

        Quirks: ``renamed`` (the field, element or class that carries levels bears this name instead), ``charset`` (the
        bytes are in it, whatever is declared), ``duplicate`` (the first row stands there twice), ``unknown_name`` (one
        more row like the strictest, of a place of this name that nobody knows), ``unknown_level`` (the first row's
        level reads like this).
        """
        ...


@cache
def worlds() -> dict[str, World]:
    """All worlds by the id of their source."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py"))
    modules = [import_module(f".{name}", __package__) for name in names if name != Path(__file__).stem]
    found = [world for module in modules for world in getattr(module, "WORLDS", (getattr(module, "WORLD", None),))]
    return {world.source.id: world for world in found if world}


@dataclass(frozen=True, slots=True)
class Line:
    """A row in the issuer's words, ready for a template. ``word`` is the level's wording, ``""`` where it has none."""

    place: str
    name: str
    level: Level | None
    word: str
    date: datetime
    text: str
    regions: tuple[Region, ...] = ()
    strange: bool = False

    @property
    def slug(self) -> str:
        """A name for addresses: letters, figures and hyphens."""
        return "-".join("".join(char if char.isalnum() else " " for char in self.name.casefold()).split())


def lines(
    rows: Sequence[Row],
    language: str,
    words: Mapping[Level, str],
    *,
    duplicate: bool = False,
    unknown_name: str = "",
    unknown_level: str = "",
    names: Mapping[str, str] | None = None,
) -> list[Line]:
    """The rows as the issuer words them, with three of the quirks applied. ``names`` go before our display names."""
    told = [_line(row, language, words, names or {}) for row in rows]
    if unknown_level and told:
        told[0] = _strange(told[0], unknown_level)
    if unknown_name and told:
        like = max(told, key=lambda line: line.level or 0)
        told.append(Line("", unknown_name, like.level, like.word, like.date, like.text))
    return [*told, told[0]] if duplicate and told else told


def _line(row: Row, language: str, words: Mapping[Level, str], names: Mapping[str, str]) -> Line:
    name = names.get(row.place) or places.display_name(row.place, language)
    word = words.get(row.level, "") if row.level is not None else ""
    return Line(row.place, name, row.level, word, row.date, row.text, row.regions)


def _strange(line: Line, word: str) -> Line:
    return Line(line.place, line.name, None, word, line.date, line.text, line.regions, strange=True)


def served(text: str, content_type: str, charset: str = "") -> Served:
    """``text`` as UTF-8, or in another charset than the declared one."""
    return Served(text.encode(charset or "utf-8", errors="replace"), content_type)


def served_json(value: object, charset: str = "") -> Served:
    """``value`` as a JSON document, letters beyond ASCII as they are."""
    return served(json.dumps(value, ensure_ascii=False), "application/json; charset=utf-8", charset)


def served_xml(text: str, charset: str = "") -> Served:
    """``text`` (without its declaration) as an XML document."""
    return served(f'<?xml version="1.0" encoding="utf-8"?>{text}', "application/xml; charset=utf-8", charset)


def served_html(text: str, charset: str = "") -> Served:
    """``text`` as a web page."""
    return served(f"<!DOCTYPE html><html><body>{text}</body></html>", "text/html; charset=utf-8", charset)
