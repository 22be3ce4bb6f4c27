"""The level in Italian country sheets: there is no field for it, but a short chapter of set phrases.

"Aree di particolare cautela" at the head of a sheet says that the usual precautions do, that some areas ask for
particular care, or that travel is advised against: "a qualsiasi titolo" (for whatever reason), or only where it is
"non essenziale" or not "dettato da ragioni di necessità". What is said of areas, borders and regions is not the
country's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisoryd import places
from advisoryd.model.ladder import Level

_AGAINST = re.compile(
    r"sconsigli\w+|(?:evitare|posticipare|rinviare|rimandare)(?: nel modo più assoluto)?(?: tutti)? i? ?viaggi",
    re.IGNORECASE,
)
_TRAVEL = re.compile(r"\b(?:viaggi\w*|recarsi)\b", re.IGNORECASE)
_BUT_NEEDED = re.compile(
    r"\bnon (?:essenzial|necessar|indispensabil|urgent)\w+|\bnon siano dettati|\bse non (?:dettati|per)\b"
    r"|\bsalvo\b|\beccetto\b|\btranne\b|\bper turismo\b|posticipare|rinviare|rimandare|\bevitare\b",
    re.IGNORECASE,
)
_CARE = re.compile(r"\bare[ae]\b[^.]*richied\w+ (?:una )?particolare (?:cautela|attenzione)", re.IGNORECASE)
_USUAL = re.compile(r"normali precauzioni", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:nel|in tutto il|verso il|qualunque zona del) Paese\b", re.IGNORECASE)
_PARTS = re.compile(
    r"\b(?:are[ae]|zon[ae]|confin\w*|frontier\w+|region\w+|provinc\w+|nord|sud|est|ovest|distrett\w+|citt[àa]|localit[àa]|isol\w+"
    r"|striscia|valle|prossimità|pressi|dipartiment\w+|stat[oi]|nottur\w+|notte|escursion\w+|strad\w+)\b",
    re.IGNORECASE,
)
_TOWARDS = re.compile(
    r"\b(?:viaggi\w*|recarsi)(?: [\w’',-]+){0,5} (?:in|nel|nella|nell|verso|ad|a)(?: il| la| lo| l)?['’ ]*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀÈÉ])")


@dataclass(frozen=True, slots=True)
class Care:
    """What the chapter says: the ``level`` of the country, the sentence that gives it, and whether some areas ask for
    more care (``None`` where it does not say)."""

    level: Level | None = None
    native: str = ""
    regional: bool | None = None


def read(blocks: Iterable[str], place: str) -> Care:
    """The chapter about ``place``. The strictest of what it says of the country as a whole counts."""
    sentences = [sentence for block in blocks for sentence in _SENTENCE.split(block)]
    said = [(level, sentence) for sentence in sentences for level in _levels(sentence, place)]
    level, native = max(said, key=lambda one: one[0]) if said else (None, "")
    regional = True if any(map(_CARE.search, sentences)) else None
    return Care(level, native, regional)


def _levels(sentence: str, place: str) -> Iterator[Level]:
    if _CARE.search(sentence):
        yield Level.CAUTION
    elif _AGAINST.search(sentence) and _TRAVEL.search(sentence) and _is_national(sentence, place):
        yield Level.RECONSIDER if _BUT_NEEDED.search(sentence) else Level.AVOID
    elif _USUAL.search(sentence):
        yield Level.NORMAL


def _is_national(sentence: str, place: str) -> bool:
    """Whether the sentence is about the country: it says so, names it as the aim of travel, or names no part of it."""
    if _WHOLE.search(sentence) or not _PARTS.search(sentence):
        return True
    mentions = places.mentions(sentence, "it")
    return any(mention.place == place and _TOWARDS.search(sentence[: mention.start]) for mention in mentions)
