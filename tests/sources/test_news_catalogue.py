"""The news outlets of the catalogue: who they are, what their feeds hold, and what happens to feeds on a bad day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd import codec, places
from advisoryd.decide.drift import quiet
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.source import Confidence, Source, SourceKind
from advisoryd.sources import catalogue

from .worlds.stage import NOON, Stage, Theatre
from .worlds.world import Row, Served, World, served_xml

GOLDEN = Path(__file__).parent / "golden" / "news"
OUTLETS = {name: one for name, one in catalogue.entries().items() if one.kind is SourceKind.NEWS}
FEEDS = {name: one for name, one in OUTLETS.items() if one.reader == "feed"}
RECORDED = ("bbc-world.xml", "chinanews-china.xml", "france24-ar.xml", "hkfp.xml", "kyodo-ja.rdf", "nhk-world.xml")
OWNERS = {"ownership:state", "ownership:public", "ownership:private"}

every_outlet = pytest.mark.parametrize("source", OUTLETS.values(), ids=OUTLETS)
every_feed = pytest.mark.parametrize("source", FEEDS.values(), ids=FEEDS)


def read(source: Source, body: bytes | str, known: frozenset[str] = frozenset()) -> Parsed:
    raw = body.encode() if isinstance(body, str) else body
    url = catalogue.reader_for(source).endpoints(NOON)[0].url
    return catalogue.reader_for(source).parse(Document(url, raw, known=known))


def recorded(name: str) -> tuple[Source, bytes]:
    return OUTLETS[name.partition(".")[0]], (GOLDEN / name).read_bytes()


# The entries.


@every_outlet
def test_an_outlet_speaks_for_no_government(source: Source) -> None:
    """``issuer:cn`` must not enable the newspapers of China, nor may a subscription to China's advice rest on them."""
    assert source.issuer == ""
    assert not {tag for tag in source.tags if tag.startswith("region:")}


@every_feed
def test_every_outlet_tells_where_it_is_at_home_whose_it_is_and_what_it_is_called(source: Source) -> None:
    (home,) = (tag.removeprefix("country:") for tag in source.tags if tag.startswith("country:"))
    assert places.known(home.upper())
    assert len(OWNERS & set(source.tags)) == 1
    assert "." in str(source.options["outlet"])
    assert " " not in str(source.options["outlet"])


@every_outlet
def test_every_outlet_is_asked_politely(source: Source) -> None:
    assert timedelta(minutes=10) <= source.every <= timedelta(minutes=15)
    assert source.spacing >= 1
    assert source.details_per_poll <= 5 or source.reader != "feed"


@every_outlet
def test_what_was_never_seen_to_answer_is_in_no_default_set(source: Source) -> None:
    if "unproven" in source.tags:
        assert source.confidence is Confidence.INFERRED
        assert "news:core" not in source.tags


def test_state_media_are_marked() -> None:
    state = {name for name, source in OUTLETS.items() if "ownership:state" in source.tags}
    assert state == {"chinanews-china", "chinanews-society", "globaltimes", "cgtn-world", "anadolu-world", "tass-en"}


def test_one_outlet_with_two_feeds_is_one_outlet() -> None:
    assert len({FEEDS[name].options["outlet"] for name in ("bbc-world", "bbc-asia")}) == 1


def test_the_default_set_has_outlets_of_eight_countries_and_the_search() -> None:
    core = [source for source in OUTLETS.values() if "news:core" in source.tags]
    homes = {tag for source in core for tag in source.tags if tag.startswith("country:")}
    assert len(homes) >= 8
    assert "google-news" in {source.id for source in core}


def test_no_dead_feed_is_offered() -> None:
    dead = ("xinhuanet.com", "chinadaily.com.cn", "english.kyodonews.net", "feeds.reuters.com", "www3.nhk.or.jp")
    urls = [str(source.options["url"]) for source in FEEDS.values()]
    assert not [url for url in urls for host in dead if host in url]


