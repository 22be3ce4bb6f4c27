"""Feeds are read without the traps of the library that parses them."""

from __future__ import annotations

import contextlib
import os
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisoryd.model.reading import Unreadable
from advisoryd.sources import xmlfeed

URL = "https://feeds.example/news.xml"


def rss(*items: str, head: str = "") -> str:
    return f"<rss version='2.0'><channel><title>t</title>{head}{''.join(items)}</channel></rss>"


def item(**fields: str) -> str:
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items()) + "</item>"


def instant(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def published(text: str, zone: str = "UTC") -> datetime | None:
    stamp = xmlfeed.parse(rss(item(guid="1", pubDate=text)), URL, zone).entries[0].published
    return stamp.at if stamp else None


def test_rss_gives_its_entries_with_their_fields() -> None:
    feed = xmlfeed.parse(
        rss(
            "<item><guid isPermaLink='false'>g1</guid><title>Avoid  Japan</title><link>https://a.example/1</link>"
            "<description>&lt;p&gt;text&lt;/p&gt;</description><pubDate>Fri, 14 Nov 2025 22:00:00 +0800</pubDate>"
            "<author>desk</author><category domain='level'>4</category><source url='u'>Example Times</source></item>",
            head="<language>zh-CN</language><ttl>15</ttl>",
        ),
        URL,
    )
    (entry,) = feed.entries
    assert (feed.version, feed.language, feed.ttl, feed.truncated) == ("rss20", "zh-CN", 15, False)
    assert (entry.identity, entry.title, entry.link) == ("g1", "Avoid Japan", "https://a.example/1")
    assert (entry.summary, entry.markup) == ("<p>text</p>", True)
    assert entry.published is not None
    assert entry.published.at == instant(2025, 11, 14, 14)
    assert entry.published.text == "Fri, 14 Nov 2025 22:00:00 +0800"
    assert (entry.author, entry.outlet, entry.categories) == ("desk", "Example Times", (("level", "4"),))


def test_atom_gives_its_own_dates_and_plain_summaries() -> None:
    text = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en-GB'><entry><id>tag:a,1</id><title>Japan</title>"
        "<link rel='alternate' href='/advice/japan'/><updated>2026-08-28T16:22:35+01:00</updated>"
        "<summary>5 &lt; 6</summary></entry></feed>"
    )
    feed = xmlfeed.parse(text, "https://www.gov.example/feed.atom")
    (entry,) = feed.entries
    assert (feed.version, feed.language) == ("atom10", "en-GB")
    assert entry.link == "https://www.gov.example/advice/japan"
    assert (entry.summary, entry.markup) == ("5 < 6", False)
    assert entry.published is None
    assert entry.updated is not None
    assert entry.updated.at == instant(2026, 8, 28, 15, 22, 35)


def test_rdf_entries_are_known_by_their_about_attribute_and_dated_by_dublin_core() -> None:
    text = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='c'><title>t</title></channel>"
        "<item rdf:about='https://kyodo.example/1'><title>渡航自粛</title><link>https://kyodo.example/1</link>"
        "<dc:date>2025-11-15T09:00:00+09:00</dc:date></item></rdf:RDF>"
    )
    (entry,) = xmlfeed.parse(text, URL).entries
    assert entry.identity == "kyodo.example/1"
    assert entry.updated is not None
    assert entry.updated.at == instant(2025, 11, 15)


def test_elements_outside_the_formats_are_at_hand_as_far_as_they_hold_text() -> None:
    text = rss("<item><guid>1</guid><NewsID>2137</NewsID><ta:level xmlns:ta='urn:ta'>2/5</ta:level></item>")
    (entry,) = xmlfeed.parse(text, URL).entries
    assert entry.extensions == {"newsid": "2137", "ta_level": "2/5"}


