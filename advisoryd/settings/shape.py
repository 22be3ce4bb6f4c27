"""The shape of the configuration file (pydantic-settings): which keys there are, of what type, and what they mean.

The descriptions here are the configuration reference; ``docs/configuration.md`` and ``advisoryd schema`` are made of
them. pydantic traps: its error texts contain the offending value, so they are never shown (see
:mod:`advisoryd.settings.explain`); unknown keys are refused only where ``extra="forbid"`` is set, so every model has
it; TOML in ``model_config`` does nothing by itself and a missing file is silently fine, so
:mod:`advisoryd.settings.files` reads the files and :mod:`advisoryd.settings.environment` lays the variables over them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from advisoryd.settings.values import Clock, LevelNumber, Name, Part, Share, Span, Words, Zone
from advisoryd.settings.words import duration

PREFIX = "ADVISORYD_"
"""How the environment variables begin."""


class Daemon(Part):
    """The daemon itself."""

    state_dir: str = Field(
        "state",
        description="Folder for the database and other state; a relative one is beside the file.",
        examples=["/var/lib/advisoryd"],
    )
    database: str = Field(
        "sqlite",
        description='"sqlite" (a file in state_dir), the path of a file, or a postgresql:// URL.',
        examples=["postgresql://advisoryd@db.example.org/advisoryd"],
    )
    database_file: str = Field(
        "",
        description="File that holds the database URL, when there is a password in it.",
        examples=["/etc/advisoryd/database.url"],
    )
    locale: str = Field("en", description="Language of messages where a subscription does not say.", examples=["ja"])
    timezone: Zone = Field(
        "UTC", description="Time zone of readers where a subscription does not say.", examples=["Europe/Berlin"]
    )
    baseline_summary: bool = Field(True, description="Tell each channel once what is being watched after a first run.")


class HttpPart(Part):
    """Manners and limits of the HTTP client."""

    contact: str = Field(
        "",
        description="Address or web page for the ministries' webmasters; goes into the User-Agent.",
        examples=["ops@example.org"],
    )
    proxy: str = Field("", description="Proxy for all sources.", examples=["http://proxy.example.org:3128"])
    allow_networks: Words = Field(
        [],
        description="Private networks that sources may live in; all are refused otherwise.",
        examples=[["10.0.0.0/8"]],
    )
    timeout: Span = Field(duration("60s"), description="Longest time for one request, everything included.")
    max_body: int = Field(25_000_000, ge=1_000, description="Largest body in bytes, as sent and as unpacked.")
    in_flight: int = Field(32, ge=1, le=256, description="Requests under way at once.")
    per_host: int = Field(2, ge=1, le=16, description="Requests under way at once to one host.")


class SourceOverride(Part):
    """Your own values for one source of the catalogue. What is left out stays as the catalogue has it."""

    every: Span | None = Field(None, description="Time between two polls, at least 1m.", examples=["15m"])
    detail_every: Span | None = Field(
        None, description="Time after which a page without a change stamp is read again.", examples=["12h"]
    )
    spacing: float | None = Field(
        None, ge=0, le=3600, description="Least seconds between two requests to its host.", examples=[2.5]
    )
    headers: dict[str, str] = Field({}, description="Extra request headers.", examples=[{"Accept-Language": "ja"}])
    proxy: str = Field("", description="Proxy for this source.", examples=["socks5h://127.0.0.1:9050"])
    allow_networks: Words = Field(
        [], description="Private networks this source may live in.", examples=[["192.168.7.0/24"]]
    )
    options: dict[str, Any] = Field({}, description="Options of its reader.", examples=[{"avoid_level": 4}])
    secrets_file: dict[str, str] = Field(
        {},
        description="Options of its reader that are secrets: the files they stand in.",
        examples=[{"service_key": "/etc/advisoryd/data-go-kr.key"}],
    )


class Sources(Part):
    """The built-in catalogue: which sources to watch. Your own values for one of them stand in [sources.<id>]."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, SourceOverride]

    enable: Words = Field(
        [],
        description='Ids of the catalogue, tags such as "region:asia" or "kind:official", or "*" for all.',
        examples=[["cn-mfa", "us-state"]],
    )
    disable: Words = Field([], description="Ids or tags to leave out again.", examples=[["kind:news"]])


