"""GOV.UK's travel advice: an index without levels and a page for every destination."""

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
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, FindingKind, Reader, Unreadable
from advisoryd.model.record import Area, Record, Region
from advisoryd.sources import catalogue
from advisoryd.sources.uk_fcdo import INDEX, UkFcdo

GOLDEN = Path(__file__).parent / "golden" / "uk-fcdo"
SOURCE = catalogue.entries()["uk-fcdo"]
READER = UkFcdo(SOURCE, contract=Contract(min_rows=1))
JAPAN, JORDAN = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
BODIES = {
    INDEX: (GOLDEN / "index.json").read_bytes(),
    f"{INDEX}/jordan": (GOLDEN / "jordan.json").read_bytes(),
    f"{INDEX}/japan": (GOLDEN / "japan.json").read_bytes(),
}

Read = Callable[..., dict[str, Record]]


def page(**details: object) -> bytes:
    """The page of Jordan with some of its details replaced."""
    body = json.loads(BODIES[f"{INDEX}/jordan"])
    body["details"] |= details
    return json.dumps(body).encode()


def with_warnings(html: str, *status: str) -> bytes:
    part = {"slug": "warnings-and-insurance", "title": "Warnings and insurance", "body": html}
    return page(alert_status=list(status), parts=[part])


def record_of(body: bytes) -> Record:
    ((key, piece),) = READER.parse(Document(f"{INDEX}/jordan", body)).pieces.items()
    (record,) = READER.records(key, [piece])
    return record


