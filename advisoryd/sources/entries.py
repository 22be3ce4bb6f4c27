"""A feed's entries in our own shape, whatever format they came in, and what makes an entry the same one.

An entry's identity is taken from a ladder: its guid or ``rdf:about``, its link, its title. Addresses count without
their scheme and without what is added for measuring visits, because publishers change those while the entry stays: one
news site numbers the fragment of its guid at every edit (``…#0``, ``…#1``), others move from http to https.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from advisoryd.model.record import Stamp

_TRACKING = re.compile(
    r"(?:utm_\w+|at_\w+|mc_[ce]id|traffic_source|ns_\w+|fbclid|gclid|dclid|msclkid|igshid|xtor|cmp|cmpid|oc)$",
    re.IGNORECASE,
)
_FLEETING = re.compile(r"(?:\d+|(?:utm_\w+|xtor|ref|ns_campaign)=.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. ``summary`` is HTML where ``markup`` says so. ``outlet`` is the publisher that the entry names as its
    source, ``outlet_url`` its address. ``categories`` are (scheme, term); ``extensions`` the elements outside the feed
    formats, by prefix and name joined with ``_``, as far as they hold text."""

    identity: str
    title: str
    link: str = ""
    summary: str = ""
    markup: bool = False
    published: Stamp | None = None
    updated: Stamp | None = None
    author: str = ""
    outlet: str = ""
    outlet_url: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    extensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed. ``language`` is its own tag, ``""`` when it gives none; ``ttl`` the minutes it asks readers to wait.

    ``truncated`` says that it broke off or was damaged, so that entries may be missing from it; ``dropped`` counts the
    entries left out because nothing identified them.
    """

    version: str
    entries: tuple[Entry, ...]
    language: str = ""
    ttl: int | None = None
    truncated: bool = False
    dropped: int = 0


def identity(guid: str, link: str, title: str) -> str:
    """What makes an entry the same one; ``""`` when it has neither guid nor link nor title."""
    return canonical(guid) or canonical(link) or title


def canonical(address: str) -> str:
    """An http address as an identity: without scheme, tracking parameters and edit counters, host in lower case.

    Other fragments stay, since entries of one page may differ in nothing else; so does anything but an http address.
    """
    scheme, _, rest = address.partition("://")
    if scheme.lower() not in ("http", "https"):
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return rest
    query = "&".join(pair for pair in parts.query.split("&") if not _TRACKING.match(pair.partition("=")[0]))
    fragment = "" if _FLEETING.match(parts.fragment) else parts.fragment
    return "".join((parts.netloc.lower(), parts.path, query and f"?{query}", fragment and f"#{fragment}"))
