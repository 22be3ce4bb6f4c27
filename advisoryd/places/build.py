"""Makes the generated half of ``data/``: ``python -m advisoryd.places.build``.

Babel (CLDR) and pycountry (iso-codes) are imported here alone and never at run time: Babel needs tens of milliseconds
a locale, pycountry parses megabytes of JSON. What they know is written down once as tab-separated text, with the
look-up keys already computed and sorted:

* ``iso.tsv``: alpha-2, alpha-3 and numeric codes of ISO 3166-1, and Kosovo's user-assigned XK;
* ``names.tsv``: look-up key, then ``place:languages`` for every place that bears the name in one of the languages;
* ``aliases.tsv``: look-up key, then ``place|language|begins|ends`` for every name in the hand-kept ``aliases.tsv`` and
  ``display.tsv``, so run this after editing them (a test reminds);
* ``lexicon/<language>.tsv``: what :mod:`advisoryd.places.forms` makes of the hand-kept files for running text;
* ``subdivisions.tsv``: ISO 3166-2 codes with the names of pycountry and its translations;
* ``locales/<tag>.tsv``: CLDR's name of every place, of its capital (``@``) where one is known, and how the language
  joins a list (``+``); a regional variant holds only what
  differs from its parent.

Traps: Babel reads no ``alt`` forms, so CLDR's short names ("Hong Kong", "Palestine") are kept by hand in
``display.tsv``; iso-codes has names with a closing ``[…]`` alternative, and translations that fell to the wrong country
(two in the release used), which ``ambiguous.tsv`` settles.
"""

from __future__ import annotations

import gettext
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pycountry
from babel import Locale
from babel.core import get_global

from advisoryd.places import forms
from advisoryd.places.data import LOCALES, parent, rows, split
from advisoryd.places.text import folded, key

GENERATED = Path(__file__).parent / "data" / "generated"

_ISO_CODES = {
    "zh-Hans": "zh_CN",
    "zh-Hant": "zh_TW",
    "zh-Hant-HK": "zh_HK",
    "nb": "nb_NO",
    "pt": "pt_BR",
    "pt-PT": "pt",
}
_CLDR_ONLY = {"IC": "ES-CN", "XK": "XK"}
_OTHER_SCRIPTS = frozenset({"zh", "ja", "ko", "ru", "ar", "th", "uk", "hi", "sr", "el", "he"})
_FOLDED = "~"
_TOO_SHORT_TO_FOLD = 3
_MADE = "Do not edit: made by python -m advisoryd.places.build"


def stamp() -> str:
    """The first line of every generated file: the releases it was made from."""
    return (
        f"# {_MADE} from CLDR {get_global('cldr')['version']} (Babel {version('babel')},"
        f" Unicode licence) and iso-codes (pycountry {version('pycountry')}, LGPL-2.1)."
    )


def from_libraries() -> dict[str, str]:
    """The files made from Babel and pycountry, by their names below ``data/generated/``."""
    files = {"iso.tsv": _codes(), "names.tsv": _names(), "subdivisions.tsv": _subdivisions()}
    files |= {f"locales/{tag}.tsv": _locale(tag) for tag in LOCALES}
    return {name: "\n".join([stamp(), *found]) + "\n" for name, found in files.items()}


def from_hand() -> dict[str, str]:
    """The files made from the hand-kept ones, and from CLDR's names as they are shipped."""
    files = {"aliases.tsv": _aliases()}
    files |= {f"lexicon/{language}.tsv": forms.table(language) for language in forms.LANGUAGES}
    return {name: "\n".join([f"# {_MADE} from the hand-kept files.", *found]) + "\n" for name, found in files.items()}


def _codes() -> list[str]:
    found = [f"{country.alpha_2}\t{country.alpha_3}\t{country.numeric}" for country in pycountry.countries]
    return sorted([*found, "XK\tXKX\t"])


def _translator(tag: str, domain: str) -> Callable[[str], str]:
    code = _ISO_CODES.get(tag, tag.replace("-", "_"))
    return gettext.translation(domain, pycountry.LOCALES_DIR, [code], fallback=True).gettext


def _cldr_names(tag: str) -> dict[str, str]:
    territories = Locale.parse(tag, sep="-").territories
    wanted = {country.alpha_2: country.alpha_2 for country in pycountry.countries} | _CLDR_ONLY
    return {place: territories[code] for code, place in wanted.items() if code in territories}