def test_the_address_that_leads_in_circles_without_its_slash_has_it() -> None:
    assert str(OUTLETS["scmp"].options["url"]).endswith("/feed/")


# What they hold.


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_feeds_give_the_recorded_items(name: str) -> None:
    source, body = recorded(name)
    parsed = read(source, body)
    expected = json.loads((GOLDEN / f"{name.partition('.')[0]}.items.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(parsed.items))) == expected
    assert (parsed.findings, parsed.pieces, parsed.follow) == ((), {}, ())
    assert {one.language for one in parsed.items} == {source.language}


def test_an_edited_story_keeps_its_identity_through_its_counter_and_its_tracking() -> None:
    source, body = recorded("bbc-world.xml")
    edited = body.replace(b"c0001#0", b"c0001#1").replace(b"at_campaign=rss", b"at_campaign=other")
    assert [one.key for one in read(source, edited).items] == [one.key for one in read(source, body).items]


def test_a_time_without_a_zone_is_that_of_the_outlets_home() -> None:
    (found,) = read(*recorded("chinanews-china.xml")).items
    assert found.published is not None
    assert found.published.at == datetime(2025, 11, 14, 15, 2, tzinfo=UTC)


# What goes wrong.


def test_a_frozen_feed_is_told_after_three_days_of_silence() -> None:
    source = OUTLETS["bbc-world"]
    (old,) = read(source, (GOLDEN / "frozen.xml").read_bytes()).items
    assert old.published is not None
    contract = catalogue.reader_for(source).contract
    assert quiet(old.published.at, contract, NOON) is not None
    assert quiet(NOON - timedelta(days=2, hours=23), contract, NOON) is None


@every_feed
def test_every_feed_is_a_stream_that_may_not_fall_silent(source: Source) -> None:
    contract = catalogue.reader_for(source).contract
    assert (contract.shape, contract.usual_gap) == (Shape.STREAM, timedelta(days=3))


@pytest.mark.parametrize("name", RECORDED)
def test_a_home_page_in_place_of_the_feed_is_unreadable(name: str) -> None:
    source, _ = recorded(name)
    for body in ((GOLDEN / "home-page.html").read_bytes(), b"", b"Not found"):
        with pytest.raises(Unreadable):
            read(source, body)


@pytest.mark.parametrize("name", RECORDED)
def test_a_feed_that_breaks_off_is_told_and_no_half_entry_is_read(name: str) -> None:
    source, body = recorded(name)
    whole = {one.key for one in read(source, body).items}
    cut = body[: body.rindex(b"<title>") + 12]
    parsed = read(source, cut)
    assert {one.key for one in parsed.items} < whole
    assert [finding.kind for finding in parsed.findings if finding.kind is FindingKind.SHORT]


@pytest.mark.parametrize(("name", "charset"), [("nhk-world.xml", "cp932"), ("chinanews-china.xml", "gb18030")])
def test_another_charset_than_the_declared_one_is_no_news(name: str, charset: str) -> None:
    source, body = recorded(name)
    with pytest.raises(Unreadable):
        read(source, body.decode("utf-8").encode(charset))


@given(data=st.data(), name=st.sampled_from(RECORDED))
@settings(max_examples=120, deadline=None)
def test_no_bytes_raise_anything_but_unreadable(
    data: st.DataObject, name: str, mangled: Callable[[bytes], SearchStrategy[bytes]]
) -> None:
    source, body = recorded(name)
    try:
        parsed = read(source, data.draw(mangled(body)))
    except Unreadable:
        return
    assert all(one.key and one.title for one in parsed.items)


# On the stage.


@dataclass(frozen=True)
class Newspaper(World):
    """An ordinary feed of headlines, each about one place."""

    source: Source = OUTLETS["globaltimes"]
    levels: tuple[Level, ...] = ()

    def serve(self, rows: Sequence[Row], **quirks: Any) -> dict[str, Served]:
        items = "".join(map(_headline, rows))
        url = str(self.source.options["url"])
        return {url: served_xml(f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>')}


def _headline(row: Row) -> str:
    name, link = places.display_name(row.place), f"https://news.example/{row.place}-{row.date:%Y%m%d}"
    return (
        f"<item><title>Football in {name}</title><link>{link}</link><guid>{link}#0</guid>"
        f"<pubDate>{row.date:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
    )


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A newspaper after its first reading."""
    theatre = Theatre(tmp_path)
    stage = Stage(Newspaper(), theatre)
    stage.polls(rows())
    yield stage
    theatre.closes()


def rows() -> list[Row]:
    return [Row(place, None, NOON - timedelta(hours=hours)) for hours, place in enumerate(("JP", "FR", "CN"), 1)]


def test_headlines_about_other_things_are_kept_and_say_nothing(stage: Stage) -> None:
    assert (stage.news(), stage.signals()) == ([], set())
    stage.polls([*rows(), Row("KR", None, stage.now)])
    assert (stage.news(), stage.levels(), stage.signals()) == ([], {}, set())


def test_an_error_page_is_seen_by_the_operator_and_its_end_is_no_news(stage: Stage) -> None:
    stage.breaks(rows())
    assert stage.signals() & {"unreadable"}
    assert stage.keeps_evidence()
    stage.polls(rows())
    assert stage.news() == []


def test_entries_that_leave_the_window_and_come_back_are_no_news(stage: Stage) -> None:
    for shown in (rows()[:1], rows()[1:], [], rows()):
        stage.polls(shown)
        assert (stage.news(), stage.signals()) == ([], set())


def test_a_feed_without_anything_new_is_told_to_the_operator_after_three_days(stage: Stage) -> None:
    for after, told in (("48h", False), ("48h", True)):
        stage.polls(rows(), after=after)
        kinds = {str(event.kind) for event in stage.house.housekeeper().tidy(stage.now)}
        assert ("source-finding" in kinds) is told


def test_the_entries_can_be_given_articles_by_an_option() -> None:
    source = replace(OUTLETS["bbc-world"], options={**OUTLETS["bbc-world"].options, "articles": True})
    assert catalogue.check_options(source) == []
    assert source.detail_every >= timedelta(days=365)


ARTICLE = (GOLDEN / "article.html").read_bytes()
VAGUE = "Beijing Signals Continued Dialogue Despite Sharp Diplomatic Tensions with Tokyo"
ASKED_FOR = "https://news.example/talks#news.example%2Ftalks"


def with_talks(stage: Stage) -> dict[str, Served]:
    """What is served once the paper has a headline that leaves open what its article tells."""
    (url,) = stage.endpoints
    (plain,) = stage.world.serve(rows()).values()
    when = f"{stage.now:%a, %d %b %Y %H:%M:%S} GMT"
    entry = f"<item><title>{VAGUE}</title><link>https://news.example/talks</link><pubDate>{when}</pubDate></item>"
    body = plain.body.replace(b"<item>", entry.encode() + b"<item>", 1)
    return {url: replace(plain, body=body), ASKED_FOR: Served(ARTICLE, "text/html; charset=utf-8")}


@pytest.mark.parametrize("wanted", [True, False])
def test_the_article_behind_a_vague_headline_is_asked_for_where_the_option_says_so(
    tmp_path: Path, wanted: bool
) -> None:
    theatre = Theatre(tmp_path)
    paper = Newspaper()
    with_option = replace(paper.source, options={**paper.source.options, "articles": wanted})
    stage = Stage(replace(paper, source=with_option), theatre)
    stage.polls(rows())
    stage.meets(with_talks(stage))
    assert (ASKED_FOR in stage.server.asked) is wanted
    assert stage.signals() == set()
    theatre.closes()
