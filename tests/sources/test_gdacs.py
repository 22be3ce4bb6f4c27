"""GDACS: orange and red events as hazard context for each country, green ones left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd import codec
from advisoryd.model.ladder import Level, Track
from advisoryd.model.reading import Document, FindingKind, Parsed, Unreadable
from advisoryd.model.record import Record
from advisoryd.sources import catalogue
from advisoryd.sources.gdacs import CONTRACT, EVENTS, Gdacs

GOLDEN = Path(__file__).parent / "golden" / "gdacs"
BODY = (GOLDEN / "events.json").read_bytes()
SOURCE = catalogue.entries()["gdacs"]
READER = Gdacs(SOURCE, contract=replace(CONTRACT, min_rows=1))


def event(colour: str, code: str = "JP", number: int = 1, **more: object) -> dict[str, Any]:
    properties = {
        "eventtype": "EQ",
        "eventid": number,
        "episodeid": 1,
        "name": f"Earthquake {number}",
        "alertlevel": colour,
        "country": "Japan",
        "affectedcountries": f"[{{'iso2': '{code}', 'iso3': 'JPN', 'countryname': 'Japan'}}]",
        "fromdate": "2026-10-15T01:02:03",
        "url": {"report": "https://www.gdacs.org/report.aspx?eventid=1"},
    }
    return {"type": "Feature", "properties": properties | more}


def parse(*events: dict[str, Any]) -> Parsed:
    return READER.parse(Document(EVENTS, json.dumps({"features": events}).encode()))


def records(parsed: Parsed) -> dict[str, Record]:
    return {key: record for key, piece in parsed.pieces.items() for record in READER.records(key, [piece])}


def test_the_recorded_list_gives_the_recorded_records() -> None:
    parsed = READER.parse(Document(EVENTS, BODY))
    expected = json.loads((GOLDEN / "records.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(records(parsed).values()))) == expected
    assert parsed.complete
    assert parsed.findings == ()


def test_one_list_is_asked_for() -> None:
    assert [request.url for request in READER.endpoints(datetime(2026, 11, 23, tzinfo=UTC))] == [EVENTS]


@pytest.mark.parametrize(("colour", "level"), [("Orange", Level.CAUTION), ("RED", Level.RECONSIDER)])
def test_a_colour_is_a_step_of_the_hazard_track(colour: str, level: Level) -> None:
    japan = records(parse(event(colour)))["JP"]
    assert (japan.level, japan.native_level, japan.track) == (level, colour, Track.HAZARD)


def test_green_events_and_events_at_sea_are_no_advice() -> None:
    assert parse(event("Green"), event("Red", "", country="")).pieces == {}


def test_every_affected_country_is_concerned_and_its_strictest_event_counts() -> None:
    found = records(READER.parse(Document(EVENTS, BODY)))
    assert {place: record.level for place, record in found.items()} == {
        "PH": Level.RECONSIDER,
        "TW": Level.RECONSIDER,
        "CI": Level.CAUTION,
    }
    assert [section.heading for section in found["PH"].sections] == [
        "Flood in Philippines",
        "Tropical Cyclone TWENTY-26",
    ]


def test_a_new_episode_says_nothing_new_and_a_new_colour_does() -> None:
    first = parse(event("Orange", episodeid=1, alertscore=1.2)).pieces
    assert parse(event("Orange", episodeid=2, alertscore=1.9)).pieces == first
    assert parse(event("Red", episodeid=3)).pieces != first


def test_a_colour_nobody_knows_is_unknown_and_told() -> None:
    parsed = parse(event("Purple"))
    assert (records(parsed)["JP"].level, records(parsed)["JP"].native_level) == (None, "Purple")
    assert [(found.kind, found.keys) for found in parsed.findings] == [(FindingKind.UNKNOWN_LEVEL, ("JP",))]


def test_an_event_without_a_colour_is_left_out_and_told() -> None:
    parsed = parse(event("Red"), event("", "FR", 2))
    assert set(parsed.pieces) == {"JP"}
    assert [(found.kind, found.keys) for found in parsed.findings] == [(FindingKind.UNKNOWN_FIELD, ("EQ2",))]


def test_a_country_nobody_knows_is_quarantined_and_told() -> None:
    parsed = parse(event("Red", "XX", country="Atlantis"))
    assert records(parsed)["EQ1"].destination == ""
    assert [(found.kind, found.keys) for found in parsed.findings] == [(FindingKind.UNKNOWN_PLACE, ("EQ1",))]


def test_an_event_that_is_listed_twice_counts_once_and_is_told() -> None:
    parsed = parse(event("Orange"), event("Red"))
    assert records(parsed)["JP"].level is Level.RECONSIDER
    assert [found.kind for found in parsed.findings] == [FindingKind.DUPLICATE]


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("the answer while it is down", (GOLDEN / "down.json").read_bytes(), "wrong-shape"),
        ("no events", b'{"features": []}', "empty-list"),
        ("fewer than ever", BODY, "short-list"),
        ("a web page with 200", b"<html>Service unavailable</html>", "wrong-shape"),
        ("nothing", b"", "wrong-shape"),
    ],
)
def test_what_is_not_the_whole_list_is_unreadable(reason: str, body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        Gdacs(SOURCE).parse(Document(EVENTS, body))
    assert refusal.value.kind == kind, reason


def test_a_renamed_colour_is_unreadable_and_never_calm() -> None:
    with pytest.raises(Unreadable, match="alertlevel"):
        READER.parse(Document(EVENTS, BODY.replace(b'"alertlevel"', b'"alertLevel"')))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_mangled_bytes_are_read_or_refused(
    mangled: Callable[[bytes], SearchStrategy[bytes]], data: st.DataObject
) -> None:
    with suppress(Unreadable):
        parsed = READER.parse(Document(EVENTS, data.draw(mangled(BODY))))
        assert set(records(parsed)) == set(parsed.pieces)
