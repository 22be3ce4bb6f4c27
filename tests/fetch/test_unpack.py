"""Compressed bodies."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.fetch.unpack import unpack
from advisoryd.fetch.wire import Fault
from advisoryd.model.outcome import Trouble

PLAIN = bytes(range(256)) * 40
PACKED = gzip.compress(PLAIN)


def trouble(body: bytes, coding: str, limit: int = 1_000_000) -> Trouble:
    result = unpack(body, coding, limit)
    assert isinstance(result, Fault)
    return result.trouble


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (PLAIN, ""),
        (PLAIN, "identity"),
        (PACKED, "gzip"),
        (PACKED, " GZIP "),
        (PACKED, "x-gzip"),
        (zlib.compress(PLAIN), "deflate"),
        (gzip.compress(PLAIN[:100]) + gzip.compress(PLAIN[100:]), "gzip"),
        (PACKED + b"\0\0\0", "gzip"),
    ],
)
def test_what_was_packed_comes_out(body: bytes, coding: str) -> None:
    assert unpack(body, coding, len(PLAIN)) == PLAIN


def test_an_empty_body_is_empty_in_any_coding() -> None:
    assert unpack(b"", "gzip", 10) == b""


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "utf-8"])
def test_a_coding_that_was_not_asked_for_is_garbled(coding: str) -> None:
    assert trouble(PACKED, coding) is Trouble.GARBLED


def test_damage_is_noticed() -> None:
    assert trouble(b"<rss/>", "gzip") is Trouble.GARBLED
    assert trouble(PACKED[:-8] + b"\1" * 8, "gzip") is Trouble.GARBLED


@pytest.mark.parametrize("size", [1, 9, 10, 11, 100, len(PACKED) - 9, len(PACKED) - 8, len(PACKED) - 1])
def test_every_cut_is_noticed(size: int) -> None:
    assert trouble(PACKED[:size], "gzip") is Trouble.TRUNCATED


@pytest.mark.parametrize("body", [PACKED, gzip.compress(PLAIN[:9000]) + gzip.compress(PLAIN[9000:])])
def test_the_limit_is_for_unpacked_bytes_and_exact(body: bytes) -> None:
    assert unpack(body, "gzip", len(PLAIN)) == PLAIN
    assert trouble(body, "gzip", len(PLAIN) - 1) is Trouble.TOO_LARGE


def test_the_limit_holds_for_bodies_that_are_not_packed() -> None:
    assert trouble(PLAIN, "", len(PLAIN) - 1) is Trouble.TOO_LARGE


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate"]))
def test_any_bytes_come_out_within_the_limit_or_are_a_fault(body: bytes, coding: str) -> None:
    result = unpack(body, coding, 1000)
    assert isinstance(result, Fault) or len(result) <= 1000
