"""Smartraveller: a feed and an export, joined by the slug of the destination."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd import codec
from advisoryd.model.ladder import Level, Reason
from advisoryd.model.reading import Contract, Document, FindingKind, Parsed, Reader, Unreadable
from advisoryd.model.record import Record, Region
from advisoryd.sources import au_levels, catalogue
from advisoryd.sources.au_dfat import EXPORT, FEED, AuDfat

GOLDEN = Path(__file__).parent / "golden" / "au-dfat"
SOURCE = catalogue.entries()["au-dfat"]
READER = AuDfat(SOURCE, contract=Contract(min_rows=1))
BODIES = {FEED: (GOLDEN / "feed.xml").read_bytes(), EXPORT: (GOLDEN / "export.json").read_bytes()}

Read = Callable[..., dict[str, Record]]


def export(**fields: object) -> Parsed:
    """The export with Oman's row alone, some of its fields replaced."""
    row = json.loads(BODIES[EXPORT])[1] | fields
    return READER.parse(Document(EXPORT, json.dumps([row]).encode()))


def oman(**fields: object) -> Record:
    (record,) = READER.records("oman", [export(**fields).pieces["oman"]])
    return record


def test_feed_and_export_give_the_recorded_records(read: Read) -> None:
    expected = json.loads((GOLDEN / "records.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(read(READER, BODIES).values()))) == expected


def test_both_documents_are_asked_for_and_each_lists_everything() -> None:
    assert [request.url for request in READER.endpoints(datetime(2026, 11, 23, tzinfo=UTC))] == [FEED, EXPORT]
    assert all(READER.parse(Document(url, body)).complete for url, body in BODIES.items())


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Exercise normal safety precautions", 1),
        ("Exercise a high degree of caution", 2),
        ("Reconsider your need to travel", 3),
        ("Do not travel", 4),
        ("DO NOT TRAVEL.", 4),
    ],
)
def test_the_words_give_the_level(words: str, level: int) -> None:
    assert oman(field_overall_advice_level=words).level == level


def test_the_number_of_the_feed_counts_on_another_scale_and_is_not_read(read: Read) -> None:
    body = BODIES[FEED].replace(b"2/5", b"5/5").replace(b"3/5", b"1/5")
    assert read(READER, {FEED: body}) == read(READER, {FEED: BODIES[FEED]})


@pytest.mark.parametrize("words", ["Avoid the moon", ""])
def test_wording_nobody_knows_is_an_unknown_level_and_is_told(words: str) -> None:
    record = oman(field_overall_advice_level=words)
    assert (record.level, record.native_level) == (None, words)
    findings = export(field_overall_advice_level=words).findings
    assert [(found.kind, found.keys) for found in findings] == [(FindingKind.UNKNOWN_LEVEL, ("oman",))]


def test_a_renamed_field_is_told_for_every_row() -> None:
    body = BODIES[EXPORT].replace(b"field_overall_advice_level", b"field_level")
    findings = READER.parse(Document(EXPORT, body)).findings
    assert [found.kind for found in findings] == [FindingKind.UNKNOWN_LEVEL] * 3


def test_the_row_that_is_no_destination_is_left_out(read: Read) -> None:
    assert set(read(READER, BODIES)) == {"japan", "oman", "cote-divoire-ivory-coast"}


def test_the_newer_day_gives_the_level_whichever_document_it_stands_in(read: Read) -> None:
    records = read(READER, BODIES)
    assert (records["oman"].level, records["cote-divoire-ivory-coast"].level) == (Level.CAUTION, Level.CAUTION)


def test_of_two_levels_from_one_day_the_stricter_wins(read: Read) -> None:
    same_day = BODIES[EXPORT].replace(b"Thu, 2026-11-19 09:00", b"Fri, 2026-11-20 09:00")
    assert read(READER, BODIES | {EXPORT: same_day})["oman"].level is Level.CAUTION


def test_noon_in_utc_stands_for_a_day_and_other_times_for_themselves(read: Read) -> None:
    feed = read(READER, {FEED: BODIES[FEED]})
    stamps = [feed[key].issued_at for key in ("japan", "oman")]
    assert [(stamp.at, stamp.day) for stamp in stamps if stamp] == [
        (datetime(2026, 7, 30, 14, tzinfo=UTC), True),
        (datetime(2026, 11, 19, 13, tzinfo=UTC), True),
    ]
    saved = oman().issued_at
    assert saved is not None
    assert (saved.at, saved.day) == (datetime(2026, 11, 18, 22, tzinfo=UTC), False)


def test_odd_escapes_of_the_export_are_undone(read: Read) -> None:
    japan = read(READER, BODIES)["japan"]
    assert japan.sections[0].blocks == ("Typhoons are coming (see Safety).",)
    assert japan.sections[1].blocks == ("We advise:", "Exercise normal safety precautions in Japan.")
    assert read(READER, BODIES)["cote-divoire-ivory-coast"].name == "Côte d'Ivoire (Ivory Coast)"


def test_the_first_sentence_of_the_update_is_the_note(read: Read) -> None:
    note = read(READER, BODIES)["oman"].note
    assert note == "We've raised our level of advice for Oman to 'exercise a high degree of caution'."


