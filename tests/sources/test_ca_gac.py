"""Canada's Travel Advice and Advisories: an index with levels and flags, a file for every destination."""

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
from advisoryd.model.record import Area, Record, Region
from advisoryd.sources import ca_gac, ca_regions, catalogue
from advisoryd.sources.ca_gac import FILES, CaGac
from advisoryd.sources.options import OptionError

GOLDEN = Path(__file__).parent / "golden" / "ca-gac"
SOURCE = catalogue.entries()["ca-gac"]
READER = CaGac(SOURCE, contract=Contract(min_rows=1))
INDEX = f"{FILES}/index-alpha-eng.json"
BODIES = {
    INDEX: (GOLDEN / "index.json").read_bytes(),
    f"{FILES}/cta-cap-MX.json": (GOLDEN / "mexico.json").read_bytes(),
    f"{FILES}/cta-cap-IL.json": (GOLDEN / "israel.json").read_bytes(),
}

Read = Callable[..., dict[str, Record]]


def index(**changes: object) -> Parsed:
    """The index with some fields of Japan's row replaced, by their names with ``_`` for ``-``."""
    body = json.loads(BODIES[INDEX])
    body["data"]["JP"] |= {name.replace("_", "-"): value for name, value in changes.items()}
    return READER.parse(Document(INDEX, json.dumps(body).encode()))


def japan(**changes: object) -> Record:
    (record,) = READER.records("JP", [index(**changes).pieces["JP"]])
    return record


