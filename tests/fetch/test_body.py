"""What a body is, by its first bytes."""

from __future__ import annotations

import codecs
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.fetch import body as bodies
from advisoryd.fetch.body import MAX_EXCERPT, WINDOW, Kind, kind, title
from advisoryd.fetch.wire import Fault
from advisoryd.model.outcome import Trouble

XHTML = b"""<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd"><html xmlns="x">"""

KINDS = {
    b'{"a": 1}': Kind.JSON,
    b" \r\n\t[]": Kind.JSON,
    codecs.BOM_UTF8 + b"[1]": Kind.JSON,
    '{"a": "é"}'.encode("utf-16"): Kind.JSON,
    '[{"a": 1}]'.encode("utf-16-le"): Kind.JSON,
    b"<?xml version='1.0'?><rss>": Kind.XML,
    b"<rss version='2.0'>": Kind.XML,
    b"<rdf:RDF xmlns:rdf='x'>": Kind.XML,
    b"<ns0:feed>": Kind.XML,
    b"<item>": Kind.XML,
    codecs.BOM_UTF8 + b"\n<?xml version='1.0'?>\n<!-- <html> -->\n<feed>": Kind.XML,
    "<?xml version='1.0' encoding='utf-16'?><rss>".encode("utf-16"): Kind.XML,
    "<rss/>".encode("utf-16-be"): Kind.XML,
    b"<?xml-stylesheet href='a.xsl'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss>": Kind.XML,
    b"<!-- never closed": Kind.XML,
    b"<?xml version='1.0'?>": Kind.XML,
    b"<!DOCTYPE html><html>": Kind.HTML,
    b"\n\n<!doctype HTML>": Kind.HTML,
    b"<HTML><HEAD>": Kind.HTML,
    b"<head><title>": Kind.HTML,
    b"<!-- page --><html lang='ja'>": Kind.HTML,
    b"<?xml version='1.0' encoding='utf-8'?>\n<html>": Kind.HTML,
    XHTML: Kind.HTML,
    b"<script>location.reload()</script>": Kind.HTML,
    b"<div class='x'>": Kind.HTML,
    b"Please slow down.": Kind.TEXT,
    b"404 page not found": Kind.TEXT,
    b"callback({});": Kind.TEXT,
    "お待ちください".encode(): Kind.TEXT,
    gzip.compress(b"<rss/>", mtime=0): Kind.BINARY,
    b"PK\x03\x04rest": Kind.BINARY,
    b"%PDF-1.7": Kind.BINARY,
    b"abc\0def": Kind.BINARY,
}


@pytest.mark.parametrize("body", KINDS)
def test_a_body_is_known_by_its_first_bytes(body: bytes) -> None:
    assert kind(body) is KINDS[body]


def mismatch(body: bytes, expect: str) -> Fault | None:
    return bodies.mismatch(body, kind(body), expect)


FITS = {
    "json": {Kind.JSON},
    "xml": {Kind.XML},
    "html": {Kind.HTML},
    "any": {*Kind},
}
SAMPLES = {
    Kind.JSON: b"{}",
    Kind.XML: b"<rss/>",
    Kind.HTML: b"<html/>",
    Kind.TEXT: b"words",
    Kind.BINARY: b"\0",
}


@pytest.mark.parametrize("expect", FITS)
@pytest.mark.parametrize("found", SAMPLES)
def test_only_what_is_due_fits(expect: str, found: Kind) -> None:
    fault = mismatch(SAMPLES[found], expect)
    if found in FITS[expect]:
        assert fault is None
    else:
        assert fault is not None
        assert fault.trouble is (Trouble.GARBLED if found is Kind.BINARY else Trouble.WRONG_TYPE)


@pytest.mark.parametrize(
    "body", [b"<main><p>x", b"<app-root>", b"Note: <b>x</b>", b"&nbsp;<p>x", b"<?php warning ?><p>x"]
)
def test_a_fragment_of_a_page_is_a_page(body: bytes) -> None:
    assert mismatch(body, "html") is None


@pytest.mark.parametrize("body", [b"<?xml version='1.0'?><rss/>", b"<feed xmlns='x'>", b"<rdf:RDF>", b"<urlset>"])
def test_a_feed_is_no_page(body: bytes) -> None:
    assert mismatch(body, "html") is not None


def test_what_came_is_quoted_on_one_line_and_short() -> None:
    fault = mismatch(b"Please\r\n  slow \x1b[31m down. " + b"x" * 100, "json")
    assert fault is not None
    quoted = fault.detail.partition("“")[2].partition("”")[0]
    assert quoted.startswith("Please slow [31m down. xxx")
    assert len(quoted) <= MAX_EXCERPT


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (b"<html><title>A &amp; B</title>", "A &amp; B"),
        (b"<TITLE lang='de'>\n Gr\xc3\xbc\xc3\x9fe \n</TITLE>", "Grüße"),
        (b"<title>\xff\xfe</title>", "\N{REPLACEMENT CHARACTER}" * 2),
        (b"<title></title>", ""),
        (b"<p>none</p>", ""),
        (b" " * WINDOW + b"<title>too far down</title>", ""),
    ],
)
def test_a_title_is_read_from_the_beginning_of_a_page(page: bytes, words: str) -> None:
    assert title(page) == words


@given(st.binary(max_size=300), st.sampled_from(["json", "xml", "html", "any"]))
def test_any_bytes_are_something(body: bytes, expect: str) -> None:
    assert kind(body) in Kind
    fault = mismatch(body, expect)
    assert fault is None or fault.detail.endswith((".", "”."))


DOCUMENTS = st.dictionaries(st.text(max_size=5), st.text(max_size=5)) | st.lists(st.integers() | st.none())


@given(DOCUMENTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.booleans())
def test_every_json_document_fits_json(value: object, encoding: str, ascii_only: bool) -> None:
    assert mismatch(json.dumps(value, ensure_ascii=ascii_only).encode(encoding, "replace"), "json") is None


def test_hostile_openings_do_not_take_long() -> None:
    for filler in (b"<!---->", b"<?", b"<?x?>", b"<!", b"<!x>", b" ", b"<", b"<!doctype"):
        kind(b"<" + filler * WINDOW)
        kind(filler * WINDOW)
