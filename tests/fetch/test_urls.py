"""Addresses as they are asked for, judged and shown."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.fetch.urls import MAX_LENGTH, Origin, objection, origin, shown, tidy


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        (" https://example.org/ ", "https://example.org/"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://example.org/日本?q=été#teil", "https://example.org/%E6%97%A5%E6%9C%AC?q=%C3%A9t%C3%A9"),
        ("https://österreich.example/", "https://xn--sterreich-z7a.example/"),
        ("https://example.org/#part", "https://example.org/"),
    ],
)
def test_an_address_is_asked_for_in_ascii_without_its_fragment(url: str, asked: str) -> None:
    assert tidy(url) == asked
    assert objection(asked) == ""


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/", "is neither http nor https"),
        ("example.org", "is neither http nor https"),
        ("", "is neither http nor https"),
        ("http:///path", "names no host"),
        ("http://:80/", "names no host"),
        ("http://example.org:99999/", "cannot be read as an address"),
        ("http://example.org:0/", "cannot be read as an address"),
        ("http://[::1/", "cannot be read as an address"),
        ("http://a b/", "contains blanks, backslashes, control or foreign characters"),
        ("http://a.example\\@b.example/", "contains blanks, backslashes, control or foreign characters"),
        ("http://example.org/\n", "contains blanks, backslashes, control or foreign characters"),
        ("http://example.org/" + "x" * MAX_LENGTH, f"is longer than {MAX_LENGTH} characters"),
    ],
)
def test_what_may_not_be_asked_for_has_a_reason(url: str, reason: str) -> None:
    assert objection(url) == reason


def test_the_longest_address_passes() -> None:
    url = "http://example.org/"
    assert objection(url + "x" * (MAX_LENGTH - len(url))) == ""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Example.ORG./x", Origin("https", "example.org", 443)),
        ("http://me@example.org:8080", Origin("http", "example.org", 8080)),
        ("http://[::1]/", Origin("http", "::1", 80)),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, expected: Origin) -> None:
    assert origin(url) == expected


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("https://example.org/a?page=2&countryCode=JP", "https://example.org/a?page=2&countryCode=JP"),
        ("https://me:pw@example.org/", "https://***@example.org/"),
        ("https://example.org/?serviceKey=abc&page=1", "https://example.org/?serviceKey=***&page=1"),
        ("https://example.org/?api_key=a;b=c", "https://example.org/?api_key=***;b=c"),
        (
            "https://example.org/?access-token=a&X-Amz-Signature=b",
            "https://example.org/?access-token=***&X-Amz-Signature=***",
        ),
        ("https://example.org/?pass%77ord=a", "https://example.org/?pass%77ord=***"),
        ("https://example.org/?keyword=a&monkey", "https://example.org/?keyword=a&monkey"),
        ("me:pw@example.org", "(an address that cannot be read)"),
        ("http://me:pw@[::1/", "(an address that cannot be read)"),
    ],
)
def test_an_address_is_shown_without_its_secrets(url: str, seen: str) -> None:
    assert shown(url) == seen


KEYS = [
    "key",
    "apiKey",
    "service_key",
    "TOKEN",
    "client-secret",
    "sig",
    "password",
    "Authorization"[:4],
    "sessionid"[:7],
]


@given(st.sampled_from(KEYS), st.from_regex(r"[a-zA-Z0-9]{8,20}", fullmatch=True), st.booleans())
def test_a_secret_never_shows(name: str, secret: str, more: bool) -> None:
    url = f"https://user{secret}:{secret}@example.org/list?{'a=b&' if more else ''}{name}={secret}&c=d"
    assert secret not in shown(url)


@given(st.text(max_size=100))
def test_any_text_can_be_judged_and_shown(text: str) -> None:
    asked = tidy(text)
    if not objection(asked):
        assert origin(asked).host
    assert isinstance(shown(text), str)
    assert isinstance(shown(f"https://example.org/{quote(text)}?{text}"), str)
