"""From bytes to records: what is asked of a server, what comes back, what a reader makes of it.

A source is read in two pure steps. :meth:`Reader.parse` turns one document into *pieces*: for every key, what that
document alone says. :meth:`Reader.records` joins the pieces of all documents about one key into records. Only
documents whose bytes changed are parsed, and only keys whose pieces changed are joined and compared.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from advisoryd.model.record import Item, Record
from advisoryd.model.secret import Secret

PLACEHOLDER = "{secret}"
"""What stands in an address for its secret, everywhere but on the wire."""

Piece = Mapping[str, object]
"""What one document says about one key: JSON values only, so that it can be hashed. Dates that say nothing about
substance stay in; readers leave out values that move on every request."""


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask a server. ``expect`` is what the body must be: ``json``, ``xml``, ``html`` or ``any``.

    ``secret`` is what :data:`PLACEHOLDER` in path or query of ``url`` (all of it ASCII then) stands for. The client
    puts it in, percent-encoded once, when it sends the request; nobody else sees it, and it is never stored.
    """

    url: str
    expect: str = "any"
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class Follow:
    """A page that a document points at. It is asked for when ``stamp`` differs from the one it was last read under,
    or, where the issuer gives no stamp (``""``), when the source's ``detail_every`` has passed.

    ``key`` is the key of the row that names the page, ``""`` when there is none. ``request`` is stored, so it holds no
    secret: where its address has a :data:`PLACEHOLDER`, the secret is that of an endpoint on the same host.
    """

    request: Request
    key: str = ""
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole, believed body. ``url`` is the one asked for, ``known`` the hashes of entries read earlier."""

    url: str
    body: bytes
    content_type: str = ""
    charset: str = ""
    known: Collection[str] = ()


class FindingKind(StrEnum):
    """What a reader or a guard tells the operator, by name."""

    UNKNOWN_PLACE = "unknown-place"
    UNKNOWN_LEVEL = "unknown-level"
    UNKNOWN_FIELD = "unknown-field"
    DUPLICATE = "duplicate"
    STALE_COPY = "stale-copy"
    SHORT = "short"
    MISSING = "missing"
    LEVELS_LOST = "levels-lost"
    MASS_CHANGE = "mass-change"
    BULK_REVIEW = "bulk-review"
    QUIET = "quiet"
    MOVED = "moved"
    RELABELLED = "relabelled"
    UNUSUAL = "unusual"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the operator should know about one source. ``keys`` name the rows concerned."""

    kind: FindingKind
    detail: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one document says.

    ``complete`` is true when the document lists every advisory in force, so that absence means something.
    ``slices`` are the hashes of all entries the document holds, including those not parsed because they were known.
    ``fresh_for`` is how many seconds the document itself asks to be left alone; ``None`` when it does not say, or was
    not read as a whole.
    """

    pieces: Mapping[str, Piece] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    follow: tuple[Follow, ...] = ()
    complete: bool = False
    findings: tuple[Finding, ...] = ()
    slices: tuple[str, ...] = ()
    fresh_for: int | None = None


class Unreadable(Exception):
    """A body that is not what the source's contract says. The message is one sentence for the operator.

    ``kind`` is a short stable name such as ``wrong-shape``, ``empty-list`` or ``short-list``.
    """

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


class Shape(StrEnum):
    """A register lists everything in force, so absence means something; a stream is a moving window."""

    REGISTER = "register"
    STREAM = "stream"


@dataclass(frozen=True, slots=True)
class Contract:
    """What a source promises, measured on what it served; each reader gives the reason beside its numbers.

    ``lists_calm``: the register also lists places it gives no advice about; where it does not, a new row is new advice
    and a row that is gone, confirmed, is advice lifted. ``min_rows``: fewer rows make the reading unreadable.
    ``grace``: how long a row may be missing before it counts as vanished. ``usual_gap``: a newest entry older than this
    is reported (``None``: never). ``bulk_reviews``: the issuer is known to change many levels on one day, so such a day
    is not held back.
    """

    shape: Shape = Shape.REGISTER
    lists_calm: bool = True
    min_rows: int = 1
    grace: timedelta = timedelta(days=7)
    usual_gap: timedelta | None = None
    bulk_reviews: bool = False


class Reader(Protocol):
    """One issuer's way of publishing, as pure functions."""

    @property
    def version(self) -> int:
        """Raised when the same bytes are read differently: what then differs is a correction, not news."""
        ...

    @property
    def contract(self) -> Contract:
        """What the source promises."""
        ...

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The documents to ask for at every poll."""
        ...

    def parse(self, document: Document) -> Parsed:
        """What ``document`` says. Raises :class:`Unreadable` when it is not in the contract's shape."""
        ...

    def records(self, key: str, pieces: Sequence[Piece]) -> Sequence[Record]:
        """The records of ``key``, joined from the pieces of all documents that mention it, oldest document first."""
        ...
