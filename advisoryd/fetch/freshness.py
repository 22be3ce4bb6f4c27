"""How long a server asks us to wait: Cache-Control, Expires, Age and Retry-After, as seconds within named limits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

MAX_FRESH = 24 * 3600.0
"""A longer promise is not believed: an advisory can change at any hour, and misconfigured caches promise a year."""

MAX_RETRY_AFTER = 24 * 3600.0
"""A longer request to stay away counts as a day, so that a mistake at the other end cannot silence a source."""


def fresh_for(fields: Mapping[str, str], received: datetime, limit: float = MAX_FRESH) -> float | None:
    """Seconds for which the answer stays fresh, between 0 and ``limit``; ``None`` when the server does not say.

    ``received`` is when the answer came, in UTC; it is used only where the server sent no ``Date``.
    """
    directives = _directives(fields.get("cache-control", ""))
    if "no-store" in directives or "no-cache" in directives:
        return 0.0  # RFC 9111, sections 5.2.2.4 and 5.2.2.5: not to be reused without asking
    lifetime = _lifetime(directives, fields, received)
    if lifetime is None:
        return None
    age = _seconds(fields.get("age", "")) or 0.0  # RFC 9111, section 4.2.3, without the clock of this machine
    return min(max(lifetime - age, 0.0), limit)


def retry_after(fields: Mapping[str, str], received: datetime, limit: float = MAX_RETRY_AFTER) -> float | None:
    """Seconds until the server wants to be asked again (RFC 9110, section 10.2.3), between 0 and ``limit``.

    ``None`` when it does not say, or says it in no form that the standard knows.
    """
    value = fields.get("retry-after", "").strip()
    wait = _seconds(value)
    if wait is None:
        wait = _until(value, fields, received)
    return None if wait is None else min(max(wait, 0.0), limit)


def http_date(text: str) -> datetime | None:
    """An HTTP-date in any of its three forms (RFC 9110, section 5.6.7), in UTC; ``None`` when it is none."""
    from email.utils import parsedate_to_datetime  # ten milliseconds that most answers need not pay

    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _lifetime(directives: Mapping[str, str], fields: Mapping[str, str], received: datetime) -> float | None:
    # RFC 9111, section 4.2.1: max-age goes before Expires; s-maxage is for shared caches, which this is not.
    if "max-age" in directives:
        return _seconds(directives["max-age"]) or 0.0  # section 4.2.1: an unreadable age means stale
    if "expires" in fields:
        return _until(fields["expires"], fields, received) or 0.0  # section 5.3: "0" and the like mean the past
    return None


def _directives(value: str) -> dict[str, str]:
    directives: dict[str, str] = {}
    for part in value.split(",") if value else ():
        name, _, argument = part.partition("=")
        directives.setdefault(name.strip().lower(), argument.strip().strip('"'))  # section 5.2: both forms are taken
    return directives


def _until(text: str, fields: Mapping[str, str], received: datetime) -> float | None:
    moment = http_date(text)
    if moment is None:
        return None
    reference = http_date(fields["date"]) if "date" in fields else None  # section 4.2.1: Expires minus Date
    return (moment - (reference or received)).total_seconds()


def _seconds(text: str) -> float | None:
    # RFC 9111, section 1.2.2: digits only; what is too big to hold counts as two to the power of thirty-one.
    if not (text.isascii() and text.isdigit()):
        return None
    return float(text) if len(text) <= 10 else 2.0**31