def test_index_and_files_give_the_recorded_records(read: Read) -> None:
    expected = json.loads((GOLDEN / "records.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(read(READER, BODIES).values()))) == expected


def test_the_options_say_which_indexes_are_read() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert [request.url for request in READER.endpoints(now)] == [INDEX]
    other = replace(SOURCE, options={"index": [f"{FILES}/index-updated.json"]})
    assert [request.url for request in ca_gac.reader(other).endpoints(now)] == [f"{FILES}/index-updated.json"]
    assert [request.url for request in CaGac(replace(SOURCE, options={})).endpoints(now)] == [INDEX]


@pytest.mark.parametrize("options", [{"index": "x"}, {"index": []}, {"index": ["no address"]}, {"list": [INDEX]}])
def test_options_that_cannot_work_are_refused_in_one_sentence(options: dict[str, object]) -> None:
    with pytest.raises(OptionError, match='Source "ca-gac"'):
        ca_gac.reader(replace(SOURCE, options=options))


def test_every_row_names_its_file_and_the_date_it_was_published() -> None:
    parsed = index()
    assert parsed.complete
    follow = parsed.follow[0]
    assert (follow.request.url, follow.key, follow.stamp) == (f"{FILES}/cta-cap-JP.json", "JP", "1795187700")


@pytest.mark.parametrize(("state", "level"), [(0, 1), (1, 2), (2, 3), (3, 4), ("2", 3)])
def test_the_state_gives_the_level(state: object, level: int) -> None:
    assert japan(advisory_state=state).level == level


@pytest.mark.parametrize(
    ("state", "kind"),
    [(7, FindingKind.UNKNOWN_LEVEL), (None, FindingKind.UNKNOWN_FIELD), (True, FindingKind.UNKNOWN_FIELD)],
)
def test_a_state_nobody_knows_is_an_unknown_level_and_is_told(state: object, kind: FindingKind) -> None:
    assert japan(advisory_state=state).level is None
    assert [(found.kind, found.keys) for found in index(advisory_state=state).findings] == [(kind, ("JP",))]


def test_a_renamed_field_is_told_for_every_row() -> None:
    parsed = READER.parse(Document(INDEX, BODIES[INDEX].replace(b"advisory-state", b"risk-state")))
    assert [found.kind for found in parsed.findings] == [FindingKind.UNKNOWN_FIELD] * 7


def test_the_flag_says_whether_there_are_regional_advisories() -> None:
    flags = [japan(has_regional_advisory=flag).scope.regional for flag in (0, 1, None)]
    assert flags == [False, True, None]


def test_places_are_told_by_their_codes_and_composites_by_their_names(read: Read) -> None:
    places = {key: record.destination for key, record in read(READER, BODIES).items()}
    assert places == {
        "JP": "JP",
        "AE": "AE",
        "MX": "MX",
        "XK": "XK",
        "IL": "IL+PS",
        "PT-20": "PT-20",
        "IC": "ES-CN",
    }


def test_an_unknown_place_is_quarantined_and_told() -> None:
    body = json.loads(BODIES[INDEX])
    row = body["data"].pop("JP")
    row["eng"]["name"] = "Atlantis"
    parsed = READER.parse(Document(INDEX, json.dumps({"data": {**body["data"], "QX": row}}).encode()))
    assert [(found.kind, found.keys) for found in parsed.findings] == [(FindingKind.UNKNOWN_PLACE, ("QX",))]
    assert READER.records("QX", [parsed.pieces["QX"]])[0].destination == ""


def test_a_file_that_was_not_read_yet_leaves_regions_and_text_open() -> None:
    (record,) = READER.records("MX", [index().pieces["MX"]])
    assert (record.level, record.scope.regional, record.scope.regions, record.sections) == (2, True, (), ())


def test_a_file_without_a_row_in_the_index_makes_no_record() -> None:
    parsed = READER.parse(Document(f"{FILES}/cta-cap-MX.json", BODIES[f"{FILES}/cta-cap-MX.json"]))
    assert READER.records("MX", [parsed.pieces["MX"]]) == ()


def test_of_two_indexes_the_newer_row_wins(read: Read) -> None:
    newer = json.loads(BODIES[INDEX])
    newer["data"]["JP"]["advisory-state"] = 3
    newer["data"]["JP"]["date-published"]["timestamp"] += 60
    bodies = {INDEX: BODIES[INDEX], f"{FILES}/index-updated.json": json.dumps(newer).encode()}
    assert read(READER, bodies)["JP"].level is Level.AVOID
    assert read(READER, dict(reversed(bodies.items())))["JP"].level is Level.AVOID


@pytest.mark.parametrize(
    ("note", "editorial"),
    [
        ("Editorial change", True),
        ("Health – editorial update", True),
        ("Need help? – editorial change", True),
        ("Health – editorial", True),
        ("Risk levels – editorial change; Safety and security – new area", False),
        ("Safety and security – updated information on terrorism", False),
        ("", False),
    ],
)
def test_a_note_says_whether_anything_material_moved(note: str, editorial: bool) -> None:
    assert japan(eng={"name": "Japan", "recent-updates": note}).editorial is editorial


def test_stale_regions_do_not_outlive_the_flag(read: Read) -> None:
    body = BODIES[INDEX].replace(b'"has-regional-advisory": 1', b'"has-regional-advisory": 0')
    assert read(READER, BODIES | {INDEX: body})["MX"].scope.regions == ()


def test_headings_name_regions_and_nameless_ones_are_named_by_their_list() -> None:
    html = (
        "<h3>Nigeria - AVOID NON-ESSENTIAL TRAVEL</h3><p>Avoid it due to crime.</p><p>Due to flood.</p>"
        "<h3>Regional advisories - Avoid all travel</h3><p>Avoid all travel to these states due to terrorism:</p>"
        "<p>States:</p><ul><li>Borno</li><li>Yobe, except:<ul><li>Here</li></ul></li></ul>"
        "<h3>Calabar and Lagos – Exercise a high degree of caution</h3><p>Exercise a high degree of caution.</p>"
        "<h4>Regional risks</h4><p>Avoid all travel to nothing in particular.</p>"
    )
    found = ca_regions.read(html, "Nigeria", "NG")
    assert found.reasons == {Reason.CRIME}
    assert found.regions == (
        Region("Borno", Level.AVOID, code="NG-BO"),
        Region("Yobe", Level.AVOID, code="NG-YO"),
        Region("Calabar and Lagos", Level.CAUTION),
    )


def test_a_nameless_heading_without_a_list_is_named_by_its_sentence() -> None:
    html = "<h3>Regional advisory - Avoid all travel</h3><p>Avoid all travel within 5 km of the border, due to war.</p>"
    assert ca_regions.read(html, "Mali", "ML").regions == (
        Region("within 5 km of the border", Level.AVOID, Area.STRIP),
    )


def test_the_class_of_a_container_gives_the_level_where_its_heading_does_not() -> None:
    html = '<div class="AdvisoryContainer AvoidAll"><h3>Northern border</h3><p>Stay away.</p></div><h3>Crime</h3>'
    assert ca_regions.read(html, "Mali", "ML").regions == (Region("Northern border", Level.AVOID, Area.STRIP),)


def test_a_part_of_the_country_that_bears_its_name_is_a_region() -> None:
    html = (
        "<h3>Cyprus - Take normal security precautions</h3><h3>Northern Cyprus - Exercise a high degree of caution</h3>"
    )
    assert ca_regions.read(html, "Cyprus", "CY").regions == (Region("Northern Cyprus", Level.CAUTION),)


def test_a_destination_in_capitals_is_the_country_itself() -> None:
    assert ca_regions.read("<h3>NORTH\u00a0KOREA - AVOID ALL TRAVEL</h3>", "North Korea", "KP").regions == ()


def test_no_text_has_no_regions() -> None:
    assert ca_regions.read("", "Japan", "JP") == ca_regions.Advisories(frozenset(), ())


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (b'"advisory-state": 2', b'"advisory-state": 3'),
        (b"ISRAEL - AVOID NON-ESSENTIAL TRAVEL", b"ISRAEL - AVOID ALL TRAVEL"),
    ],
)
def test_a_file_that_lags_behind_the_index_names_no_regions(read: Read, now: bytes, late: bytes) -> None:
    url = f"{FILES}/cta-cap-IL.json"
    before = read(READER, BODIES)["IL"]
    record = read(READER, BODIES | {url: BODIES[url].replace(now, late)})["IL"]
    assert before.scope.regions
    assert (record.level, record.scope.regional, record.scope.regions) == (before.level, True, ())


