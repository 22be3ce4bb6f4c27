"""What is taken from an entry without the parser is what the parser would have found in it."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from advisoryd.sources import xmlfeed
from advisoryd.sources.entries import Entry
from advisoryd.sources.slim import slim

URL = "https://feeds.example/news.xml"
RSS = (
    "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>{}</channel></rss>"
)
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>"


def parsed(frame: str, entry: str) -> Entry:
    (found,) = xmlfeed.parse(frame.format(entry), URL).entries
    return replace(found, categories=(), extensions={}, updated=None)


def filled(frame: str, entry: str) -> Entry:
    """What the feed reader makes of the entry: the parser's reading of what is left, filled up."""
    reduced = slim(entry)
    assert reduced is not None
    found = replace(parsed(frame, reduced.xml), author=reduced.author)
    if reduced.title is not None:
        found = replace(found, title=reduced.title.strip())
    if reduced.summary is not None:
        found = replace(found, summary=reduced.summary.strip(), markup=reduced.markup)
    return found


ORDINARY = "<title>Avoid &amp; leave</title><link>https://a.example/1</link><guid isPermaLink='false'>g1</guid>"


@pytest.mark.parametrize(
    "inside",
    [
        "<description><![CDATA[<p>Reconsider <b>travel</b> &amp; stay</p>]]></description>",
        "<description>&lt;p&gt;a &amp;amp; b&lt;/p&gt;</description>",
        "<description>\n  <![CDATA[ spaced ]]>\n</description>",
        "<description>&#26085;&#x672c; &quot;q&quot;</description>",
        "<description></description>",
        "<description/>",
        "<content:encoded><![CDATA[<p>all</p>]]></content:encoded>",
        "<description>short</description><content:encoded><![CDATA[<p>all</p>]]></content:encoded>",
        "<content:encoded><![CDATA[<p>all</p>]]></content:encoded><description>short</description>",
        "<dc:creator>Consular desk</dc:creator><description>d</description>",
        "<author>desk@a.example (Desk)</author><description>d</description>",
        "<source url='https://t.example'>Example Times</source><description>d</description>",
        "<category>a</category><media:content url='u'><media:title>other</media:title></media:content>",
        "<pubDate>Mon, 16 Nov 2026 08:31:00 GMT</pubDate><dc:date>2026-11-17T00:00:00Z</dc:date>",
        "<description><![CDATA[a ]]]]><![CDATA[> b]]></description>",
        "<description><p>markup that was not escaped</p></description>",
    ],
)
def test_an_rss_entry_reads_the_same_with_and_without_its_plain_texts(inside: str) -> None:
    for entry in (f"<item>{ORDINARY}{inside}</item>", f"<item>\n{inside}\n{ORDINARY}</item>"):
        assert slim(entry) is None or filled(RSS, entry) == parsed(RSS, entry)


@pytest.mark.parametrize(
    "inside",
    [
        "<summary type='html'>&lt;p&gt;a &amp;amp; b&lt;/p&gt;</summary>",
        "<summary>plain &lt; text</summary>",
        '<summary type="text">plain</summary>',
        "<content type='html' xml:lang='en'><![CDATA[<p>all</p>]]></content>",
        "<summary type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>note</p></div></summary>",
        "<author><name>Consular desk &amp; co</name></author><summary>s</summary>",
        "<title type='html'>&lt;b&gt;b&lt;/b&gt;</title>",
        "<title>second</title>",
        "<published>2026-11-16T08:31:00Z</published><updated>2026-11-17T00:00:00Z</updated>",
    ],
)
def test_an_atom_entry_reads_the_same_with_and_without_its_plain_texts(inside: str) -> None:
    entry = f"<entry><title>t</title><id>tag:a,1</id><link href='https://a.example/1'/>{inside}</entry>"
    assert filled(ATOM, entry) == parsed(ATOM, entry)


def test_the_parser_is_spared_what_nobody_reads() -> None:
    entry = (
        f"<item>{ORDINARY}<pubDate>Mon, 16 Nov 2026 08:31:00 GMT</pubDate><description>text</description>"
        "<comments>u</comments><media:thumbnail url='u'/><category>c</category><dc:creator>x</dc:creator></item>"
    )
    reduced = slim(entry)
    assert reduced is not None
    kept = ORDINARY.partition("</title>")[2]
    assert reduced.xml == f"<item>{kept}<pubDate>Mon, 16 Nov 2026 08:31:00 GMT</pubDate></item>"
    assert (reduced.title, reduced.author) == ("Avoid & leave", "x")
    assert (reduced.summary, reduced.markup) == ("text", True)


def test_the_start_tag_keeps_its_attributes() -> None:
    reduced = slim("<item rdf:about='https://a.example/1' x=\"a > b\"><description>d</description></item>")
    assert reduced is not None
    assert reduced.xml == "<item rdf:about='https://a.example/1' x=\"a > b\"></item>"


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "<item>",
        "<item></item>",
        "<item><title>t</item>",
        "<item><a><a></a></a><title>t</title></item>",
        "<item><a><![CDATA[</a>]]><b/></a><title>t</title></item>",
        "<item>text<title>t</title></item>",
        "<item><title>t</title></item>text",
    ],
)
def test_an_entry_whose_elements_cannot_be_told_apart_is_left_whole(entry: str) -> None:
    assert slim(entry) is None


BEYOND_LATIN_1 = st.characters(
    min_codepoint=0x100, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")
)
TEXT = st.text(st.sampled_from("abc .,;'/\"!?-=") | BEYOND_LATIN_1, max_size=20)
"""Without the characters between, which the parser takes for text that was encoded twice."""

REFERENCES = ["&lt;p&gt;", "&amp;", "&amp;lt;", "&quot;", "&#169;"]
ESCAPED = st.lists(st.sampled_from([*REFERENCES, "a", " ", "é", "避免"]), max_size=8)


@given(st.one_of(TEXT.map(lambda text: f"<![CDATA[{text}<b>{text}</b>]]>"), ESCAPED.map("".join)))
@settings(max_examples=100, deadline=None)
def test_any_plain_text_is_read_as_the_parser_reads_it(inside: str) -> None:
    assume(not is_taken_for_twice_encoded(unescape(inside)))
    entry = f"<entry><id>1</id><title>t</title><summary type='html'>{inside}</summary></entry>"
    assert filled(ATOM, entry).summary.split() == parsed(ATOM, entry).summary.split()


def is_taken_for_twice_encoded(text: str) -> bool:
    """The parser puts text "right" that happens to be UTF-8 when it is written in Latin-1: é©© becomes 驩."""
    try:
        return text.encode("latin-1").decode("utf-8") != text
    except UnicodeError:
        return False


@given(st.text(st.sampled_from("<>/!-[]?itemdscrpon \"'=x&;CDATA")))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_is_reduced_or_left_whole(inside: str) -> None:
    reduced = slim(f"<item>{inside}</item>")
    assert reduced is None or reduced.xml.startswith("<item>")


def test_a_hostile_entry_costs_no_more_than_it_is_long() -> None:
    for opening in ("<a>", "<a b='", "<!--", "<description><![CDATA[", "<a/>x", "]"):
        assert slim("<item>" + opening * 20_000 + "</item>") is None