def test_index_and_pages_give_the_recorded_records(read: Read) -> None:
    expected = json.loads((GOLDEN / "records.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(read(READER, BODIES).values()))) == expected


def test_the_index_is_asked_for_and_names_the_pages() -> None:
    assert [request.url for request in READER.endpoints(datetime(2026, 11, 23, tzinfo=UTC))] == [INDEX]
    parsed = READER.parse(Document(INDEX, BODIES[INDEX]))
    assert parsed.complete
    assert [(follow.request.url, follow.key, follow.stamp) for follow in parsed.follow][:2] == [
        (f"{INDEX}/japan", JAPAN, "2026-08-28T15:22:35+00:00"),
        (f"{INDEX}/jordan", JORDAN, "2026-11-20T18:05:00+00:00"),
    ]


def test_one_instant_printed_in_two_ways_is_one_stamp() -> None:
    summer = BODIES[INDEX].replace(b"2026-08-28T15:22:35Z", b"2026-08-28T16:22:35+01:00")
    before, after = (READER.parse(Document(INDEX, body)) for body in (BODIES[INDEX], summer))
    assert before.follow == after.follow


def test_a_destination_whose_page_was_not_read_makes_no_record_and_is_never_safe(read: Read) -> None:
    assert read(READER, {INDEX: BODIES[INDEX]}) == {}


@pytest.mark.parametrize(
    ("status", "level", "regional", "steps"),
    [
        ([], 1, False, []),
        (["avoid_all_but_essential_travel_to_parts"], 2, True, [3]),
        (["avoid_all_travel_to_parts"], 2, True, [4]),
        (["avoid_all_but_essential_travel_to_parts", "avoid_all_travel_to_parts"], 2, True, [3, 4]),
        (["avoid_all_but_essential_travel_to_whole_country"], 3, False, []),
        (["avoid_all_travel_to_parts", "avoid_all_but_essential_travel_to_whole_country"], 3, True, [4]),
        (["avoid_all_travel_to_whole_country"], 4, False, []),
    ],
)
def test_the_alert_status_gives_the_level(status: list[str], level: int, regional: bool, steps: list[int]) -> None:
    record = record_of(page(alert_status=status))
    assert (record.level, record.scope.regional, sorted(record.scope.levels)) == (level, regional, steps)


def test_the_codes_are_the_native_words_in_one_order_whatever_the_order_they_come_in() -> None:
    codes = ["avoid_all_but_essential_travel_to_parts", "avoid_all_travel_to_parts"]
    words = {record_of(page(alert_status=status)).native_level for status in (codes, codes[::-1])}
    assert words == {"avoid_all_travel_to_parts,avoid_all_but_essential_travel_to_parts"}
    assert record_of(page(alert_status=[])).native_level == ""


def test_a_code_nobody_knows_makes_the_level_unknown_and_is_told() -> None:
    body = page(alert_status=["avoid_the_moon", "avoid_all_travel_to_parts"])
    record = record_of(body)
    assert (record.level, record.native_level) == (None, "avoid_all_travel_to_parts,avoid_the_moon")
    assert record.scope.regional is None
    findings = READER.parse(Document(f"{INDEX}/jordan", body)).findings
    assert [found.kind for found in findings] == [FindingKind.UNKNOWN_LEVEL]


def test_a_renamed_field_makes_the_level_unknown_and_is_told() -> None:
    body = BODIES[f"{INDEX}/jordan"].replace(b"alert_status", b"alert_states")
    assert record_of(body).level is None
    (finding,) = READER.parse(Document(f"{INDEX}/jordan", body)).findings
    assert (finding.kind, finding.keys) == (FindingKind.UNKNOWN_FIELD, (JORDAN,))


def test_regions_come_from_statements_and_the_lists_they_open() -> None:
    html = (
        "<p>FCDO advises against all travel to the Red Hills, as there is fighting.</p>"
        "<p>FCDO advises against all but essential travel to:</p><ul><li>Blue State</li><li>Green State</li></ul>"
        "<p>If you travel:</p><ul><li>be careful</li></ul>"
    )
    record = record_of(with_warnings(html, "avoid_all_travel_to_parts", "avoid_all_but_essential_travel_to_parts"))
    assert [(region.name, region.level) for region in record.scope.regions] == [
        ("the Red Hills", Level.AVOID),
        ("Blue State", Level.RECONSIDER),
        ("Green State", Level.RECONSIDER),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "FCDO advises against all travel to the rest of Jordan, including the capital.",
        "FCDO advises against all travel to all other regions of Jordan (see below).",
        "FCDO advises against all travel to Jordan, except the city of Amman.",
    ],
)
def test_what_holds_for_the_rest_of_the_country_is_a_region_of_that_kind_and_never_raises_the_level(
    sentence: str,
) -> None:
    record = record_of(with_warnings(f"<p>{sentence}</p>", "avoid_all_travel_to_parts"))
    assert [(region.kind, region.level) for region in record.scope.regions] == [(Area.REST, Level.AVOID)]
    assert record.level is Level.CAUTION


def test_the_rest_of_a_province_is_an_area() -> None:
    html = "<p>FCDO advises against all travel to the rest of Nowhere Province.</p>"
    (region,) = record_of(with_warnings(html, "avoid_all_travel_to_parts")).scope.regions
    assert region == Region("the rest of Nowhere Province", Level.AVOID)


def test_two_levels_in_one_sentence_are_two_regions() -> None:
    html = "<p>FCDO advises against all but essential travel to Aqaba, and advises against all travel to Petra.</p>"
    regions = record_of(with_warnings(html, "avoid_all_travel_to_parts")).scope.regions
    assert regions == (Region("Aqaba", Level.RECONSIDER, code="JO-AQ"), Region("Petra", Level.AVOID))


def test_exceptions_are_no_regions() -> None:
    html = (
        "<p>FCDO advises against all travel to the state of Red, except:</p><ul><li>the city of Blue</li></ul>"
        "<p>FCDO no longer advises against all travel to the Green Hills.</p>"
    )
    regions = record_of(with_warnings(html, "avoid_all_travel_to_parts")).scope.regions
    assert regions == (Region("the state of Red", Level.AVOID),)


def test_a_country_with_uniform_advice_has_no_regions() -> None:
    html = "<p>FCDO advises against all travel to Jordan.</p>"
    record = record_of(with_warnings(html, "avoid_all_travel_to_whole_country"))
    assert (record.level, record.scope.regional, record.scope.regions) == (Level.AVOID, False, ())


def test_all_parts_are_sections_under_their_titles() -> None:
    headings = [section.heading for section in record_of(page()).sections]
    assert headings[-2:] == ["Entry requirements", "Entry requirements: Passports"]
    assert headings[0] == "Warnings and insurance: Areas where FCDO advises against travel"


def test_an_older_page_with_a_summary_instead_of_parts_is_read() -> None:
    record = record_of(page(parts=[], summary="<p>FCDO advises against all travel to the Red Hills.</p>"))
    assert [region.name for region in record.scope.regions] == ["the Red Hills"]
    assert record.sections[0].blocks == ("FCDO advises against all travel to the Red Hills.",)


def test_silent_republishing_changes_nothing() -> None:
    assert record_of(page(updated_at="2026-12-24T00:00:00Z")) == record_of(page())


def test_a_review_without_updates_is_editorial() -> None:
    note = "This travel advice was reviewed for accuracy and there are no significant updates.\r\n"
    assert record_of(page(change_description=note)).editorial
    assert not record_of(page()).editorial


def test_of_the_pages_under_an_old_and_a_new_name_the_newer_counts() -> None:
    body = json.loads(page(alert_status=[]))
    old, new = (json.dumps({**body, "public_updated_at": f"2026-11-{day}T00:00:00Z"}) for day in (20, 21))
    newer = new.replace('"alert_status": []', '"alert_status": ["avoid_all_travel_to_whole_country"]')
    found = [READER.parse(Document("u", text.encode())).pieces[JORDAN] for text in (newer, old)]
    assert [record.level for record in READER.records(JORDAN, found)] == [Level.AVOID]
    assert [record.level for record in READER.records(JORDAN, found[::-1])] == [Level.AVOID]


def test_a_withdrawn_destination_is_left_out_and_told() -> None:
    body = BODIES[INDEX].replace(b'"withdrawn": false', b'"withdrawn": true', 1)
    parsed = READER.parse(Document(INDEX, body))
    assert JAPAN not in parsed.pieces
    assert [(found.kind, found.keys) for found in parsed.findings] == [(FindingKind.MISSING, (JAPAN,))]


def test_an_unknown_place_is_quarantined_and_told() -> None:
    body = BODIES[INDEX].replace(b'"name": "Jordan"', b'"name": "Atlantis"')
    (finding,) = READER.parse(Document(INDEX, body)).findings
    assert (finding.kind, finding.keys) == (FindingKind.UNKNOWN_PLACE, (JORDAN,))
    assert record_of(page(country={"name": "Atlantis"})).destination == ""


def test_a_path_to_elsewhere_is_not_followed() -> None:
    body = BODIES[INDEX].replace(b'"/foreign-travel-advice/japan"', b'"/../secret?x=japan"')
    follow = READER.parse(Document(INDEX, body)).follow
    assert [one.request.url for one in follow] == [f"{INDEX}/jordan", f"{INDEX}/palestine"]


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("half a list", BODIES[INDEX], "short-list"),
        ("an empty list", b'{"links": {"children": []}}', "empty-list"),
        ("a list without ids", BODIES[INDEX].replace(b"content_id", b"id"), "empty-list"),
        ("an error page with 200", b"<html><body>Sorry</body></html>", "wrong-shape"),
        ("an empty object", b"{}", "wrong-shape"),
        ("another document", b'{"content_id": "x", "title": "News"}', "wrong-shape"),
        ("a list of nothing", b"[]", "wrong-shape"),
    ],
)
def test_what_is_not_the_whole_list_or_a_page_is_unreadable(reason: str, body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        UkFcdo(SOURCE).parse(Document(INDEX, body))
    assert refusal.value.kind == kind, reason


def test_a_wrong_charset_label_changes_nothing() -> None:
    url = f"{INDEX}/jordan"
    right = READER.parse(Document(url, BODIES[url]))
    assert READER.parse(replace(Document(url, BODIES[url]), charset="iso-8859-1")) == right


@pytest.mark.parametrize("url", list(BODIES))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mangled_bytes_are_read_or_refused(
    mangled: Callable[[bytes], SearchStrategy[bytes]], url: str, data: st.DataObject
) -> None:
    body = data.draw(mangled(BODIES[url]))
    with suppress(Unreadable):
        parsed = READER.parse(Document(url, body))
        assert all(len(READER.records(key, [piece])) <= 1 for key, piece in parsed.pieces.items())


@pytest.mark.slow
def test_seven_months_of_payloads_are_read_without_a_wrong_or_lost_level(
    play: Callable[[Reader, str], Iterator[object]], true_changes: Callable[[str], list[tuple[object, ...]]]
) -> None:
    moved, rescoped = [], set()
    for step in play(UkFcdo(SOURCE), "unitedkingdom"):
        for old, new in step.changed.values():
            assert new.destination, new.name
            assert new.level is not None, new.name
            if old and old.level != new.level:
                moved.append((step.time, new.destination, old.level, new.level))
        assert not step.findings
        rescoped |= step.rescoped
    assert sorted(moved) == sorted(true_changes("GB"))
    assert {("2025-04-05", "RW"), ("2025-05-02", "MZ"), ("2025-09-19", "KE")} <= rescoped
