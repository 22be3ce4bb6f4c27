"""What the prose of a German travel advice page advises, where the flags of the Auswärtiges Amt are silent.

The ministry's set phrases are "Vor Reisen … wird gewarnt" and "Von (nicht notwendigen, touristischen) Reisen … wird
(dringend) abgeraten". They hold for the country when they name it, name no place, or name the rest of it ("in die
übrigen Landesteile Jordaniens"), and for a region otherwise. Much else is "abgeraten", too: entry with old documents,
drones, night buses; so only what is said of "Reisen" counts, and of them only those to a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.record import Area, Region
from advisoryd.sources import regions
from advisoryd.sources.levels import key
from advisoryd.sources.markup import Block, Kind

_CHAPTERS = re.compile(r"aktuell|sicherheit|(?:teil)?reisewarnung", re.IGNORECASE)
_OTHER_CHAPTERS = re.compile(
    r"natur|reiseinfo|allgemeine|einreise|zoll|strafrecht|gesundheit|medizin|länderinfo|weitere", re.IGNORECASE
)
_VOLATILE = re.compile(r"(?:stand\b.*\d{4}|unverändert gültig seit)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„])")

_PHRASE = re.compile(
    r"\b[Vv](?:on|or) (?:[\w,/-]+ ){0,8}?Reisen\b(?P<where>[^.!?]*?)\b(?P<verb>gewarnt|abgeraten|ab(?=[.:;]|$))"
)
_LIFTED = re.compile(r"\bnicht mehr\b|\baufgehoben\b")
_VERB = re.compile(
    r"\b(?:wird|werden|derzeit|zurzeit|zur Zeit|aktuell|dringend|eindringlich|weiterhin|grundsätzlich|daher"
    r"|bis auf|aufgrund|wegen)\b.*"
)
_TO = re.compile(r"(?:^|,|\bund\b|\bsowie\b|\boder\b)\s*(?:nach|ins|in(?! der\b))\s+")
_EXCEPTION = re.compile(
    r"\s*(?:[,(]|\s[–-]\s|\bmit Ausnahme|\baußer|\bausgenommen|\beinschließlich|\binklusive).*", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:(?:die|den|das|der|des|dem|von|ganz|ganze|gesamte|alle|allen)\s+)*", re.IGNORECASE)
_COUNTRY = frozenset({"land", "landes", "dieses land", "staatsgebiet", "landesteile"})
_REST = re.compile(
    r"(?:ander|übrig|restlich|weiter|sonstig)\w*\s+(?P<noun>Landesteil|Gebiet|Region|Provinz|Teil)\w*"
    r"(?:\s+und\s+\w+?en\b)?\s*(?P<of>.*)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"\bfolgende", re.IGNORECASE)
_STRIP = re.compile(r"\bgrenz|\bkm\b|kilometer", re.IGNORECASE)
_ENDING = re.compile(r"(?:e[nmr]?|n)?s?$")


@dataclass(frozen=True, slots=True)
class Advice:
    """The level of the country by its prose with the sentence that says so, and the regions that have another."""

    level: Level | None
    native: str
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class _Country:
    names: tuple[str, ...]
    place: str

    def is_meant(self, words: str) -> bool:
        """Whether ``words`` are the country in any case of declension, or "the country" itself."""
        bare = _ARTICLE.sub("", _EXCEPTION.sub("", words))
        if key(bare) in _COUNTRY or _stems(bare) in map(_stems, self.names):
            return True
        return bool(self.place) and places.resolve(bare, "de").place == self.place


@dataclass(frozen=True, slots=True)
class _Statement:
    level: Level
    sentence: str
    targets: tuple[str, ...]


def read(outline: Sequence[Block], name: str, destination: str) -> Advice:
    """What the chapters on the present situation and on security advise for ``name``."""
    country = _Country(tuple(part.strip(" )") for part in name.split("(")), destination)
    national: list[tuple[Level, str]] = []
    named: list[Region | None] = []
    for statement in _statements(_chapters(outline)):
        regional = [target for target in statement.targets if not _holds_for(country, target)]
        if len(regional) < len(statement.targets) or not statement.targets:
            national.append((statement.level, statement.sentence))
        named += [_region(target, statement.level, destination) for target in regional]
    level, native = max(national, key=lambda found: found[0], default=(None, ""))
    return Advice(level, native, regions.unique(named))


def lasting(outline: Iterable[Block]) -> Iterator[Block]:
    """The blocks without the stamps that change every day ("Stand …", "Unverändert gültig seit …")."""
    return (block for block in outline if not _VOLATILE.match(block.text))


def _chapters(outline: Iterable[Block]) -> Iterator[Block]:
    reading = True
    for block in outline:
        if block.kind is Kind.HEADING:
            reading = bool(_CHAPTERS.match(block.text)) or (reading and not _OTHER_CHAPTERS.match(block.text))
        elif reading:
            yield block


def _statements(blocks: Iterable[Block]) -> Iterator[_Statement]:
    """The statements of the blocks; the items below "in folgende Gebiete wird gewarnt:" are its targets."""
    opened: Level | None = None
    for block in blocks:
        found = [statement for sentence in _SENTENCE_END.split(block.text) for statement in _in_sentence(sentence)]
        if opened and not found and block.kind is Kind.ITEM:
            yield _Statement(opened, block.text, (block.text.rstrip(".;,"),))
            continue
        opened = next((one.level for one in found if any(map(_FOLLOWING.search, one.targets))), None)
        yield from (one for one in found if not any(map(_FOLLOWING.search, one.targets)))


def _in_sentence(sentence: str) -> Iterator[_Statement]:
    for found in _PHRASE.finditer(sentence):
        where = found["where"]
        if _LIFTED.search(where):
            continue
        level = Level.AVOID if found["verb"] == "gewarnt" else Level.RECONSIDER
        places_named = _VERB.sub("", where).strip(" –-")
        targets = tuple(filter(None, (target.strip() for target in _TO.split(places_named)[1:])))
        if targets or not places_named:
            yield _Statement(level, sentence, targets)


def _holds_for(country: _Country, target: str) -> bool:
    """Whether the target is the country, one of the countries it names, or the rest of the country."""
    rest = _REST.match(_ARTICLE.sub("", target))
    if rest is None:
        return any(map(country.is_meant, re.split(r"\s+(?:und|sowie)\s+", target)))
    of = _EXCEPTION.sub("", rest["of"]).strip()
    return not of or country.is_meant(of)


def _region(target: str, level: Level, destination: str) -> Region | None:
    """The target as a region; ``None`` when it is another country, which some pages warn of in passing."""
    name = _ARTICLE.sub("", target).strip(" ,.")
    if not name or places.resolve(name, "de").place:
        return None
    kind = Area.STRIP if _STRIP.search(name) else Area.AREA
    return Region(name, level, kind, regions.code(name, destination))


def _stems(words: str) -> list[str]:
    return [_ENDING.sub("", word) for word in key(words).split()]
