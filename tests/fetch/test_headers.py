"""Heads of answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.fetch.headers import Head, media_type, parse


def head(text: str) -> Head:
    return parse([line.encode("latin-1") for line in text.splitlines(keepends=True)])


def test_a_head_is_a_status_and_fields_with_names_in_lower_case() -> None:
    assert head('HTTP/1.1 200 OK\r\nETag:  "a" \r\nX-Empty:\r\n\r\n') == Head(200, {"etag": '"a"', "x-empty": ""}, True)


def test_http_2_has_no_reason_and_no_blanks() -> None:
    assert head("HTTP/2 304 \r\netag:x\r\n\r\n") == Head(304, {"etag": "x"}, True)
    assert head("HTTP/2 304\r\n\r\n") == Head(304, {}, True)


def test_bare_line_feeds_are_understood() -> None:
    assert head("HTTP/1.1 200 OK\nA: b\n\n") == Head(200, {"a": "b"}, True)


def test_a_head_that_breaks_off_is_not_whole() -> None:
    assert head('HTTP/1.1 200 OK\r\nETag: "a') == Head(200, {"etag": '"a'}, False)
    assert parse([]) == Head(0, {}, False)
    assert head("no head at all\r\n\r\n") == Head(0, {}, False)


def test_only_the_last_head_counts() -> None:
    interim = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    tunnel = "HTTP/1.1 200 Connection established\r\nETag: proxy\r\n\r\n"
    assert head(tunnel + interim + "HTTP/1.1 404 X\r\nA: b\r\n\r\n") == Head(404, {"a": "b"}, True)


def test_trailers_change_nothing() -> None:
    assert head("HTTP/1.1 200 OK\r\nETag: a\r\n\r\nETag: b\r\nX: y\r\n\r\n") == Head(200, {"etag": "a"}, True)


def test_of_a_field_that_came_twice_the_first_counts_unless_it_is_a_list() -> None:
    twice = head("HTTP/1.1 200 OK\r\nETag: a\r\nETag: b\r\nCache-Control: no-cache\r\ncache-control: max-age=1\r\n\r\n")
    assert twice.fields == {"etag": "a", "cache-control": "no-cache, max-age=1"}


def test_a_folded_line_belongs_to_the_one_before() -> None:
    assert head("HTTP/1.1 200 OK\r\nA: b\r\n  c\r\n\td\r\n\r\n").fields == {"a": "b c d"}


@pytest.mark.parametrize("line", ["HTTP/1.1 2x0 OK", "HTTP/1.1", "HTTP/1.1 20 OK", "HTTP/1.1  200 OK"])
def test_a_status_that_is_none_is_zero(line: str) -> None:
    assert head(line + "\r\n\r\n").status == 0


@given(st.lists(st.binary(max_size=40) | st.sampled_from([b"HTTP/1.1 200 OK\r\n", b"\r\n", b" x\r\n", b"A: b\r\n"])))
def test_any_lines_can_be_read(lines: list[bytes]) -> None:
    read = parse(lines)
    assert 0 <= read.status <= 999
    assert all(name == name.lower() for name in read.fields)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ("", "")),
        ("text/html", ("text/html", "")),
        ("Text/HTML; Charset=UTF-8", ("text/html", "utf-8")),
        ('application/xml;charset="ISO-8859-1"', ("application/xml", "iso-8859-1")),
        ("text/html; charset='gbk'", ("text/html", "gbk")),
        ("text/html; charset = Shift_JIS ; x=y", ("text/html", "shift_jis")),
        ("text/html; x-charset=utf-8", ("text/html", "")),
        ("text/html; charset=", ("text/html", "")),
        ("; charset=utf-8", ("", "utf-8")),
    ],
)
def test_a_content_type_is_a_type_and_a_charset(value: str, expected: tuple[str, str]) -> None:
    assert media_type(value) == expected


@given(st.text(max_size=60))
def test_any_content_type_can_be_read(value: str) -> None:
    kind, charset = media_type(value)
    assert ";" not in kind
    assert " " not in charset
