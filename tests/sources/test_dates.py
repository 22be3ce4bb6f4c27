"""The issuers' dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.model.record import Stamp
from advisoryd.sources import dates


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-08-28T15:22:35Z", utc(2026, 8, 28, 15, 22, 35)),
        ("2026-08-28T16:22:35+01:00", utc(2026, 8, 28, 15, 22, 35)),
        ("2026-11-20T10:15:04.3744983-05:00", utc(2026, 11, 20, 15, 15, 4, 374498)),
        ("2026-11-20T10:15:02.12-05:00", utc(2026, 11, 20, 15, 15, 2, 120000)),
        ("2026-02-10T10:32:52.975619+00:00", utc(2026, 2, 10, 10, 32, 52, 975619)),
    ],
)
def test_iso_times_with_any_number_of_fraction_digits(text: str, moment: datetime) -> None:
    assert dates.iso(text) == Stamp(moment, text)


def test_a_time_without_an_offset_is_in_the_zone_of_the_issuer() -> None:
    assert dates.iso("2026-03-01 10:29", "Australia/Sydney") == Stamp(utc(2026, 2, 28, 23, 29), "2026-03-01 10:29")


@pytest.mark.parametrize(
    "text",
    ["2026-05-14", "2026/5/14", "14 May 2026", "Thu, 14 May 2026", "14 May, 2026", "May 14, 2026", "2026年5月14日"],
)
def test_a_day_is_the_start_of_that_day_in_its_zone(text: str) -> None:
    assert dates.day(text, "Asia/Tokyo") == Stamp(utc(2026, 5, 13, 15), text, day=True)


def test_long_month_names_and_ordinals_are_read() -> None:
    assert dates.day("20 February 2024") == Stamp(utc(2024, 2, 20), "20 February 2024", day=True)
    assert dates.day("3rd of May 2024") is None
    assert dates.day("September 1st, 2024") == Stamp(utc(2024, 9, 1), "September 1st, 2024", day=True)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 23 Nov 2026 21:02:01 GMT", utc(2026, 11, 23, 21, 2, 1)),
        ("21 Jul 2026 22:00:00 AEST", utc(2026, 7, 21, 12)),
        ("20 Nov 2026 22:00:00 AEDT", utc(2026, 11, 20, 11)),
        ("Mon, 23 Nov 2026 21:02:01 +0200", utc(2026, 11, 23, 19, 2, 1)),
        ("Mon, 23 Nov 2026 21:02 -05:00", utc(2026, 11, 24, 2, 2)),
    ],
)
def test_rfc_822_times_with_the_zones_ministries_use(text: str, moment: datetime) -> None:
    assert dates.rfc822(text) == Stamp(moment, text)


def test_a_feed_date_without_time_is_a_day() -> None:
    assert dates.rfc822("Tue, 15 Sep 2026") == Stamp(utc(2026, 9, 15), "Tue, 15 Sep 2026", day=True)


def test_a_feed_time_without_zone_is_in_the_zone_of_the_issuer() -> None:
    assert dates.rfc822("21 Jul 2026 22:00:00", "Europe/Dublin") == Stamp(utc(2026, 7, 21, 21), "21 Jul 2026 22:00:00")


def test_a_zone_name_nobody_knows_makes_a_date_unreadable_rather_than_wrong() -> None:
    assert dates.rfc822("21 Jul 2026 22:00:00 QQT") is None


def test_seconds_since_1970_as_number_or_digits() -> None:
    assert dates.epoch(1795282817) == Stamp(utc(2026, 11, 21, 17, 40, 17), "1795282817")
    assert dates.epoch("0") == Stamp(utc(1970, 1, 1), "0")


@pytest.mark.parametrize("value", [None, True, "soon", "", 1e30, float("nan"), [1]])
def test_what_is_no_number_of_seconds_is_no_date(value: object) -> None:
    assert dates.epoch(value) is None


@pytest.mark.parametrize("read", [dates.iso, dates.rfc822, dates.day])
@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-13-40", "31 Foo 2026", "0001-01-01T00:00:00+14:00", "99 May 2026", "2026"]
)
def test_what_cannot_be_read_is_no_date(read: Callable[[str], Stamp | None], text: str) -> None:
    assert read(text) is None


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    for read in (dates.iso, dates.rfc822, dates.day, dates.epoch):
        found = read(text)
        assert found is None or found.at.utcoffset() is not None
