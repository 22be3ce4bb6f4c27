"""Rules over tag strings, written as patterns of tag names in ``data/grammar.toml``.

A pattern is a row of words. A word is a tag or a class of tags; ``a|b`` is either, ``?`` after it makes it optional,
``{...}`` marks the words a rule is about, ``^`` is the beginning of the text, and ``.`` ``..`` ``...`` are up to one,
two or four tags inside the sentence. ``!word`` forbids it at that place, ``~word`` just before that place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from advisoryd.news.hits import Tagged
from advisoryd.news.item import Evidence
from advisoryd.news.tags import Tag

_FILE = Path(__file__).parent / "data" / "grammar.toml"
_INSIDE = f"[^{Tag.STOP}]"
_ANY = {".": f"{_INSIDE}?", "..": f"{_INSIDE}{{0,2}}", "...": f"{_INSIDE}{{0,4}}", "^": "^", "$": "$"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with a name that is shown as a reason, the role it gives to the marked words, and its weight.

    ``close`` wants no other words between the tags; ``not_after`` are tags that must not stand earlier in the sentence,
    ``unless`` tags anywhere in the text that take the rule's force away. ``needs`` are the words that the pattern
    cannot do without: most texts lack one and are not searched.
    """

    name: str
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    role: str = ""
    weight: float = 1.0
    close: bool = False
    not_after: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that matched: in which part, at which hits (the index after the last one is ``end``)."""

    rule: Rule
    part: int
    start: int
    end: int


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def rules(section: str, order: str) -> tuple[Rule, ...]:
    """The rules of ``section`` for languages of word order ``order``, in the order of the file."""
    data = _data()
    classes = data["class"]
    wanted = [row for row in data[section] if order in row.get("order", order).split()]
    return tuple(rule_of(row, find, classes) for row in wanted for find in row["find"])


def rule_of(row: dict[str, Any], find: str, classes: dict[str, str]) -> Rule:
    """The rule that ``row`` of the file describes, with one of its patterns."""
    return Rule(
        name=row["name"],
        pattern=compiled(find, classes),
        needs=tuple(_needed(word, classes) for word in find.split() if _must_stand(word)),
        role=row.get("role", ""),
        weight=row.get("weight", 1.0),
        close=row.get("close", False),
        not_after=_class(row.get("not_after", ""), classes),
        unless=_class(row.get("unless", ""), classes),
    )


def _class(names: str, classes: dict[str, str]) -> frozenset[str]:
    return frozenset("".join(_tags(name, classes) for name in names.split()))


def matches(section: str, parts: Sequence[Tagged], order: str) -> Iterator[Match]:
    """Where each rule of ``section`` first matches in each of ``parts``."""
    for number, part in enumerate(parts):
        for rule in fitting(section, order, part.tags):
            match = next(meetings(rule, part), None)
            if match:
                yield Match(rule, number, match.start(), match.end())


def meetings(rule: Rule, part: Tagged) -> Iterator[re.Match[str]]:
    """Every place in ``part`` that meets ``rule``."""
    for match in rule.pattern.finditer(part.tags):
        if rule.close and not part.close(match.start(), match.end()):
            continue
        if not rule.not_after or rule.not_after.isdisjoint(part.tags[: match.start()].rpartition(Tag.STOP)[2]):
            yield match


def fitting(section: str, order: str, tags: str) -> list[Rule]:
    """The rules of ``section`` whose pattern is in ``tags``."""
    return [rule for rule in _able(section, order, frozenset(tags)) if rule.pattern.search(tags)]


@lru_cache(maxsize=8192)
def _able(section: str, order: str, present: frozenset[str]) -> tuple[Rule, ...]:
    """The rules of ``section`` whose words are all among the tags ``present``, in the order of the file."""
    return tuple(rule for rule in rules(section, order) if not any(needed.isdisjoint(present) for needed in rule.needs))


def strongest(found: Iterable[Match], part: int | None = None) -> Match | None:
    """The match of greatest weight, in one part or anywhere."""
    chosen = (match for match in found if part is None or match.part == part)
    return max(chosen, key=lambda match: match.rule.weight, default=None)


def quoted(match: Match, parts: Sequence[Tagged], prefix: str = "") -> Evidence:
    """The words that met the rule."""
    part = parts[match.part]
    return part.quote(prefix + match.rule.name, part.hits[match.start].start, part.hits[match.end - 1].end)


def compiled(find: str, classes: dict[str, str]) -> re.Pattern[str]:
    """The pattern ``find`` as a regular expression over tag characters."""
    return re.compile("".join(_word(word, classes) for word in find.split()))


def _must_stand(word: str) -> bool:
    return word not in _ANY and word[0] not in "~!" and not word.strip("{}").endswith("?")


def _needed(word: str, classes: dict[str, str]) -> frozenset[str]:
    return _class(word.strip("{}").replace("|", " "), classes)


def _word(word: str, classes: dict[str, str]) -> str:
    if word in _ANY:
        return _ANY[word]
    marked = word.startswith("{")
    name = word.strip("{}")
    optional = name.endswith("?")
    characters = re.escape("".join(_tags(part, classes) for part in name.strip("?!~").split("|")))
    if name.startswith("!"):
        return f"(?![{characters}])"
    if name.startswith("~"):
        return f"(?<![{characters}])"
    pattern = f"[{characters}]"
    if marked:
        pattern = f"({pattern})"
    return f"{pattern}?" if optional else pattern


def _tags(name: str, classes: dict[str, str]) -> str:
    """The characters of a tag or of a class of tags."""
    if name in classes:
        return "".join(_tags(part, classes) for part in classes[name].split())
    return Tag[name.upper()]
