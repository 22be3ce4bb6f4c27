"""From a name as an issuer writes it to the place it means.

The order is from certain to less certain, and ends with "unknown": a code; the explicit answer for an ambiguous name;
the name in the language given; an alias; the name in any language when only one place bears it; each of these without
diacritics; the name with inversion or brackets undone ("Korea, Republic of (South Korea)"); several places joined by
"and". Nothing is matched by likeness: :func:`suggest` is for people.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from advisoryd.places.data import entry, index, languages, rows, split
from advisoryd.places.gazetteer import codes, joined, known, places
from advisoryd.places.model import Resolution
from advisoryd.places.text import folded, key

LONGEST = 200
"""Longer names are not looked at, in characters; the longest that any issuer uses has 64."""

_ANY = "*"
_FOLDED = "~"
_BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)")
_INVERTED = re.compile(r"([^,()]+),\s*([^,()]+)")
_JOINERS = re.compile(
    r"(?:\s*,\s*|\s+)(?:and|und|et|y|e|en|og|och|ja|i|a|dan|ve|và|และ|и|та|й|și|și|és|και)\s+"
    r"|\s+و\s*|\s*(?:[,;/&+、・和及与與跟と]|および|및|[와과]\s)\s*",
    re.IGNORECASE,
)
_MOST_JOINERS = 12
_SHORTEST_FOREIGN = 4
"""Shorter words in plain letters are taken only in the language they are from: "Fas" is Morocco in Turkish alone."""

_ENTRY = re.compile(r"([^ :|]+)[:|]([^ |]*)")
_LIKENESS = 0.75

Look = Callable[[str], Resolution | None]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name kept by hand. ``begins`` and ``ends`` are ISO dates between which it was in official use, or ``""``."""

    place: str
    language: str
    begins: str = ""
    ends: str = ""

    def used_on(self, day: date) -> bool:
        """Whether the name was in official use on ``day``."""
        return self.begins <= day.isoformat() and (not self.ends or day.isoformat() <= self.ends)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The explicit answer for an ambiguous name; no ``place`` means that nobody can tell."""

    place: str
    language: str
    candidates: tuple[str, ...]
    reason: str


@cache
def verdicts() -> dict[str, list[Verdict]]:
    """Look-up keys of ambiguous names to their answers."""
    table: defaultdict[str, list[Verdict]] = defaultdict(list)
    for language, names, place, candidates, reason in rows("ambiguous.tsv", 5):
        for name in split(names):
            table[key(name)].append(Verdict(place, language, tuple(candidates.split()), reason))
    return dict(table)


def resolve(name: str, language: str = "", on: date | None = None) -> Resolution:
    """The place that ``name`` means.

    ``language`` is a BCP 47 tag; without it a name counts only when it means the same place in every language. ``on``
    is the day the name was used: a name given up before that day is still understood, and the answer says so.
    """
    text = " ".join(unicodedata.normalize("NFKC", name[: LONGEST + 1]).split()).rstrip("* ")
    if not text or len(name) > LONGEST:
        return Resolution("", "unknown", "a name must have between 1 and 200 characters")
    tags = languages(language)

    def look(part: str) -> Resolution | None:
        return _look(part, tags, on)

    found = look(text) or _inverted(text, look) or _bracketed(text, look) or _composite(text, look)
    return found or Resolution("", "unknown", f"no place is known as {text!r}")


def suggest(name: str, language: str = "", most: int = 3) -> tuple[str, ...]:
    """Ids of places whose names look like ``name``, nearest first, for a person to choose from."""
    from difflib import get_close_matches

    spoken = {*languages(language), "en", _ANY}
    bearers = {
        form: place
        for form, _, listed in (line.partition("\t") for line in [*index("names"), *index("aliases")])
        for place, tags in _ENTRY.findall(listed)
        if not spoken.isdisjoint(tags.split(","))
    }
    near = get_close_matches(key(name[:LONGEST]), bearers, n=most * 3, cutoff=_LIKENESS)
    return tuple(dict.fromkeys(bearers[form] for form in near))[:most]


def _look(text: str, tags: tuple[str, ...], on: date | None) -> Resolution | None:
    """What the tables say of ``text`` as it stands."""
    if place := _coded(text):
        return Resolution(place, "code")
    full = key(text)
    for form in dict.fromkeys((full, folded(full))):
        found = _verdict(form, tags) or _indexed(form, tags) or _alias(form, tags, on) or _indexed(form, ())
        if found:
            return found
    return None


def _coded(text: str) -> str:
    """The place of an id or a code, in capitals: in small letters "and" would be Andorra."""
    return codes().get(text) or (text if known(text) else "")


def _verdict(form: str, tags: tuple[str, ...]) -> Resolution | None:
    answers = {answer.language: answer for answer in verdicts().get(form, ())}
    for tag in (*tags, _ANY):
        if answer := answers.get(tag):
            if answer.place:
                return Resolution(answer.place, "table", answer.reason)
            return _ambiguous(answer.candidates, f": {answer.reason}")
    return None


def _indexed(form: str, tags: tuple[str, ...]) -> Resolution | None:
    """The place called so in the first of ``tags`` that knows the name, or, without tags, in any language."""
    found = _bearers(entry("names", form))
    for tag in tags:
        if bearers := {place for place, spoken in found if tag in spoken}:
            return _single(bearers, "name")
    if tags or not found or (len(form) < _SHORTEST_FOREIGN and form.isascii()):
        return None
    return _single({place for place, _ in found}, "folded" if _FOLDED in found[0][1] else "foreign-name")


def _bearers(listed: str) -> list[tuple[str, list[str]]]:
    """The places and languages of an index entry: "CD:nb CG:de,fi"."""
    pairs = (bearer.split(":") for bearer in listed.split())
    return [(place, tags.split(",")) for place, tags in pairs]


def _alias(form: str, tags: tuple[str, ...], on: date | None) -> Resolution | None:
    found = [Alias(*line.split("|")) for line in entry("aliases", form).split()]
    spoken = [alias for alias in found if alias.language == _ANY or alias.language in tags] or found
    if not spoken:
        return None
    bearers = {alias.place for alias in spoken}
    if on and not any(alias.used_on(on) for alias in spoken):
        return replace(_single(bearers, "former-name"), detail=f"not the official name on {on}")
    return _single(bearers, "umbrella" if "+" in spoken[0].place else "alias")


def _single(found: Iterable[str], how: str) -> Resolution:
    candidates = tuple(sorted(found))
    return Resolution(candidates[0], how) if len(candidates) == 1 else _ambiguous(candidates)


def _ambiguous(candidates: tuple[str, ...], why: str = "") -> Resolution:
    return Resolution("", "ambiguous", f"may be any of {' '.join(candidates)}{why}", candidates)


def _inverted(text: str, look: Look) -> Resolution | None:
    """The name turned round: "Gambia, Republic of The" is "Republic of The Gambia"."""
    match = _INVERTED.fullmatch(text)
    return look(f"{match[2]} {match[1]}") if match else None


def _bracketed(text: str, look: Look) -> Resolution | None:
    """The name before the brackets, unless the one inside means another place: "South Korea (Republic of Korea)".

    What is inside may also tell which place an ambiguous name means, be the state a territory belongs to, or name no
    place ("Myanmar (south-eastern regions)").
    """
    match = _BRACKETS.fullmatch(text)
    if not match:
        return None
    outer = look(match[1].strip()) or _inverted(match[1].strip(), look)
    inner = look(match[2].strip())
    if not outer:
        return None
    if not inner or not inner.place:
        return replace(outer, detail=outer.detail or f"the words in brackets name no place: {match[2]}")
    if inner.place in outer.candidates:
        return inner
    if not outer.place or inner.place in (outer.place, _whole(outer.place)):
        return outer
    return _ambiguous((outer.place, inner.place), ": the words in brackets mean another place")


def _whole(place: str) -> str:
    return places()[place].part_of if place in places() else ""


def _composite(text: str, look: Look) -> Resolution | None:
    """Several places joined by commas, slashes or a word for "and": understood only when every part is.

    Names may hold a joiner themselves ("Trinidad and Tobago and Cuba"), so every way of cutting is followed from the
    left, longest part first.
    """
    cuts = [match.span() for match in _JOINERS.finditer(text)]
    if not 0 < len(cuts) <= _MOST_JOINERS:
        return None
    reached: dict[int, str] = {0: ""}
    for begin, end in [*cuts, (len(text), len(text) + 1)]:
        for start, before in list(reached.items()):
            found = look(text[start:begin])
            if found and found.place:
                reached.setdefault(end, joined(filter(None, [before, found.place])))
    whole = reached.get(len(text) + 1, "")
    return Resolution(whole, "composite") if whole else None
