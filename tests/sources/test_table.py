"""An HTML list or table whose rows and columns the configuration names."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd import codec
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.record import Record
from advisoryd.model.source import Source
from advisoryd.sources import options, table

GOLDEN = Path(__file__).parent / "golden" / "table"
URL = "https://advice.example/list"
NOW = datetime(2025, 11, 15, tzinfo=UTC)
LEVELS = {"Take normal care": 1, "Do not travel": 4}
ADVICE: dict[str, object] = {
    "url": URL,
    "row": "#advice tbody tr",
    "key": "@data-code",
    "name": "td:nth-child(1)",
    "level": "td.level",
    "levels": LEVELS,
    "date": "td:nth-child(3)",
    "date_format": "%d/%m/%Y",
    "zone": "Europe/Dublin",
    "link": "a@href",
    "text": "td.why",
}
NOTICES: dict[str, object] = {
    "url": URL,
    "row": "ul.news li",
    "title": "a",
    "link": "a@href",
    "date": "time@datetime",
    "zone": "Asia/Tokyo",
}


def source(destination: str = "", **values: object) -> Source:
    return Source(id="my-table", issuer="IE", name="n", reader="table", destination=destination, options=values)


def parse(given_source: Source, body: str) -> Parsed:
    return table.reader(given_source).parse(Document(URL, body.encode()))


def advice_page() -> str:
    return (GOLDEN / "advice.html").read_text("utf-8")


def records(given_source: Source, body: str) -> list[Record]:
    reader = table.reader(given_source)
    parsed = reader.parse(Document(URL, body.encode()))
    return [record for key, piece in parsed.pieces.items() for record in reader.records(key, [piece])]


def test_a_table_with_levels_gives_the_recorded_records() -> None:
    expected = json.loads((GOLDEN / "advice.records.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(records(source(**ADVICE), advice_page()))) == expected


def test_a_list_without_levels_gives_the_recorded_items() -> None:
    parsed = parse(source("JP", **NOTICES), (GOLDEN / "notices.html").read_text("utf-8"))
    assert codec.plain(codec.dumps(parsed.items)) == json.loads((GOLDEN / "notices.items.json").read_text("utf-8"))
    assert not parsed.pieces


def test_a_word_that_the_map_does_not_hold_is_an_unknown_level_and_is_told() -> None:
    parsed = parse(source(**ADVICE), advice_page())
    mali = next(record for record in records(source(**ADVICE), advice_page()) if record.key == "ml")
    assert (mali.level, mali.native_level) == (None, "Leave at once")
    (finding,) = [found for found in parsed.findings if found.kind is FindingKind.UNKNOWN_LEVEL]
    assert finding.keys == ("ml",)
    assert "Leave at once" in finding.detail


def test_level_words_are_compared_without_case_punctuation_and_odd_spaces() -> None:
    japan = records(source(**ADVICE | {"levels": {"take NORMAL care!": 1}}), advice_page())[0]
    assert japan.level is Level.NORMAL
    assert japan.native_level == "Take normal care"


def test_a_register_is_complete_and_a_stream_is_not() -> None:
    assert parse(source(**ADVICE), advice_page()).complete
    assert table.reader(source(**ADVICE)).contract.shape is Shape.REGISTER
    assert not parse(source(**ADVICE | {"shape": "stream"}), advice_page()).complete
    assert table.reader(source("JP", **NOTICES)).contract.shape is Shape.STREAM


def test_an_unknown_place_is_quarantined_and_told() -> None:
    page = advice_page().replace(">Mali<", ">Examplia<")
    parsed = parse(source(**ADVICE), page)
    assert ("ml",) in [found.keys for found in parsed.findings if found.kind is FindingKind.UNKNOWN_PLACE]
    assert [record.destination for record in records(source(**ADVICE), page)] == ["JP", "HT", ""]


def test_two_rows_of_one_key_are_told_and_the_last_one_counts() -> None:
    page = advice_page().replace('data-code="ml"', 'data-code="ht"')
    parsed = parse(source(**ADVICE), page)
    assert list(parsed.pieces) == ["jp", "ht"]
    assert parsed.pieces["ht"]["name"] == "Mali"
    assert FindingKind.DUPLICATE in {found.kind for found in parsed.findings}


def test_a_row_without_a_key_is_passed_over_and_told() -> None:
    page = advice_page().replace(' data-code="ml"', "").replace('href="/advice/mali"', "").replace(">Mali<", "><")
    parsed = parse(source(**ADVICE), page)
    assert list(parsed.pieces) == ["jp", "ht"]
    assert FindingKind.UNKNOWN_FIELD in {found.kind for found in parsed.findings}


def test_a_date_that_cannot_be_read_is_unknown_and_a_day_is_a_day_of_its_zone() -> None:
    japan, _, mali = records(source(**ADVICE), advice_page())
    assert japan.issued_at is not None
    assert (japan.issued_at.at, japan.issued_at.day) == (datetime(2025, 11, 15, tzinfo=UTC), True)
    assert mali.issued_at is None


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("an error page with 200", "<html><body><h1>Service unavailable</h1></body></html>", "empty-list"),
        ("nothing", "", "empty-list"),
        ("half a list", advice_page().partition('<tr data-code="ml"')[0], "short-list"),
        ("a renamed class", advice_page().replace('class="level"', 'class="tier"'), "wrong-shape"),
        ("a renamed attribute", advice_page().replace("data-code", "data-iso"), "wrong-shape"),
    ],
)
def test_a_page_that_lost_rows_or_columns_is_unreadable(reason: str, body: str, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse(source(**ADVICE | {"min_rows": 3}), body)
    assert refusal.value.kind == kind, reason


def test_a_wrong_charset_is_refused() -> None:
    body = advice_page().replace("Haiti", "Haïti " + "é" * 40).replace("utf-8", "ascii").encode("latin-1")
    with pytest.raises(Unreadable) as refusal:
        table.reader(source(**ADVICE)).parse(Document(URL, body, charset="utf-8"))
    assert refusal.value.kind == "garbled"


def test_the_one_document_is_asked_for_as_html() -> None:
    (request,) = table.reader(source(**ADVICE)).endpoints(NOW)
    assert (request.url, request.expect) == (URL, "html")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"row": "li["}, 'the option "row" must be a CSS selector'),
        ({"level": "td@"}, 'the option "level" must be a CSS selector'),
        ({"levels": {"red": 7}}, 'the option "levels" must be a table of the issuer\'s words'),
        ({"shape": "list"}, 'the option "shape" must be register'),
        ({"min_rows": 0}, 'the option "min_rows" must be the least number'),
        ({"date_format": "%Y %z"}, 'the option "date_format" must be a format'),
        ({"zone": "Dublin"}, 'the option "zone" must be a time zone'),
        ({"colunm": "td"}, 'the option "colunm" is not known here'),
        ({"url": "advice.example"}, 'the option "url" must be an http or https address'),
    ],
)
def test_a_wrong_option_gets_one_clear_sentence(change: dict[str, object], said: str) -> None:
    (sentence,) = table.check_options(source(**ADVICE | change))
    assert sentence.startswith('Source "my-table": ')
    assert said in sentence


def test_what_is_missing_between_the_options_is_told() -> None:
    assert len(table.check_options(source(url=URL))) == 2
    assert any(
        '"levels" needs the option "level"' in said
        for said in table.check_options(source(url=URL, row="tr", name="td", levels=LEVELS))
    )
    assert any(
        '"name" or a destination' in said
        for said in table.check_options(source(url=URL, row="tr", key="td", level="td", levels=LEVELS))
    )
    assert table.check_options(source("JP", url=URL, row="tr", key="td", level="td", levels=LEVELS)) == []
    with pytest.raises(options.OptionError):
        table.reader(source(url=URL))


@given(st.binary(max_size=60), st.integers(0, 1000), st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_no_bytes_raise_anything_but_unreadable(noise: bytes, at: int, gone: int) -> None:
    whole = advice_page().encode()
    reader = table.reader(source(**ADVICE))
    try:
        parsed = reader.parse(Document(URL, whole[:at] + noise + whole[at + gone :]))
    except Unreadable:
        return
    for key, piece in parsed.pieces.items():
        assert len(reader.records(key, [piece])) == 1
