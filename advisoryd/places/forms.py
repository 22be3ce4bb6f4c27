"""Makes the tables of :mod:`advisoryd.places.lexicon` from the files that people keep; used by ``build`` alone.

The files and their signs are described at the head of ``data/en.tsv`` (with more in ``de.tsv`` and ``ja.tsv``). Where
two sources know the same form, the file of the language wins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from pathlib import Path

from advisoryd.places.data import LOCALES, rows, split
from advisoryd.places.gazetteer import parts, places
from advisoryd.places.lexicon import HEAD, SUFFIX, Form, bare, spaced
from advisoryd.places.scan import WORD
from advisoryd.places.text import alike

LANGUAGES = tuple(dict.fromkeys(tag.partition("-")[0] for tag in LOCALES))
_COLUMNS = ("name", "demonym", "capital", "city", "region")
_CHOICE = re.compile(r"\[([^\]]+)\]")
_UNSPOKEN = re.compile(r"[,(/]")
_LONGEST_ACRONYM = 4

Endings = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a file: a place, the kind of mention, and the form with its signs."""

    place: str
    kind: str
    form: str


@dataclass(slots=True)
class Table:
    """The table of one language while it is being made."""

    spaced: bool
    endings: Endings
    cases: Endings
    forms: dict[str, Form] = field(default_factory=dict)
    suffixes: dict[str, str] = field(default_factory=dict)


def table(language: str) -> list[str]:
    """The lines of the table of ``language``: the forms, their heads and the suffixes."""
    made = table_of(language)
    return [*sorted(map(_line, made.forms.items())), *_heads(made), *_suffixes(made)]


def table_of(language: str, told_only: bool = False) -> Table:
    """The table of ``language`` as it is made; with ``told_only`` before anything is read over or made conditional."""
    tags = [tag for tag in LOCALES if tag.partition("-")[0] == language]
    own = [row for tag in tags if _kept(tag) for row in rows(f"{tag}.tsv", 6)]
    made = Table(
        spaced(language),
        endings={row[1]: _endings(row[2]) for row in own if row[0] == "~"},
        cases={row[1].strip("-"): _endings(row[2]) for row in own if row[0] == "*"},
    )
    for told in [*_shared(tags), *_told(own)]:
        _add(made, told)
    for sign, first, second, *_ in [] if told_only else own:
        _read_sign(made, sign, first, second)
    return made


def inflected(form: str, endings: Endings, cases: Endings) -> Iterator[str]:
    """Every form that one entry stands for: "Japan~er", "[訪駐]日", or a name by its last letters."""
    if "[" in form:
        pieces = _CHOICE.split(form)
        choices = product(*(piece if at % 2 else [piece] for at, piece in enumerate(pieces)))
        yield from map("".join, choices)
    elif "~" in form:
        stem, _, paradigm = form.partition("~")
        yield from (stem + ending for ending in endings[paradigm or "-"])
    else:
        last = max((letters for letters in cases if form.endswith(letters)), key=len, default=None)
        yield from [form] if last is None else (form[: len(form) - len(last)] + ending for ending in cases[last])


def _kept(tag: str) -> bool:
    return (Path(__file__).parent / "data" / f"{tag}.tsv").exists()


def _endings(column: str) -> tuple[str, ...]:
    return tuple("" if ending == "-" else ending for ending in column.split())


def _shared(tags: list[str]) -> Iterator[Told]:
    """What the files for names already know of the languages ``tags``."""
    for tag in reversed(tags):
        for place, name in rows(f"generated/locales/{tag}.tsv", 2):
            if place[0] != "+":
                yield Told(place.lstrip("@"), "capital" if place[0] == "@" else "name", name.partition("(")[0])
    for language, place, _, _, names in rows("aliases.tsv", 5):
        if language in tags:
            yield from (Told(place, "name", name) for name in split(names) if not _UNSPOKEN.search(name))
    yield from (Told(place, "name", name) for language, place, name in rows("display.tsv", 3) if language in tags)