def test_a_body_that_is_a_path_is_not_opened(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(rss(item(guid="secret")))
    for body in (str(feed), os.fsencode(feed), feed.as_uri()):
        with pytest.raises(Unreadable):
            xmlfeed.parse(body, URL)


@pytest.mark.parametrize("body", ["", " \n ", b""])
def test_an_empty_body_is_refused_before_it_reaches_the_library(body: str | bytes) -> None:
    with pytest.raises(Unreadable, match="empty"):
        xmlfeed.parse(body, URL)


@pytest.mark.parametrize(
    "body",
    [
        "<!doctype html><html><body>Just a moment…</body></html>",
        "<html><head><title>Sign in</title></head></html>",
        "Your query was too short or too long.",
        '{"articles": []}',
        "<opendata><mail/></opendata>",
    ],
)
def test_a_page_that_is_no_feed_is_refused_and_not_read_as_an_empty_one(body: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        xmlfeed.parse(body, URL)
    assert refusal.value.kind == "wrong-shape"
    assert URL in refusal.value.detail


def test_an_empty_feed_is_a_feed() -> None:
    assert xmlfeed.parse(rss(), URL).entries == ()


def test_a_document_type_is_refused_and_a_bomb_with_it() -> None:
    entities = "<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>"
    bomb = f"<?xml version='1.0'?><!DOCTYPE r [{entities}]>" + rss(item(title="&b;"))
    with pytest.raises(Unreadable, match="document type"):
        xmlfeed.parse(bomb, URL)


def test_one_bad_byte_does_not_turn_the_feed_into_another_charset() -> None:
    body = rss(item(guid="1", title="Level 4 – Do Not Travel"), item(guid="2", title="bad: \udcff")).encode(
        "utf-8", "surrogateescape"
    )
    titles = [entry.title for entry in xmlfeed.parse(body, URL).entries]
    assert titles == ["Level 4 – Do Not Travel", "bad: �"]


def test_the_charset_that_the_declaration_claims_is_not_believed_over_the_text() -> None:
    text = "<?xml version='1.0' encoding='shift_jis'?>" + rss(item(guid="1", title="避免前往日本"))
    assert xmlfeed.parse(text, URL).entries[0].title == "避免前往日本"


def test_a_feed_that_breaks_off_is_marked_and_its_last_entry_is_not_believed() -> None:
    whole = rss(*(item(guid=str(number), title=f"n{number}", description="text " * 20) for number in range(5)))
    feed = xmlfeed.parse(whole[: len(whole) * 2 // 3], URL)
    assert feed.truncated
    assert [entry.identity for entry in feed.entries] == ["0", "1", "2"]


def test_a_damaged_feed_keeps_its_entries_and_says_so() -> None:
    feed = xmlfeed.parse(rss(item(guid="1", title="a & b"), item(guid="2", title="c")), URL)
    assert feed.truncated
    assert [(entry.identity, entry.title) for entry in feed.entries] == [("1", "a & b"), ("2", "c")]


def test_entries_that_nothing_identifies_are_dropped_and_counted() -> None:
    feed = xmlfeed.parse(rss(item(description="only text"), item(guid="1")), URL)
    assert [entry.identity for entry in feed.entries] == ["1"]
    assert feed.dropped == 1


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("Mon, 16 Nov 2026 08:31:00 GMT", "UTC", instant(2026, 11, 16, 8, 31)),
        ("Mon, 16 Nov 2026 08:31:00 +0900", "UTC", instant(2026, 11, 15, 23, 31)),
        ("31 Jul 2026 22:00:00 AEST", "UTC", instant(2026, 7, 31, 12)),
        ("20 Nov 2026 22:00:00 AEDT", "UTC", instant(2026, 11, 20, 11)),
        ("Mon, 16 Nov 2026 08:30:00 IST", "Asia/Kolkata", instant(2026, 11, 16, 3)),
        ("Mon, 16 Nov 2026 08:00:00 CST", "Asia/Shanghai", instant(2026, 11, 16)),
        ("Mon, 16 Nov 2026 08:00:00", "Asia/Tokyo", instant(2026, 11, 15, 23)),
        ("2026-11-16T08:00:00Z", "Asia/Tokyo", instant(2026, 11, 16, 8)),
        ("Mon, 16 Nov 2026 08:00:00 XYZT", "UTC", None),
        ("lundi dernier", "UTC", None),
    ],
)
def test_a_date_is_in_the_zone_that_it_means_or_unknown(text: str, zone: str, expected: datetime | None) -> None:
    assert published(text, zone) == expected


def test_a_date_without_a_time_is_a_day_of_the_given_zone() -> None:
    stamp = xmlfeed.parse(rss(item(guid="1", pubDate="Fri, 15 May 2026")), URL, "Asia/Tokyo").entries[0].published
    assert stamp is not None
    assert (stamp.at, stamp.day) == (instant(2026, 5, 14, 15), True)


def test_an_entry_without_an_update_borrows_none_and_warns_of_nothing() -> None:
    (entry,) = xmlfeed.parse(rss(item(guid="1", pubDate="Mon, 16 Nov 2026 08:31:00 GMT")), URL).entries
    assert entry.updated is None


def test_text_is_neither_cleaned_nor_rewritten() -> None:
    html = "&lt;script&gt;x&lt;/script&gt;&lt;a href='/rel'&gt;y&lt;/a&gt;"
    (entry,) = xmlfeed.parse(rss(item(guid="1", description=html)), URL).entries
    assert entry.summary == "<script>x</script><a href='/rel'>y</a>"


def test_the_full_content_stands_in_for_a_missing_summary() -> None:
    content = "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'><![CDATA[<p>all</p>]]></content:encoded>"
    (entry,) = xmlfeed.parse(rss(f"<item><guid>1</guid>{content}</item>"), URL).entries
    assert (entry.summary, entry.markup) == ("<p>all</p>", True)


def test_no_bytes_at_all_raise_anything_but_unreadable() -> None:
    rng = random.Random(7)
    whole = rss(
        "<item><guid>1</guid><title><![CDATA[x]]></title><pubDate>Mon, 16 Nov 2026 08:31:00 GMT</pubDate></item>",
        "<entry xmlns='http://www.w3.org/2005/Atom'><summary type='xhtml'><div><svg/>&#xFFFF;</div></summary></entry>",
    ).encode()
    for _ in range(150):
        body = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(len(body))
            body[at : at + rng.randint(0, 3)] = bytes(rng.choices(b"<>&;!-[]?/\"'\x00\xff\xc3x", k=rng.randint(0, 3)))
        with contextlib.suppress(Unreadable):
            xmlfeed.parse(bytes(body), URL)


def test_very_deep_nesting_is_survived() -> None:
    with contextlib.suppress(Unreadable):
        xmlfeed.parse(rss("<item><guid>1</guid>" + "<b>" * 100_000 + "</item>"), URL)
