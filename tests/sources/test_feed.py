"""Any feed becomes items, and only its unseen entries are parsed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd import codec
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.source import Source, SourceKind
from advisoryd.sources import feed, options, slices, xmlfeed

GOLDEN = Path(__file__).parent / "golden" / "feed"
URL = "https://feeds.example/news.xml"
NOW = datetime(2025, 11, 15, tzinfo=UTC)


def source(kind: SourceKind = SourceKind.NEWS, destination: str = "", **values: object) -> Source:
    return Source(
        id="my-feed",
        issuer="CN",
        name="My feed",
        reader="feed",
        kind=kind,
        language="zh-Hans",
        destination=destination,
        options={"url": URL} | values,
    )


def read(body: str | bytes, known: frozenset[str] = frozenset(), given_source: Source | None = None) -> Parsed:
    raw = body.encode() if isinstance(body, str) else body
    return feed.reader(given_source or source()).parse(Document(URL, raw, known=known))


def rss(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>t</title>{''.join(items)}</channel></rss>"


def item(number: int, title: str = "t") -> str:
    return f"<item><guid isPermaLink='false'>g{number}</guid><title>{title}</title></item>"


@pytest.mark.parametrize("name", ["google-news.xml", "edited-story.xml", "kyodo.rdf", "ministry.atom", "embassy.json"])
def test_recorded_feeds_give_the_recorded_items(name: str) -> None:
    parsed = read((GOLDEN / name).read_bytes())
    expected = json.loads((GOLDEN / f"{name}.items.json").read_text("utf-8"))
    assert codec.plain(codec.dumps(parsed.items)) == expected
    assert not parsed.pieces


def test_a_known_entry_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(rss(item(1), item(2)))
    assert [found.key for found in first.items] == ["g1", "g2"]
    second = read(rss(item(3), item(1), item(2)), frozenset(first.slices))
    assert [found.key for found in second.items] == ["g3"]
    assert second.slices[1:] == first.slices

    monkeypatch.setattr(xmlfeed, "parse", lambda *_: pytest.fail("a feed without unseen entries was parsed"))
    third = read(rss(item(2), item(1)), frozenset(second.slices))
    assert third.items == ()
    assert set(third.slices) == set(first.slices)


def test_an_edited_entry_is_read_again_under_its_old_key() -> None:
    first = read(rss(item(1, "avoid"), item(2)))
    second = read(rss(item(1, "lifted"), item(2)), frozenset(first.slices))
    assert [(found.key, found.title) for found in second.items] == [("g1", "lifted")]


def test_a_known_item_of_a_json_feed_is_passed_over() -> None:
    body = (GOLDEN / "embassy.json").read_bytes()
    first = read(body)
    assert len(first.slices) == len(first.items) == 2
    assert read(body, frozenset(first.slices[:1])).items == first.items[1:]


def test_a_feed_that_cannot_be_cut_is_parsed_as_a_whole() -> None:
    text = rss(item(1), "<image><title>between</title></image>", item(2))
    assert slices.cut(text) is None
    parsed = read(text)
    assert [found.key for found in parsed.items] == ["g1", "g2"]
    assert parsed.slices == ()


def test_an_entry_that_the_reduced_feed_loses_is_found_in_the_whole_one() -> None:
    only_text = "<item><description>text without any identity</description></item>"
    parsed = read(rss(item(1), only_text))
    assert [found.key for found in parsed.items] == ["g1"]
    assert [finding.kind for finding in parsed.findings] == [FindingKind.UNREADABLE]


def test_damage_in_a_plain_text_harms_nothing() -> None:
    parsed = read(rss(item(1, "a & b"), item(2)))
    assert [found.title for found in parsed.items] == ["a & b", "t"]
    assert parsed.findings == ()


def test_other_damage_leaves_the_entries_readable_and_is_told() -> None:
    parsed = read(rss(item(1), "<item><link>https://a.example/?x=1&y=2</link><title>t2</title></item>", item(3)))
    assert [found.title for found in parsed.items] == ["t", "t2", "t"]
    assert parsed.items[1].url == "https://a.example/?x=1&y=2"
    assert [finding.kind for finding in parsed.findings] == [FindingKind.SHORT]


def test_a_feed_that_breaks_off_keeps_its_whole_entries_and_marks_none_as_known() -> None:
    whole = rss(item(1), item(2), item(3))
    parsed = read(whole[: whole.index("g3")])
    assert [found.key for found in parsed.items] == ["g1", "g2"]
    assert parsed.slices == ()
    assert [finding.kind for finding in parsed.findings] == [FindingKind.SHORT]


def test_entries_that_share_an_identity_are_counted_and_the_last_one_stays() -> None:
    parsed = read(rss(item(1, "first"), item(1, "second")))
    assert [found.title for found in parsed.items] == ["second"]
    assert [finding.kind for finding in parsed.findings] == [FindingKind.DUPLICATE]


def test_the_publisher_is_cut_from_the_title_by_its_own_name_and_not_at_the_last_hyphen() -> None:
    text = rss(
        "<item><guid>1</guid><title>Avoid Japan - The Daily - Asia</title>"
        "<source url='u'>The Daily - Asia</source></item>",
        "<item><guid>2</guid><title>Avoid Japan - for now</title></item>",
    )
    assert [(found.title, found.outlet) for found in read(text).items] == [
        ("Avoid Japan", "The Daily - Asia"),
        ("Avoid Japan - for now", ""),
    ]


def test_a_summary_that_only_repeats_the_title_is_none() -> None:
    html = "&lt;b&gt;Avoid&lt;/b&gt; Japan"
    text = rss(f"<item><guid>1</guid><title>Avoid Japan</title><description>{html}</description></item>")
    assert read(text).items[0].summary == ""


def test_an_entry_without_title_is_called_by_its_text_or_link() -> None:
    text = rss(
        f"<item><guid>1</guid><description>{'word ' * 50}</description></item>",
        "<item><link>https://a.example/2</link></item>",
    )
    first, second = read(text).items
    assert first.title.startswith("word word")
    assert len(first.title) <= 120
    assert second.title == "https://a.example/2"


def test_the_destination_of_the_source_is_that_of_every_entry() -> None:
    assert read(rss(item(1)), given_source=source(destination="JP")).items[0].destinations == ("JP",)
    assert read(rss(item(1))).items[0].destinations == ()


def test_dates_without_a_zone_are_in_the_zone_of_the_options() -> None:
    text = rss("<item><guid>1</guid><pubDate>Sat, 15 Nov 2025 09:00:00</pubDate></item>")
    (found,) = read(text, given_source=source(zone="Asia/Tokyo")).items
    assert found.published is not None
    assert found.published.at == datetime(2025, 11, 15, 0, tzinfo=UTC)


def test_the_contract_is_a_stream_whose_silence_is_told_for_news_only() -> None:
    news, official = feed.reader(source()).contract, feed.reader(source(SourceKind.OFFICIAL)).contract
    assert news.shape is official.shape is Shape.STREAM
    assert (news.usual_gap, official.usual_gap) == (timedelta(days=3), None)
    assert feed.reader(source(usual_gap="30d")).contract.usual_gap == timedelta(days=30)


def test_the_address_of_the_options_is_asked_for_and_there_are_no_records() -> None:
    reader = feed.reader(source())
    assert [request.url for request in reader.endpoints(NOW)] == [URL]
    assert reader.records("g1", []) == ()


def test_every_mistake_in_the_options_is_told_at_once() -> None:
    wrong = Source(
        id="my-feed", issuer="CN", name="n", reader="feed", options={"zone": "Tokio", "usual_gab": "3d", "usual_gap": 3}
    )
    found = feed.check_options(wrong)
    assert len(found) == 4
    assert all(sentence.startswith('Source "my-feed": the option ') for sentence in found)
    assert any('"url" is missing' in sentence for sentence in found)
    assert any('did you mean "usual_gap"?' in sentence for sentence in found)
    with pytest.raises(options.OptionError, match="my-feed"):
        feed.reader(wrong)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><html><body>Just a moment</body></html>",
        b"{}",
        b'{"version": "https://jsonfeed.org/version/1.1"}',
        b"Please limit requests to one every 5 seconds.",
        "<rss version='2.0'><channel><item><title>避免</title></item></channel></rss>".encode("utf-16")[2:] * 3,
    ],
)
def test_a_body_that_is_no_feed_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(body)


@given(st.binary(max_size=80), st.integers(0, 1300), st.integers(0, 40))
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise_anything_but_unreadable(noise: bytes, at: int, gone: int) -> None:
    for name in ("google-news.xml", "ministry.atom", "embassy.json"):
        whole = (GOLDEN / name).read_bytes()
        try:
            parsed = read(whole[:at] + noise + whole[at + gone :])
        except Unreadable:
            continue
        assert all(found.key and found.title for found in parsed.items)
