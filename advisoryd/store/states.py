"""What is remembered of a source and of one of its documents between two polls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from advisoryd import codec
from advisoryd.decide.health import Condition
from advisoryd.model.outcome import Validators
from advisoryd.model.reading import Request

OK = "ok"
NEVER = "never"
DOUBTED = "doubted"
"""Read, but the poll was not believed: it must be read again even when its bytes stay the same."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source between two polls. ``newest`` is the newest change it brought, ``records`` how many rows it lists."""

    id: str
    condition: Condition
    next_poll: datetime
    last_poll: datetime | None = None
    reader_version: int | None = None
    baseline_at: datetime | None = None
    announced: bool = False
    records: int = 0
    newest: datetime | None = None
    moved_to: str = ""
    moved_polls: int = 0
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentState:
    """One document between two polls.

    ``payload`` is the hash of the body held, ``stamp`` the change stamp it was read under, ``wanted`` the one its
    index names now, ``since`` when an index first named the page, ``fresh_for`` how many seconds it asked
    to be left alone. ``complete``: it lists everything in force.
    ``status`` is ``ok``, ``never``, ``doubted`` or a :class:`~advisoryd.model.outcome.Trouble`. ``request`` is how a
    followed page is asked for.
    """

    source: str
    url: str
    follow: bool = False
    key: str = ""
    request: Request | None = None
    validators: Validators = Validators()
    payload: str = ""
    content_type: str = ""
    charset: str = ""
    stamp: str = ""
    wanted: str = ""
    since: datetime | None = None
    checked_at: datetime | None = None
    due_at: datetime | None = None
    fresh_for: int | None = None
    complete: bool = False
    status: str = NEVER


def document_of(row: Sequence[Any]) -> DocumentState:
    """From a row of the table ``documents``, its columns in their order."""
    source, url, follow, key, request, etag, modified, *rest = row
    payload, content_type, charset, stamp, wanted, since, checked_at, due_at, fresh_for, complete, status = rest
    return DocumentState(
        source=source,
        url=url,
        follow=bool(follow),
        key=key,
        request=codec.loads(request, Request) if request else None,
        validators=Validators(etag, modified),
        payload=payload,
        content_type=content_type,
        charset=charset,
        stamp=stamp,
        wanted=wanted,
        since=since,
        checked_at=checked_at,
        due_at=due_at,
        fresh_for=fresh_for,
        complete=bool(complete),
        status=status,
    )
