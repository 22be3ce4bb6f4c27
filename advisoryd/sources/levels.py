"""Wording of levels and reasons that several English-speaking issuers share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from advisoryd.model.ladder import Level, Reason

_NOT_WORDS = re.compile(r"[\W_]+")
_CAUSE = re.compile(r"(?:due to|because of|owing to)(.*?)(?:\.\s|$)", re.IGNORECASE | re.DOTALL)

_REASONS = {
    Reason.ARMED_CONFLICT: r"armed (?:conflict|violence|clash|group)|\bwar\b|militar|missile|drone|hostilit|land ?mine"
    r"|minefield|unexploded|fighting|\bconflict|rocket|air ?strike|invasion",
    Reason.TERRORISM: r"terror",
    Reason.CRIME: r"crim|robber|\bgang|piracy|banditry|violent attack|armed attack|drug traffick",
    Reason.KIDNAPPING: r"kidnap|hostage|abduct",
    Reason.UNREST: r"unrest|demonstration|protest|riot|communal violence|political(?:ly motivated)? violence|disorder",
    Reason.DETENTION: r"detention|detain|arbitrary|arrest|exit ban|imprison",
    Reason.HEALTH: r"health|medical|outbreak|disease|virus|cholera|epidemic",
    Reason.NATURAL_HAZARD: r"natural (?:disaster|hazard)|earthquake|hurricane|typhoon|cyclone|tropical storm|volcan"
    r"|eruption|flood|tsunami|landslide|mudslide|wildfire|bushfire",
    Reason.POLITICAL: r"politic|diplomatic|tension|\bcoup\b",
    Reason.ENTRY_RULES: r"entry (?:ban|restriction|requirement)|border closure|\bvisa",
    Reason.TRANSPORT: r"airspace|aviation|\bflight|fuel shortage",
}
_PATTERNS = {reason: re.compile(words, re.IGNORECASE) for reason, words in _REASONS.items()}


def key(words: str) -> str:
    """``words`` as letters, figures and single spaces in lower case: what wordings are compared by."""
    return _NOT_WORDS.sub(" ", words).strip().casefold()


def on_scale(words: str, scale: Mapping[str, Level]) -> Level | None:
    """The step that ``words`` name, ``None`` for wording that is not on the scale, whose keys are :func:`key` forms."""
    return scale.get(key(words))


def reasons(statements: Iterable[str]) -> frozenset[Reason]:
    """What the statements name after "due to", "because of" or "owing to"; without these words they state no reason."""
    causes = [cause for statement in statements for cause in _CAUSE.findall(statement)]
    return frozenset(reason for reason, pattern in _PATTERNS.items() if any(map(pattern.search, causes)))
