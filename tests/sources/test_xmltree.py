"""XML registers: read strictly or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.model.reading import Document, Unreadable
from advisoryd.sources import xmltree

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss xmlns:ta="urn:ta" xmlns:dc="urn:dc"><channel><item><title> Côte\u00a0d’Ivoire </title>
<ta:warnings><ta:level>2/5</ta:level><dc:description>Do not <b>travel</b></dc:description></ta:warnings>
</item></channel></rss>"""


def test_elements_are_found_by_name_whatever_their_namespace() -> None:
    item = next(xmltree.load(Document("u", FEED.encode())).iter("item"))
    (warnings,) = xmltree.children(item, "warnings")
    assert xmltree.text(item, "title") == "Côte d’Ivoire"
    assert xmltree.raw(item, "title") == " Côte\u00a0d’Ivoire "
    assert xmltree.text(warnings, "description") == "Do not travel"
    assert xmltree.text(item, "link") == xmltree.raw(item, "link") == ""
    assert xmltree.name(warnings) == "warnings"


def test_the_charset_of_the_declaration_is_honoured_once() -> None:
    body = FEED.replace("utf-8", "iso-8859-1").replace("’", "'").encode("iso-8859-1")
    assert xmltree.text(next(xmltree.load(Document("u", body)).iter("item")), "title") == "Côte d'Ivoire"


@pytest.mark.parametrize(
    "body",
    [
        FEED[:-20].encode(),
        b"",
        b"{}",
        b"<rss><item>&nbsp;</item></rss>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><rss>&a;</rss>',
        b"<!doctype html><html></html>",
        b"<rss>\x00</rss>",
    ],
)
def test_what_is_not_well_formed_or_has_a_doctype_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        xmltree.load(Document("https://example.org/feed", body))
    assert refusal.value.kind == "wrong-shape"
    assert "https://example.org/feed" in refusal.value.detail


@given(st.text(alphabet="<>/a &;!-[]\"'=?\x00", max_size=80))
def test_any_text_is_xml_or_refused(text: str) -> None:
    try:
        xmltree.load(Document("u", text.encode()))
    except Unreadable:
        return
