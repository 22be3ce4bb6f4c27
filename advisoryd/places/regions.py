"""Parts of a country that issuers name, as ISO 3166-2 codes."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from advisoryd.places.data import lines, split
from advisoryd.places.text import folded, key

_KINDS = frozenset(
    "province provinces provincia provincie provinz state states estado region regions regione region departamento"
    " department departments departement district districts oblast krai republic governorate governorates gouvernement"
    " prefecture county canton land emirate wilaya territory autonomous administrative special capital municipality"
    " city island islands of de la le du des el al del della do da and in".split()
)
_KIND_LETTERS = "省州市府县縣県道都"


def resolve_region(country: str, name: str) -> str:
    """The ISO 3166-2 code of the part of ``country`` (alpha-2) called ``name``, or ``""``.

    Words for the kind of part ("province", "省") may be there or not. A name that two parts share, such as a city and
    the province around it, has no code, unless the hand-kept names choose one.
    """
    parts = _parts(country)
    full = folded(key(name))
    for form in (full, _without_kind(full)):
        if code := parts.get(form):
            return code
    return ""


@cache
def _parts(country: str) -> dict[str, str]:
    """The parts of ``country`` by their names, with and without their kind; a shared name has an empty code."""
    kept = {form: code for code, names in _named("regions.tsv", country) for form in _forms(names)}
    listed: defaultdict[str, set[str]] = defaultdict(set)
    for code, names in _named("generated/subdivisions.tsv", country):
        for form in _forms(names):
            listed[form].add(code)
    return {form: min(codes) if len(codes) == 1 else "" for form, codes in listed.items()} | kept


def _named(file: str, country: str) -> list[tuple[str, list[str]]]:
    told = (line.partition("\t") for line in lines(file) if line.startswith(f"{country}-"))
    return [(code, split(names)) for code, _, names in told]


def _forms(names: list[str]) -> set[str]:
    full = {folded(key(name)) for name in names}
    return full | {_without_kind(name) for name in full}


def _without_kind(form: str) -> str:
    words = [word for word in form.split() if word not in _KINDS]
    return " ".join(words).rstrip(_KIND_LETTERS) or form
