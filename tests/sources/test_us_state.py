"""The United States' Travel Advisories: two documents, one record for every place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd import codec
from advisoryd.model.ladder import Level, Reason
from advisoryd.model.reading import Contract, Document, FindingKind, Parsed, Reader, Unreadable
from advisoryd.model.record import Area, Record, Region, Section
from advisoryd.sources import catalogue, us_summary, us_titles
from advisoryd.sources.us_state import FEED, SERVICE, UsState

GOLDEN = Path(__file__).parent / "golden" / "us-state"
SOURCE = catalogue.entries()["us-state"]
READER = UsState(SOURCE, contract=Contract(min_rows=1))
BODIES = {SERVICE: (GOLDEN / "service.json").read_bytes(), FEED: (GOLDEN / "feed.xml").read_bytes()}

Read = Callable[..., dict[str, Record]]


def service(*rows: dict[str, object], reader: UsState = READER) -> Parsed:
    return reader.parse(Document(SERVICE, json.dumps(rows).encode()))


def row(title: str, updated: str = "2026-05-14T20:00:00-04:00", link: str = "", summary: str = "") -> dict[str, object]:
    return {"Title": title, "Updated": updated, "Published": updated, "Link": link, "Summary": summary}


def only(parsed: Parsed) -> Record:
    ((key, piece),) = parsed.pieces.items()
    (record,) = READER.records(key, [piece])
    return record


def test_the_two_documents_give_the_recorded_records(read: Read) -> None:
    expected = json.loads((GOLDEN / "records.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(read(READER, BODIES).values()))) == expected


def test_both_documents_are_asked_for_and_each_lists_everything() -> None:
    assert [request.url for request in READER.endpoints(datetime(2026, 11, 23, tzinfo=UTC))] == [SERVICE, FEED]
    assert all(READER.parse(Document(url, body)).complete for url, body in BODIES.items())


@pytest.mark.parametrize(
    ("title", "name", "level", "native"),
    [
        ("Japan - Level 1: Exercise Normal Precautions", "Japan", 1, "Level 1: Exercise Normal Precautions"),
        (
            "Switzerland  - Level 1: Exercise Normal Precautions",
            "Switzerland",
            1,
            "Level 1: Exercise Normal Precautions",
        ),
        ("Guinea-Bissau\u00a0- Level 3: Reconsider Travel", "Guinea-Bissau", 3, "Level 3: Reconsider Travel"),
        (
            "Mexico Travel Advisory - Level 2: Exercise Increased Caution",
            "Mexico",
            2,
            "Level 2: Exercise Increased Caution",
        ),
        ("Haiti – Level 4: Do Not Travel", "Haiti", 4, "Level 4: Do Not Travel"),
        ("Chad - Level 3", "Chad", 3, "Level 3"),
        ("Mexico - See Individual Summaries", "Mexico", None, "See Individual Summaries"),
        ("Worldwide Caution", "Worldwide", None, "Worldwide Caution"),
    ],
)
def test_the_forms_of_a_title(title: str, name: str, level: int | None, native: str) -> None:
    found = us_titles.read(title)
    assert (found.name, found.level, found.native, found.known) == (name, level, native, True)


@pytest.mark.parametrize("title", ["Fiji - Level 5: Stay Home", "Fiji - Level 2: Do Not Travel", "Fiji"])
def test_a_level_nobody_knows_is_unknown_and_told(title: str) -> None:
    parsed = service(row(title))
    assert only(parsed).level is None
    assert [found.kind for found in parsed.findings] == [FindingKind.UNKNOWN_LEVEL]


def test_rows_that_share_a_title_are_told_apart_by_their_links(read: Read) -> None:
    records = read(READER, BODIES)
    assert (records["HK"].level, records["MO"].level) == (Level.CAUTION, Level.RECONSIDER)


def test_a_link_helps_where_the_title_is_unknown() -> None:
    assert only(service(row("Azerbaijann - Level 2", link="/x/azerbaijan-advisory1.html"))).destination == "AZ"
    assert only(service(row("Nippon Koku - Level 1", link="/x/destination.jpn.html"))).destination == "JP"


def test_an_unknown_place_is_quarantined_under_its_name_and_told() -> None:
    parsed = service(row("Atlantis - Level 4: Do Not Travel", link="/x/atlantis-travel-advisory.html"))
    record = only(parsed)
    assert (record.key, record.destination, record.level) == ("atlantis", "", Level.AVOID)
    assert [found.kind for found in parsed.findings] == [FindingKind.UNKNOWN_PLACE]


def test_the_evening_in_washington_and_the_day_of_the_feed_are_the_same_day(read: Read) -> None:
    japan = [only(replace(parsed, pieces={"JP": parsed.pieces["JP"]})) for parsed in map(_parsed, (SERVICE, FEED))]
    assert [record.issued_at and record.issued_at.at for record in japan] == [datetime(2026, 5, 15, tzinfo=UTC)] * 2
    winter = only(service(row("Fiji - Level 1", "2026-01-13T19:00:00-05:00")))
    assert winter.issued_at is not None
    assert (winter.issued_at.at, winter.issued_at.day) == (datetime(2026, 1, 14, tzinfo=UTC), True)


def _parsed(url: str) -> Parsed:
    return READER.parse(Document(url, BODIES[url]))


def test_the_newer_document_wins_whatever_its_level(read: Read) -> None:
    assert read(READER, BODIES)["MX"].level is Level.RECONSIDER
    assert read(READER, dict(reversed(BODIES.items())))["MX"].level is Level.RECONSIDER


def test_of_two_copies_from_one_day_the_stricter_wins(read: Read) -> None:
    low, high = (service(row(f"Fiji - Level {number}")).pieces["FJ"] for number in (1, 3))
    assert READER.records("FJ", [low, high])[0].level is Level.RECONSIDER
    assert READER.records("FJ", [high, low])[0].level is Level.RECONSIDER


def test_a_stale_copy_inside_one_document_loses_and_is_told() -> None:
    parsed = service(
        row("Fiji - Level 3: Reconsider Travel", "2026-01-14T19:00:00-05:00"),
        row("Fiji - Level 2: Exercise Increased Caution", "2026-07-14T20:00:00-04:00"),
    )
    assert only(parsed).level is Level.CAUTION
    assert [found.kind for found in parsed.findings] == [FindingKind.DUPLICATE, FindingKind.STALE_COPY]


def test_a_row_that_is_simply_there_twice_is_told_once() -> None:
    parsed = service(row("Fiji - Level 1"), row("Fiji - Level 1"))
    assert [found.kind for found in parsed.findings] == [FindingKind.DUPLICATE]


@pytest.mark.parametrize(
    ("note", "editorial"),
    [
        ("Reissued after periodic review without changes.", True),
        ("Reissued after periodic review with minor edits", True),
        ("Last Update: Reissued after periodic review with no changes.", True),
        ("Reissued after period review with minor changes.", True),
        ("Reissued after periodic review with minor edits and a new area.", False),
        ("Reissued after periodic review with updates to crime information.", False),
        ("The advisory level was increased to 4.", False),
        ("There were no changes to the advisory level. The summary was updated.", False),
    ],
)
def test_a_change_note_says_whether_anything_material_moved(note: str, editorial: bool) -> None:
    summary = us_summary.read(f"<p><b><i>{note}</i></b></p><p>Exercise normal precautions in Fiji.</p>", "", "FJ", None)
    assert summary.note == note.removeprefix("Last Update: ")
    assert summary.editorial is editorial
    assert summary.sections == (Section("", ("Exercise normal precautions in Fiji.",)),)


def test_a_note_glued_to_the_advice_is_cut_off_it() -> None:
    html = "<p><b>Reissued with updates.</b>Exercise increased caution in Belize due to<b>crime</b>.</p>"
    summary = us_summary.read(html, "", "BZ", Level.CAUTION)
    assert summary.note == "Reissued with updates."
    assert summary.sections[0].blocks == ("Exercise increased caution in Belize due tocrime.",)
    assert summary.reasons == {Reason.CRIME}


def test_an_opening_torn_in_two_is_mended() -> None:
    summary = us_summary.read("Exercise normal precaution<p>in <b>Fiji</b>.</p>", "", "FJ", Level.NORMAL)
    assert summary.sections[0].blocks == ("Exercise normal precaution in Fiji.",)


def test_the_title_repeated_as_first_line_is_no_text() -> None:
    html = "<p>Fiji – Level 1: Exercise Normal Precautions</p><p>Reissued after annual review.</p><p>Text.</p>"
    summary = us_summary.read(html, "Fiji - Level 1: Exercise Normal Precautions", "FJ", Level.NORMAL)
    assert (summary.note, summary.sections) == ("Reissued after annual review.", (Section("", ("Text.",)),))


def test_lists_at_the_head_name_the_regions() -> None:
    html = (
        "<p>Reconsider travel to Nigeria due to crime. Some areas have increased risk.</p><p>Do Not Travel to:</p>"
        "<ul><li>Borno due to terrorism</li><li>Kano state</li></ul><p>Country Summary: Crime is common.</p>"
        "<ul><li>Avoid crowds.</li></ul><p>Borno – Level 4: Do Not Travel</p>"
        "<p>Lagos – Level 2: Exercise Increased Caution</p>"
    )
    summary = us_summary.read(html, "", "NG", Level.RECONSIDER)
    assert summary.regions == (
        Region("Borno", Level.AVOID, code="NG-BO"),
        Region("Kano state", Level.AVOID, code="NG-KN"),
        Region("Lagos", Level.CAUTION, code="NG-LA"),
    )
    assert summary.regional is True


def test_advice_on_when_or_how_to_travel_is_no_region() -> None:
    html = "<p>Exercise normal precautions.</p><p>Do not travel alone.</p><p>Do not travel outside Suva at night.</p>"
    assert us_summary.read(html, "", "FJ", Level.NORMAL).regions == ()


def test_a_list_of_reasons_is_no_list_of_regions() -> None:
    html = "<p>Do not travel to Russia due to the following:</p><ul><li>The war</li><li>Detention</li></ul>"
    assert us_summary.read(html, "", "RU", Level.AVOID).regions == ()


def test_another_destination_named_in_a_shared_text_is_no_region() -> None:
    html = (
        "<p>Exercise increased caution in the Hong Kong Special Administrative Region (SAR) due to laws.</p>"
        "<p>Mainland China – Level 2: Exercise Increased Caution</p><p>Macau – Level 3: Reconsider Travel</p>"
    )
    assert us_summary.read(html, "", "HK", Level.CAUTION).regions == ()


def test_a_text_that_does_not_say_whether_levels_differ_leaves_that_open() -> None:
    assert us_summary.read("<p>Exercise normal precautions in Fiji.</p>", "", "FJ", Level.NORMAL).regional is None


def test_border_strips_and_cities_are_told_from_areas() -> None:
    html = "<p>Do not travel to:</p><ul><li>Within 10 km of the border with Mali</li><li>The city of Kandi</li></ul>"
    kinds = [region.kind for region in us_summary.read(html, "", "BJ", Level.CAUTION).regions]
    assert kinds == [Area.STRIP, Area.CITY]


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("an answer to an unnamed client", b"[]", "empty-list"),
        ("half a list", BODIES[SERVICE], "short-list"),
        ("half a feed", BODIES[FEED], "short-list"),
        ("a challenge page with 200", b"<!DOCTYPE html><html><body>Just a moment</body></html>", "wrong-shape"),
        ("an error page", b"<html><body>Sorry</body></html>", "empty-list"),
        ("an error object", b'{"message": "limit"}', "wrong-shape"),
        ("renamed fields", BODIES[SERVICE].replace(b'"Title"', b'"title"'), "empty-list"),
        ("a feed cut off", BODIES[FEED][:-200], "wrong-shape"),
        ("nothing", b"", "wrong-shape"),
    ],
)
def test_what_is_not_the_whole_list_is_unreadable(reason: str, body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        UsState(SOURCE).parse(Document(SERVICE, body))
    assert refusal.value.kind == kind, reason


def test_a_wrong_charset_label_changes_nothing() -> None:
    right = READER.parse(Document(FEED, BODIES[FEED]))
    assert READER.parse(Document(FEED, BODIES[FEED], "text/xml", "iso-8859-1")) == right


@pytest.mark.parametrize("url", [SERVICE, FEED])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mangled_bytes_are_read_or_refused(
    mangled: Callable[[bytes], SearchStrategy[bytes]], url: str, data: st.DataObject
) -> None:
    body = data.draw(mangled(BODIES[url]))
    with suppress(Unreadable):
        parsed = READER.parse(Document(url, body))
        assert all(READER.records(key, [piece]) for key, piece in parsed.pieces.items())


@pytest.mark.slow
def test_five_months_of_payloads_are_read_without_a_wrong_or_lost_level(
    play: Callable[[Reader, str], Iterator[object]], true_changes: Callable[[str], list[tuple[object, ...]]]
) -> None:
    moved, rescoped, without = [], set(), set()
    for step in play(UsState(SOURCE), "unitedstates"):
        for old, new in step.changed.values():
            assert new.destination, new.name
            if new.level is None:
                without.add((new.destination, new.native_level))
            if old and old.level != new.level:
                moved.append((step.time, new.destination, old.level, new.level))
        assert not step.findings
        rescoped |= step.rescoped
    assert sorted(moved) == sorted(true_changes("US"))
    assert {("2025-06-10", "TH"), ("2025-07-02", "IL+PS")} <= rescoped
    assert ("2025-05-30", "BR") not in rescoped  # rewritten as a whole, the same three areas
    assert without == {("MX", "See Individual Summaries"), ("IL+PS", "See Individual Summaries")}
