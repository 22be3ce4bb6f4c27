"""Addresses: which may be asked for, whose they are, and how they are shown without their secrets."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote_plus, urlsplit, urlunsplit

MAX_LENGTH = 8192
PORTS = {"http": 80, "https": 443}

_UPGRADE = ("http", 80, "https", 443)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_KEPT = "%/:=&?~#+!$,;'@()*[]"
_SEPARATORS = re.compile("([&;])")
_SECRET = re.compile(r"(key|token|secret|sig|signature|passw(or)?d|pass|pwd|auth|credentials?|jwt|appid|session|sid)$")


class Origin(NamedTuple):
    """Whom an address belongs to (RFC 9110, section 4.3.1). ``host`` is in lower case, without a final dot."""

    scheme: str
    host: str
    port: int


def tidy(url: str) -> str:
    """``url`` in ASCII: the host in its IDNA form, blanks and foreign letters percent-encoded, no fragment."""
    url = url.strip()
    if url.isascii() and "#" not in url and " " not in url:
        return url
    try:
        parts = urlsplit(url)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    except ValueError:
        return url
    return urlunsplit((parts.scheme, host, quote(parts.path, safe=_KEPT), quote(parts.query, safe=_KEPT), ""))


@lru_cache(maxsize=4096)
def objection(url: str) -> str:
    """Why ``url`` may not be asked for, as the end of a sentence about it; ``""`` when it may.

    Backslashes and control characters are refused because parsers disagree about the host behind them.
    """
    if len(url) > MAX_LENGTH:
        return f"is longer than {MAX_LENGTH} characters"
    if not url.isascii() or _UNSAFE.search(url):
        return "contains blanks, backslashes, control or foreign characters"
    parts = _split(url)
    if parts is None:
        return "cannot be read as an address"
    if parts.scheme not in PORTS:
        return "is neither http nor https"
    return "" if parts.hostname else "names no host"


@lru_cache(maxsize=4096)
def origin(url: str) -> Origin:
    """The origin of an address without :func:`objection`."""
    parts = urlsplit(url)
    return Origin(parts.scheme, (parts.hostname or "").rstrip("."), parts.port or PORTS[parts.scheme])


def same_party(old: Origin, new: Origin) -> bool:
    """Whether what was meant for ``old`` may go to ``new``: the same origin, or its move from plain to secure HTTP."""
    return old == new or (old.host == new.host and (old.scheme, old.port, new.scheme, new.port) == _UPGRADE)


def shown(url: str) -> str:
    """``url`` as it may be printed: user information and values of query fields named like keys are starred."""
    parts = _split(url)
    if parts is None or not parts.netloc:
        return "(an address that cannot be read)"
    _, at, host = parts.netloc.rpartition("@")
    query = "".join(_starred(field) for field in _SEPARATORS.split(parts.query))
    return urlunsplit((parts.scheme, f"***@{host}" if at else host, parts.path, query, ""))


def _starred(field: str) -> str:
    name, equals, _ = field.partition("=")
    letters = re.sub("[^a-z]", "", unquote_plus(name).lower())
    return f"{name}=***" if equals and _SECRET.search(letters) else field


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.port is None or parts.port else None
    except ValueError:
        return None
