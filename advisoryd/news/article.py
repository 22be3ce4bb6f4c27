"""Finds the passage of an article that is about travel advice, when its headline is about something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisoryd.news.clean import clean
from advisoryd.news.grammar import matches, strongest
from advisoryd.news.hits import Tagged
from advisoryd.news.lexicon import Lexicon
from advisoryd.news.scan import scan
from advisoryd.news.tags import Tag
from advisoryd.news.verdict import CERTAIN

LONGEST = 20_000
"""Characters of an article that are read; advice further down is not what the article is about."""

_AROUND = 3
"""Sentences after the one that tells the act that still belong to it, where no headings show the sections."""

_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\w\"'(\[¿¡])|(?<=[。！？])")
_HEADING = 90
_NAMES_ADVICE = frozenset({Tag.ADVICE, Tag.ASK, Tag.ALERT})


def passage(text: str, words: Lexicon) -> list[Tagged]:
    """The sentence that tells the act first, then those around it that belong to it. Nothing when advice is told only
    in passing: in a single sentence, under no heading of its own.

    Offsets of the sentences count in the cleaned text, whose lines are joined by single line feeds.
    """
    sections = list(_sections(text, words))
    for heading, sentences in sections:
        core = _core(sentences, words.order)
        if core is None:
            continue
        rest = sentences if heading and _speaks_of_advice(heading) else sentences[: core + 1 + _AROUND]
        others = [sentence for at, sentence in enumerate(rest) if at != core]
        if (heading and _speaks_of_advice(heading)) or any(_speaks_of_advice(sentence) for sentence in others):
            return [sentences[core], *others]
    return []


def _core(sentences: list[Tagged], order: str) -> int | None:
    """The sentence in which somebody is told what to do."""
    for at, sentence in enumerate(sentences):
        best = strongest(matches("act", [sentence], order))
        if best and best.rule.weight >= CERTAIN:
            return at
    return None


def _speaks_of_advice(sentence: Tagged) -> bool:
    return not _NAMES_ADVICE.isdisjoint(sentence.tags)


def _sections(text: str, words: Lexicon) -> Iterator[tuple[Tagged | None, list[Tagged]]]:
    """Headings (short lines that end without a full stop) with the sentences below them."""
    heading: Tagged | None = None
    sentences: list[Tagged] = []
    for line, offset in _lines(text):
        if len(line) <= _HEADING and line[-1] not in ".!?。！？:\"'":
            yield heading, sentences
            heading, sentences = scan(line, words, "text", offset), []
        else:
            sentences.extend(scan(part, words, "text", offset + start) for part, start in _sentences(line))
    yield heading, sentences


def _lines(text: str) -> Iterator[tuple[str, int]]:
    offset = 0
    for raw in text[:LONGEST].splitlines():
        line = clean(raw)
        if line:
            yield line, offset
            offset += len(line) + 1


def _sentences(line: str) -> Iterator[tuple[str, int]]:
    start = 0
    for end in [*(found.end() for found in _END.finditer(line)), len(line)]:
        if sentence := line[start:end].strip():
            yield sentence, start
        start = end
