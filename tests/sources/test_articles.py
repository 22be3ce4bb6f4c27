"""Articles behind vague headlines: which are read, how often, and what of them is kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd import news
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Document, Follow, Parsed, Unreadable
from advisoryd.model.record import Item
from advisoryd.model.source import Source, SourceKind
from advisoryd.sources import articles, feed

GOLDEN = Path(__file__).parent / "golden" / "news"
ARTICLE = (GOLDEN / "article.html").read_bytes()
FEED = "https://times.example/rss.xml"
LINK = "https://times.example/2025/11/18/talks"
HEADLINE = "Beijing Signals Continued Dialogue Despite Sharp Diplomatic Tensions with Tokyo"
BEFORE = frozenset({"an entry of the last poll"})
NOW = datetime(2025, 11, 18, tzinfo=UTC)

SOURCE = Source(
    id="times",
    issuer="",
    name="The Example Times",
    reader="feed",
    kind=SourceKind.NEWS,
    options={"url": FEED, "articles": True, "outlet": "times.example"},
)


def item(title: str = HEADLINE, url: str = LINK, language: str = "en", key: str = "key 1") -> Item:
    return Item(key=key, title=title, language=language, url=url)


def rss(count: int = 1, title: str = HEADLINE) -> bytes:
    entries = "".join(
        f"<item><title>{title}</title><link>{LINK}/{number}</link><guid isPermaLink='false'>g {number}</guid></item>"
        for number in range(count)
    )
    return f"<rss version='2.0'><channel><title>t</title>{entries}</channel></rss>".encode()


def read_feed(body: bytes, known: frozenset[str] = BEFORE, source: Source = SOURCE) -> Parsed:
    return feed.reader(source).parse(Document(FEED, body, known=known))


def read_page(body: bytes, url: str = f"{LINK}#key%201") -> Parsed:
    return feed.reader(SOURCE).parse(Document(url, body))


def text_of(parsed: Parsed) -> str:
    (piece,) = parsed.pieces.values()
    return str(piece["article"])


# Which are read.


@pytest.mark.parametrize(
    ("title", "language"),
    [
        (HEADLINE, "en"),
        ("中国と日本の外務次官が会談", "ja"),
        ("Chinas Botschafter in Tokio einbestellt", "de"),
    ],
)
def test_a_headline_that_names_two_countries_and_no_advice_is_looked_into(title: str, language: str) -> None:
    assert articles.is_wanted(item(title, language=language))


@pytest.mark.parametrize(
    ("title", "why_not"),
    [
        ("China urges citizens to avoid travel to Japan", "it says what is asked"),
        ("Storm closes airports in Japan", "it names one country"),
        ("Stocks fall", "it names none"),
        ("", "it says nothing"),
    ],
)
def test_other_headlines_are_not(title: str, why_not: str) -> None:
    assert not articles.is_wanted(item(title)), why_not


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not an address",
        "ftp://times.example/1",
        "javascript:alert(1)",
        "https://news.google.com/rss/articles/CBMi1",
    ],
)
def test_no_page_is_asked_for_that_cannot_be_read(url: str) -> None:
    assert not articles.is_wanted(item(url=url))


def test_articles_are_read_only_where_the_option_asks_for_them() -> None:
    assert len(read_feed(rss()).follow) == 1
    without = replace(SOURCE, options={"url": FEED})
    assert read_feed(rss(), source=without).follow == ()


def test_a_first_reading_of_which_nobody_is_told_asks_for_none() -> None:
    assert read_feed(rss(), known=frozenset()).follow == ()


def test_a_poll_asks_for_a_few_articles_at_most() -> None:
    assert len(read_feed(rss(40)).follow) == 5


def test_an_article_is_asked_for_once_as_a_web_page_for_the_key_of_its_item() -> None:
    (page,) = read_feed(rss()).follow
    assert page == Follow(replace(page.request, url=f"{LINK}/0#g%200", expect="html"), "g 0", "once")
    again = frozenset(read_feed(rss()).slices)
    assert read_feed(rss(), known=again).follow == ()


# Their text.


def test_the_text_is_a_piece_of_the_item_and_has_no_menus_comments_or_other_headlines() -> None:
    parsed = read_page(ARTICLE)
    assert list(parsed.pieces) == ["key 1"]
    text = text_of(parsed)
    assert text.startswith(HEADLINE)
    assert "Chinese Foreign Ministry spokesperson Mao Ning" in text
    assert not [word for word in ("Home", "Most read", "Canada", "Terms") if word in text]
    assert (parsed.items, parsed.follow, parsed.findings) == ((), (), ())


def test_paragraphs_and_headings_stay_apart() -> None:
    lines = text_of(read_page(ARTICLE)).splitlines()
    assert "Protests Over Taiwan Remarks Intensify" in lines


def test_what_the_headline_left_open_is_told_by_the_article() -> None:
    headline = news.NewsItem(title=HEADLINE, language="en")
    assert not news.read(headline).is_advisory
    claim = news.read(replace(headline, text=text_of(read_page(ARTICLE))))
    assert (claim.issuers, claim.destinations, claim.level) == (("CN",), ("JP",), Level.RECONSIDER)


def test_an_address_with_a_fragment_of_its_own_still_leads_back_to_the_item() -> None:
    (page,) = articles.pages([item(url=f"{LINK}?a=1#top", key="news.example/x?id=1#é")])
    assert page.request.url.startswith(f"{LINK}?a=1#")
    assert page.request.url.isascii()
    assert list(read_page(ARTICLE, page.request.url).pieces) == ["news.example/x?id=1#é"]


def test_a_page_whose_text_comes_by_script_has_none_and_is_no_fault() -> None:
    assert text_of(read_page((GOLDEN / "by-script.html").read_bytes())) == ""
    assert text_of(read_page(b"")) == ""


def test_only_the_beginning_of_a_long_article_is_kept() -> None:
    body = "<html><body><article>" + "<p>China and Japan met for talks about the weather.</p>" * 2000
    assert len(text_of(read_page(body.encode()))) == articles.LONGEST == 20_000


def test_a_page_in_its_own_charset_is_read_as_it_says() -> None:
    body = "<html><head><meta charset='shift_jis'></head><body><article><p>" + "中国と日本の協議。" * 30
    assert "中国と日本の協議。" in text_of(read_page(body.encode("shift_jis")))


def test_an_error_of_the_extractor_means_that_there_is_no_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> str:
        raise RuntimeError("insides")

    monkeypatch.setattr(trafilatura, "extract", broken)
    assert text_of(read_page(ARTICLE)) == ""


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 5000 + "text " * 100,
        '<?xml version="1.0" encoding="gbk"?><html><body><p>text</p></body></html>',
        "<html><body><p>\0\x01 text</p></body></html>",
        "plain text and no page",
        "https://times.example/an/address",
    ],
)
def test_odd_pages_are_read_without_an_error(body: str) -> None:
    assert isinstance(text_of(read_page(body.encode())), str)


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_no_bytes_raise_anything_but_unreadable(
    data: st.DataObject, mangled: Callable[[bytes], SearchStrategy[bytes]]
) -> None:
    try:
        text = text_of(read_page(data.draw(mangled(ARTICLE))))
    except Unreadable:
        return
    assert len(text) <= articles.LONGEST


# The extra.


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "find_spec", lambda _: None)
    (sentence,) = feed.check_options(SOURCE)
    assert sentence == 'Source "times": the option "articles" needs the extra article: install advisoryd[article].'
    assert feed.check_options(replace(SOURCE, options={"url": FEED, "articles": False})) == []


def test_the_option_is_true_or_false() -> None:
    (sentence,) = feed.check_options(replace(SOURCE, options={"url": FEED, "articles": "yes"}))
    assert "must be true or false" in sentence


def test_the_extractor_is_imported_with_the_first_page_only() -> None:
    probe = (
        "import sys; from advisoryd.sources import articles, feed\n"
        "articles.lacking()\n"
        "sys.exit('trafilatura is imported' if 'trafilatura' in sys.modules else 0)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
