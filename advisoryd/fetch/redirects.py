"""Following redirects by hand: where next, with which method, body and headers, and when to stop."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urljoin

from advisoryd.fetch.urls import objection, origin, same_party, shown, tidy
from advisoryd.fetch.wire import Fault
from advisoryd.model.outcome import Trouble

STATUSES = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})  # RFC 9110, sections 15.4.2 and 15.4.9


Fields = tuple[tuple[str, str], ...]


class Hop(NamedTuple):
    """The request about to be made. ``at_home`` while it goes to the party that the source's own headers are meant
    for; ``permanent`` while every redirect up to here was; ``seen`` are the addresses asked before."""

    url: str
    method: str
    body: bytes | None
    at_home: bool = True
    permanent: bool = True
    seen: tuple[str, ...] = ()


def follow(hop: Hop, status: int, location: str, limit: int) -> Hop | Fault:
    """The hop after ``hop`` was answered with ``status`` and ``location``, or why there is none."""
    if not location:
        return _stop(f"{shown(hop.url)} redirects without saying where to.")
    if len(hop.seen) >= limit:
        return _stop(f"There are more than {limit} redirects; {shown(hop.url)} wants to add another.")
    url = _target(hop.url, location)
    reason = objection(url)
    if reason:
        return _stop(f"{shown(hop.url)} redirects to {shown(url)}, which {reason}.")
    if origin(hop.url).scheme == "https" and origin(url).scheme == "http":
        return _stop(f"{shown(hop.url)} redirects from https down to {shown(url)}, which is refused.")
    seen = (*hop.seen, hop.url)
    onward = _rewritten(hop, status)._replace(url=url, seen=seen)
    if url in seen and onward.method == hop.method:
        return _stop(f"{shown(hop.url)} redirects back to {shown(url)}; cookies are not kept here.")
    return onward._replace(
        at_home=hop.at_home and same_party(origin(hop.url), origin(url)),
        permanent=hop.permanent and status in _PERMANENT,
    )


def carried(fields: Fields, hop: Hop) -> Fields:
    """Of a source's own header ``fields``, those that go along: none but the body's to strangers (RFC 9110, section
    15.4), and none of the body's where there is no body any more."""
    if not hop.seen:
        return fields
    return tuple(field for field in fields if (hop.body is not None if _about_body(field[0]) else hop.at_home))


def _about_body(name: str) -> bool:
    return name.lower().startswith("content-")


def _rewritten(hop: Hop, status: int) -> Hop:
    # RFC 9110, section 15.4.4: after 303 the answer is fetched with GET; sections 15.4.2 and 15.4.3: after 301 and 302
    # a POST becomes a GET by custom. 307 and 308 keep method and body.
    if status == 303 or (status in {301, 302} and hop.method == "POST"):
        return hop._replace(method="GET", body=None)
    return hop


def _target(base: str, location: str) -> str:
    # A Location is ASCII by the standard; those that are not are UTF-8, as a head is read byte by byte.
    try:
        location = location.encode("latin-1").decode("utf-8")
        return tidy(urljoin(base, location.strip()))
    except ValueError:
        return location


def _stop(detail: str) -> Fault:
    return Fault(Trouble.REDIRECTS, detail)
