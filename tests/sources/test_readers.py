"""What the readers of the six registers of Europe, America and Australia have in common."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advisoryd import codec, places
from advisoryd.model.reading import Contract, Document, Reader, Shape, Unreadable
from advisoryd.model.source import Confidence, Source, SourceKind
from advisoryd.sources import catalogue

IDS = ("us-state", "uk-fcdo", "ca-gac", "au-dfat", "ie-dfa", "de-aa")
SOURCES = [catalogue.entries()[source_id] for source_id in IDS]
GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGES = {
    "us-state": {"service.json": 0, "feed.xml": 1},
    "uk-fcdo": {"index.json": 0},
    "ca-gac": {"index.json": 0},
    "au-dfat": {"feed.xml": 0, "export.json": 1},
    "ie-dfa": {"index.html": 0},
    "de-aa": {"list.json": 0},
}

by_source = pytest.mark.parametrize("source", SOURCES, ids=IDS)


def small(source: Source) -> Reader:
    """The reader of ``source`` with no least number of rows."""
    return replace(catalogue.reader_for(source), contract=Contract(min_rows=1))


def documents(source: Source) -> list[Document]:
    """The golden lists of ``source`` under the addresses that its reader asks for."""
    endpoints = catalogue.reader_for(source).endpoints(NOW)
    folder = GOLDEN / source.id
    return [Document(endpoints[place].url, (folder / name).read_bytes()) for name, place in PAGES[source.id].items()]


@by_source
def test_the_endpoints_do_not_depend_on_the_hour(source: Source) -> None:
    reader = catalogue.reader_for(source)
    assert reader.endpoints(NOW) == reader.endpoints(NOW + timedelta(days=200))
    assert all(request.url.startswith("https://") and request.expect != "any" for request in reader.endpoints(NOW))


@by_source
def test_the_same_bytes_are_read_alike_every_time(source: Source) -> None:
    for document in documents(source):
        assert small(source).parse(document) == small(source).parse(document)


@by_source
def test_pieces_are_json_values_that_survive_being_stored(source: Source) -> None:
    reader = small(source)
    for document in documents(source):
        for key, piece in reader.parse(document).pieces.items():
            stored = codec.plain(codec.canonical(piece))
            assert tuple(reader.records(key, [stored])) == tuple(reader.records(key, [piece]))


@by_source
def test_every_list_is_complete_and_every_page_it_names_belongs_to_a_row(source: Source) -> None:
    for document in documents(source):
        parsed = small(source).parse(document)
        assert parsed.complete
        assert {follow.key for follow in parsed.follow} <= set(parsed.pieces)


@by_source
def test_records_bear_the_issuer_of_the_source_and_a_place_that_is_known(source: Source) -> None:
    reader = small(source)
    for document in documents(source):
        for key, piece in reader.parse(document).pieces.items():
            for record in reader.records(key, [piece]):
                assert (record.key, record.issuer) == (key, source.issuer)
                assert record.url.startswith("https://")
                assert all(map(places.known, places.members(record.destination)))


@by_source
def test_the_contract_is_that_of_a_register_with_room_for_a_bad_week(source: Source) -> None:
    contract = catalogue.reader_for(source).contract
    assert contract.shape is Shape.REGISTER
    assert contract.lists_calm
    assert contract.min_rows >= 150
    assert contract.grace >= timedelta(days=7)
    assert contract.usual_gap is not None
    assert contract.usual_gap > contract.grace


@by_source
def test_the_catalogue_says_whose_word_it_is_and_how_it_may_be_used(source: Source) -> None:
    assert source.kind is SourceKind.OFFICIAL
    assert source.licence
    assert source.attribution
    assert source.cost.endswith(".")
    assert source.evidence.startswith("2026-")
    assert "shape:register" in source.tags
    assert source.confidence in (Confidence.VERIFIED, Confidence.INFERRED)


@by_source
def test_pages_without_a_stamp_are_asked_for_again_within_the_day(source: Source) -> None:
    follow = [one for document in documents(source) for one in small(source).parse(document).follow]
    assert all(one.stamp for one in follow) or source.detail_every < timedelta(days=1)


def test_knowing_what_to_ask_for_costs_no_parser() -> None:
    asks = (
        "import sys; from datetime import datetime; from advisoryd.sources import catalogue; "
        f"[catalogue.reader_for(catalogue.entries()[i]).endpoints(datetime(2026, 1, 1)) for i in {IDS!r}]; "
        "print([m for m in ('selectolax', 'feedparser', 'xml.etree', 'email.utils', 'advisoryd.places.names') "
        "if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def us_rows(count: int) -> bytes:
    rows = [{"Title": f"Place {number} - Level 1", "Updated": "2026-05-14T20:00:00-04:00"} for number in range(count)]
    return json.dumps(rows).encode()


def uk_rows(count: int) -> bytes:
    return json.dumps({"links": {"children": [{"content_id": str(number)} for number in range(count)]}}).encode()


def ca_rows(count: int) -> bytes:
    return json.dumps({"data": {f"Q{number:03}": {"eng": {"name": "x"}} for number in range(count)}}).encode()


def au_rows(count: int) -> bytes:
    return json.dumps([{"field_url": f"https://example.org/{number}"} for number in range(count)]).encode()


def ie_rows(count: int) -> bytes:
    return "".join(f'<a href="/overseas-travel/advice/p{number}/">Place</a>' for number in range(count)).encode()


def de_rows(count: int) -> bytes:
    return json.dumps({"response": {str(number): {"countryName": "x"} for number in range(count)}}).encode()


@pytest.mark.parametrize(
    ("source", "rows"), list(zip(SOURCES, (us_rows, uk_rows, ca_rows, au_rows, ie_rows, de_rows), strict=True)), ids=IDS
)
def test_the_least_number_of_rows_is_enough_and_one_fewer_is_not(source: Source, rows: Callable[[int], bytes]) -> None:
    reader = catalogue.reader_for(source)
    least = reader.contract.min_rows
    url = reader.endpoints(NOW)[-1].url
    assert len(reader.parse(Document(url, rows(least))).pieces) == least
    with pytest.raises(Unreadable) as refusal:
        reader.parse(Document(url, rows(least - 1)))
    assert refusal.value.kind == "short-list"
