"""Parts of a country with a level of their own, as far as English advice names them in a regular way.

Issuers write such advice in three ways: a statement ("FCDO advises against all travel to Crimea."), a statement that
opens a list ("Do not travel to:" and the items below), and a heading ("Rosario – Level 2: Exercise Increased Caution").
What fits none of these is left out, never guessed; its text is in the record's sections all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.record import Area, Region
from advisoryd.sources.levels import key
from advisoryd.sources.markup import Block, Kind

_ASKED = re.compile(
    r"(?P<reconsider>(?:against all but essential|(?:against|avoid) (?:all )?non-?\s?essential) travel"
    r"|reconsider (?:your need to )?travel(?:ling)?)"
    r"|(?P<avoid>(?:against all|avoid all) travel|do not travel)"
    r"|(?P<caution>exercise (?:a high degree of|increased) caution)"
    r"|(?P<normal>(?:exercise|take) normal (?:safety |security )?precautions)",
    re.IGNORECASE,
)
_LEVELS = {"normal": Level.NORMAL, "caution": Level.CAUTION, "reconsider": Level.RECONSIDER, "avoid": Level.AVOID}

_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[MS]t\.)\s+(?=[A-Z“‘(])|(?<=[a-z]{2}\.)(?=[A-Z][a-z])")
_EXCEPTIONS = re.compile(
    r"\b(?:exclud|except|exempt)\w*(?: (?:for|to|from))?(?: the)?"
    r"(?: (?:following|these|those)\b.*| [^,.;:]{0,60}\b(?:at|of|in|to|for|from|between|along|near|on|with))?:[\s*]*$",
    re.IGNORECASE,
)
"""The announcement of a list of what is left out. An exception that is whole before the colon belongs to the area."""

_WITHDRAWN = re.compile(r"\bno longer\b", re.IGNORECASE)
_LEAD = re.compile(
    r"^[\s:]*(?:overall )?(?:(?:when |while )?travell?ing )?(?:(?:to or remain in|to|in|into|for)\b[\s:]*)?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:due to|\b(?:because|owing to|as there|as it is|for any (?:reason|purpose)|in light of|where you should"
    r"|at (?:this time|present)|until further notice"
    r"|or (?:consider|depart|leave))\b|(?<!\b[MS]t)[.;](?:\s|$)).*",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(
    r"(?:(?:\b(?:and|but|FCDO|we|it|also|continues? to|now)\b[\s,]*)+(?:advises?)?|\badvises?)$", re.IGNORECASE
)
"""What links the name to a second statement in the same sentence."""

_LONGEST = 4_000
"""Characters of a statement that are looked at; the longest measured, a list of Mexican states, has 1,100."""

_ENDS = " ,;:.*–—-\u00a0"
_GENERIC = re.compile(
    r"(?:(?:the|these|those|all|certain)\s+)*(?:following|below|these|those)\b.*|.*\b(?:following|below)(?: \w+)?$"
    r"|(?:certain |some )?(?:areas|regions|parts|locations|places|districts|provinces|states)$"
    r"|the \w+ of$",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"(?:alone|at night|after dark|by (?:road|night|land)|outside|without|unless|with\b|if\b)|.* at night\b",
    re.IGNORECASE,
)
"""How or when not to travel, which is no place ("Do not travel alone")."""

_LABEL = re.compile(r"(?!you\b|if\b|we\b)[\w ’'-]{1,40}:$", re.IGNORECASE)
"""What may stand between the announcement of a list and its items ("Municipalities:")."""

_REST = re.compile(
    r"(?:(?:the|all) )*(?:rest|remainder|elsewhere|(?:remaining|other) (?:areas|parts|regions|provinces))"
    r"(?: (?:of|in) (?P<of>.+))?$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:the (?:whole|entirety) of )?(?:the )?(?P<name>[^,(]+?)(?: overall)?"
    r"(?:[,(].*| (?:including|except|excluding) .*)?$"
)
_COMPASS = re.compile(r"(?:north|south|east|west|central)\w*\s+(?P<of>.+)", re.IGNORECASE)
_STRIP = re.compile(r"[^,]*(?:\bwithin \d|\bkilomet|\bborder|line of control)", re.IGNORECASE)
_CITY = re.compile(r"(?:the )?(?:city|cities|towns?) of\b|[^,(]+ city$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """One level and the area that it is asked for; ``opens`` says that the areas are the items of the list below."""

    level: Level
    area: str
    opens: bool = False


_UNFINISHED = re.compile(r"\s*to\W*")
"""A sentence that breaks off where the areas would stand: its list follows, with a colon or without."""


def statements(text: str, speaker: re.Pattern[str] = _ASKED) -> list[Statement]:
    """The statements of one paragraph, in reading order. An area that the text does not name is ``""``.

    Only sentences that ``speaker`` is found in are statements of the issuer.
    """
    if not _ASKED.search(text):
        return []
    return [
        statement
        for sentence in _SENTENCE_END.split(text)
        if speaker.search(sentence) and not _WITHDRAWN.search(sentence)
        for statement in _in_sentence(sentence)
    ]


def _in_sentence(sentence: str) -> Iterator[Statement]:
    found = list(_ASKED.finditer(sentence))
    bounds = [match.start() for match in found] + [len(sentence)]
    for match, end in zip(found, bounds[1:], strict=True):
        words = sentence[match.end() : end]
        yield Statement(_LEVELS[str(match.lastgroup)], area(words), opens=_opens(words))


def _opens(words: str) -> bool:
    """Whether what follows the phrase announces a list of areas, and not one of reasons or of exceptions."""
    announced = words.rstrip("* ").endswith(":") and not re.match(r"\s*due to\b", words)
    return bool(_UNFINISHED.fullmatch(words)) or (announced and not _EXCEPTIONS.search(words))


def area(words: str) -> str:
    """The name of the area in what follows the phrase, without the reason and without what only announces a list."""
    words = _LEAD.sub("", _EXCEPTIONS.sub("", words[:_LONGEST]), count=1)
    name = _LINK.sub("", _TAIL.sub("", words, count=1).rstrip(_ENDS)).strip(_ENDS)
    return "" if _GENERIC.fullmatch(name) else name


def stated(blocks: Iterable[Block], destination: str, speaker: re.Pattern[str] = _ASKED) -> Iterator[Statement]:
    """Every area that the blocks name: in a statement, or as an item of the list that a statement opens.

    A list after a statement about the whole of ``destination`` gives its reasons, not areas. An item that also names a
    time ("Brasilia's “Satellite Cities” at night") names an area all the same.
    """
    opened: Statement | None = None
    for block in without_exclusions(blocks):
        found = statements(block.text, speaker)
        if block.kind is Kind.ITEM and opened and not found:
            if not is_whole(opened.area, destination):
                yield Statement(opened.level, _joined(opened.area, area(block.text).removesuffix(" at night")))
        elif found or not _LABEL.match(block.text):
            yield from (statement for statement in found if not statement.opens)
            opened = found[-1] if found and found[-1].opens else None


def without_exclusions(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without lists of what is left out: those below "This excludes:" and those below "Chiapas, excluding:".

    Some copies print the inner list at the level of the outer one; there the items that begin in another case than the
    one that announces them are taken for the inner list.
    """
    opener: Block | None = None
    nested = False
    for block in blocks:
        if opener and not _inside(block, opener, nested):
            opener = None
        if opener is None:
            yield block
        nested = opener is not None and block.depth > opener.depth
        if block.kind is not Kind.HEADING and _EXCEPTIONS.search(block.text):
            opener = block


