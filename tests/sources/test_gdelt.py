"""GDELT's search: one question at a time, headlines as items, and refusals in plain text."""

from __future__ import annotations

import json
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
from advisoryd.sources import catalogue, gdelt, options

GOLDEN = Path(__file__).parent / "golden" / "gdelt"
SOURCE = catalogue.entries()["gdelt"]
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
ARTICLES = (GOLDEN / "articles.json").read_bytes()


def with_options(**given: object) -> Reader:
    return gdelt.reader(replace(SOURCE, options=given))


def read(body: bytes | str) -> Parsed:
    return with_options().parse(Document(gdelt.SEARCH, body.encode() if isinstance(body, str) else body))


def query(reader: Reader, now: datetime = NOW) -> dict[str, str]:
    """The parameters of the one search of a poll."""
    (request,) = reader.endpoints(now)
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def with_title(title: str) -> str:
    return json.dumps({"articles": [{"url": "https://a.example/1", "title": title}]})


# What is asked.


def test_one_general_question_is_asked_for_the_newest_of_a_day() -> None:
    asked = query(with_options())
    assert (asked["mode"], asked["format"], asked["timespan"], asked["sort"]) == ("ArtList", "json", "24h", "DateDesc")
    assert "travel advisory" in asked["query"]
    assert int(asked["maxrecords"]) <= 250


def test_no_alternative_stands_outside_brackets_and_single_words_bear_no_quotes() -> None:
    asked = query(with_options())["query"]
    outside = "".join(part.rpartition(")")[2] for part in asked.split("("))
    assert "OR" not in outside
    assert all(" " in phrase for phrase in asked.split('"')[1::2])


def test_watched_places_and_the_general_question_take_turns() -> None:
    reader = with_options(watch=["JP", "KR"])
    polls = [NOW + SOURCE.every * 1.1 * number for number in range(4)]
    asked = [query(reader, now)["query"] for now in polls]
    assert sum(one == query(with_options())["query"] for one in asked) == 2
    assert {one.split(" (")[0] for one in asked} >= {"Japan", '"South Korea"'}


def test_the_entry_asks_at_most_once_in_a_quarter_of_an_hour_and_is_in_no_default_set() -> None:
    assert SOURCE.every >= timedelta(minutes=15)
    assert SOURCE.spacing >= 5
    assert "news:core" not in SOURCE.tags


@pytest.mark.parametrize("wrong", [{"watch": ["Atlantis"]}, {"watch": "JP"}, {"watch": ["JP"] * 31}, {"query": "x"}])
def test_wrong_options_are_told(wrong: dict[str, object]) -> None:
    assert len(gdelt.check_options(replace(SOURCE, options=wrong))) == 1
    with pytest.raises(options.OptionError, match="gdelt"):
        with_options(**wrong)


# What comes back.


def test_the_recorded_list_gives_the_recorded_items() -> None:
    parsed = read(ARTICLES)
    expected = json.loads((GOLDEN / "items.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(parsed.items))) == expected
    assert (parsed.pieces, parsed.findings) == ({}, ())


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Japan ' s embassy , in Beijing", "Japan's embassy, in Beijing"),
        ("Japan ’ s embassy", "Japan’s embassy"),
        ("Avoid travel ( again ) !", "Avoid travel (again)!"),
        ("Level 4 : do not travel", "Level 4: do not travel"),
        ("U . S . warns", "U. S. warns"),
        ("避免前往日本", "避免前往日本"),
        ("The ' safe ' list", "The ' safe ' list"),
    ],
)
def test_blanks_around_punctuation_are_closed(title: str, plain: str) -> None:
    assert [one.title for one in read(with_title(title)).items] == [plain]


def test_the_time_is_when_the_article_was_first_seen_and_an_odd_one_is_none() -> None:
    first, *_, last = read(ARTICLES).items
    assert first.published is not None
    assert first.published.at == datetime(2026, 11, 16, 8, 30, tzinfo=UTC)
    assert last.published is None


def test_a_language_that_nobody_reads_here_is_left_open() -> None:
    assert [one.language for one in read(ARTICLES).items] == ["en", "zh", ""]


def test_articles_that_share_an_address_are_one_item_and_that_is_noticed() -> None:
    row = {"url": "https://a.example/1", "title": "t"}
    parsed = read(json.dumps({"articles": [row, {**row, "url": "http://a.example/1?utm_source=x"}]}))
    assert len(parsed.items) == 1
    assert [finding.kind for finding in parsed.findings] == [FindingKind.DUPLICATE]


def test_no_result_is_no_fault() -> None:
    assert read((GOLDEN / "nothing.json").read_bytes()) == Parsed()
    assert read('{"articles": []}') == Parsed()


def test_it_is_a_stream_and_has_no_records() -> None:
    assert (with_options().contract.shape, with_options().contract.min_rows) == (Shape.STREAM, 0)
    assert with_options().records("key", []) == ()


# What goes wrong.


@pytest.mark.parametrize(
    ("name", "kind", "word"),
    [("too-fast.txt", "rate-limited", "asked too often"), ("refused.txt", "refused", "refused the query")],
)
def test_a_refusal_in_plain_text_is_told_by_its_name_and_in_gdelts_words(name: str, kind: str, word: str) -> None:
    body = (GOLDEN / name).read_text("utf-8")
    with pytest.raises(Unreadable) as refusal:
        read(body)
    assert refusal.value.kind == kind
    assert word in refusal.value.detail
    assert body.strip()[:40] in refusal.value.detail


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Just a moment</body></html>",
        b"[]",
        b'{"articles": {}}',
        b'{"articles": [{"link": "https://a.example/1", "headline": "renamed"}]}',
        ARTICLES[:200],
    ],
)
def test_what_is_not_the_list_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(body)
    assert refusal.value.kind == "wrong-shape"


def test_a_long_refusal_is_told_in_short() -> None:
    with pytest.raises(Unreadable) as refusal:
        read("No. " * 10_000)
    assert len(refusal.value.detail) < 300


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise_anything_but_unreadable(
    data: st.DataObject, mangled: Callable[[bytes], SearchStrategy[bytes]]
) -> None:
    body = data.draw(mangled(ARTICLES))
    try:
        parsed = read(body)
    except Unreadable:
        return
    assert all(one.key and one.title for one in parsed.items)
