"""Twelve European issuers: recorded records, refused answers, mangled bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd import codec
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Document, Reader, Shape, Unreadable
from advisoryd.model.record import Record
from advisoryd.sources import catalogue
from tests.sources import european

IDS = list(european.FILES)
DOCUMENTS = [(source_id, url) for source_id, files in european.FILES.items() for url in files]
Read = Callable[..., dict[str, Record]]

by_source = pytest.mark.parametrize("source_id", IDS)
by_document = pytest.mark.parametrize(("source_id", "url"), DOCUMENTS)


def whole(source_id: str) -> Reader:
    """The reader with the contract it has in earnest."""
    return catalogue.reader_for(catalogue.entries()[source_id])


@by_source
def test_the_payloads_give_the_recorded_records(read: Read, source_id: str) -> None:
    expected = json.loads((european.GOLDEN / source_id / "records.json").read_text("utf-8"))
    records = list(read(european.reader(source_id), european.bodies(source_id)).values())
    assert codec.plain(codec.canonical(records)) == expected


@by_source
def test_words_and_text_are_the_issuers_own(read: Read, source_id: str) -> None:
    language = catalogue.entries()[source_id].language
    for record in read(european.reader(source_id), european.bodies(source_id)).values():
        assert record.language == language
        assert record.url.startswith("https://")
        assert record.name
        assert record.level in (None, *Level)
        assert record.native_level or record.level in (None, Level.NORMAL)


@by_document
def test_the_same_bytes_are_read_alike_every_time(source_id: str, url: str) -> None:
    document = Document(url, european.bodies(source_id)[url])
    assert european.reader(source_id).parse(document) == european.reader(source_id).parse(document)


@by_document
def test_a_wrong_charset_label_changes_nothing(source_id: str, url: str) -> None:
    payload = european.bodies(source_id)[url]
    right = european.reader(source_id).parse(Document(url, payload))
    assert european.reader(source_id).parse(Document(url, payload, "text/html; charset=iso-8859-1")) == right


@by_document
@pytest.mark.parametrize(
    "payload",
    [b"", b"{}", b'{"error": "down"}', b"<html><body><h1>Just a moment...</h1></body></html>", b"\xff\xfe\x00garbage"],
)
def test_an_answer_of_200_that_is_something_else_is_unreadable(source_id: str, url: str, payload: bytes) -> None:
    with pytest.raises(Unreadable):
        whole(source_id).parse(Document(url, payload))


@by_source
def test_half_a_list_is_unreadable(source_id: str) -> None:
    reader = whole(source_id)
    url, payload = next(iter(european.bodies(source_id).items()))
    if reader.contract.min_rows == 1:
        assert source_id in ("fr-meae", "no-ud"), "only sources without a list of everything may do without"
        return
    with pytest.raises(Unreadable) as refusal:
        reader.parse(Document(url, payload))
    assert refusal.value.kind == "short-list"


@by_source
def test_a_register_lists_everything_and_a_stream_does_not(source_id: str) -> None:
    reader = whole(source_id)
    url, payload = next(iter(european.bodies(source_id).items()))
    parsed = european.reader(source_id).parse(Document(url, payload))
    listed = reader.contract.shape is Shape.REGISTER and source_id != "fr-meae"
    assert parsed.complete is listed


@by_source
def test_pages_are_asked_for_under_the_key_of_their_row(source_id: str) -> None:
    parsed = [european.parse(source_id, url, payload) for url, payload in european.bodies(source_id).items()]
    follow = [page for one in parsed for page in one.follow]
    assert len({page.request.url for page in follow}) == len(follow)
    assert all(page.request.url.startswith("https://") and page.key for page in follow)


@by_document
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mangled_bytes_are_read_or_refused(
    mangled: Callable[[bytes], SearchStrategy[bytes]], source_id: str, url: str, data: st.DataObject
) -> None:
    reader = european.reader(source_id)
    payload = data.draw(mangled(european.bodies(source_id)[url]))
    with suppress(Unreadable):
        for key, piece in reader.parse(Document(url, payload)).pieces.items():
            assert len(reader.records(key, [piece])) <= 1
