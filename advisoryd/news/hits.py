"""What a text is after tagging: hits in reading order, and the string of their tags."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from advisoryd import places
from advisoryd.news.item import Evidence
from advisoryd.news.lexicon import Note
from advisoryd.news.tags import Tag


class Hit(NamedTuple):
    """Where something with a meaning stands. ``value`` is a place id (several, with spaces between, for a list of
    places), a country, a level or a colour, as the tag wants. A tuple, since dozens are made for every text."""

    tag: Tag
    start: int
    end: int
    value: str = ""

    def places(self) -> tuple[str, ...]:
        """The places meant, composites taken apart."""
        return _members(self.value)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text and its tags.

    ``tags[i]`` stands for ``hits[i]``. ``notes`` are kept apart, since a word may be a reason and something else too.
    ``where`` names the part of the item that the text is, ``offset`` where it begins in that part.
    """

    text: str
    hits: tuple[Hit, ...] = ()
    tags: str = ""
    notes: tuple[tuple[Note, int, int], ...] = ()
    where: str = ""
    offset: int = 0

    def close(self, first: int, end: int) -> bool:
        """Whether no words without a meaning here stand between the hits from ``first`` to before ``end``."""
        between = zip(self.hits[first : end - 1], self.hits[first + 1 : end], strict=True)
        return not any(map(str.isalnum, "".join(self.text[one.end : other.start] for one, other in between)))

    def quote(self, rule: str, start: int, end: int) -> Evidence:
        """The words from ``start`` to ``end`` as evidence for ``rule``."""
        return Evidence(rule, self.text[start:end], self.where, self.offset + start, self.offset + end)


@lru_cache(maxsize=4096)
def _members(value: str) -> tuple[str, ...]:
    return tuple(chain.from_iterable(places.members(place) for place in value.split()))
