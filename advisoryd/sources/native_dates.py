"""Dates as European ministries print them: the day first, in figures or with the month's name in their language."""

from __future__ import annotations

import re

from advisoryd.model.record import Stamp
from advisoryd.sources import dates
from advisoryd.sources.decode import fold

_FIGURES = re.compile(
    r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)(?:,? (?:kl\.? )?(\d{1,2})[.:](\d\d)(?:[.:](\d\d))?(?!\d))?",
    re.IGNORECASE,
)
_WORDS = re.compile(r"(?<!\d)(\d{1,2})(?:er)? (?:de )?([^\W\d]+)\.? (?:de )?(\d{4})(?!\d)")
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}


def figures(text: str, zone: str) -> Stamp | None:
    """The first ``24.06.2026``, ``24/06/2026``, ``24.06.2026 Kl. 15.04`` or ``01.08.2023 10:32:17`` in ``text``, as a
    day or a moment of ``zone``; ``None`` when there is none, or no such day."""
    found = _FIGURES.search(fold(text))
    if not found:
        return None
    day, month, year, hour, minute, second = found.groups()
    clock = f"T{int(hour):02}:{minute}:{second or '00'}" if hour else ""
    return _as_printed(dates.iso(f"{year}-{int(month):02}-{int(day):02}{clock}", zone), found[0])


def words(text: str, language: str, zone: str) -> Stamp | None:
    """The first ``30 juin 2026`` or ``8 de abril de 2026`` in ``text`` as a day of ``zone``; French and Spanish."""
    months = _MONTHS[language].split()
    for found in _WORDS.finditer(fold(text)):
        name = found[2].casefold()
        if name in months:
            return _as_printed(dates.day(f"{found[3]}-{months.index(name) + 1}-{found[1]}", zone), found[0])
    return None


def _as_printed(stamp: Stamp | None, text: str) -> Stamp | None:
    return Stamp(stamp.at, text, stamp.day) if stamp else None
