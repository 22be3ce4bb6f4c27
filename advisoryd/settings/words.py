"""The words of the configuration file that stand for something else: durations, hours, digests, event kinds.

Each function raises :class:`ValueError` with a sentence that says what would be right and never repeats the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time, timedelta
from difflib import get_close_matches
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from advisoryd.model.event import OPERATOR, Kind

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"([0-9]{1,9})\s*([smhdw])")
_LONGEST = timedelta(days=3650)
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_PROXIES = frozenset({"http", "https", "socks4", "socks4a", "socks5", "socks5h"})
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVENT_WORDS = tuple(kind.value for kind in Kind if kind not in OPERATOR and kind is not Kind.BASELINE)
NO_PATH = "must be a path that a file or folder can have"
UNIONS = ("EU", "UN", "WHO")
"""Issuers that are no country."""


def duration(text: str) -> timedelta:
    """``"15m"``, ``"6h"``, ``"7d"``: a whole number and s, m, h, d or w, up to ten years."""
    match = _DURATION.fullmatch(text.strip())
    found = timedelta(seconds=int(match[1]) * _UNITS[match[2]]) if match else timedelta()
    if not timedelta() < found <= _LONGEST:
        raise ValueError('must be a time span such as "15m", "6h" or "7d"')
    return found


def written(span: timedelta) -> str:
    """A time span as :func:`duration` reads it, in the largest unit that says it whole."""
    seconds = int(span.total_seconds())
    unit = next(unit for unit in "dhms" if seconds % _UNITS[unit] == 0)
    return f"{seconds // _UNITS[unit]}{unit}"


def clock(text: str) -> time:
    """``"22:00"``: a wall-clock time on 24 hours."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise ValueError('must be a time of day such as "22:00"')
    return time(int(match[1]), int(match[2]))


def zone(text: str) -> str:
    """An IANA time zone name."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('must be a time zone such as "Europe/Berlin" or "Asia/Tokyo"') from None
    return text


def digest(text: str) -> tuple[str, time, int]:
    """``"hourly"``, ``"daily 08:00"`` or ``"weekly monday 08:00"`` as (every, at, week day)."""
    match text.lower().split():
        case ["hourly"]:
            return "hourly", time(0, 0), 1
        case ["daily", at] if _CLOCK.fullmatch(at):
            return "daily", clock(at), 1
        case ["weekly", day, at] if day in WEEKDAYS and _CLOCK.fullmatch(at):
            return "weekly", clock(at), WEEKDAYS.index(day) + 1
    raise ValueError('must be "hourly", "daily 08:00" or "weekly monday 08:00"')


def events(word: str) -> frozenset[Kind]:
    """One event kind by name, or ``"*"`` for all of them."""
    if word == "*":
        return frozenset(map(Kind, EVENT_WORDS))
    if word not in EVENT_WORDS:
        raise ValueError(f"is not a kind of event{near_or_all(word, EVENT_WORDS)}")
    return frozenset({Kind(word)})


def issuer(word: str) -> str:
    """Who speaks: an ISO 3166-1 code in capitals, or one of :data:`UNIONS`."""
    from advisoryd import places

    if word in UNIONS or (re.fullmatch("[A-Z]{2}", word) and places.known(word)):
        return word
    likely = places.resolve(word).place or places.resolve(word.upper()).place
    meant = word.upper() if word.upper() in UNIONS else likely if re.fullmatch("[A-Z]{2}", likely) else ""
    hint = f" (did you mean {meant!r}?)" if meant else ""
    raise ValueError(f'must be an ISO 3166-1 code such as "CN", or one of {", ".join(UNIONS)}{hint}')


def path(text: str) -> str:
    """A path that a file or folder can have."""
    if not is_path(text):
        raise ValueError(NO_PATH)
    return text


def is_path(text: str) -> bool:
    """Whether a file or folder can have this path, on Linux and on most other systems."""
    return text.isprintable() and len(text.encode()) < 4000 and all(len(p.encode()) < 256 for p in text.split("/"))


def web_address(url: str) -> str:
    """An http or https address that names a host."""
    if _scheme(url) not in ("http", "https"):
        raise ValueError("must be an http:// or https:// address")
    return url


def endpoint(text: str) -> tuple[str, int]:
    """An address and a port to listen on: ``127.0.0.1:8787``, ``[::1]:8787``."""
    host, _, port = text.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536 or (":" in host) != (host[:1] + host[-1:] == "[]"):
        raise ValueError('must be an address and a port such as "127.0.0.1:8787" or "[::1]:8787"')
    try:
        return str(ip_address(host.strip("[]"))), int(port)
    except ValueError:
        raise ValueError("must begin with an IP address, not with a name") from None


def proxy(url: str) -> str:
    """The address of a proxy."""
    if _scheme(url) not in _PROXIES:
        raise ValueError('must be the address of a proxy such as "http://proxy.example.org:3128"')
    return url


def _scheme(url: str) -> str:
    """The scheme of an address with a host and, if any, a possible port; ``""`` for anything else."""
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", url)
    except ValueError:
        return ""
    return parts.scheme if usable else ""


def network(text: str) -> str:
    """A network such as 10.0.0.0/8."""
    try:
        ip_network(text, strict=False)
    except ValueError:
        raise ValueError('must be a network such as "10.0.0.0/8" or "fd00::/8"') from None
    return text


def near(word: str, known: Iterable[str]) -> str:
    """``" (did you mean X?)"`` when something known is close to ``word``, else nothing."""
    close = get_close_matches(word[:80], list(map(str, known)), n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else ""


def near_or_all(word: str, known: Iterable[str]) -> str:
    """The likeliest meant of ``known``, else all of them."""
    among = list(known)
    return near(word, among) or f"; there are {', '.join(among)}"
