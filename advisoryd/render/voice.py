"""One reader's language and clock: whole sentences from the catalogue, lists, dates, and names of languages (Babel).

The catalogues are the ``.po`` files themselves, compiled in memory when a locale is first used (some 20 ms): there is
no build step to forget and no compiled file to go stale. English is the language of the message ids.

Traps of Babel: ``zh-TW`` parses, but its catalogue must be looked up as ``zh_Hant``; its own zone names say "GMT+9"
where people write "JST", so the abbreviation comes from the zone database; its English dates are American, so plain
``en`` is written the British way.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from advisoryd.model.record import Stamp
from advisoryd.render.clean import Said, clean

CATALOGUES = Path(__file__).with_name("locale")
LOCALES = ("en", "de", "es", "fr", "it", "ja", "ko", "pt", "zh_Hans", "zh_Hant")
_TRADITIONAL = frozenset({"TW", "HK", "MO"})


class Voice:
    """How one reader is spoken to. ``tag`` is the BCP 47 tag of the language the message is really in, ``exact`` the
    reader's own tag as far as it is known."""

    def __init__(self, locale: Locale, catalogue: str, zone: ZoneInfo) -> None:
        self._locale = locale
        self.tag = catalogue.replace("_", "-")
        self.exact = str(locale).replace("_", "-")
        self._translations = _translations(catalogue)
        self._zone = zone

    def say(self, message: str, /, **values: object) -> Said:
        """The sentence for ``message`` with its placeholders filled; strangers' text is cleaned on the way in."""
        return _filled(self._translations.gettext(message), values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> Said:
        """The sentence for ``number`` things, in the plural form the language wants; ``{count}`` is the number."""
        return _filled(self._translations.ngettext(one, many, number), {"count": number, **values})

    def best(self, messages: Iterable[str], values: Mapping[str, object]) -> Said:
        """The first of ``messages`` whose placeholders can all be filled; empty when there is none."""
        return next(
            (self.say(message, **values) for message in messages if placeholders(message) <= values.keys()), Said("")
        )

    def listing(self, names: Iterable[str]) -> Said:
        """``A, B and C`` as the language writes it."""
        return Said(format_list([clean(name) for name in names], locale=self._locale))

    def moment(self, at: datetime) -> Said:
        """``14 Nov 2025, 20:10 JST``: date, 24-hour time and the abbreviation of the reader's zone at that time."""
        local = at.astimezone(self._zone)
        name = local.tzname() or "UTC"
        abbreviation = f"UTC{_offset(local)}" if name[0] in "+-" else name
        return self.say("{date}, {time}", date=self.day(local), time=f"{local:%H:%M} {abbreviation}")

    def day(self, day: date) -> Said:
        """A calendar day with the month in letters where the language does so."""
        return Said(format_skeleton("yMMMd", datetime(day.year, day.month, day.day, tzinfo=UTC), locale=self._locale))

    def stamp(self, stamp: Stamp) -> Said:
        """An issuer's date: with the time when it gave one, otherwise the day alone, in the issuer's own calendar."""
        return self.day(issuers_day(stamp)) if stamp.day else self.moment(stamp.at)

    def language(self, tag: str) -> Said:
        """The name of the language ``tag``; the tag itself when it is not known."""
        try:
            return clean(Locale.parse(tag, sep="-").get_display_name(self._locale) or tag)
        except (ValueError, TypeError, UnknownLocaleError):
            return clean(tag)


@lru_cache(maxsize=64)
def voice_for(locale: str, zone: str) -> Voice:
    """The voice for a BCP 47 ``locale`` and an IANA ``zone``. What is not known becomes English, or UTC."""
    catalogue = catalogue_for(locale)
    try:
        exact = Locale.parse(locale, sep="-")
    except (ValueError, UnknownLocaleError):
        exact = Locale.parse(catalogue)
    if exact.language != catalogue.partition("_")[0]:
        exact = Locale.parse(catalogue)
    british = Locale.parse("en_GB")
    return Voice(british if str(exact) == "en" else exact, catalogue, _zone(zone))


def catalogue_for(locale: str) -> str:
    """The catalogue that serves a BCP 47 tag: ``pt-BR`` is served by ``pt``, ``zh-TW`` by ``zh_Hant``."""
    language, *rest = locale.replace("_", "-").split("-")
    if language.lower() == "zh":
        subtags = {subtag.upper() for subtag in rest}
        return "zh_Hant" if "HANT" in subtags or ("HANS" not in subtags and subtags & _TRADITIONAL) else "zh_Hans"
    return language.lower() if language.lower() in LOCALES else "en"


def issuers_day(stamp: Stamp) -> date:
    """The calendar day whose start in the issuer's zone is ``stamp.at``.

    The zone is not kept, but a day starts within 13 hours before and 11 hours after midnight UTC in every zone that an
    issuer lives in (UTC+13 to UTC-10), so that 13 hours later it is the same date in UTC.
    """
    return (stamp.at + timedelta(hours=13)).astimezone(UTC).date()


@lru_cache(maxsize=512)
def placeholders(message: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(message) if name)


def _filled(template: str, values: Mapping[str, object]) -> Said:
    return Said(template.format_map({name: clean(_text(value)) for name, value in values.items()}))


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def _offset(local: datetime) -> str:
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


@lru_cache(maxsize=len(LOCALES))
def _translations(catalogue: str) -> gettext.NullTranslations:
    path = CATALOGUES / catalogue / "LC_MESSAGES" / "messages.po"
    if catalogue == "en":
        return gettext.NullTranslations()
    with path.open("rb") as file:
        entries = read_po(file, locale=catalogue)
    compiled = BytesIO()
    write_mo(compiled, entries)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
