"""Quiet hours and digests in local time, on ordinary days and on the nights when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.decide.windows import at_local, digest_at, quiet_until, release_at
from advisoryd.model.config import Digest, Quiet
from advisoryd.model.ladder import Level

from .making import L2, L3, L4

BERLIN, NEW_YORK, TOKYO = "Europe/Berlin", "America/New_York", "Asia/Tokyo"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def clock(text: str) -> time:
    return time.fromisoformat(text)


def nights(begin: str = "22:00", end: str = "07:00", zone: str = BERLIN, **more: object) -> Quiet:
    return Quiet(begin=clock(begin), end=clock(end), zone=zone, **more)


@pytest.mark.parametrize(
    ("zone", "day", "local", "instant"),
    [
        (BERLIN, "2026-01-15", "08:00", "2026-01-15T07:00"),
        (BERLIN, "2026-07-15", "08:00", "2026-07-15T06:00"),
        (TOKYO, "2026-01-15", "08:00", "2026-01-14T23:00"),
        (BERLIN, "2026-03-29", "01:59", "2026-03-29T00:59"),
        (BERLIN, "2026-03-29", "02:00", "2026-03-29T01:00"),
        (BERLIN, "2026-03-29", "02:30", "2026-03-29T01:00"),
        (BERLIN, "2026-03-29", "02:59", "2026-03-29T01:00"),
        (BERLIN, "2026-03-29", "03:00", "2026-03-29T01:00"),
        (BERLIN, "2026-10-25", "02:30", "2026-10-25T00:30"),
        (BERLIN, "2026-10-25", "03:00", "2026-10-25T02:00"),
        (NEW_YORK, "2026-03-08", "02:30", "2026-03-08T07:00"),
        (NEW_YORK, "2026-03-08", "03:00", "2026-03-08T07:00"),
        (NEW_YORK, "2026-11-01", "01:30", "2026-11-01T05:30"),
        (NEW_YORK, "2026-11-01", "02:00", "2026-11-01T07:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30"),
        ("Asia/Kathmandu", "2026-01-15", "08:00", "2026-01-15T02:15"),
    ],
)
def test_a_time_that_is_skipped_is_the_jump_and_one_that_comes_twice_is_the_first(
    zone: str, day: str, local: str, instant: str
) -> None:
    assert at_local(date.fromisoformat(day), clock(local), zone) == utc(instant)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-01-15T20:59", None),
        ("2026-01-15T21:00", "2026-01-16T06:00"),
        ("2026-01-16T02:00", "2026-01-16T06:00"),
        ("2026-01-16T05:59", "2026-01-16T06:00"),
        ("2026-01-16T06:00", None),
    ],
)
def test_a_night_begins_and_ends_on_the_minute(now: str, until: str | None) -> None:
    assert quiet_until(utc(now), nights(), L3) == (utc(until) if until else None)


@pytest.mark.parametrize(
    ("now", "until"), [("2026-01-15T11:30", "2026-01-15T12:00"), ("2026-01-15T12:00", None), ("2026-01-15T10:59", None)]
)
def test_a_window_within_one_day(now: str, until: str | None) -> None:
    assert quiet_until(utc(now), nights("12:00", "13:00"), L3) == (utc(until) if until else None)


@pytest.mark.parametrize(
    ("zone", "now", "until"),
    [
        (BERLIN, "2026-03-28T22:00", "2026-03-29T05:00"),
        (BERLIN, "2026-03-29T04:59", "2026-03-29T05:00"),
        (BERLIN, "2026-10-24T20:00", "2026-10-25T06:00"),
        (BERLIN, "2026-10-25T05:59", "2026-10-25T06:00"),
        (NEW_YORK, "2026-03-08T03:00", "2026-03-08T11:00"),
        (NEW_YORK, "2026-11-01T02:00", "2026-11-01T12:00"),
    ],
    ids=[
        "Berlin, the short night",
        "its last minute",
        "Berlin, the long night",
        "its last minute",
        "New York, the short night",
        "New York, the long night",
    ],
)
def test_the_nights_when_the_clocks_change_end_at_the_readers_seven(zone: str, now: str, until: str) -> None:
    assert quiet_until(utc(now), nights(zone=zone), L3) == utc(until)


def test_a_window_inside_the_hour_that_is_skipped_does_not_happen() -> None:
    skipped = nights("02:10", "02:50")
    minutes = [utc("2026-03-29T00:00") + timedelta(minutes=minute) for minute in range(180)]
    assert all(quiet_until(now, skipped, L3) is None for now in minutes)


def test_a_window_inside_the_hour_that_comes_twice_happens_once() -> None:
    twice = nights("02:00", "03:00")
    minutes = [utc("2026-10-25T00:00") + timedelta(minutes=minute) for minute in range(180)]
    assert sum(quiet_until(now, twice, L3) is not None for now in minutes) == 120
    assert quiet_until(utc("2026-10-25T01:59"), twice, L3) == utc("2026-10-25T02:00")


def test_week_days_are_those_on_which_the_night_begins() -> None:
    weekend = nights(days=frozenset({6, 7}))
    saturday, sunday, monday = "2026-01-17T22:00", "2026-01-18T22:00", "2026-01-19T22:00"
    assert quiet_until(utc(saturday), weekend, L3) == utc("2026-01-18T06:00")
    assert quiet_until(utc(sunday), weekend, L3) == utc("2026-01-19T06:00")
    assert quiet_until(utc("2026-01-19T05:00"), weekend, L3) == utc("2026-01-19T06:00")
    assert quiet_until(utc(monday), weekend, L3) is None
    assert quiet_until(utc("2026-01-17T05:00"), weekend, L3) is None


@pytest.mark.parametrize(("level", "waits"), [(None, True), (L2, True), (L3, True), (L4, False)])
def test_the_level_that_breaks_through(level: Level | None, waits: bool) -> None:
    night = nights(unless_level=L4)
    assert (quiet_until(utc("2026-01-15T23:00"), night, level) is not None) is waits


def test_nobody_waits_without_quiet_hours() -> None:
    assert quiet_until(utc("2026-01-15T23:00"), None, L2) is None


# Digests.


def digest(every: str, at: str = "08:00", zone: str = BERLIN, **more: object) -> Digest:
    return Digest(every=every, at=clock(at), zone=zone, **more)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-01-15T06:59", "2026-01-15T07:00"),
        ("2026-01-15T07:00", "2026-01-16T07:00"),
        ("2026-01-15T23:30", "2026-01-16T07:00"),
        ("2026-03-28T12:00", "2026-03-29T06:00"),
        ("2026-10-24T12:00", "2026-10-25T07:00"),
    ],
    ids=["today", "tomorrow", "after local midnight", "the short night", "the long night"],
)
def test_a_daily_digest_comes_at_the_readers_eight(now: str, due: str) -> None:
    assert digest_at(utc(now), digest("daily")) == utc(due)


def test_a_digest_in_the_hour_that_comes_twice_comes_once() -> None:
    half_past_two = digest("daily", "02:30")
    first = digest_at(utc("2026-10-24T12:00"), half_past_two)
    assert first == utc("2026-10-25T00:30")
    assert digest_at(first, half_past_two) == utc("2026-10-26T01:30")


def test_a_digest_in_the_hour_that_is_skipped_comes_at_the_jump() -> None:
    half_past_two = digest("daily", "02:30", NEW_YORK)
    assert digest_at(utc("2026-03-07T12:00"), half_past_two) == utc("2026-03-08T07:00")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-01-15T12:00", "2026-01-19T07:00"),
        ("2026-01-19T06:59", "2026-01-19T07:00"),
        ("2026-01-19T07:00", "2026-01-26T07:00"),
        ("2026-03-25T12:00", "2026-03-30T06:00"),
    ],
)
def test_a_weekly_digest_comes_on_its_day(now: str, due: str) -> None:
    assert digest_at(utc(now), digest("weekly", weekday=1)) == utc(due)


@pytest.mark.parametrize(
    ("now", "due"), [("2026-01-15T12:10", "2026-01-15T12:30"), ("2026-01-15T12:30", "2026-01-15T13:30")]
)
def test_an_hourly_digest_comes_at_its_minute(now: str, due: str) -> None:
    assert digest_at(utc(now), digest("hourly", "00:30")) == utc(due)


# Both together.

NIGHT = utc("2026-01-15T23:00")


@pytest.mark.parametrize(
    ("quiet", "collected", "level", "due"),
    [
        (None, None, L2, "2026-01-15T23:00"),
        (nights(), None, L2, "2026-01-16T06:00"),
        (nights(unless_level=L4), None, L4, "2026-01-15T23:00"),
        (None, digest("daily"), L2, "2026-01-16T07:00"),
        (None, digest("daily", unless_level=L4), L4, "2026-01-15T23:00"),
        (nights(), digest("daily", unless_level=L4), L4, "2026-01-16T06:00"),
        (nights(unless_level=L4), digest("daily"), L4, "2026-01-16T07:00"),
        (nights(), digest("daily", "05:00"), L2, "2026-01-16T06:00"),
        (nights(), digest("hourly", "00:00"), L2, "2026-01-16T06:00"),
    ],
    ids=[
        "at once",
        "after the night",
        "through the night",
        "with the digest",
        "ahead of the digest",
        "ahead of the digest, after the night",
        "through the night, with the digest",
        "a digest inside the night waits for its end",
        "an hourly digest in the night",
    ],
)
def test_when_a_delivery_may_go_out(
    quiet: Quiet | None, collected: Digest | None, level: Level | None, due: str
) -> None:
    assert release_at(NIGHT, quiet, collected, level) == utc(due)


# What holds for every zone and hour.

ZONES = st.sampled_from(
    [BERLIN, NEW_YORK, TOKYO, "UTC", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Chatham", "Africa/Casablanca"]
)
INSTANTS = st.integers(0, 5 * 365 * 24 * 60).map(lambda minutes: utc("2024-01-01") + timedelta(minutes=minutes))
CLOCKS = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
QUIETS = st.builds(
    Quiet, begin=CLOCKS, end=CLOCKS, zone=ZONES, days=st.frozensets(st.integers(1, 7), min_size=1)
).filter(lambda quiet: quiet.begin != quiet.end)
DIGESTS = st.builds(
    Digest, every=st.sampled_from(["hourly", "daily", "weekly"]), zone=ZONES, at=CLOCKS, weekday=st.integers(1, 7)
)


@given(INSTANTS, QUIETS)
def test_a_quiet_window_ends_within_a_day_and_is_over_then(now: datetime, quiet: Quiet) -> None:
    end = quiet_until(now, quiet, L3)
    if end is not None:
        assert now < end <= now + timedelta(hours=25)
        begins_then = end.astimezone(ZoneInfo(quiet.zone)).time() == quiet.begin
        assert begins_then or quiet_until(end, quiet, L3) is None


@given(INSTANTS, DIGESTS)
def test_a_digest_is_always_ahead_and_never_further_than_its_period(now: datetime, collected: Digest) -> None:
    longest = {"hourly": timedelta(hours=1), "daily": timedelta(hours=25), "weekly": timedelta(days=7, hours=1)}
    due = digest_at(now, collected)
    assert now < due <= now + longest[collected.every]


@given(INSTANTS, st.none() | QUIETS, st.none() | DIGESTS, st.sampled_from([None, *Level]))
def test_nothing_is_released_before_it_is_made_or_inside_the_night(
    now: datetime, quiet: Quiet | None, collected: Digest | None, level: Level | None
) -> None:
    due = release_at(now, quiet, collected, level)
    assert due >= now
    assert due.utcoffset() == timedelta(0)
    if quiet and due.astimezone(ZoneInfo(quiet.zone)).time() != quiet.begin:
        assert quiet_until(due, quiet, level) is None


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), CLOCKS, CLOCKS, ZONES)
def test_clock_times_of_one_day_keep_their_order(day: date, one: time, two: time, zone: str) -> None:
    early, late = sorted([one, two])
    assert at_local(day, early, zone) <= at_local(day, late, zone)
