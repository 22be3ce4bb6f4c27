"""A text as a string of tags: which words mean something here, and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from advisoryd import places
from advisoryd.news.hits import Hit, Tagged
from advisoryd.news.lexicon import Lexicon
from advisoryd.news.lists import join_lists
from advisoryd.news.phrases import STOPS, Found, Token, phrases, tokens_of
from advisoryd.news.tags import NATIONS, PARTICLES, Tag

_COMMAS = frozenset(",:;()[]{}–—|/、【】…،؛")
_KINDS = {"name": Tag.PLACE, "demonym": Tag.DEMONYM, "capital": Tag.CAPITAL, "city": Tag.CITY, "region": Tag.CITY}
_GAP_WORDS, _GAP_LETTERS = 3, 8
"""Words (or characters, where words are not spaced) without a meaning here that count as a gap."""

_NAMED = NATIONS | {Tag.PEOPLE, Tag.RESIDENT, Tag.BODY, Tag.MINISTRY, Tag.EMBASSY}


@dataclass(frozen=True, slots=True)
class Words:
    """A text with the phrases that were found in it, before anybody asks which places it names."""

    text: str
    tokens: list[Token]
    found: list[Found]

    def have(self, tags: frozenset[Tag]) -> bool:
        """Whether any phrase bears one of ``tags``."""
        return any(not tags.isdisjoint(meaning.tags) for meaning, _, _ in self.found)


_Group = tuple[int, int, int, tuple[Tag, ...], str]
"""What a phrase or a name gives: how much of the text speaks for it, its span, its tags and their value."""


def look(text: str, words: Lexicon) -> Words:
    """The phrases of ``words`` in ``text`` (cleaned)."""
    folded = words.fold(text)
    tokens = tokens_of(folded)
    return Words(text, tokens, list(phrases(folded, tokens, words)))


def scan(text: str, words: Lexicon, where: str = "", offset: int = 0) -> Tagged:
    """``text`` (cleaned) with every known word tagged."""
    return tagged(look(text, words), words, where, offset)


def tagged(seen: Words, words: Lexicon, where: str = "", offset: int = 0) -> Tagged:
    """The tags of a text, its places among them."""
    text = seen.text
    named = _places(text, words.language)
    groups = [
        (end - start + meaning.beyond, start, end, meaning.tags, meaning.value)
        for meaning, start, end in seen.found
        if meaning.tags
    ]
    if not words.spaced:
        groups = _without_half_names(groups, named)
    hits = _quarrels_about_places(_apart(groups + named, len(text)))
    if not words.spaced:
        hits = _beside_names(hits, words.order)
    hits = join_lists(list(_with_shape(hits, seen.tokens, text, words.spaced)), text, words.order, words.comma_lists)
    notes = tuple((meaning.note, start, end) for meaning, start, end in seen.found if meaning.note)
    return Tagged(text, tuple(hits), "".join(hit.tag for hit in hits), notes, where, offset)


def _places(text: str, language: str) -> list[_Group]:
    """The places in ``text``; a form for two of them ("中日") is one with both."""
    spans: dict[tuple[int, int], list[places.Mention]] = {}
    for mention in places.mentions(text, language):
        spans.setdefault((mention.start, mention.end), []).append(mention)
    return [
        (end - start, start, end, (_KINDS[found[0].kind],), " ".join(mention.place for mention in found))
        for (start, end), found in spans.items()
    ]


def _without_half_names(groups: list[_Group], named: list[_Group]) -> list[_Group]:
    """Without short forms that are the beginning of a longer name: 驻马 is no embassy in Malaysia in 驻马里."""
    ends = {start: end for _, start, end, _, _ in named}
    short = NATIONS | {Tag.NOTHING}
    return [group for group in groups if short.isdisjoint(group[3]) or ends.get(group[2] - 1, 0) <= group[2]]


def _quarrels_about_places(hits: list[Hit]) -> list[Hit]:
    """Without words for a quarrel or a war that stand by no place: in "Taiwan row: China warns" the first name is what
    it is about, and nowhere to go to."""
    return [
        hit
        for before, hit in zip([None, *hits], hits, strict=False)
        if hit.tag is not Tag.QUARREL or (before and before.tag in NATIONS and hit.start - before.end <= 1)
    ]


def _apart(groups: list[_Group], size: int) -> list[Hit]:
    """Hits that do not overlap, the longest first; a phrase of ours before a place of the same length. A word that is
    in two lists keeps both meanings."""
    taken = bytearray(size)
    kept: dict[int, tuple[int, int, dict[Tag, str]]] = {}
    groups.sort(key=itemgetter(0), reverse=True)
    for length, start, end, tags, value in groups:
        if 1 not in taken[start:end]:
            taken[start:end] = b"\1" * (end - start)
            kept[start] = (end, length, dict.fromkeys(tags, value))
        elif (same := kept.get(start)) and same[:2] == (end, length) and tags[0] not in NATIONS:
            same[2].update((tag, value) for tag in tags if tag not in same[2])
    return [
        Hit(tag, start, end, meanings[tag])
        for start, (end, _, meanings) in sorted(kept.items())
        for tag in _speech_first(meanings)
        if tag is not Tag.NOTHING
    ]


def _speech_first(meanings: dict[Tag, str]) -> Iterable[Tag]:
    """A verb that advises and says what ("déconseille") is read in that order."""
    return meanings if len(meanings) == 1 else sorted(meanings, key=Tag.URGE.__ne__)


def _beside_names(hits: list[Hit], order: str) -> list[Hit]:
    """Without particles that stand by no name: に is everywhere in Japanese, and tells a role only after a place.
    Chinese prepositions, and 在 or 주 ("posted to") in all three languages, stand before it."""
    kept: list[Hit] = []
    for hit, following in zip(hits, [*hits[1:], None], strict=False):
        after = (
            bool(kept)
            and kept[-1].tag in _NAMED
            and hit.tag is not Tag.AT
            and hit.start in (kept[-1].start, kept[-1].end)
        )
        leading = order == "zh" or hit.tag is Tag.AT
        before = following is not None and following.tag in _NAMED and following.start in (hit.start, hit.end)
        if hit.tag not in PARTICLES or after or (leading and before):
            kept.append(hit)
    return kept


def _with_shape(hits: list[Hit], tokens: list[Token], text: str, spaced: bool) -> Iterator[Hit]:
    """``hits`` with the commas, full stops and gaps that lie between them."""
    upcoming = iter(tokens)
    token = next(upcoming, None)
    reached, abbreviation = 0, ""
    for hit in hits:
        between = []
        while token and token[1] < hit.start:
            if token[1] >= reached:
                between.append(token)
            token = next(upcoming, None)
        if between and between[0][0] == "." and between[0][1] == reached and "." in abbreviation:
            del between[0]
        if between:
            yield from _shape(between, hit.start, spaced, first=not reached)
        abbreviation = text[hit.start : hit.end]
        reached = max(reached, hit.end)
        yield hit


def _shape(between: list[Token], until: int, spaced: bool, first: bool) -> Iterator[Hit]:
    """At most one full stop, or one comma, and one gap; any words before the first hit are a gap, so that only a name
    that opens the text stands at its beginning."""
    if _ends_sentence(between, until):
        yield Hit(Tag.STOP, until, until)
    elif not _COMMAS.isdisjoint(letters for letters, _, _ in between):
        yield Hit(Tag.COMMA, until, until)
    idle = len(between) if spaced else sum(len(letters) for letters, _, _ in between)
    if idle >= (1 if first else _GAP_WORDS if spaced else _GAP_LETTERS):
        yield Hit(Tag.GAP, until, until)


def _ends_sentence(between: list[Token], until: int) -> bool:
    """Whether a full stop stands here that is neither an abbreviation's nor a decimal point."""
    before = ""
    for at, (letters, _, end) in enumerate(between):
        follows = between[at + 1][1] if at + 1 < len(between) else until
        if letters in STOPS and (letters != "." or (follows > end and len(before) != 1)):
            return True
        before = letters
    return False
