"""The words of the file: what each means, and what is refused without being repeated."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.model.event import OPERATOR, Kind
from advisoryd.settings import words


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("15m", 900), (" 6 h ", 21_600), ("7d", 604_800), ("2w", 1_209_600), ("3650d", 315_360_000)],
)
def test_a_duration_is_a_whole_number_and_a_unit(text: str, seconds: int) -> None:
    assert words.duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "0s", "15", "m", "-5m", "1.5h", "15 minutes", "3651d", "9" * 30 + "w", "٣m", "1h30m"]
)
def test_other_durations_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be a time span such as"):
        words.duration(text)


@given(st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=3650)))
def test_a_duration_that_was_written_is_read_back(span: timedelta) -> None:
    whole = timedelta(seconds=int(span.total_seconds()))
    assert words.duration(words.written(whole)) == whole


@pytest.mark.parametrize(("text", "clock"), [("00:00", time(0)), ("07:05", time(7, 5)), ("23:59", time(23, 59))])
def test_a_clock_has_two_figures_on_each_side(text: str, clock: time) -> None:
    assert words.clock(text) == clock


@pytest.mark.parametrize("text", ["", "7:00", "24:00", "12:60", "12", "12:00:00", "noon", "１２:00"])
def test_other_clocks_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match='must be a time of day such as "22:00"'):
        words.clock(text)


@pytest.mark.parametrize("text", ["UTC", "Europe/Berlin", "Asia/Tokyo", "Asia/Kathmandu"])
def test_zones_are_iana_names(text: str) -> None:
    assert words.zone(text) == text


@pytest.mark.parametrize("text", ["", "Mars", "../etc/passwd", "/etc/localtime", "a\0b", "Europe", "x" * 300])
def test_other_zones_are_refused_also_those_that_look_like_paths(text: str) -> None:
    with pytest.raises(ValueError, match="must be a time zone such as"):
        words.zone(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hourly", ("hourly", time(0), 1)),
        ("daily 08:00", ("daily", time(8), 1)),
        ("Weekly Friday 17:30", ("weekly", time(17, 30), 5)),
    ],
)
def test_the_three_forms_of_a_digest(text: str, expected: tuple[str, time, int]) -> None:
    assert words.digest(text) == expected


@pytest.mark.parametrize(
    "text", ["", "daily", "daily 8:00", "weekly 08:00", "weekly someday 08:00", "hourly 08:00", "monthly"]
)
def test_other_digests_are_refused_with_all_three_forms(text: str) -> None:
    with pytest.raises(ValueError, match=r"must be .hourly., .daily 08:00. or .weekly monday 08:00."):
        words.digest(text)


def test_a_kind_of_event_or_all_of_them() -> None:
    assert words.events("raised") == {Kind.RAISED}
    assert words.events("*") == set(Kind) - OPERATOR - {Kind.BASELINE}


@pytest.mark.parametrize("kind", sorted(OPERATOR | {Kind.BASELINE}))
def test_what_nobody_can_subscribe_to_is_no_kind_of_event(kind: Kind) -> None:
    with pytest.raises(ValueError, match="is not a kind of event"):
        words.events(kind)


@pytest.mark.parametrize("word", ["CN", "JP", "HK", "XK", "EU", "UN", "WHO"])
def test_who_may_speak(word: str) -> None:
    assert words.issuer(word) == word


@pytest.mark.parametrize(
    ("word", "meant"),
    [("cn", "'CN'"), ("eu", "'EU'"), ("who", "'WHO'"), ("Germany", "'DE'"), ("UK", "'GB'"), ("JPN", "'JP'")],
)
def test_who_is_meant_is_suggested(word: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"did you mean {meant}"):
        words.issuer(word)


@pytest.mark.parametrize("word", ["", "XX", "asean", "PT-20", "IL+PS", "WORLD", "*"])
def test_groups_and_parts_of_countries_do_not_speak(word: str) -> None:
    with pytest.raises(ValueError, match="must be an ISO 3166-1 code"):
        words.issuer(word)


@pytest.mark.parametrize("url", ["https://example.org", "http://127.0.0.1:8080/x?y=z", "https://[::1]/"])
def test_web_addresses(url: str) -> None:
    assert words.web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "ftp://example.org",
        "https://",
        "http://[::1",
        "http://h:99999/",
        "https://a b/",
        "file:///etc",
    ],
)
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(ValueError, match="must be an http:// or https:// address"):
        words.web_address(url)


@pytest.mark.parametrize(
    "url", ["http://proxy:3128", "socks5h://127.0.0.1:9050", "https://user:word@proxy.example.org"]
)
def test_proxies(url: str) -> None:
    assert words.proxy(url) == url


def test_a_proxy_needs_a_scheme_that_the_client_knows() -> None:
    with pytest.raises(ValueError, match="must be the address of a proxy"):
        words.proxy("gopher://proxy")


def test_networks_in_cidr_form() -> None:
    assert words.network("10.1.2.3/8") == "10.1.2.3/8"
    with pytest.raises(ValueError, match="must be a network such as"):
        words.network("10.0.0.0/33")


@pytest.mark.parametrize(("word", "hint"), [("japn-desk", " (did you mean 'japan-desk'?)"), ("xyz", ""), ("", "")])
def test_the_likeliest_meant(word: str, hint: str) -> None:
    assert words.near(word, ["japan-desk", "ops-mail"]) == hint


def test_without_a_likely_one_all_are_named() -> None:
    assert words.near_or_all("hush", ["a", "b"]) == "; there are a, b"
    assert words.near_or_all("raisd", ["raised"]) == " (did you mean 'raised'?)"


@given(st.text())
def test_no_text_is_ever_repeated_by_a_refusal(text: str) -> None:
    secret = f"hush{text}hush"
    for read in (words.duration, words.clock, words.zone, words.digest, words.events, words.issuer, words.web_address,
                 words.proxy, words.network):  # fmt: skip
        with pytest.raises(ValueError, match=r"^(must be|is not)") as refusal:
            read(secret)
        assert "hush" not in str(refusal.value)
        assert refusal.value.__suppress_context__ or refusal.value.__context__ is None
