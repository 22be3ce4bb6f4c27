"""A source as it will be polled: one technical endpoint of an issuer, from the catalogue or from the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from advisoryd.model.ladder import Track


class SourceKind(StrEnum):
    """Whose word it is. Only ``official`` moves an advisory; the others are reports, other tracks or context."""

    OFFICIAL = "official"
    NEWS = "news"
    HEALTH = "health"
    HAZARD = "hazard"


class Confidence(StrEnum):
    """How sure the catalogue is of a source's shape."""

    VERIFIED = "verified"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One catalogue entry, or one ``[[source]]`` of the configuration.

    ``reader`` names the module of :mod:`advisoryd.sources` that reads it. ``every`` is the time between polls,
    ``detail_every`` the time after which a page without a change stamp is asked for again, ``spacing`` the least
    number of seconds between two requests to its host, ``details_per_poll`` how many pages one poll may ask for.
    ``evidence`` is the date of the newest record of the endpoint answering as described, ``cost`` what a poll asks
    of the server, in words. ``allow_networks`` are the private networks it may live in. ``destination`` is a place id
    that every entry is about. ``options`` belong to the reader.
    """

    id: str
    issuer: str
    name: str
    reader: str
    kind: SourceKind = SourceKind.OFFICIAL
    track: str = Track.SECURITY
    language: str = "en"
    homepage: str = ""
    every: timedelta = timedelta(minutes=15)
    detail_every: timedelta = timedelta(hours=12)
    spacing: float = 1.0
    details_per_poll: int = 60
    tags: tuple[str, ...] = ()
    licence: str = ""
    attribution: str = ""
    confidence: Confidence = Confidence.INFERRED
    evidence: str = ""
    cost: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    proxy: str = ""
    allow_networks: tuple[str, ...] = ()
    destination: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
