"""The head of a request: who asks, and for what."""

from __future__ import annotations

import re
from functools import lru_cache

from advisoryd import __version__
from advisoryd.fetch import unpack
from advisoryd.fetch.redirects import Fields
from advisoryd.model.outcome import Validators

_ACCEPT = {
    "json": "application/json, */*;q=0.1",
    "xml": "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    "html": "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
}
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, section 5.6.2


def user_agent(contact: str) -> str:
    """How we introduce ourselves: ``Mozilla/5.0 (compatible; advisoryd/1.0; +ops@example.org)``.

    The form that crawlers use. Some ministries' firewalls refuse a bare name and version before anybody has read it,
    and a bare ``Mozilla/5.0`` too (ireland.ie in 2026); this one says as much and is served.
    """
    return f"Mozilla/5.0 (compatible; {'; +'.join(filter(None, (f'advisoryd/{__version__}', contact)))})"


@lru_cache(maxsize=1024)
def lines(agent: str, own: Fields, expect: str = "any", coding: str = unpack.ACCEPTED) -> tuple[bytes, ...]:
    """Header lines in which a field of one's ``own`` stands in for ours. Raises :class:`ValueError` for unfit ones.

    ``Expect`` is empty, which keeps libcurl from waiting for a go-ahead that few servers send.
    """
    fields = {
        "user-agent": ("User-Agent", agent),
        "accept": ("Accept", _ACCEPT.get(expect, "*/*")),
        "accept-encoding": ("Accept-Encoding", coding),
    }
    for name, value in own:
        if not _NAME.fullmatch(name):
            raise ValueError(f"the header {name!r} cannot be sent: its name is none")
        fields[name.lower()] = (name, value)
    return (b"Expect:", *(_line(name, value) for name, value in fields.values()))


def conditions(validators: Validators) -> tuple[bytes, ...]:
    """The lines that let a server answer with 304 (RFC 9110, sections 13.1.2 and 13.1.3)."""
    etag, modified = validators.etag, validators.modified
    if etag and modified:
        return _line("If-None-Match", etag), _line("If-Modified-Since", modified)
    if etag or modified:
        return (_line("If-None-Match", etag) if etag else _line("If-Modified-Since", modified),)
    return ()


def _line(name: str, value: str) -> bytes:
    if not value.isprintable():
        raise ValueError(f"the header {name!r} cannot be sent: its value holds control characters")
    return f"{name}: {value}".encode("latin-1")
