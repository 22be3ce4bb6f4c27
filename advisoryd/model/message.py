"""A message ready for a channel, and what a channel is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Protocol

from advisoryd.model.outcome import SendOutcome


class Priority(IntEnum):
    """How hard a message may knock. Channels map it to their own scale (ntfy 1 to 5, Pushover -2 to 2)."""

    SILENT = 1
    LOW = 2
    NORMAL = 3
    HIGH = 4
    URGENT = 5


class Form(StrEnum):
    """The text form a channel wants."""

    PLAIN = "plain"
    SHORT = "short"
    MARKDOWN = "markdown"
    SLACK = "slack"
    HTML = "html"
    EMAIL = "email"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel takes, in characters; ``None`` means no limit."""

    title: int | None = None
    body: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is handed to a channel: already in its form and within its limits.

    ``key`` is the delivery's idempotency key, ``story`` the thread it belongs to, ``opens_story`` whether it is the
    first message of that thread for this recipient, ``ends_story`` whether the matter is over (resolve an incident).
    ``html`` is the e-mail's other half. ``data`` is the event as JSON values, for machines.
    """

    key: str
    title: str
    body: str
    priority: Priority = Priority.NORMAL
    url: str = ""
    html: str = ""
    tags: tuple[str, ...] = ()
    story: str = ""
    opens_story: bool = True
    ends_story: bool = False
    reply_to: str = ""
    subscription: str = ""
    language: str = "en"
    data: Mapping[str, object] = field(default_factory=dict)


class Channel(Protocol):
    """One way out of the house. ``send`` blocks; it runs on the channel's own worker thread and nowhere else."""

    @property
    def form(self) -> Form:
        """The form its messages must be in."""
        ...

    @property
    def limits(self) -> Limits:
        """How long they may be."""
        ...

    def send(self, message: Message) -> SendOutcome:
        """Hand ``message`` over. Never raises for what the network or the receiver does."""
        ...

    def close(self) -> None:
        """Let go of sockets and files."""
        ...


class Post(Protocol):
    """The HTTP client as channels see it: one bounded, address-checked request, blocking."""

    def __call__(
        self, url: str, body: bytes, headers: Mapping[str, str], timeout: float = 20.0
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers (lower-case names) and at most 64 KiB of the answer. Raises :class:`PostFailed`."""
        ...


class PostFailed(Exception):
    """No answer came. ``sent`` tells whether the request may have reached the server."""

    def __init__(self, detail: str, sent: bool) -> None:
        super().__init__(detail)
        self.sent = sent
