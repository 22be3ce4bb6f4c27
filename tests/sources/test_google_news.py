"""Google News as a search: what is asked in which edition, and what becomes of its headlines."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd import codec
from advisoryd.model.reading import Document, FindingKind, Parsed, Reader, Shape, Unreadable
from advisoryd.sources import catalogue, google_news, news_queries, options

GOLDEN = Path(__file__).parent / "golden" / "google-news"
SOURCE = catalogue.entries()["google-news"]
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
CHINA = f"{google_news.SEARCH}?q=x&hl=zh-CN&gl=CN&ceid=CN:zh-Hans"


def with_options(**given: object) -> Reader:
    return google_news.reader(replace(SOURCE, options={**SOURCE.options, **given}))


def read(body: bytes | str, url: str = CHINA, known: frozenset[str] = frozenset()) -> Parsed:
    raw = body.encode() if isinstance(body, str) else body
    return with_options().parse(Document(url, raw, known=known))


def asked(reader: Reader, now: datetime = NOW) -> list[dict[str, str]]:
    """The parameters of every search of a poll."""
    return [
        {name: values[0] for name, values in parse_qs(urlsplit(one.url).query).items()} for one in reader.endpoints(now)
    ]


def rss(*entries: str) -> str:
    return f"<rss version='2.0'><channel><title>t</title>{''.join(entries)}</channel></rss>"


def entry(title: str, token: str = "CBMi1", source: str = "", address: str = "") -> str:
    named = f"<source url='{address}'>{source}</source>" if source else ""
    return f"<item><title>{title}</title><guid isPermaLink='false'>{token}</guid>{named}</item>"


# What is asked.


def test_every_edition_is_asked_one_general_question_in_its_own_language() -> None:
    searches = asked(with_options())
    assert [one["ceid"] for one in searches] == list(google_news.DEFAULT)
    assert all(one["q"].endswith(" when:1d") for one in searches)
    assert '"提醒中国公民"' in searches[1]["q"]
    assert '"travel advisory"' in searches[0]["q"]


def test_the_catalogue_entry_asks_the_six_default_editions() -> None:
    assert SOURCE.options["locales"] == list(google_news.DEFAULT)
    assert len(with_options().endpoints(NOW)) == len(google_news.DEFAULT) == 6


def test_the_three_parameters_of_an_edition_agree() -> None:
    for name in google_news.EDITIONS:
        (one,) = asked(with_options(locales=[name]))
        country, _, language = one["ceid"].partition(":")
        assert one["gl"] == country
        assert one["hl"].partition("-")[0] == language.partition("-")[0]


def test_every_edition_has_words_for_its_language() -> None:
    assert {edition.language for edition in google_news.EDITIONS.values()} == set(news_queries.WORDINGS)


def test_every_alternative_stands_in_brackets_and_every_phrase_in_quotes() -> None:
    for name in google_news.EDITIONS:
        (one,) = asked(with_options(locales=[name], watch=[]))
        outside = "".join(part.rpartition(")")[2] for part in one["q"].split("("))
        assert "OR" not in outside
        assert one["q"].count('"') % 2 == 0


def test_an_address_is_short_enough_and_plain() -> None:
    reader = with_options(locales=list(google_news.EDITIONS)[:8], watch=["JP", "KP", "TT", "VC"])
    urls = [request.url for request in reader.endpoints(NOW)]
    assert all(url.isascii() and len(url) < 2000 and " " not in url for url in urls)
    assert all(request.expect == "xml" for request in reader.endpoints(NOW))


# Watched places.


def test_a_watched_place_is_asked_for_by_its_name_in_every_language() -> None:
    searches = asked(with_options(locales=["US:en", "JP:ja", "KR:ko", "FR:fr"], watch=["JP"]))[4:]
    assert [one["q"].split(" (")[0] for one in searches] == ['"Japan"', '"日本"', '"일본"', '"Japon"']


def test_a_poll_asks_for_a_few_places_only_and_always_the_same_at_one_time() -> None:
    reader = with_options(watch=["JP", "TW", "KR"])
    assert len(reader.endpoints(NOW)) == 6 + google_news.PLACES_PER_POLL
    assert reader.endpoints(NOW) == reader.endpoints(NOW)


def polls_of_a_day(every: timedelta, late: float) -> list[datetime]:
    """When a source is polled on a day, if every poll comes so much later than its cadence."""
    step = every * (1 + late)
    return [NOW + step * number for number in range(int(timedelta(days=1) / step))]


@pytest.mark.parametrize("late", [0.0, 0.03, 0.05, 0.1])
def test_every_place_has_its_turn_in_every_edition_within_the_day_that_a_query_looks_back(late: float) -> None:
    listed = ["JP", "TW", "KR", "CN", "TH", "VN", "PH", "ID", "MY", "SG", "IN", "PK", "LK", "NP", "BD"]
    listed += ["FR", "DE", "IT", "ES", "PT", "GB", "IE", "US", "CA", "MX", "BR", "AR", "CL", "AU", "NZ"]
    eight = list(google_news.EDITIONS)[:8]
    reader = with_options(locales=eight, watch=listed)
    counted = Counter(
        request.url for now in polls_of_a_day(SOURCE.every, late) for request in reader.endpoints(now)[len(eight) :]
    )
    assert len(counted) == len(listed) * len(eight)
    assert max(counted.values()) <= 4


def test_fewer_places_than_turns_are_asked_for_once() -> None:
    reader = with_options(locales=["JP:ja"], watch=["JP", "TW"])
    urls = [request.url for request in reader.endpoints(NOW)]
    assert len(urls) == len(set(urls)) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"locales": []},
        {"locales": "US:en"},
        {"locales": ["US:fr"]},
        {"locales": list(google_news.EDITIONS)},
        {"watch": ["Atlantis"]},
        {"watch": "JP"},
        {"watch": [1]},
        {"watch": ["JP"] * 31},
        {"local": ["US:en"]},
    ],
)
def test_wrong_options_are_told_in_one_sentence(wrong: dict[str, object]) -> None:
    assert len(google_news.check_options(replace(SOURCE, options=wrong))) == 1
    with pytest.raises(options.OptionError, match="google-news"):
        google_news.reader(replace(SOURCE, options=wrong))


def test_knowing_what_to_ask_costs_no_parser() -> None:
    probe = (
        "import sys; from datetime import datetime, UTC; from advisoryd.sources import catalogue\n"
        "catalogue.reader_for(catalogue.entries()['google-news']).endpoints(datetime(2026, 1, 1, tzinfo=UTC))\n"
        "heavy = {'feedparser', 'selectolax', 'babel', 'pycountry', 'trafilatura', 'advisoryd.news'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# What comes back.


def test_the_recorded_search_gives_the_recorded_items() -> None:
    parsed = read((GOLDEN / "general.xml").read_bytes())
    expected = json.loads((GOLDEN / "items.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(parsed.items))) == expected
    assert (parsed.pieces, parsed.follow, parsed.findings) == ({}, (), ())


def test_the_publisher_is_cut_by_its_own_name_and_not_at_the_last_hyphen() -> None:
    found = read(
        rss(
            entry(
                "Avoid Japan - for now - The Daily - Asia", source="The Daily - Asia", address="https://daily.example"
            )
        )
    ).items
    assert [(one.title, one.outlet) for one in found] == [("Avoid Japan - for now", "daily.example")]


def test_one_story_under_two_tokens_is_one_item_and_that_is_no_fault() -> None:
    parsed = read(
        rss(
            entry("Avoid Japan! - Post", "CBMi1", "Post", "https://www.post.example/x"),
            entry("AVOID Japan - Post", "CBMi2", "Post", "https://post.example"),
        )
    )
    assert [one.key for one in parsed.items] == ["post.example/avoidjapan"]
    assert parsed.findings == ()


def test_the_same_headline_of_two_publishers_is_two_items() -> None:
    found = read(
        rss(entry("A - P", "1", "P", "https://p.example"), entry("A - Q", "2", "Q", "https://q.example"))
    ).items
    assert [one.key for one in found] == ["p.example/a", "q.example/a"]


def test_without_a_publisher_the_token_is_the_identity() -> None:
    assert [one.key for one in read(rss(entry("Avoid Japan", "CBMi9"))).items] == ["CBMi9"]


@pytest.mark.parametrize(
    ("address", "outlet"),
    [
        ("https://www.bbc.com", "bbc.com"),
        ("http://EN.yna.co.kr/about?x", "en.yna.co.kr"),
        ("", "The Paper"),
        ("http://[", "The Paper"),
        ("nonsense", "The Paper"),
    ],
)
def test_an_outlet_goes_by_its_host_and_where_that_is_missing_by_its_name(address: str, outlet: str) -> None:
    assert [one.outlet for one in read(rss(entry("t - The Paper", "1", "The Paper", address))).items] == [outlet]


def test_items_are_in_the_language_of_the_edition_that_was_asked() -> None:
    body = rss(entry("t"))
    addresses = {
        request.url: edition
        for request, edition in zip(with_options().endpoints(NOW), google_news.DEFAULT, strict=True)
    }
    for url, name in addresses.items():
        assert [one.language for one in read(body, url).items] == [google_news.EDITIONS[name].language]
    assert [one.language for one in read(body, "https://elsewhere.example/").items] == ["en"]


def test_the_link_is_kept_and_no_article_is_asked_for() -> None:
    parsed = read((GOLDEN / "general.xml").read_bytes(), known=frozenset({"another"}))
    assert all(one.url.startswith("https://news.google.com/rss/articles/") for one in parsed.items)
    assert parsed.follow == ()


def test_a_known_entry_is_not_read_again() -> None:
    body = (GOLDEN / "general.xml").read_bytes()
    first = read(body)
    assert read(body, known=frozenset(first.slices)).items == ()
    assert len(read(body, known=frozenset(first.slices[1:])).items) == 1


def test_it_is_a_stream_that_may_be_empty_and_whose_long_silence_is_noticed() -> None:
    contract = with_options().contract
    assert (contract.shape, contract.min_rows, contract.usual_gap) == (Shape.STREAM, 0, timedelta(days=30))
    assert with_options().records("key", []) == ()


# What goes wrong.


def test_a_search_without_results_is_no_fault() -> None:
    parsed = read((GOLDEN / "nothing.xml").read_bytes())
    assert (parsed.items, parsed.findings) == ((), ())


@pytest.mark.parametrize("body", [(GOLDEN / "consent.html").read_bytes(), b"", b"<rss", b"{}", b"Sorry"])
def test_a_page_that_asks_for_consent_and_other_answers_that_are_no_feed_are_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(body)


def test_a_feed_that_breaks_off_keeps_its_whole_entries_and_is_told() -> None:
    body = (GOLDEN / "general.xml").read_text("utf-8")
    parsed = read(body[: body.index("CBMiNOSOURCE")])
    assert len(parsed.items) == 2
    assert [finding.kind for finding in parsed.findings] == [FindingKind.SHORT]


def test_titles_without_the_expected_end_stay_whole() -> None:
    body = (GOLDEN / "general.xml").read_text("utf-8").replace("<source", "<origin").replace("</source", "</origin")
    found = read(body).items
    assert found[0].title == "外交部提醒中国公民暂勿前往甲国 - 示例新闻网"
    assert found[0].key == "CBMiSYNTHETIC"


def test_bytes_in_another_charset_are_unreadable_and_not_other_news() -> None:
    with pytest.raises(Unreadable, match="unreadable"):
        read((GOLDEN / "general.xml").read_text("utf-8").encode("gb18030"))


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise_anything_but_unreadable(
    data: st.DataObject, mangled: Callable[[bytes], SearchStrategy[bytes]]
) -> None:
    body = data.draw(mangled((GOLDEN / "general.xml").read_bytes()))
    try:
        parsed = read(body)
    except Unreadable:
        return
    assert all(one.key and one.title for one in parsed.items)
