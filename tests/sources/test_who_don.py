"""Disease Outbreak News: reports as items, newest first or not at all, and no level from their text."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd import codec
from advisoryd.model.reading import Document, Shape, Unreadable
from advisoryd.model.record import Item
from advisoryd.sources import catalogue
from advisoryd.sources.who_don import CONTRACT, SERVICE, WhoDon

GOLDEN = Path(__file__).parent / "golden" / "who-don"
BODY = (GOLDEN / "news.json").read_bytes()
SOURCE = catalogue.entries()["who-don"]
READER = WhoDon(SOURCE, contract=replace(CONTRACT, min_rows=1))
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def items(*titles: str) -> list[Item]:
    rows = [{"DonId": f"2026-DON{number}", "Title": title, "UrlName": "x"} for number, title in enumerate(titles)]
    return list(READER.parse(Document(SERVICE, json.dumps({"value": rows}).encode())).items)


def test_the_recorded_reports_give_the_recorded_items() -> None:
    parsed = READER.parse(Document(SERVICE, BODY))
    expected = json.loads((GOLDEN / "items.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(parsed.items))) == expected
    assert parsed.pieces == {}
    assert READER.contract.shape is Shape.STREAM
    assert READER.records("2026-DON618", []) == ()


def test_the_newest_are_asked_for_with_the_signs_the_service_needs() -> None:
    (request,) = READER.endpoints(NOW)
    asked = parse_qs(urlsplit(request.url).query)
    assert asked["$orderby"] == ["PublicationDateAndTime desc"]
    assert asked["$top"] == ["20"]
    assert " " not in request.url
    assert {"DonId", "Title", "Summary"} <= set(asked["$select"][0].split(","))


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("Cholera - Haiti", ("HT",)),
        ("Cholera – Trinidad and Tobago", ("TT",)),
        ("Cholera - Kenya & Uganda", ("KE", "UG")),
        ("Cholera - Kenya, Uganda and Examplia", ("KE", "UG")),
        ("Cholera in the Philippines", ("PH",)),
        ("Crimean-Congo haemorrhagic fever - Iraq", ("IQ",)),
        ("Mpox - Multi-locations", ()),
        ("Cholera", ()),
    ],
)
def test_places_are_taken_from_the_end_of_a_title_only(title: str, places: tuple[str, ...]) -> None:
    (found,) = items(title)
    assert found.destinations == places


def test_the_title_that_overrides_is_the_title() -> None:
    found = READER.parse(Document(SERVICE, BODY)).items[1]
    assert found.title == "Crimean-Congo haemorrhagic fever – Iraq and Trinidad and Tobago"


def test_a_report_before_2022_is_known_by_its_guid() -> None:
    found = READER.parse(Document(SERVICE, BODY)).items[-1]
    assert (found.key, found.destinations) == ("00000000-0000-4000-8000-000000000001", ("AZ",))


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("the page that scripts fill", (GOLDEN / "shell.html").read_bytes(), "wrong-shape"),
        ("no reports", b'{"value": []}', "empty-list"),
        ("fewer than were asked for", BODY, "short-list"),
        ("renamed", BODY.replace(b'"value"', b'"items"'), "wrong-shape"),
        ("nothing", b"", "wrong-shape"),
    ],
)
def test_what_is_not_the_list_is_unreadable(reason: str, body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        WhoDon(SOURCE).parse(Document(SERVICE, body))
    assert refusal.value.kind == kind, reason


def test_a_list_that_begins_with_the_oldest_is_refused() -> None:
    rows = json.loads(BODY)
    rows["value"].reverse()
    with pytest.raises(Unreadable, match="does not begin with the newest"):
        READER.parse(Document(SERVICE, json.dumps(rows).encode()))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_mangled_bytes_are_read_or_refused(
    mangled: Callable[[bytes], SearchStrategy[bytes]], data: st.DataObject
) -> None:
    with suppress(Unreadable):
        assert READER.parse(Document(SERVICE, data.draw(mangled(BODY)))).pieces == {}
