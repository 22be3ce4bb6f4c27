"""The issuers' dates as instants, each with the issuer's own string kept; what cannot be read is ``None``.

A day without a time is the start of that day in the zone the issuer lives in, marked ``day``. Month names are compared
with a table, because ``strptime`` reads them in the locale of the machine. Zone names mean what their own governments
mean by them: general parsers take ``AEST`` for UTC, ten hours off.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz
from zoneinfo import ZoneInfo

from advisoryd.model.record import Stamp
from advisoryd.sources.decode import fold

_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6}
_MONTHS |= {"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}
_HOURS: dict[str, float] = {
    "GMT": 0, "UTC": 0, "UT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "IST": 1, "CET": 1, "CEST": 2,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AEST": 10, "AEDT": 11, "ACST": 9.5, "ACDT": 10.5, "AWST": 8, "NZST": 12, "NZDT": 13,
    "JST": 9, "KST": 9, "HKT": 8, "SGT": 8,
}  # fmt: skip
"""Hours east of Greenwich. IST is Irish and CST North American: no issuer of the catalogue means India or China."""

_NUMBERS = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_IDEOGRAPHS = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日$")
_DAY_FIRST = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3})[a-z]*\.?,? (\d{4})$", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(?:[a-z]+,? )?([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$", re.IGNORECASE)
_OFFSET = re.compile(r" ([+-])(\d\d):?(\d\d)$")
_ZONE_NAME = re.compile(r" ([A-Za-z]{1,5})$")


def iso(text: str, zone: str = "UTC") -> Stamp | None:
    """ISO 8601, with any number of fraction digits. A time without an offset is in ``zone``; so is a bare date."""
    folded = fold(text)
    only_day = day(folded, zone)
    if only_day is not None:
        return only_day
    try:
        moment = datetime.fromisoformat(folded)
        return _stamp(moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone)), folded)
    except ValueError:
        return None


def rfc822(text: str, zone: str = "UTC") -> Stamp | None:
    """The date of RSS: ``Tue, 15 Sep 2026 10:00:00 GMT``, also without week day, without time (then a day of ``zone``)
    or with a zone name. A time without a zone is in ``zone``; a zone name nobody knows makes the date unreadable."""
    folded = fold(text)
    only_day = day(folded, zone)
    if only_day is not None:
        return only_day
    try:
        parts, offset = parsedate_tz(folded), _offset(folded, zone)
        return _stamp(datetime(*parts[:6], tzinfo=offset), folded) if parts and offset else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def epoch(seconds: object) -> Stamp | None:
    """Seconds since 1970 as a number or as digits; milliseconds are not guessed at."""
    try:
        number = float(seconds) if isinstance(seconds, int | float | str) and not isinstance(seconds, bool) else None
        return Stamp(datetime.fromtimestamp(number, UTC), str(seconds)) if number is not None else None
    except (ValueError, OverflowError, OSError):
        return None


def day(text: str, zone: str = "UTC") -> Stamp | None:
    """A calendar day (``2026-05-14``, ``15 Sep 2026``, ``Tue, 15 September 2026``, ``May 14, 2026``, ``2026年5月14日``)
    as its start in ``zone``."""
    folded = fold(text)
    found = _ymd(folded)
    try:
        return _stamp(datetime(*found, tzinfo=ZoneInfo(zone)), folded, only_day=True) if found else None
    except ValueError:
        return None


def _ymd(text: str) -> tuple[int, int, int] | None:
    if found := _NUMBERS.match(text) or _IDEOGRAPHS.match(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.match(text):
        return int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1])
    if found := _MONTH_FIRST.match(text):
        return int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2])
    return None


def _offset(text: str, zone: str) -> tzinfo | None:
    """The zone that ends ``text``; ``zone`` when none does, ``None`` when it is a name nobody knows."""
    if found := _OFFSET.search(text):
        minutes = int(found[2]) * 60 + int(found[3])
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    if found := _ZONE_NAME.search(text):
        hours = _HOURS.get(found[1].upper())
        return timezone(timedelta(hours=hours)) if hours is not None else None
    return ZoneInfo(zone)


def _stamp(moment: datetime, text: str, only_day: bool = False) -> Stamp | None:
    try:
        return Stamp(moment.astimezone(UTC), text, only_day)
    except OverflowError:
        return None
