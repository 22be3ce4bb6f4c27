"""The proven configuration: what the rest of the program sees of the file, after every check has passed.

:mod:`advisoryd.settings` reads, checks and builds it; nothing below ``service`` knows that a file exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum

from advisoryd.model.event import Kind, Texture
from advisoryd.model.ladder import Level
from advisoryd.model.secret import Secret
from advisoryd.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """When a reading may be believed. Fractions are of the rows known before the poll.

    The defaults and their reasons: up to now no issuer truly moved more than 4 % of its rows in a day, and every
    larger disappearance was a broken page (measured on seventeen months of five governments).
    """

    gone_share: float = 0.05
    gone_rows: int = 5
    drop_share: float = 0.30
    tier_share: float = 0.50
    tier_rows: int = 3
    unread_share: float = 0.20
    missing_rows: int = 3
    touch_share: float = 0.15
    mass_share: float = 0.08
    mass_rows: int = 15
    mass_least: int = 5
    confirm_after: timedelta = timedelta(minutes=30)
    vanish_polls: int = 3
    broken_after: timedelta = timedelta(hours=1)
    broken_failures: int = 3
    sweep_pages: int = 5
    sweep_window: timedelta = timedelta(hours=72)
    old_news: timedelta = timedelta(days=30)
    similarity: float = 0.90
    expiry_warning: timedelta = timedelta(hours=24)
    stale_after: timedelta = timedelta(days=180)
    report_outlets: int = 2
    report_window: timedelta = timedelta(hours=12)
    report_expiry: timedelta = timedelta(hours=72)


class Reports(StrEnum):
    """Which media reports a subscription hears."""

    NONE = "none"
    CORROBORATED = "corroborated"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours in which deliveries wait. ``zone`` is an IANA name; the window may cross midnight; ``days`` are ISO week
    days (1 Monday) on which it begins. ``unless_level``: this level and above go out all the same."""

    begin: time
    end: time
    zone: str
    days: frozenset[int] = frozenset(range(1, 8))
    unless_level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Deliveries wait for one message at ``at`` local time, every ``every`` (hourly, daily or weekly)."""

    every: str
    zone: str
    at: time = time(8, 0)
    weekday: int = 1
    unless_level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Where an alert that nobody acknowledged goes: advice that went up to ``level`` or above, ``after`` so long."""

    channels: tuple[str, ...]
    after: timedelta = timedelta(minutes=15)
    level: Level = Level.AVOID


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Who hears of what.

    ``destinations`` and ``issuers`` are ids with groups already spelt out; empty means all. ``textures`` are the
    classes of text change that an ``amended`` must have to be heard. ``followups``: hear how a story goes on that this
    subscription was told the beginning of. ``min_level`` is compared with the strictest level that the event concerns,
    before or after. ``direction`` is ``up``, ``down`` or ``both``. ``tags`` restrict the sources. ``locale`` is a
    BCP 47 tag, ``zone`` an IANA name.
    """

    name: str
    channels: tuple[str, ...]
    destinations: frozenset[str] = frozenset()
    issuers: frozenset[str] = frozenset()
    events: frozenset[Kind] = frozenset()
    textures: frozenset[Texture] = frozenset({Texture.SUBSTANCE})
    min_level: Level | None = None
    direction: str = "both"
    tags: frozenset[str] = frozenset()
    regions: tuple[str, ...] = ()
    reports: Reports = Reports.NONE
    followups: bool = True
    quiet: Quiet | None = None
    digest: Digest | None = None
    escalation: Escalation | None = None
    locale: str = "en"
    zone: str = "UTC"
    operator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSpec:
    """One way out. ``kind`` names the module of :mod:`advisoryd.channels`; ``options`` belong to it. ``max_per_minute``
    and ``max_per_hour`` bound how many messages it is given."""

    name: str
    kind: str
    url: Secret | None = None
    fallback: str = ""
    fallback_after: timedelta = timedelta(hours=1)
    give_up_after: timedelta = timedelta(days=3)
    max_per_minute: int | None = None
    max_per_hour: int | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    secrets: Mapping[str, Secret] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Http:
    """Manners and limits of the HTTP client. Sizes are bytes, times seconds."""

    contact: str = ""
    proxy: str = ""
    allow_networks: tuple[str, ...] = ()
    total_timeout: float = 60.0
    connect_timeout: float = 15.0
    max_wire_bytes: int = 10_000_000
    max_body_bytes: int = 25_000_000
    max_redirects: int = 5
    per_host: int = 2
    in_flight: int = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """The daemon's own web server: where it listens, how readers reach it from outside, and what signs its links."""

    host: str
    port: int
    url: str
    secret: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Where trouble with sources, channels and the daemon goes."""

    channels: tuple[str, ...] = ()
    heartbeat_url: Secret | None = None
    heartbeat_every: timedelta = timedelta(minutes=5)
    remind_every: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything the daemon was told, checked."""

    state_dir: str
    database: str | Secret = "sqlite"
    locale: str = "en"
    zone: str = "UTC"
    http: Http = Http()
    thresholds: Thresholds = Thresholds()
    sources: tuple[Source, ...] = ()
    channels: tuple[ChannelSpec, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    operator: Operator = Operator()
    web: Web | None = None
    keep_payloads: timedelta = timedelta(days=90)
    keep_items: timedelta = timedelta(days=365)
    baseline_summary: bool = True
