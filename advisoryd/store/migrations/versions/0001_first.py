"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

from advisoryd.store.schema import Instant, Serial, Step, Words

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    sources()
    contents()
    advice()
    news()
    delivery()


def sources() -> None:
    """What is asked, and when."""
    op.create_table(
        "sources",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("health", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", Instant(), nullable=True),
        sa.Column("last_good", Instant(), nullable=True),
        sa.Column("last_poll", Instant(), nullable=True),
        sa.Column("next_poll", Instant(), nullable=False),
        sa.Column("cause", Words(), nullable=False),
        sa.Column("reader_version", sa.Integer(), nullable=True),
        sa.Column("baseline_at", Instant(), nullable=True),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("newest", Instant(), nullable=True),
        sa.Column("moved_to", sa.String(), nullable=False),
        sa.Column("moved_polls", sa.Integer(), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sources_due", "sources", ["next_poll"], unique=False)
    op.create_index("sources_polled", "sources", ["last_poll"], unique=False)
    op.create_table(
        "documents",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("follow", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("modified", sa.String(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("charset", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("wanted", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=True),
        sa.Column("checked_at", Instant(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("fresh_for", sa.Integer(), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source", "url"),
    )
    op.create_index("documents_due", "documents", ["due_at"], unique=False)
    op.create_index("documents_key", "documents", ["source", "follow", "key"], unique=False)
    op.create_index(
        "documents_moved",
        "documents",
        ["source"],
        unique=False,
        sqlite_where=sa.text("stamp != wanted"),
        postgresql_where=sa.text("stamp != wanted"),
    )
    op.create_table(
        "payloads",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("first_seen", Instant(), nullable=False),
        sa.Column("last_used", Instant(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index("payloads_used", "payloads", ["last_used"], unique=False)


def contents() -> None:
    """What the documents say."""
    op.create_table(
        "pieces",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source", "url", "key"),
    )
    op.create_index("pieces_key", "pieces", ["source", "key", "url"], unique=False)
    op.create_table(
        "slices",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source", "url", "hash"),
    )
    op.create_table(
        "items",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("first_seen", Instant(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("source", "key"),
    )
    op.create_index("items_seen", "items", ["first_seen"], unique=False)
    op.create_table(
        "findings",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", Words(), nullable=False),
        sa.Column("first_seen", Instant(), nullable=False),
        sa.Column("last_seen", Instant(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source", "kind", "subject"),
    )
    op.create_table(
        "swept",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("source", "mark"),
    )


def advice() -> None:
    """What issuers say, and what stands."""
    op.create_table(
        "revisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("payloads", sa.Text(), nullable=False),
        sa.Column("reader_version", sa.Integer(), nullable=False),
        sa.Column("first_seen", Instant(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("revisions_pair", "revisions", ["issuer", "destination", "track"], unique=False)
    op.create_table(
        "standings",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("level", Step(), nullable=True),
        sa.Column("first_seen", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("candidate", sa.String(), nullable=False),
        sa.Column("candidate_edition", sa.Text(), nullable=False),
        sa.Column("candidate_since", Instant(), nullable=True),
        sa.Column("missing_since", Instant(), nullable=True),
        sa.Column("missing_polls", sa.Integer(), nullable=False),
        sa.Column("stale_since", Instant(), nullable=True),
        sa.Column("dated", Instant(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("warned_expiry", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "destination", "track"),
    )
    op.create_index("standings_destination", "standings", ["destination"], unique=False)
    op.create_index("standings_ending", "standings", ["expires_at"], unique=False)
    op.create_index(
        "standings_in_question",
        "standings",
        ["source"],
        unique=False,
        sqlite_where=sa.text("candidate_since IS NOT NULL OR missing_since IS NOT NULL"),
        postgresql_where=sa.text("candidate_since IS NOT NULL OR missing_since IS NOT NULL"),
    )
    op.create_index("standings_source", "standings", ["source", "key"], unique=False)


def news() -> None:
    """What happened, and who says so."""
    op.create_table(
        "stories",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("level_before", Step(), nullable=True),
        sa.Column("eased", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("stories_confirmed", "stories", ["confirmed", "closed"], unique=False)
    op.create_index("stories_pair", "stories", ["issuer", "destination", "last_at"], unique=False)
    op.create_table(
        "events",
        sa.Column("seq", Serial, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("places", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("events_at", "events", ["at"], unique=False)
    op.create_index("events_destination", "events", ["destination", "seq"], unique=False)
    op.create_index("events_says", "events", ["says"], unique=False)
    op.create_index("events_story", "events", ["story"], unique=False)
    op.create_table(
        "reports",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("first_seen", Instant(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("reports_seen", "reports", ["first_seen"], unique=False)
    op.create_index("reports_story", "reports", ["story"], unique=False)


def delivery() -> None:
    """Who is told."""
    op.create_table(
        "deliveries",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("subscription", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("why", Words(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("level", Step(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("next_attempt", Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_attempt", Instant(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("last_reason", Words(), nullable=False),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.Column("plain", sa.Boolean(), nullable=False),
        sa.Column("instead_of", sa.String(), nullable=False),
        sa.Column("escalation", sa.Boolean(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event", "subscription", "channel"),
    )
    op.create_index("deliveries_due", "deliveries", ["state", "channel", "next_attempt"], unique=False)
    op.create_index("deliveries_story", "deliveries", ["story", "subscription", "channel"], unique=False)
    op.create_table(
        "channels",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("failing_since", Instant(), nullable=True),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("not_before", Instant(), nullable=True),
        sa.Column("cause", Words(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "sends",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sends_channel", "sends", ["channel", "at"], unique=False)
    op.create_table(
        "acknowledgements",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("subscription", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", Words(), nullable=False),
        sa.PrimaryKeyConstraint("event", "subscription"),
    )
    op.create_table(
        "silences",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("begins", Instant(), nullable=False),
        sa.Column("ends", Instant(), nullable=False),
        sa.Column("matcher", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("silences_ends", "silences", ["ends"], unique=False)