class OwnSource(Part):
    """A source of your own."""

    id: Name = Field(description="Its name in messages and listings.", examples=["embassy-notices"])
    type: Literal["feed", "table", "json"] = Field(
        description="What it is: a feed (RSS, Atom, JSON Feed), an HTML list or table, or a JSON list.",
        examples=["feed"],
    )
    role: Literal["official", "news"] = Field(
        "official", description="Whose word it is. News yields reports; it never changes what is official."
    )
    url: str = Field(description="Where it is.", examples=["https://example.org/rss.xml"])
    issuer: str = Field(
        "",
        description='The government that speaks (ISO 3166-1, "EU", "UN", "WHO"); required for official sources.',
        examples=["CN"],
    )
    destination: str = Field(
        "", description="The place that every entry is about; leave it out where entries name places.", examples=["JP"]
    )
    name: str = Field("", description="Its name for people; by default its id.", examples=["Embassy of China in Tokyo"])
    language: str = Field("en", description="Language of its words (BCP 47).", examples=["zh-Hans"])
    every: Span = Field(duration("15m"), description="Time between two polls, at least 1m.")
    track: str = Field(
        "",
        description="The ladder its levels stand on; by default one of its own, so that it disturbs no other source.",
        examples=["embassy"],
    )
    tags: Words = Field([], description="Tags that subscriptions may ask for.", examples=[["embassy"]])
    spacing: float = Field(1.0, ge=0, le=3600, description="Least seconds between two requests to its host.")
    headers: dict[str, str] = Field({}, description="Extra request headers.", examples=[{"Accept-Language": "zh-CN"}])
    proxy: str = Field("", description="Proxy for this source.", examples=["socks5h://127.0.0.1:9050"])
    allow_networks: Words = Field(
        [], description="Private networks this source may live in.", examples=[["192.168.7.0/24"]]
    )
    options: dict[str, Any] = Field(
        {},
        description="Selectors or paths of columns, words of levels and the like.",
        examples=[{"row": "table tr", "name": "td.country", "level": "td.level"}],
    )


class ChannelPart(Part):
    """One way out. Further keys belong to its type; see docs/channels.md. Every secret (`token`, `password` …) may also
    stand in a file (`token_file`) or be a systemd credential (`token_credential`)."""

    model_config = ConfigDict(extra="allow")

    name: Name = Field(description="Its name in subscriptions and listings.", examples=["security-chat"])
    type: str = Field("apprise", description="Its kind: apprise, email, slack, ntfy, webhook, file, console …")
    url: str = Field(
        "",
        description="Its address; if there is a secret in it, better one of the next two.",
        examples=["https://cases.example.org/hooks/advisories"],
    )
    url_file: str = Field("", description="File that holds the address.", examples=["/etc/advisoryd/chat.url"])
    url_credential: str = Field("", description="systemd credential that holds the address.", examples=["chat.url"])
    fallback: str = Field(
        "", description="Channel that takes over when this one has failed for fallback_after.", examples=["ops-mail"]
    )
    fallback_after: Span = Field(duration("1h"), description="How long this one may fail before.")
    give_up_after: Span = Field(duration("3d"), description="How long a message is tried before it is set aside.")
    max_per_minute: int | None = Field(
        None, ge=1, description="So many messages in any minute; what is over waits and is joined.", examples=[20]
    )
    max_per_hour: int | None = Field(None, ge=1, description="The same for any hour.", examples=[60])


class QuietPart(Part):
    """Hours in which messages wait. May stand in one line: `quiet = { from = "22:00", to = "07:00" }`."""

    begin: Clock = Field(alias="from", description="When they begin.", examples=["22:00"])
    end: Clock = Field(alias="to", description="When they end; may be past midnight.", examples=["07:00"])
    timezone: Zone | None = Field(
        None, description="Their time zone; by default the subscription's.", examples=["Asia/Tokyo"]
    )
    days: Words = Field(
        [], description="Week days on which they begin; by default all.", examples=[["saturday", "sunday"]]
    )
    unless_level: LevelNumber | None = Field(
        None, description="This level and above go out all the same.", examples=[4]
    )


