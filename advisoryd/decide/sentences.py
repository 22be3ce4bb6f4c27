"""Advice text as sentences, and what was added and removed between two versions of it.

The unit is the sentence: issuers move, merge and re-wrap paragraphs far more often than they change what a sentence
says. A sentence that only moved is no change, and neither is one whose letters, figures and words are the same apart
from case, white space and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from advisoryd.model.record import Section

_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\w\"'“‘(\[¿¡])|(?<=[。！？])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sts|No|Nos|approx|etc|vs|Gen|Col|Sen|Rep|Jr|Sr|Co|Inc|Ltd|Ave|Rd|Tel|Fax|Ext|Art|Abs|Nr|bzw|ca"
    r"|z\.B|d\.h|u\.a|e\.g|i\.e|a\.m|p\.m|U\.S|U\.K|U\.N|[A-Z]))\.$"
)
_NOT_MEANING = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence and the heading it stands under."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What the new text says that the old did not, and the reverse, in reading order."""

    added: tuple[Passage, ...] = ()
    removed: tuple[Passage, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


NO_DIFFERENCE = Difference()


def sentences(block: str) -> list[str]:
    """The sentences of one paragraph. An abbreviation's full stop does not end one."""
    found: list[str] = []
    for part in _END.split(block):
        text = part.strip()
        if not text:
            continue
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
    return found


def sense(sentence: str) -> str:
    """The letters and figures of a sentence: equal when only case, spacing or punctuation differ."""
    return _NOT_MEANING.sub(" ", unicodedata.normalize("NFKC", sentence).casefold()).strip()


def passages(sections: Iterable[Section]) -> list[Passage]:
    """Every sentence of the advice, in reading order, headings left out."""
    return [
        Passage(section.heading, sentence)
        for section in sections
        for block in section.blocks
        for sentence in sentences(block)
    ]


def difference(before: Sequence[Section], after: Sequence[Section]) -> Difference:
    """The sentences that only one of the two texts has. A sentence that moved is in neither list."""
    old, new = passages(_unshared(before, after)), passages(_unshared(after, before))
    return Difference(added=tuple(_leftover(new, old)), removed=tuple(_leftover(old, new)))


def _unshared(of: Sequence[Section], other: Sequence[Section]) -> list[Section]:
    """``of`` without the paragraphs that ``other`` has word for word; most of a page needs no closer look."""
    spare = Counter(block for section in other for block in section.blocks)
    left = []
    for section in of:
        blocks = []
        for block in section.blocks:
            if spare[block] > 0:
                spare[block] -= 1
            else:
                blocks.append(block)
        left.append(Section(section.heading, tuple(blocks)))
    return left


def _leftover(of: Sequence[Passage], other: Sequence[Passage]) -> list[Passage]:
    spare = Counter(sense(passage.text) for passage in other)
    left = []
    for passage in of:
        key = sense(passage.text)
        if spare[key] > 0:
            spare[key] -= 1
        elif key:
            left.append(passage)
    return left


def likeness(one: Sequence[Section], two: Sequence[Section]) -> float:
    """How much of the words two texts share, from 0 to 1; two empty texts are alike in nothing."""
    first, second = _bag(one), _bag(two)
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 0.0


def _bag(sections: Sequence[Section]) -> Counter[str]:
    return Counter(word for passage in passages(sections) for word in sense(passage.text).split())


def same_words(one: str, two: str) -> float:
    """How alike two sentences are, word by word, from 0 to 1."""
    return SequenceMatcher(None, sense(one).split(), sense(two).split(), autojunk=False).ratio()
