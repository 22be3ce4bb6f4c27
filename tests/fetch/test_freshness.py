"""How long a server asks us to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.fetch.freshness import MAX_FRESH, MAX_RETRY_AFTER, fresh_for, http_date, retry_after

NOW = datetime(2025, 11, 14, 8, 0, tzinfo=UTC)
DATE = "Fri, 14 Nov 2025 08:00:00 GMT"
IN_AN_HOUR = "Fri, 14 Nov 2025 09:00:00 GMT"


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, None),
        ({"cache-control": ""}, None),
        ({"cache-control": "public"}, None),
        ({"cache-control": "max-age=600"}, 600.0),
        ({"cache-control": "public, MAX-AGE=600"}, 600.0),
        ({"cache-control": 'max-age="600"'}, 600.0),
        ({"cache-control": "max-age=600, max-age=60"}, 600.0),
        ({"cache-control": "s-maxage=600"}, None),
        ({"cache-control": "max-age=60, s-maxage=600"}, 60.0),
        ({"cache-control": "max-age=600", "age": "500"}, 100.0),
        ({"cache-control": "max-age=600", "age": "700"}, 0.0),
        ({"cache-control": "max-age=600", "age": "old"}, 600.0),
        ({"cache-control": "max-age=0"}, 0.0),
        ({"cache-control": "max-age=-5"}, 0.0),
        ({"cache-control": "max-age=soon"}, 0.0),
        ({"cache-control": "max-age"}, 0.0),
        ({"cache-control": "max-age=600, no-cache"}, 0.0),
        ({"cache-control": "no-store"}, 0.0),
        ({"cache-control": "max-age=600", "expires": DATE}, 600.0),
        ({"expires": IN_AN_HOUR, "date": DATE}, 3600.0),
        ({"expires": IN_AN_HOUR}, 3600.0),
        ({"expires": IN_AN_HOUR, "date": "Fri, 14 Nov 2025 08:30:00 GMT"}, 1800.0),
        ({"expires": IN_AN_HOUR, "date": DATE, "age": "600"}, 3000.0),
        ({"expires": "0"}, 0.0),
        ({"expires": "-1"}, 0.0),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0.0),
    ],
)
def test_freshness_is_what_the_standard_says(fields: dict[str, str], seconds: float | None) -> None:
    assert fresh_for(fields, NOW) == seconds


@pytest.mark.parametrize("value", ["max-age=31536000", f"max-age={'9' * 5000}"])
def test_a_promise_counts_for_a_day_at_most(value: str) -> None:
    assert fresh_for({"cache-control": value}, NOW) == MAX_FRESH == 86400.0
    assert fresh_for({"cache-control": value}, NOW, limit=60.0) == 60.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        (IN_AN_HOUR, 3600.0),
        ("Friday, 14-Nov-25 09:00:00 GMT", 3600.0),
        ("Fri Nov 14 09:00:00 2025", 3600.0),
        ("Thu, 13 Nov 2025 09:00:00 GMT", 0.0),
        ("Sat, 14 Nov 2026 09:00:00 GMT", MAX_RETRY_AFTER),
        ("9999999", MAX_RETRY_AFTER),
        ("9" * 5000, MAX_RETRY_AFTER),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("²", None),
        ("Fri, 99 Nov 2025 09:00:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_any_of_three_dates(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value, "date": DATE}, NOW) == seconds


def test_a_date_to_wait_for_is_read_by_the_servers_clock_where_it_tells_it() -> None:
    ours_is_wrong = NOW + timedelta(hours=5)
    assert retry_after({"retry-after": IN_AN_HOUR, "date": DATE}, ours_is_wrong) == 3600.0
    assert retry_after({"retry-after": IN_AN_HOUR}, NOW) == 3600.0
    assert retry_after({"retry-after": IN_AN_HOUR, "date": "today"}, NOW) == 3600.0


def test_without_the_field_there_is_no_wait() -> None:
    assert retry_after({}, NOW) is None


@given(
    st.dictionaries(st.sampled_from(["cache-control", "expires", "age", "date", "retry-after"]), st.text(max_size=50))
)
def test_any_fields_give_a_wait_within_the_limits_or_none(fields: dict[str, str]) -> None:
    for seconds, limit in ((fresh_for(fields, NOW), MAX_FRESH), (retry_after(fields, NOW), MAX_RETRY_AFTER)):
        assert seconds is None or 0.0 <= seconds <= limit


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_age_shortens_and_never_lengthens(lifetime: int, age: int) -> None:
    fields = {"cache-control": f"max-age={lifetime}"}
    young, old = fresh_for(fields, NOW), fresh_for({**fields, "age": str(age)}, NOW)
    assert young == min(lifetime, MAX_FRESH)
    assert old == min(max(lifetime - age, 0), MAX_FRESH)


@given(st.integers(0, 98 * 365 * 86400).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_every_date_that_is_written_is_read_in_each_of_its_forms(moment: datetime) -> None:
    assert http_date(format_datetime(moment, usegmt=True)) == moment
    assert http_date(moment.strftime("%A, %d-%b-%y %H:%M:%S GMT")) == moment
    assert http_date(moment.strftime("%a %b %e %H:%M:%S %Y")) == moment