class SubscriptionPart(Part):
    """Who hears of what. Every subscription that matches an event fires."""

    name: Name = Field(description="Its name in messages and listings.", examples=["japan-desk"])
    channels: Words = Field(description="Where its messages go.", examples=[["security-chat"]])
    destinations: Words = Field(
        ["*"],
        description='Places by ISO code, groups such as "asean" or "schengen", or "*".',
        examples=[["JP", "asean"]],
    )
    issuers: Words = Field(
        ["*"], description='Whose advice counts: ISO codes, "EU", "UN", "WHO", or "*".', examples=[["CN", "US"]]
    )
    events: Words = Field(
        [],
        description='Kinds of event, or "*"; by default all that moves level, scope or substance.',
        examples=[["issued", "raised", "widened", "lowered", "lifted"]],
    )
    text: list[Literal["substance", "wording", "boilerplate"]] = Field(
        ["substance"], description="Classes of text change that an amended event must have to be heard."
    )
    min_level: LevelNumber | None = Field(None, description="Least level concerned, before or after.", examples=[2])
    direction: Literal["up", "down", "both"] = Field("both", description="Only stricter, only looser, or both.")
    tags: Words = Field([], description="Only sources with one of these tags.", examples=[["region:asia"]])
    regions: Words = Field(
        [], description="For regional changes: words one of which must be named.", examples=[["Hatay"]]
    )
    reports: Literal["none", "corroborated", "all"] = Field("none", description="Which media reports to hear.")
    followups: bool = Field(True, description="Hear how a story goes on that this subscription was told of.")
    quiet: QuietPart | None = Field(
        None,
        description="Hours in which messages wait.",
        examples=[{"from": "22:00", "to": "07:00", "unless_level": 4}],
    )
    digest: str = Field(
        "",
        description='One message for all: "hourly", "daily 08:00" or "weekly monday 08:00"; leave it out for at once.',
        examples=["daily 08:00"],
    )
    digest_unless_level: LevelNumber | None = Field(
        None, description="This level and above do not wait for the digest.", examples=[4]
    )
    escalate_to: Words = Field(
        [], description="Channels for an alert that nobody has acknowledged in time.", examples=[["duty-phone"]]
    )
    escalate_after: Span = Field(duration("15m"), description="How long somebody has to acknowledge it.")
    escalate_level: LevelNumber = Field(
        4, description="Advice that goes up to this level or above has to be acknowledged."
    )
    locale: str = Field("", description="Language of its messages; by default the daemon's.", examples=["ja"])
    timezone: Zone | None = Field(
        None, description="Time zone of its readers; by default the daemon's.", examples=["Asia/Tokyo"]
    )


class OperatorPart(Part):
    """Where trouble with sources, channels and the daemon itself goes."""

    channels: Words = Field([], description="Channels for operator notices.", examples=[["ops-mail"]])
    heartbeat_url: str = Field(
        "",
        description="Asked regularly while all is well, so that a dead daemon is noticed elsewhere.",
        examples=["https://hc.example.org/ping/…"],
    )
    heartbeat_url_file: str = Field("", description="File that holds it.", examples=["/etc/advisoryd/heartbeat.url"])
    heartbeat_every: Span = Field(duration("5m"), description="How often it is asked.")
    remind_every: Span = Field(duration("7d"), description="How often a source that stays broken is told again.")


class WebPart(Part):
    """The daemon's own web server, which takes acknowledgements. It needs `pip install 'advisoryd[web]'`; put a reverse
    proxy with TLS before it when readers come from outside. `listen` is changed by a restart only."""

    listen: str = Field(
        "", description="Address and port; leave it out for no web server.", examples=["127.0.0.1:8787"]
    )
    url: str = Field(
        "",
        description="How readers reach it; the links in messages begin with it.",
        examples=["https://advisories.example.org"],
    )
    secret: str = Field(
        "", description="Signs the links: 16 characters or more; better one of the next two.", examples=["…"]
    )
    secret_file: str = Field("", description="File that holds it.", examples=["/etc/advisoryd/web.secret"])
    secret_credential: str = Field("", description="systemd credential that holds it.", examples=["web.secret"])