def _told(own: Iterable[list[str]]) -> Iterator[Told]:
    for place, *columns in own:
        if place[0].isalpha():
            for kind, column in zip(_COLUMNS, columns, strict=True):
                yield from (Told(place, kind, form) for form in split(column))


def spelling(made: Table, form: str) -> str:
    """``form`` as it is looked up: its words joined by single blanks, or, without word boundaries, its characters."""
    plain = alike(form)
    return " ".join(bare(word) for word in WORD.findall(plain)) if made.spaced else plain


def _add(made: Table, told: Told) -> None:
    countries, kind = _countries(told.place, told.kind)
    if not countries:
        return
    for form in inflected(told.form, made.endings, {} if kind == "demonym" else made.cases):
        spelt = spelling(made, form)
        if spelt:
            made.forms[spelt] = _joined(made.forms.get(spelt), Form(countries, kind, _written(form)))


def _joined(before: Form | None, form: Form) -> Form:
    """``form`` beside what is known of the same spelling: "China" the country and "china" the adjective.

    A country and its capital of one name are taken for the country.
    """
    if not before or before.places != form.places:
        return form
    written = "any" if "any" in (before.written, form.written) else form.written
    if before.kind == "name" and form.kind != "demonym":
        return replace(before, written=written)
    return replace(form, written=written, capital_kind="name" if before.kind == "name" else before.capital_kind)


@cache
def _countries(place: str, kind: str) -> tuple[tuple[str, ...], str]:
    """The countries and territories of an id: a part counts as a region of its country, seas and the world as none."""
    found = [places()[part] for part in parts(place)]
    coded = tuple(one.id if one.alpha3 else one.part_of for one in found)
    return tuple(filter(None, coded)), kind if found[0].alpha3 else "region"


def _written(form: str) -> str:
    letters = "".join(filter(str.isalpha, form))
    if letters.isupper() and 1 < len(letters) <= _LONGEST_ACRONYM:
        return "CAPITALS"
    return "Capital" if letters[:1].isupper() else "any"


def _read_sign(made: Table, sign: str, first: str, second: str) -> None:
    if sign == "-":
        made.forms |= {spelling(made, form): Form() for form in split(first)}
    elif sign == "+":
        made.suffixes |= {alike(suffix): first for suffix in split(second)}
    elif sign == "?":
        for name in split(first):
            for form in inflected(name, made.endings, made.cases):
                if known := made.forms.get(spelt := spelling(made, form)):
                    made.forms[spelt] = _conditional(known, second)


def _conditional(form: Form, condition: str) -> Form:
    """``form`` with one condition more: "unless a; b", "only with a; b", "not after xyz" or "only after xyz"."""
    rule, _, letters = condition.partition(" after ")
    if letters:
        not_after, only_after = (letters, "") if rule == "not" else ("", letters)
        return replace(form, not_after=form.not_after + not_after, only_after=form.only_after + only_after)
    if condition.startswith("unless "):
        return replace(form, unless=form.unless + _beside(condition.removeprefix("unless")))
    return replace(form, only_with=form.only_with + _beside(condition.removeprefix("only with")))


def _beside(column: str) -> tuple[str, ...]:
    return tuple(alike(word) for word in split(column))


def _line(entry: tuple[str, Form]) -> str:
    spelt, form = entry
    said = " ".join(form.places), form.kind, form.written, form.capital_kind
    conditions = ";".join(form.unless), ";".join(form.only_with), form.not_after, form.only_after
    return "\t".join([spelt, *said, *conditions])


def _heads(made: Table) -> list[str]:
    """The lengths that forms with one beginning have; between words, only those that also have more than one word."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for spelt in made.forms:
        words = spelt.split(" ")
        lengths[words[0] if made.spaced else spelt[0]].add(len(words) if made.spaced else len(spelt))
    return sorted(
        f"{HEAD}{head}\t{' '.join(map(str, sorted(found, reverse=True)))}"
        for head, found in lengths.items()
        if not made.spaced or found != {1}
    )


def _suffixes(made: Table) -> list[str]:
    return [f"{SUFFIX}{suffix}\t{kind}" for suffix, kind in sorted(made.suffixes.items())]
