"""What the readers of Asia and Oceania have in common."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd import codec, places
from advisoryd.model.ladder import Track
from advisoryd.model.reading import Document, Parsed, Unreadable
from advisoryd.model.source import Confidence, SourceKind
from advisoryd.sources import catalogue

from .asia import CASES, Case, hear, joined

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
IDS = [f"{case.source}-{case.answer.removesuffix('.json')}" for case in CASES]
SOURCES = sorted({case.source for case in CASES})

by_case = pytest.mark.parametrize("case", CASES, ids=IDS)


@by_case
def test_the_recorded_documents_mean_what_was_recorded(case: Case) -> None:
    heard = hear(case.reader, case.documents())
    told = codec.plain(
        codec.canonical({"records": heard.records, "items": heard.items, "findings": heard.findings}),
    )
    assert told == json.loads(case.body(case.answer))


@by_case
def test_pieces_are_json_values_that_survive_being_stored(case: Case) -> None:
    parsed = [case.reader.parse(document) for document in case.documents()]
    stored = [Parsed({key: codec.plain(codec.canonical(one.pieces[key])) for key in one.pieces}) for one in parsed]
    assert joined(case.reader, stored) == joined(case.reader, parsed)


@by_case
def test_records_bear_the_issuer_a_known_place_and_one_track_each(case: Case) -> None:
    source = catalogue.entries()[case.source]
    records = hear(case.reader, case.documents()).records
    for record in records:
        assert record.issuer == source.issuer
        assert record.language == source.language
        assert record.url.startswith("https://")
        assert all(map(places.known, places.members(record.destination))) or not record.destination
        assert record.destination != source.issuer
        assert record.track in (source.track, Track.SPECIAL)
    assert len({(record.key, record.destination, record.track) for record in records}) == len(records)


@by_case
def test_a_wrong_charset_label_changes_nothing(case: Case) -> None:
    for document in case.documents():
        labelled = replace(document, charset="iso-8859-1", content_type="text/plain")
        assert case.reader.parse(labelled) == case.reader.parse(document)


@by_case
def test_the_endpoints_do_not_depend_on_the_hour(case: Case) -> None:
    asked = case.reader.endpoints(NOW)
    assert asked == case.reader.endpoints(NOW + timedelta(days=200))
    assert all(request.url.startswith("https://") for request in asked)


@by_case
@pytest.mark.parametrize("body", [b"", b" ", b"<html><body><h1>We are sorry</h1></body></html>", b"[]", b"{}"])
def test_an_error_page_with_200_is_unreadable_everywhere(case: Case, body: bytes) -> None:
    for document in case.documents():
        with pytest.raises(Unreadable):
            case.reader.parse(replace(document, body=body))


FILES = [(case, url) for case in CASES for url in case.files]


@pytest.mark.parametrize(("case", "url"), FILES, ids=[f"{case.source}-{case.files[url]}" for case, url in FILES])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mangled_bytes_are_read_or_refused(
    mangled: Callable[[bytes], SearchStrategy[bytes]], case: Case, url: str, data: st.DataObject
) -> None:
    body = data.draw(mangled(case.body(case.files[url])))
    documents = [Document(held.url, body) if held.url == url else held for held in case.documents()]
    with suppress(Unreadable):
        for record in hear(case.reader, documents).records:
            assert record.destination == "" or places.known(places.members(record.destination)[0])


@pytest.mark.parametrize("source_id", SOURCES)
def test_the_catalogue_says_whose_word_it_is_and_how_it_may_be_used(source_id: str) -> None:
    source = catalogue.entries()[source_id]
    assert source.kind is SourceKind.OFFICIAL
    assert source.licence
    assert source.attribution
    assert source.cost.endswith(".")
    assert source.evidence.startswith("202")
    assert {"region:asia", "region:oceania"} & set(source.tags)
    shape = catalogue.reader_for(source).contract.shape
    assert f"shape:{shape}" in source.tags
    assert source.confidence in (Confidence.VERIFIED, Confidence.INFERRED)


def test_knowing_what_to_ask_for_costs_no_parser() -> None:
    own = [source_id for source_id in SOURCES if catalogue.entries()[source_id].reader not in ("embassy", "json_list")]
    asks = (
        "import sys; from datetime import datetime; from advisoryd.sources import catalogue; "
        f"[catalogue.reader_for(catalogue.entries()[i]).endpoints(datetime(2026, 1, 1)) for i in {own!r}]; "
        "print([m for m in ('selectolax', 'feedparser', 'xml.etree', 'email.utils', 'advisoryd.places.names') "
        "if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