def _names_in(tag: str) -> Iterator[tuple[str, str]]:
    """Every (place, name) of one language: CLDR's, and the short, common and official names of ISO 3166-1."""
    yield from _cldr_names(tag).items()
    translate = _translator(tag, "iso3166-1")
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            if english := getattr(country, field, ""):
                yield country.alpha_2, translate(english)


def _names() -> list[str]:
    bearers: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for tag in LOCALES:
        for place, name in _names_in(tag):
            bearers[key(name)][place].add(tag)
    bare: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for known, places in bearers.items():
        if folded(known) not in bearers and len(known) > _TOO_SHORT_TO_FOLD:
            for place in places:
                bare[folded(known)][place].add(_FOLDED)
    return [f"{known}\t{_bearers(places)}" for known, places in sorted((bearers | bare).items())]


def _bearers(places: dict[str, set[str]]) -> str:
    return " ".join(f"{place}:{','.join(sorted(tags))}" for place, tags in sorted(places.items()))


def _aliases() -> list[str]:
    """The hand-kept names; where only diacritics are left out, the key of the full name wins."""
    full: defaultdict[str, list[str]] = defaultdict(list)
    for language, place, begins, ends, names in rows("aliases.tsv", 5):
        for name in split(names):
            full[key(name)].append(f"{place}|{language}|{begins}|{ends}")
    for language, place, name in rows("display.tsv", 3):
        full[key(name)].append(f"{place}|{language}||")
    bare = {folded(known): entries for known, entries in full.items()}
    return [f"{known}\t{' '.join(dict.fromkeys(entries))}" for known, entries in sorted((bare | full).items())]


def _subdivisions() -> list[str]:
    translators = [_translator(tag, "iso3166-2") for tag in LOCALES]
    found = []
    for region in pycountry.subdivisions:
        names = dict.fromkeys(_alternatives(region.name))
        for translate in translators:
            names |= dict.fromkeys(_alternatives(translate(region.name)))
        found.append(f"{region.code}\t{'; '.join(names)}")
    return sorted(found)


def _alternatives(name: str) -> Iterable[str]:
    """The names in "Girona [Gerona]" and "Khánh Hòa; Nha Trang"."""
    return filter(None, (part.strip() for part in re.split(r"[\[\];]", name)))


def _locale(tag: str) -> list[str]:
    names = _own(tag, _cldr_names)
    capitals = _own(tag, _capitals)
    joins = _own(tag, _list_pattern)
    return [
        *(f"{place}\t{name}" for place, name in sorted(names.items())),
        *(f"@{place}\t{name}" for place, name in sorted(capitals.items())),
        *(f"+{part}\t{join}" for part, join in joins.items()),
    ]


def _capitals(tag: str) -> dict[str, str]:
    """CLDR's names of the capitals that are exemplar cities of a time zone; in Latin script else the English name."""
    cities = Locale.parse(tag, sep="-").time_zones
    latin = tag.partition("-")[0] not in _OTHER_SCRIPTS
    named = {
        place: cities.get(_zones().get((place, key(capital)), ""), {}).get("city") or (capital if latin else "")
        for place, capital in _english_capitals().items()
    }
    return {place: name for place, name in named.items() if name}


@cache
def _english_capitals() -> dict[str, str]:
    """The first capital of every line of ``en.tsv`` that is told without its country ("Hamilton, Bermuda" is not)."""
    told = {row[0]: split(row[3])[0] for row in rows("en.tsv", 6) if row[0].isalpha() and row[3]}
    return {place: capital for place, capital in told.items() if "," not in capital}


@cache
def _zones() -> dict[tuple[str, str], str]:
    """Time zones by their territory and their English exemplar city."""
    english = Locale.parse("en").time_zones
    return {
        (territory, key(english.get(zone, {}).get("city") or zone.rpartition("/")[2])): zone
        for zone, territory in get_global("zone_territories").items()
    }


def _list_pattern(tag: str) -> dict[str, str]:
    return dict(Locale.parse(tag, sep="-").list_patterns["standard"])


def _own(tag: str, read: Callable[[str], dict[str, str]]) -> dict[str, str]:
    """What ``read`` says of ``tag`` and not already of its parent."""
    inherited = read(above) if (above := parent(tag)) in LOCALES else {}
    return {part: value for part, value in read(tag).items() if inherited.get(part) != value}


def main() -> None:
    """Writes the generated files."""
    for make in (from_libraries, from_hand):
        for name, content in make().items():
            (GENERATED / name).parent.mkdir(parents=True, exist_ok=True)
            (GENERATED / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
