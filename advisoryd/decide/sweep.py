"""The same words on many pages: a sweep is told once, not once per page.

Issuers edit boilerplate on two hundred pages in a night, and now and then the "boilerplate" is a tsunami. What counts
is how many pages of one issuer gained or lost the very same sentence within ``sweep_window``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from advisoryd.decide.sentences import Difference, Passage, sense

ADDED, REMOVED = "+", "-"


@dataclass(frozen=True, slots=True)
class Sweep:
    """One set of sentences that came to, or went from, the same pages. ``marks`` name them for the days to come."""

    added: tuple[Passage, ...]
    removed: tuple[Passage, ...]
    pages: tuple[str, ...]
    marks: tuple[str, ...]

    @property
    def id(self) -> str:
        """A hash of what was swept, the same on replay."""
        return blake2b("\n".join(self.marks).encode(), digest_size=8).hexdigest()


def marks_of(gap: Difference) -> dict[str, Passage]:
    """A name for every sentence of a difference, which two pages share when they share the sentence."""
    found = {_mark(ADDED, passage): passage for passage in gap.added}
    return found | {_mark(REMOVED, passage): passage for passage in gap.removed}


def _mark(sign: str, passage: Passage) -> str:
    return sign + blake2b(sense(passage.text).encode(), digest_size=10).hexdigest()


def swept_marks(gaps: Iterable[Difference], pages: int, recent: Collection[str] = ()) -> frozenset[str]:
    """The sentences that at least ``pages`` pages gained or lost together, or that were swept lately (``recent``)."""
    counted = Counter(mark for gap in gaps for mark in marks_of(gap))
    return frozenset(mark for mark, count in counted.items() if count >= pages or mark in recent)


def without(gap: Difference, marks: Collection[str]) -> Difference:
    """What a page changed on its own."""
    return Difference(
        added=tuple(passage for passage in gap.added if _mark(ADDED, passage) not in marks),
        removed=tuple(passage for passage in gap.removed if _mark(REMOVED, passage) not in marks),
    )


def sweeps(gaps: Mapping[str, Difference], marks: Collection[str]) -> list[Sweep]:
    """Group swept sentences by the pages they are on, so that one edit is one sweep however many sentences it has."""
    pages: dict[str, list[str]] = {}
    words: dict[str, Passage] = {}
    for page, gap in sorted(gaps.items()):
        for mark, passage in marks_of(gap).items():
            if mark in marks:
                pages.setdefault(mark, []).append(page)
                words.setdefault(mark, passage)
    groups: list[tuple[set[str], list[str]]] = []
    for mark in sorted(pages, key=lambda name: (-len(pages[name]), name)):
        _join(groups, set(pages[mark]), mark)
    return [_sweep(on, marks_here, words) for on, marks_here in groups]


def _join(groups: list[tuple[set[str], list[str]]], on: set[str], mark: str) -> None:
    for known, marks in groups:
        if len(known & on) / len(known | on) >= 0.5:
            marks.append(mark)
            known |= on
            return
    groups.append((on, [mark]))


def _sweep(on: set[str], marks: Sequence[str], words: Mapping[str, Passage]) -> Sweep:
    return Sweep(
        added=tuple(words[mark] for mark in marks if mark.startswith(ADDED)),
        removed=tuple(words[mark] for mark in marks if mark.startswith(REMOVED)),
        pages=tuple(sorted(on)),
        marks=tuple(sorted(marks)),
    )