def test_a_list_that_follows_a_broken_off_sentence_names_its_areas() -> None:
    html = "<h3>Regional advisory - Avoid all travel</h3><p>Avoid all travel to</p><ul><li>the Sahel</li></ul>"
    assert [region.name for region in ca_regions.read(html, "Mali", "ML").regions] == ["the Sahel"]


def test_all_parts_of_a_file_are_sections_even_those_nobody_knew_of(read: Read) -> None:
    headings = [section.heading for section in read(READER, BODIES)["MX"].sections]
    assert headings[-3:] == ["Safety and security: Crime", "Entry and exit requirements", "pilgrimages"]


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("half a list", BODIES[INDEX], "short-list"),
        ("an empty list", b'{"metadata": {}, "data": {}}', "empty-list"),
        ("no list at all", b'{"metadata": {}}', "wrong-shape"),
        ("renamed languages", BODIES[INDEX].replace(b'"eng"', b'"en"'), "empty-list"),
        ("an error page with 200", b"<html><body>Sorry</body></html>", "wrong-shape"),
        ("a file without text", b'{"data": {"country-iso": "MX"}}', "wrong-shape"),
    ],
)
def test_what_is_not_the_whole_list_or_a_file_is_unreadable(reason: str, body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        CaGac(SOURCE).parse(Document(INDEX, body))
    assert refusal.value.kind == kind, reason


def test_a_wrong_charset_label_changes_nothing() -> None:
    assert READER.parse(Document(INDEX, BODIES[INDEX], charset="iso-8859-1")) == index()


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
    for step in play(CaGac(SOURCE), "canada"):
        for old, new in step.changed.values():
            assert new.destination, new.name
            assert new.level is not None, new.name
            if old and old.level != new.level:
                moved.append((step.time, new.destination.partition("+")[0], old.level, new.level))
        assert not step.findings
        rescoped |= step.rescoped
    assert sorted(moved) == sorted(true_changes("CA"))
    assert {("2025-05-28", "BO"), ("2025-10-08", "JP"), ("2025-10-11", "JP")} <= rescoped
