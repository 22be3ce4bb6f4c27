"""What an answer is worth: a body that may be believed, the old one still good, or a failure with its name.

Most answers are that nothing has changed, so what looks into bodies is imported with the first one.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from advisoryd.fetch import freshness
from advisoryd.fetch.headers import Head, media_type
from advisoryd.fetch.redirects import Hop
from advisoryd.fetch.unpack import unpack
from advisoryd.fetch.urls import origin
from advisoryd.fetch.wire import Answer, Fault
from advisoryd.model.outcome import Fetched, FetchFailed, FetchOutcome, NotModified, Trouble, Validators
from advisoryd.model.reading import Request

if TYPE_CHECKING:
    from advisoryd.fetch.body import Kind

MAX_VALIDATOR = 512
"""Longer validators are not kept: they would come back to the server in every request."""

_WHOLE = frozenset({200, 201, 203})
_MAY_BE_CHALLENGE = frozenset({200, 202, 403, 405, 503})
_NAMED = {
    401: (Trouble.FORBIDDEN, "asks for credentials"),
    403: (Trouble.FORBIDDEN, "refuses to serve this"),
    404: (Trouble.NOT_FOUND, "has nothing at this address"),
    407: (Trouble.FORBIDDEN, "is behind a proxy that asks for credentials"),
    410: (Trouble.GONE, "says that this is gone for good"),
    429: (Trouble.THROTTLED, "has been asked too often"),
    451: (Trouble.FORBIDDEN, "withholds this for legal reasons"),
}


def verdict(
    request: Request, hop: Hop, answer: Answer, validators: Validators, max_body: int, received: datetime
) -> FetchOutcome:
    """The outcome of ``request``, whose last hop was answered with ``answer`` at ``received``.

    ``validators`` are those that were sent; ``max_body`` is the limit in bytes once the body is unpacked.
    """
    head = answer.head
    if answer.fault is not None and head.status < 400:
        return failed(request, answer.fault, head, received)
    if head.status == 304 and (validators.etag or validators.modified):
        return NotModified(request.url, freshness.fresh_for(head.fields, received), _moved_to(hop))
    return _of_body(request, hop, answer, max_body, received)


def _of_body(request: Request, hop: Hop, answer: Answer, max_body: int, received: datetime) -> FetchOutcome:
    from advisoryd.fetch.body import kind

    head = answer.head
    unpacked = unpack(answer.body, head.fields.get("content-encoding", ""), max_body)
    body = b"" if isinstance(unpacked, Fault) else unpacked
    found = kind(body)
    fault = (
        _challenge(head, body, found)
        or _by_status(head.status, origin(hop.url).host)
        or (unpacked if isinstance(unpacked, Fault) else None)
        or _by_body(request, hop, body, found)
    )
    if fault is not None:
        return failed(request, fault, head, received)
    content_type, charset = media_type(head.fields.get("content-type", ""))
    return Fetched(
        url=request.url,
        body=body,
        content_type=content_type,
        charset=charset,
        validators=_validators(head),
        fresh_for=freshness.fresh_for(head.fields, received),
        moved_to=_moved_to(hop),
    )


def _moved_to(hop: Hop) -> str:
    return hop.url if hop.seen and hop.permanent else ""


def failed(request: Request, fault: Fault, head: Head, received: datetime) -> FetchFailed:
    """``fault`` as the outcome of ``request``."""
    wait = freshness.retry_after(head.fields, received)
    return FetchFailed(request.url, fault.trouble, fault.detail, head.status, wait)


def _challenge(head: Head, body: bytes, found: Kind) -> Fault | None:
    from advisoryd.fetch.challenge import challenged

    return challenged(head.fields, body, found) if head.status in _MAY_BE_CHALLENGE else None


def _by_body(request: Request, hop: Hop, body: bytes, found: Kind) -> Fault | None:
    from advisoryd.fetch.body import mismatch
    from advisoryd.fetch.challenge import landed

    if not body or body.isspace():
        return Fault(Trouble.EMPTY, f"{origin(hop.url).host} answered without a body.")
    return landed(request.url, hop.url, found) or mismatch(body, found, request.expect)


def _by_status(status: int, host: str) -> Fault | None:
    if status in _WHOLE:
        return None
    if status in _NAMED:
        trouble, words = _NAMED[status]
        return Fault(trouble, f"{host} {words} (status {status}).")
    if status >= 500:
        return Fault(Trouble.SERVER, f"{host} has a fault of its own (status {status}).")
    if status in {204, 205}:
        return Fault(Trouble.EMPTY, f"{host} answered without a body (status {status}).")
    if status == 304:
        return Fault(Trouble.STATUS, f"{host} answered “not modified” to a request without conditions (status 304).")
    return Fault(Trouble.STATUS, f"{host} answered with status {status}, which is no answer to this request.")


def _validators(head: Head) -> Validators:
    return Validators(_kept(head.fields.get("etag", "")), _kept(head.fields.get("last-modified", "")))


def _kept(validator: str) -> str:
    return validator if len(validator) <= MAX_VALIDATOR and validator.isprintable() else ""