def _inside(block: Block, opener: Block, nested: bool) -> bool:
    """Whether an item lies in the list that ``opener`` opened; ``nested`` when that list is known to lie deeper."""
    if block.kind is not Kind.ITEM:
        return False
    flat = not nested and block.text[:1].islower() != opener.text[:1].islower()
    return opener.kind is Kind.TEXT or block.depth > opener.depth or flat


def _joined(lead: str, item: str) -> str:
    return f"{lead} {item}" if lead else item


def region(statement: Statement, destination: str, keep_whole: bool = False) -> Region | None:
    """The statement as a region of ``destination``; ``None`` when it names none or is about the country as a whole.

    ``keep_whole`` turns what is said of the whole country into a region of kind ``rest``: for issuers whose field says
    "parts" although the text leaves out only some.
    """
    name = statement.area
    if not name or _MANNER.match(name):
        return None
    if is_whole(name, destination):
        return Region(name, statement.level, Area.REST) if keep_whole else None
    return Region(name, statement.level, _kind(name, destination), code(name, destination))


def code(name: str, destination: str) -> str:
    """The ISO 3166-2 code of the part of ``destination`` that ``name`` is, ``""`` where none fits it as it stands."""
    bare = name[4:] if name.casefold().startswith("the ") else name
    countries = places.members(destination) if destination else ()
    return next(filter(None, (places.resolve_region(country, bare) for country in countries)), "")


def is_whole(name: str, destination: str) -> bool:
    """Whether ``name`` means the destination itself: "the whole of X", "X overall", "X, except …", not "northern X"."""
    found = _WHOLE.match(name)
    if not found or not destination:
        return False
    if key(found["name"]) in ("country", "entire country", "whole country"):
        return True
    end = _COMPASS.match(found["name"])
    return _means(found["name"], destination) and not (end and _means(end["of"], destination))


def _means(name: str, destination: str) -> bool:
    """Whether ``name`` is the destination, or several places and it among them ("Israel and Palestine")."""
    place = places.resolve(name, "en").place
    return bool(place) and destination in (place, *places.members(place))


def _kind(name: str, destination: str) -> Area:
    rest = _REST.match(name)
    if rest and (rest["of"] is None or key(rest["of"]) == "the country" or is_whole(rest["of"], destination)):
        return Area.REST
    if _STRIP.match(name):
        return Area.STRIP
    return Area.CITY if _CITY.match(name) else Area.AREA


def unique(regions: Iterable[Region | None]) -> tuple[Region, ...]:
    """The regions in reading order, each name and level once."""
    seen = {(key(region.name), region.level): region for region in regions if region is not None}
    return tuple(seen.values())
