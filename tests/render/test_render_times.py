"""Times are the reader's own, with the zone's abbreviation; a day without a clock time stays a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.model.record import Stamp
from advisoryd.render.voice import LOCALES, issuers_day, voice_for

AT = datetime(2025, 11, 14, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "zone", "text"),
    [
        ("en", "UTC", "14 Nov 2025, 13:30 UTC"),
        ("en", "Asia/Tokyo", "14 Nov 2025, 22:30 JST"),
        ("en-US", "America/New_York", "Nov 14, 2025, 08:30 EST"),
        ("en-AU", "Australia/Sydney", "15 Nov 2025, 00:30 AEDT"),
        ("en", "Asia/Dubai", "14 Nov 2025, 17:30 UTC+4"),
        ("en", "Asia/Kathmandu", "14 Nov 2025, 19:15 UTC+5:45"),
        ("en", "America/Sao_Paulo", "14 Nov 2025, 10:30 UTC-3"),
        ("de", "Europe/Berlin", "14. Nov. 2025, 14:30 CET"),
        ("fr", "Europe/Paris", "14 nov. 2025, 14:30 CET"),
        ("es", "Europe/Madrid", "14 nov 2025, 14:30 CET"),
        ("pt-BR", "America/Sao_Paulo", "14 de nov. de 2025, 10:30 UTC-3"),
        ("it", "Europe/Rome", "14 nov 2025, 14:30 CET"),
        ("ja", "Asia/Tokyo", "2025年11月14日 22:30 JST"),
        ("ko", "Asia/Seoul", "2025년 11월 14일 22:30 KST"),
        ("zh-CN", "Asia/Shanghai", "2025年11月14日 21:30 CST"),
        ("zh-TW", "Asia/Taipei", "2025年11月14日 21:30 CST"),
        ("en", "Mars/Olympus", "14 Nov 2025, 13:30 UTC"),
        ("en", "../etc/passwd", "14 Nov 2025, 13:30 UTC"),
    ],
)
def test_an_instant_reads_as_the_reader_would_write_it(locale: str, zone: str, text: str) -> None:
    assert voice_for(locale, zone).moment(AT) == text


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2025, 3, 30, 0, 59, tzinfo=UTC), "30 Mar 2025, 01:59 CET"),
        (datetime(2025, 3, 30, 1, 0, tzinfo=UTC), "30 Mar 2025, 03:00 CEST"),
        (datetime(2025, 10, 26, 0, 30, tzinfo=UTC), "26 Oct 2025, 02:30 CEST"),
        (datetime(2025, 10, 26, 1, 30, tzinfo=UTC), "26 Oct 2025, 02:30 CET"),
    ],
)
def test_both_nights_of_the_clock_change_are_told_apart(at: datetime, text: str) -> None:
    assert voice_for("en", "Europe/Berlin").moment(at) == text


def test_an_instant_in_any_zone_is_the_same_instant() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=-9, minutes=-30)))
    assert voice_for("en", "Asia/Tokyo").moment(elsewhere) == voice_for("en", "Asia/Tokyo").moment(AT)


@pytest.mark.parametrize("reader", ["Pacific/Honolulu", "UTC", "Pacific/Auckland"])
def test_a_day_is_the_issuers_day_wherever_the_reader_is(reader: str) -> None:
    beijing = Stamp(datetime(2025, 11, 13, 16, 0, tzinfo=UTC), "2025-11-14", day=True)
    assert voice_for("en", reader).stamp(beijing) == "14 Nov 2025"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(min_value=-10 * 60, max_value=13 * 60))
def test_the_issuers_day_is_found_for_every_zone_an_issuer_lives_in(day: date, minutes: int) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(minutes=minutes)))
    assert issuers_day(Stamp(midnight.astimezone(UTC), day=True)) == day


@pytest.mark.parametrize("locale", LOCALES)
def test_a_stamp_with_a_time_shows_it_in_every_language(locale: str) -> None:
    assert "22:30 JST" in voice_for(locale.replace("_", "-"), "Asia/Tokyo").stamp(Stamp(AT))
