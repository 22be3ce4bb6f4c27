"""Outcomes are values: what came of asking a server, and of sending a message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """Why a request brought no body that may be believed. The value is what people read."""

    UNREACHABLE = "unreachable"
    REFUSED_ADDRESS = "refused-address"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    TRUNCATED = "truncated"
    REDIRECTS = "redirects"
    STATUS = "status"
    NOT_FOUND = "not-found"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    THROTTLED = "throttled"
    SERVER = "server-error"
    CHALLENGE = "challenge"
    WRONG_TYPE = "wrong-type"
    EMPTY = "empty"
    GARBLED = "garbled"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave so that the next request may be answered with 304."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole body. ``fresh_for`` is how long the server asks us to wait, in seconds, already clamped; ``None`` when
    it does not say. ``moved_to`` is set when every hop of the redirect chain was permanent."""

    url: str
    body: bytes
    content_type: str = ""
    charset: str = ""
    validators: Validators = Validators()
    fresh_for: float | None = None
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that the body we hold is still the one. The fields are as in :class:`Fetched`."""

    url: str
    fresh_for: float | None = None
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """No body, and why. ``detail`` is one sentence for the operator; ``retry_after`` is in seconds."""

    url: str
    trouble: Trouble
    detail: str
    status: int = 0
    retry_after: float | None = None


FetchOutcome = Fetched | NotModified | FetchFailed


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel accepted the message. ``reference`` is the channel's own id of it, for threads and receipts."""

    reference: str = ""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Not accepted, and trying again makes sense; ``after`` is the wait the channel asked for, in seconds."""

    reason: str
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may have arrived (a time-out after sending): tried again later, marked as a possible duplicate."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The channel will never take this message as it is."""

    reason: str


SendOutcome = Sent | TryAgain | Uncertain | Refused
