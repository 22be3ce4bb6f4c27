"""Hong Kong's Outbound Travel Alert: levels by bucket, regions by parenthesis, ends by hidden rows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd import codec
from advisoryd.model.ladder import Action, Level, Reason
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.record import Record, Region
from advisoryd.model.source import Source
from advisoryd.sources import hk_ota, options

GOLDEN = Path(__file__).parent / "golden" / "hk-ota"
URL = "https://www.sb.gov.hk/json/ota_index/ota_index.json"
NOW = datetime(2026, 9, 26, tzinfo=UTC)
SOURCE = Source(id="hk-ota", issuer="HK", name="n", reader="hk_ota")
READER = hk_ota.reader(SOURCE)
Bucket = dict[str, Any]


def register() -> dict[str, list[Bucket]]:
    """A copy of the recorded register, to be changed."""
    loaded: dict[str, list[Bucket]] = json.loads((GOLDEN / "ota_index.json").read_text("utf-8"))
    return loaded


def country(code: str, title: str, shown: object = 1, date: str = "20260926120000") -> Bucket:
    return {
        "countryCode": code,
        "titleEn": title,
        "countryFileName": "note.html",
        "showInIndex": shown,
        "updateDate": date,
    }


def parse(body: object) -> Parsed:
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return READER.parse(Document(URL, raw))


def records(body: object) -> dict[str, Record]:
    parsed = parse(body)
    return {key: record for key, piece in parsed.pieces.items() for record in READER.records(key, [piece])}


def with_bucket(level: str, *countries: Bucket, **more: str) -> dict[str, list[Bucket]]:
    changed = register()
    changed["otas"].append({"level": level, "countries": list(countries)} | more)
    return changed


def test_the_recorded_register_gives_the_recorded_records() -> None:
    expected = json.loads((GOLDEN / "ota_index.records.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(records(register()).values()))) == expected
    assert parse(register()).complete
    assert parse(register()).findings == ()


@pytest.mark.parametrize(
    ("word", "level", "action"),
    [
        ("amber", Level.CAUTION, Action.CAUTION),
        ("Red", Level.RECONSIDER, Action.AVOID_NON_ESSENTIAL),
        ("black", Level.AVOID, Action.AVOID_ALL),
    ],
)
def test_a_colour_is_a_step_of_the_ladder(word: str, level: Level, action: Action) -> None:
    found = records(with_bucket(word, country("NP", "Nepal")))["NP"]
    assert (found.level, found.native_level, found.actions) == (level, word, {action})
    assert (found.destination, found.scope.regional) == ("NP", False)


def test_an_alert_for_a_part_of_a_country_makes_the_whole_stay_alert_at_most() -> None:
    found = records(with_bucket("black", country("NP", "Nepal (border areas)")))["NP"]
    assert (found.level, found.native_level, found.highest) == (Level.CAUTION, "black", Level.AVOID)
    assert found.scope.regions == (Region("border areas", Level.AVOID),)
    assert found.scope.levels == {Level.AVOID}
    assert found.actions == set()


def test_the_alert_for_the_whole_country_sets_its_level_beside_one_for_a_region() -> None:
    myanmar = records(register())["MM"]
    assert (myanmar.level, myanmar.highest) == (Level.CAUTION, Level.RECONSIDER)
    assert myanmar.native_level == "amber"
    assert myanmar.scope.regions == (Region("south-eastern regions", Level.RECONSIDER),)


def test_several_regions_of_one_country_are_kept_apart() -> None:
    thailand = records(register())["TH"]
    assert {region.name for region in thailand.scope.regions} == {"Thai-Cambodian border areas", "southern provinces"}


def test_a_hidden_row_is_no_alert_and_the_country_has_explicitly_none() -> None:
    italy = records(register())["IT"]
    assert (italy.level, italy.native_level, italy.advises) == (Level.NORMAL, "", False)
    turkey = records(register())["TR"]
    assert (turkey.level, turkey.native_level) == (Level.CAUTION, "amber")


def test_a_stale_copy_that_is_shown_all_the_same_does_not_count() -> None:
    found = records(with_bucket("black", country("IT", "Italy - old")))
    assert found["IT"].level is Level.NORMAL


def test_an_alert_that_ends_by_being_hidden_is_read_as_its_end() -> None:
    changed = register()
    changed["otas"][0]["countries"][0]["showInIndex"] = 0
    before, after = records(register())["UA"], records(changed)["UA"]
    assert (before.level, after.level) == (Level.AVOID, Level.NORMAL)


def test_the_register_lists_alerts_only_so_that_an_absent_row_means_none() -> None:
    assert READER.contract.shape is Shape.REGISTER
    assert READER.contract.lists_calm is False
    assert "FR" not in parse(register()).pieces


def test_a_disease_in_the_split_of_a_level_is_the_reason() -> None:
    congo = records(register())["CD"]
    assert congo.reasons == {Reason.HEALTH}
    assert congo.note == "Significant threat (Ebola Disease related)"
    assert records(register())["LB"].reasons == set()


def test_the_date_is_hong_kong_time_to_the_minute() -> None:
    haiti = records(register())["HT"]
    assert haiti.issued_at is not None
    assert (haiti.issued_at.at, haiti.issued_at.text) == (datetime(2024, 3, 5, 10, 30, tzinfo=UTC), "20240305183000")


def test_a_date_that_cannot_be_read_is_unknown() -> None:
    assert records(with_bucket("red", country("NP", "Nepal", date="soon")))["NP"].issued_at is None


def test_a_date_that_moves_alone_leaves_everything_else_as_it_was() -> None:
    changed = register()
    changed["otas"][0]["countries"][1]["updateDate"] = "20260926120000"
    before, after = records(register())["HT"], records(changed)["HT"]
    assert before.issued_at != after.issued_at
    assert (before.level, before.scope, before.sections) == (after.level, after.scope, after.sections)


def test_a_word_that_was_never_used_is_an_unknown_level_and_is_told() -> None:
    body = with_bucket("purple", country("NP", "Nepal"))
    assert (records(body)["NP"].level, records(body)["NP"].native_level) == (None, "purple")
    (finding,) = parse(body).findings
    assert (finding.kind, finding.keys) == (FindingKind.UNKNOWN_LEVEL, ("NP",))


def test_a_country_under_a_known_and_an_unknown_word_is_of_unknown_level() -> None:
    body = with_bucket("purple", country("EG", "Egypt"))
    assert records(body)["EG"].level is None


def test_an_unknown_place_is_quarantined_and_told() -> None:
    body = with_bucket("black", country("XX", "Freedonia"))
    assert records(body)["XX"].destination == ""
    assert [finding.kind for finding in parse(body).findings] == [FindingKind.UNKNOWN_PLACE]


def test_the_code_counts_more_than_the_name() -> None:
    assert records(with_bucket("red", country("CD", "Congo")))["CD"].destination == "CD"


def test_a_row_without_a_code_is_known_by_its_name() -> None:
    assert records(with_bucket("red", country("", "Nepal")))["Nepal"].destination == "NP"


def test_the_same_alert_twice_is_told() -> None:
    (finding,) = parse(with_bucket("amber", country("EG", "Egypt"))).findings
    assert (finding.kind, finding.keys) == (FindingKind.DUPLICATE, ("EG",))


def test_the_order_of_rows_and_buckets_means_nothing() -> None:
    changed = register()
    changed["otas"].reverse()
    for bucket in changed["otas"]:
        bucket["countries"].reverse()
    assert dict(parse(changed).pieces) == dict(parse(register()).pieces)


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("nothing", b"", "wrong-shape"),
        ("an error page with 200", b"<html><h1>Service Unavailable</h1></html>", "wrong-shape"),
        ("the web page, which holds no alerts", b"<!doctype html><div id='app'></div>", "wrong-shape"),
        ("a renamed key", {"alerts": register()["otas"]}, "wrong-shape"),
        ("alerts that are no list", {"otas": {}}, "wrong-shape"),
        ("an empty list", {"otas": []}, "empty-list"),
        ("half a list", {"otas": register()["otas"][:2]}, "short-list"),
        ("all rows hidden", {"otas": [{"level": "red", "countries": [country("IT", "Italy", 0)] * 30}]}, "empty-list"),
        ("a renamed field", json.dumps(register()).replace("showInIndex", "visible").encode(), "empty-list"),
    ],
)
def test_a_register_that_lost_its_alerts_is_unreadable(reason: str, body: object, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse(body)
    assert refusal.value.kind == kind, reason


def test_a_flag_written_as_a_truth_value_counts_as_well() -> None:
    assert records(with_bucket("red", country("NP", "Nepal", True)))["NP"].level is Level.RECONSIDER


def test_the_address_can_be_changed_and_nothing_else() -> None:
    assert [request.url for request in READER.endpoints(NOW)] == [URL]
    other = Source(
        id="hk-ota", issuer="HK", name="n", reader="hk_ota", options={"url": "https://a.example/x", "level": 1}
    )
    assert len(hk_ota.check_options(other)) == 1
    with pytest.raises(options.OptionError):
        hk_ota.reader(other)


def test_a_second_document_about_a_country_replaces_the_first() -> None:
    before, after = parse(register()).pieces["HT"], {"name": "Haiti", "destination": "HT", "alerts": []}
    (found,) = READER.records("HT", [before, after])
    assert found.level is Level.NORMAL
    assert READER.records("HT", []) == ()


SCRAP = st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["", "red", "JP", "Japan (north)", "20260101"])
NAMES = ("countryCode", "titleEn", "countryFileName", "showInIndex", "updateDate", "level", "levelExt", "countries")


@given(
    st.lists(st.dictionaries(st.sampled_from(NAMES), st.lists(st.dictionaries(st.sampled_from(NAMES), SCRAP)) | SCRAP))
)
@settings(max_examples=60, deadline=None)
def test_no_register_raises_anything_but_unreadable(buckets: list[Bucket]) -> None:
    assert records({"otas": register()["otas"] + buckets})["UA"].level in (Level.AVOID, None)
    try:
        records({"otas": buckets})
    except Unreadable as refusal:
        kind = refusal.kind
        assert kind in ("empty-list", "short-list", "wrong-shape")


@given(st.binary(max_size=40), st.integers(0, 3000))
@settings(max_examples=60, deadline=None)
def test_no_bytes_raise_anything_but_unreadable(noise: bytes, at: int) -> None:
    whole = (GOLDEN / "ota_index.json").read_bytes()
    try:
        parse(whole[:at] + noise + whole[at + len(noise) :])
    except Unreadable:
        return
