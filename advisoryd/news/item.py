"""What a news item is, and what is claimed to be in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from advisoryd.model.ladder import Action, Level, Reason, Track
from advisoryd.model.report import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """One entry of a news feed.

    ``language`` is a BCP 47 tag (only its first part matters; ``""`` is told from the script), ``outlet`` the
    publisher's name or host, ``country`` the outlet's home as an ISO 3166 code (a bare "Foreign Office" is the home
    government's), ``text`` the article where somebody has it; most feeds carry a headline only.
    """

    title: str
    summary: str = ""
    language: str = ""
    published: datetime | None = None
    outlet: str = ""
    country: str = ""
    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that decided, and the rule they met.

    ``start`` and ``end`` count characters of the cleaned part (:func:`advisoryd.news.clean.clean`) named by
    ``where``: ``title``, ``summary`` or ``text``.
    """

    rule: str
    words: str
    where: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an item claims. A claim is never more than a report: it moves no official state.

    ``issuers`` are ISO 3166 codes, more than one only where the item tells of several governments' advice;
    ``destinations`` are place ids, ``("*",)`` for worldwide; ``regions`` the parts of them that are named. ``level`` is
    ``None`` when the words map to no step. ``renewed`` marks a followup in which the issuer keeps or repeats the
    advice, as against a reaction to it; ``track`` tells an education or tourism ministry's notice from the foreign
    ministry's. ``confidence`` runs from 0 to 1; for an item that is no advisory it is the confidence in that, and
    ``evidence`` says why.
    """

    is_advisory: bool
    confidence: float
    issuers: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    level: Level | None = None
    actions: frozenset[Action] = frozenset()
    happening: Happening | None = None
    renewed: bool = False
    leave: bool = False
    reasons: frozenset[Reason] = frozenset()
    track: Track = Track.SECURITY
    evidence: tuple[Evidence, ...] = ()

    @property
    def issuer(self) -> str:
        """The issuer, or the first named of several; ``""`` when it cannot be told."""
        return self.issuers[0] if self.issuers else ""
