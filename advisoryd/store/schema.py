"""The tables. Instants are whole microseconds since 1970 in UTC, so that both databases order them alike. Bodies come
last in a row, because SQLite reads a row from its beginning and need not walk through them for the columns before.

Of an index's condition only SQLite's is named here; the migration gives both databases the same. Naming PostgreSQL's
would load its dialect, a tenth of a second that SQLite need not pay.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    or_,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from advisoryd.model.ladder import Level
from advisoryd.store.instants import number, perhaps


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds and given back in UTC. A naive one is a bug and is refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """To the database."""
        return None if value is None else number(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return perhaps(value)


class Words(TypeDecorator[str]):
    """Free text that may come from strangers. PostgreSQL stores no NUL, so a NUL becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else value.replace("\0", "\N{REPLACEMENT CHARACTER}")


class Step(TypeDecorator[Level]):
    """A step of the common ladder, kept as its number; NULL is unknown."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Level | None, dialect: Dialect) -> int | None:
        """To the database."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Level | None:
        """From the database."""
        return None if value is None else Level(value)


metadata = MetaData()
Serial = BigInteger().with_variant(Integer, "sqlite")

sources = Table(
    "sources",
    metadata,
    Column("id", String, primary_key=True),
    Column("health", String, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("since", Instant),
    Column("last_good", Instant),
    Column("last_poll", Instant),
    Column("next_poll", Instant, nullable=False),
    Column("cause", Words, nullable=False),
    Column("reader_version", Integer),
    Column("baseline_at", Instant),
    Column("announced", Boolean, nullable=False),
    Column("records", Integer, nullable=False),
    Column("newest", Instant),
    Column("moved_to", String, nullable=False),
    Column("moved_polls", Integer, nullable=False),
    Column("told_at", Instant),
)
Index("sources_due", sources.c.next_poll)
Index("sources_polled", sources.c.last_poll)

documents = Table(
    "documents",
    metadata,
    Column("source", String, nullable=False),
    Column("url", String, nullable=False),
    Column("follow", Boolean, nullable=False),
    Column("key", String, nullable=False),
    Column("request", Text, nullable=False),
    Column("etag", String, nullable=False),
    Column("modified", String, nullable=False),
    Column("payload", String, nullable=False),
    Column("content_type", String, nullable=False),
    Column("charset", String, nullable=False),
    Column("stamp", String, nullable=False),
    Column("wanted", String, nullable=False),
    Column("since", Instant),
    Column("checked_at", Instant),
    Column("due_at", Instant),
    Column("fresh_for", Integer),
    Column("complete", Boolean, nullable=False),
    Column("status", String, nullable=False),
    PrimaryKeyConstraint("source", "url"),
)
Index("documents_key", documents.c.source, documents.c.follow, documents.c.key)
Index("documents_due", documents.c.due_at)
STAMP_MOVED = documents.c.stamp != documents.c.wanted
Index("documents_moved", documents.c.source, sqlite_where=STAMP_MOVED)

payloads = Table(
    "payloads",
    metadata,
    Column("hash", String, primary_key=True),
    Column("first_seen", Instant, nullable=False),
    Column("last_used", Instant, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
Index("payloads_used", payloads.c.last_used)

pieces = Table(
    "pieces",
    metadata,
    Column("source", String, nullable=False),
    Column("url", String, nullable=False),
    Column("key", String, nullable=False),
    Column("hash", String, nullable=False),
    PrimaryKeyConstraint("source", "url", "key"),
)
Index("pieces_key", pieces.c.source, pieces.c.key, pieces.c.url)

slices = Table(
    "slices",
    metadata,
    Column("source", String, nullable=False),
    Column("url", String, nullable=False),
    Column("hash", String, nullable=False),
    PrimaryKeyConstraint("source", "url", "hash"),
)

items = Table(
    "items",
    metadata,
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("source", "key"),
)
Index("items_seen", items.c.first_seen)

revisions = Table(
    "revisions",
    metadata,
    Column("id", String, primary_key=True),
    Column("issuer", String, nullable=False),
    Column("destination", String, nullable=False),
    Column("track", String, nullable=False),
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("payloads", Text, nullable=False),
    Column("reader_version", Integer, nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
Index("revisions_pair", revisions.c.issuer, revisions.c.destination, revisions.c.track)

standings = Table(
    "standings",
    metadata,
    Column("issuer", String, nullable=False),
    Column("destination", String, nullable=False),
    Column("track", String, nullable=False),
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("revision", String, nullable=False),
    Column("edition", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("level", Step),
    Column("first_seen", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("candidate", String, nullable=False),
    Column("candidate_edition", Text, nullable=False),
    Column("candidate_since", Instant),
    Column("missing_since", Instant),
    Column("missing_polls", Integer, nullable=False),
    Column("stale_since", Instant),
    Column("dated", Instant),
    Column("expires_at", Instant),
    Column("warned_expiry", Boolean, nullable=False),
    PrimaryKeyConstraint("issuer", "destination", "track"),
)
Index("standings_source", standings.c.source, standings.c.key)
Index("standings_destination", standings.c.destination)
Index("standings_ending", standings.c.expires_at)
IN_QUESTION = or_(standings.c.candidate_since.is_not(None), standings.c.missing_since.is_not(None))
Index("standings_in_question", standings.c.source, sqlite_where=IN_QUESTION)

stories = Table(
    "stories",
    metadata,
    Column("id", String, primary_key=True),
    Column("issuer", String, nullable=False),
    Column("destination", String, nullable=False),
    Column("track", String, nullable=False),
    Column("matter", String, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("parent", String, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("level_before", Step),
    Column("eased", Boolean, nullable=False),
)
Index("stories_pair", stories.c.issuer, stories.c.destination, stories.c.last_at)
Index("stories_confirmed", stories.c.confirmed, stories.c.closed)

reports = Table(
    "reports",
    metadata,
    Column("id", String, primary_key=True),
    Column("story", String, nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
Index("reports_story", reports.c.story)
Index("reports_seen", reports.c.first_seen)

events = Table(
    "events",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("says", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("issuer", String, nullable=False),
    Column("destination", String, nullable=False),
    Column("places", String, nullable=False),
    Column("story", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
Index("events_says", events.c.says)
Index("events_story", events.c.story)
Index("events_at", events.c.at)
Index("events_destination", events.c.destination, events.c.seq)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("event", String, nullable=False),
    Column("subscription", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("story", String, nullable=False),
    Column("why", Words, nullable=False),
    Column("state", String, nullable=False),
    Column("level", Step),
    Column("created_at", Instant, nullable=False),
    Column("next_attempt", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_attempt", Instant),
    Column("settled_at", Instant),
    Column("last_reason", Words, nullable=False),
    Column("uncertain", Boolean, nullable=False),
    Column("plain", Boolean, nullable=False),
    Column("instead_of", String, nullable=False),
    Column("escalation", Boolean, nullable=False),
    Column("reference", String, nullable=False),
    UniqueConstraint("event", "subscription", "channel"),
)
Index("deliveries_due", deliveries.c.state, deliveries.c.channel, deliveries.c.next_attempt)
Index("deliveries_story", deliveries.c.story, deliveries.c.subscription, deliveries.c.channel)

channels = Table(
    "channels",
    metadata,
    Column("name", String, primary_key=True),
    Column("failing_since", Instant),
    Column("told_at", Instant),
    Column("not_before", Instant),
    Column("cause", Words, nullable=False),
)

sends = Table(
    "sends",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("channel", String, nullable=False),
    Column("at", Instant, nullable=False),
)
Index("sends_channel", sends.c.channel, sends.c.at)

silences = Table(
    "silences",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("reason", Words, nullable=False),
    Column("begins", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
    Column("matcher", LargeBinary, nullable=False),
)
Index("silences_ends", silences.c.ends)

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("event", String, nullable=False),
    Column("subscription", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Words, nullable=False),
    PrimaryKeyConstraint("event", "subscription"),
)

swept = Table(
    "swept",
    metadata,
    Column("source", String, nullable=False),
    Column("mark", String, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("source", "mark"),
)

findings = Table(
    "findings",
    metadata,
    Column("source", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", Words, nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("last_seen", Instant, nullable=False),
    Column("payload", String, nullable=False),
    PrimaryKeyConstraint("source", "kind", "subject"),
)