@pytest.mark.parametrize(
    "text",
    [
        "Do not travel to Gaza. Do not travel to Gaza due to armed conflict. See Safety",
        "Do not travel Do not travel to Gaza due to armed conflict.",
        "Exercise a high degree of caution in Oman overall., Do not travel Do not travel to Gaza because of the war.",
        "Do not travel to Gaza. Do not travel to:  Gaza City and the border Both have a high risk.",
    ],
)
def test_a_heading_and_its_reason_are_one_region(text: str) -> None:
    assert au_levels.read(text, "", Level.CAUTION, "OM").regions == (Region("Gaza", Level.AVOID),)


def test_two_regions_of_one_level_stay_two() -> None:
    text = (
        "Do not travel within 10km of Mali. Do not travel within 10km of Mali due to war. "
        "Do not travel to Poro. Do not travel to Poro due to crime."
    )
    assert [region.name for region in au_levels.read(text, "", Level.CAUTION, "CI").regions] == [
        "within 10km of Mali",
        "Poro",
    ]


def test_a_phrase_in_quotes_or_inside_a_sentence_opens_no_entry() -> None:
    text = (
        "Reconsider your need to travel to Fano, except Ovo, which remains 'Do not travel'. We say do not travel alone."
    )
    assert [region.name for region in au_levels.read(text, "", Level.CAUTION, "IT").regions] == [
        "Fano, except Ovo, which remains 'Do not travel'"
    ]


def test_the_entry_of_the_country_gives_its_reasons_and_is_no_region() -> None:
    text = "Exercise a high degree of caution in Oman overall. Exercise a high degree of caution due to terrorism."
    inside = au_levels.read(text, "", Level.CAUTION, "OM")
    assert (inside.regional, inside.regions, inside.reasons) == (False, (), {Reason.TERRORISM})


@pytest.mark.parametrize(
    ("text", "notes", "regional"),
    [
        ("", "", None),
        ("", "Higher levels apply in some areas.", True),
        ("Do not travel to Oman.", "", False),
        ("Do not travel to Oman. Reconsider your need to travel to Muscat.", "", True),
    ],
)
def test_whether_levels_differ_inside_is_said_or_left_open(text: str, notes: str, regional: bool | None) -> None:
    assert au_levels.read(text, notes, Level.AVOID, "OM").regional is regional


def test_a_date_that_cannot_be_read_leaves_the_row_its_level_and_the_other_document_the_say(read: Read) -> None:
    assert oman(changed="soon").issued_at is None
    assert oman(changed="soon").level is Level.NORMAL
    undated = BODIES[EXPORT].replace(b"Thu, 2026-11-19 09:00", b"soon")
    assert read(READER, BODIES | {EXPORT: undated})["oman"].level is Level.CAUTION


def test_an_unknown_place_is_quarantined_and_told() -> None:
    assert oman(title="Atlantis").destination == ""
    assert [found.kind for found in export(title="Atlantis").findings] == [FindingKind.UNKNOWN_PLACE]


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("half a feed", BODIES[FEED], "short-list"),
        ("half an export", BODIES[EXPORT], "short-list"),
        ("an empty list", b"[]", "empty-list"),
        ("an error page with 200", b"<html><body>Page not found</body></html>", "empty-list"),
        ("a web page", b"<!DOCTYPE html><html></html>", "wrong-shape"),
        ("an object", b'{"error": "Forbidden"}', "wrong-shape"),
        ("a feed cut off", BODIES[FEED][:900], "wrong-shape"),
    ],
)
def test_what_is_not_the_whole_list_is_unreadable(reason: str, body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        AuDfat(SOURCE).parse(Document(FEED, body))
    assert refusal.value.kind == kind, reason


def test_a_wrong_charset_label_changes_nothing() -> None:
    right = READER.parse(Document(FEED, BODIES[FEED]))
    assert READER.parse(Document(FEED, BODIES[FEED], "text/xml", "windows-1252")) == right


@pytest.mark.parametrize("url", list(BODIES))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mangled_bytes_are_read_or_refused(
    mangled: Callable[[bytes], SearchStrategy[bytes]], url: str, data: st.DataObject
) -> None:
    body = data.draw(mangled(BODIES[url]))
    with suppress(Unreadable):
        parsed = READER.parse(Document(url, body))
        assert all(READER.records(key, [piece]) for key, piece in parsed.pieces.items())


def test_a_genuine_export_is_read_without_a_lost_level(shared: Path) -> None:
    body = (shared / "replay" / "real-samples" / "smartraveller-destinations-export-2026-04-10.json").read_bytes()
    parsed = AuDfat(SOURCE).parse(Document(EXPORT, body))
    records = [record for key, piece in parsed.pieces.items() for record in READER.records(key, [piece])]
    assert len(records) == 179
    assert parsed.findings == ()
    assert not [record.key for record in records if record.level is None or not record.destination]
    assert not [block for record in records for section in record.sections for block in section.blocks if "**" in block]


@pytest.mark.slow
def test_five_months_of_payloads_are_read_without_a_wrong_or_lost_level(
    play: Callable[[Reader, str], Iterator[object]], true_changes: Callable[[str], list[tuple[object, ...]]]
) -> None:
    moved, rescoped = [], set()
    for step in play(AuDfat(SOURCE), "australia"):
        for old, new in step.changed.values():
            assert new.destination, new.name
            assert new.level is not None, new.name
            if old and old.level != new.level:
                moved.append((step.time, new.destination.partition("+")[0], old.level, new.level))
        assert not step.findings
        rescoped |= step.rescoped
    assert sorted(moved) == sorted(true_changes("AU"))
    assert {("2025-06-27", "NC"), ("2025-07-24", "TH"), ("2025-08-11", "ZM")} <= rescoped