class Limits(Part):
    """When a reading may be believed. The reasons for the defaults are in docs/decisions.md."""

    gone_share: Share = Field(
        0.05, description="Share of rows whose disappearance at once is a fault, in a list of all places."
    )
    gone_rows: int = Field(5, ge=1, description="Least number of rows for gone_share to count.")
    drop_share: Share = Field(0.30, description="The same, in a list that holds only places with advice.")
    tier_share: Share = Field(0.50, description="Share of one level's rows whose loss at once is a fault.")
    tier_rows: int = Field(3, ge=1, description="Least number of rows for tier_share to count.")
    unread_share: Share = Field(0.20, description="Share of levels whose becoming unreadable at once is a fault.")
    missing_rows: int = Field(3, ge=2, description="So many rows missing together are a fault.")
    touch_share: Share = Field(0.15, description="Share of rows edited at once that makes a bulk review.")
    mass_share: Share = Field(0.08, description="Share of levels changed at once that asks for a second reading.")
    mass_rows: int = Field(15, ge=2, description="Number of levels changed at once that asks for one.")
    mass_least: int = Field(5, ge=1, description="Least number of levels changed for mass_share to count.")
    confirm_after: Span = Field(duration("30m"), description="Least time between two readings of looser advice.")
    vanish_polls: int = Field(3, ge=1, description="Polls without a row before it counts as vanished.")
    broken_after: Span = Field(duration("1h"), description="How long a source may fail before it is called broken.")
    broken_failures: int = Field(3, ge=1, description="Least number of failures in a row for that.")
    sweep_pages: int = Field(5, ge=2, description="Pages with the same edit that make a sweep of boilerplate.")
    sweep_window: Span = Field(duration("72h"), description="How far apart in time such edits may be.")
    old_news: Span = Field(
        duration("30d"), description="An entry or notice first seen so long after its own date is history, not news."
    )
    similarity: Share = Field(0.90, description="How alike two texts must be to be the same row under another name.")
    expiry_warning: Span = Field(
        duration("24h"), description="How long before its end date advice is announced to end."
    )
    stale_after: Span = Field(
        duration("180d"), description="Advice whose newest date is older is shown as not reviewed since."
    )
    report_outlets: int = Field(2, ge=2, description="Independent outlets that corroborate a media report.")
    report_window: Span = Field(
        duration("12h"),
        description="How long a report waits for its issuer before it is disputed; weekends do not count.",
    )
    report_expiry: Span = Field(duration("72h"), description="A media report first seen so long after its date is old.")


class Retention(Part):
    """How long things are kept."""

    payloads: Span = Field(duration("90d"), description="Raw bodies that nothing refers to any more.")
    items: Span = Field(duration("365d"), description="Entries of feeds.")


class Sections(BaseSettings):
    """The tables of which there is one; these the environment may set (``ADVISORYD_DAEMON__LOCALE=ja``)."""

    model_config = SettingsConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        hide_input_in_errors=True,
        env_prefix=PREFIX,
        env_nested_delimiter="__",
    )

    daemon: Daemon = Daemon()
    sources: Sources = Sources()
    http: HttpPart = HttpPart()
    operator: OperatorPart = OperatorPart()
    web: WebPart = WebPart()
    limits: Limits = Limits()
    retention: Retention = Retention()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is handed over: the environment is in it already, and has a place for every value."""
        return (init_settings,)


class File(Part):
    """The configuration of advisoryd."""

    daemon: Daemon = Daemon()
    sources: Sources = Sources()
    source: list[OwnSource] = Field([])
    http: HttpPart = HttpPart()
    channel: list[ChannelPart] = Field([])
    subscription: list[SubscriptionPart] = Field([])
    operator: OperatorPart = OperatorPart()
    web: WebPart = WebPart()
    limits: Limits = Limits()
    retention: Retention = Retention()


LISTS: dict[str, type[Part]] = {"source": OwnSource, "channel": ChannelPart, "subscription": SubscriptionPart}
"""The tables of which there may be many."""
