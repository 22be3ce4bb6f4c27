"""Korea's travel alarms: its own scale, its service with a key, and its site without one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advisoryd.model.ladder import Action, Level, Track
from advisoryd.model.reading import PLACEHOLDER, Document, FindingKind, Parsed, Reader, Request, Shape, Unreadable
from advisoryd.model.record import Area, Record, Region, Stamp
from advisoryd.model.secret import Secret, plain
from advisoryd.sources import catalogue, kr_levels, options
from advisoryd.sources.kr_mofa import ALARMS, CONTRACT, COUNTRIES, HISTORY, NOTICES, SITE, SPECIAL, check_options

from .asia import SERVICE_KEY, configured, joined, small

KEYED = small("kr-mofa", service_key=plain(SERVICE_KEY))
KEYLESS = small("kr-mofa")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
ENCODED = "a1%2Bb2%2Fc3%3D%3D"

Row = Mapping[str, object]


def alarm(level: str = "1", scope: str = "전체", area: str = "전 지역", code: str = "TH", **more: object) -> Row:
    return {
        "alarm_lvl": level,
        "region_ty": scope,
        "remark": area,
        "country_iso_alp2": code,
        "country_nm": "태국",
        "written_dt": "2026-09-02",
        **more,
    }


def special(area: str | None = "전 지역", at_once: str | None = None, code: str = "TH") -> Row:
    return {
        "evacuate_rcmnd_remark": area,
        "evacuate_region_ty": _scope(area),
        "forbidden_rcmnd_remark": at_once,
        "forbidden_region_ty": _scope(at_once),
        "country_iso_alp2": code,
        "country_nm": "태국",
        "written_dt": "2026-11-10",
    }


def _scope(area: str | None) -> str | None:
    return None if area is None else "전체" if area.startswith("전 지역") else "일부"


def answer(*rows: Row, url: str = ALARMS, total: int | None = None, code: str = "0") -> Document:
    body = {"items": {"item": list(rows)}, "totalCount": len(rows) if total is None else total}
    frame = {"response": {"header": {"resultCode": code, "resultMsg": "알림"}, "body": body}}
    return Document(f"{url}?serviceKey={PLACEHOLDER}&pageNo=1", json.dumps(frame, ensure_ascii=False).encode())


def countries(*entries: tuple[str, str, str]) -> Document:
    """The site's list: a number, a name and the classes of its badges."""
    listed = "".join(
        f'<li><a href="/ntnSafetyInfo/{number}/detail">{name}'
        + "".join(f'<span class="caution02 {badge}">단계</span>' for badge in badges.split())
        + "</a></li>"
        for number, name, badges in entries
    )
    return Document(COUNTRIES, f'<ul class="list-country-01">{listed}</ul>'.encode())


def page(name: str, *zones: tuple[str, str], number: str = "260") -> Document:
    listed = "".join(f'<li><span class="box-tag-01">{words}</span>{area}</li>' for words, area in zones)
    body = f'<h4 class="country-name">{name}</h4><ul class="info-02">{listed}</ul>'
    return Document(f"{SITE}/ntnSafetyInfo/{number}/detail", body.encode())


def records(reader: Reader, *documents: Document) -> dict[str, Record]:
    return {record.key: record for record in joined(reader, [reader.parse(document) for document in documents])}


def one(*rows: Row) -> Record:
    return records(KEYED, answer(*rows))["TH"]


# The key.


def test_the_key_is_decoded_however_it_is_given_and_stands_in_no_address() -> None:
    for given in (plain(SERVICE_KEY), plain(ENCODED), plain(f" {SERVICE_KEY}\n"), SERVICE_KEY):
        requests = small("kr-mofa", service_key=given).endpoints(NOW)
        assert [request.url.partition("&")[0] for request in requests] == [
            f"{ALARMS}?serviceKey={PLACEHOLDER}",
            f"{SPECIAL}?ServiceKey={PLACEHOLDER}",
        ]
        assert [request.secret.reveal() for request in requests if request.secret] == [SERVICE_KEY] * 2


def test_the_key_is_read_from_its_file_when_it_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "key"
    alarms, _ = small("kr-mofa", service_key=Secret(file.read_text, f"file {file}")).endpoints(NOW)
    assert alarms.secret is not None
    assert str(file) in repr(alarms)
    file.write_text(SERVICE_KEY + "\n")
    assert alarms.secret.reveal() == SERVICE_KEY


def test_the_adjustments_are_asked_for_with_a_place_for_the_key() -> None:
    history = KEYED.parse(answer(alarm())).follow[-1].request
    assert history.url.startswith(f"{HISTORY}?serviceKey={PLACEHOLDER}&")
    assert history.secret is None


def test_messages_name_the_service_without_its_query() -> None:
    assert SERVICE_KEY not in repr(KEYED)
    for refused in (answer(), answer(code="30"), replace(answer(), body=b"<html></html>"), replace(answer(), body=b"")):
        with pytest.raises(Unreadable) as refusal:
            KEYED.parse(refused)
        assert ALARMS in refusal.value.detail
        assert PLACEHOLDER not in refusal.value.detail


@pytest.mark.parametrize("value", ["", 5, ["x"]])
def test_a_wrong_key_is_told_without_its_value(value: object) -> None:
    source = configured("kr-mofa", service_key=value)
    (problem,) = check_options(source)
    assert "secrets_file" in problem
    with pytest.raises(options.OptionError):
        catalogue.reader_for(source)


def test_without_a_key_the_site_is_read() -> None:
    listed, board = KEYLESS.endpoints(NOW)
    assert listed == Request(COUNTRIES, expect="html")
    assert (board.url, board.method, board.body) == (NOTICES, "POST", b'{"pageSize":200}')


# The levels.


@pytest.mark.parametrize(
    ("number", "level", "actions"),
    [
        ("1", Level.CAUTION, {Action.CAUTION}),
        ("2", Level.RECONSIDER, {Action.AVOID_NON_ESSENTIAL}),
        ("3", Level.AVOID, {Action.LEAVE, Action.AVOID_ALL}),
        ("4", Level.AVOID, {Action.LEAVE, Action.AVOID_ALL, Action.LEGAL_BAN}),
    ],
)
def test_koreas_levels_are_one_step_off_the_ladder(number: str, level: Level, actions: set[Action]) -> None:
    found = one(alarm(number))
    assert (found.level, found.native_level, found.actions) == (level, kr_levels.WORDS[int(number)], actions)
    assert found.scope.regional is False


def test_the_old_name_of_the_third_level_is_the_third_level() -> None:
    assert kr_levels.worded("철수권고", "전 지역", "태국").step == 3


@pytest.mark.parametrize(
    ("area", "scope", "kind"),
    [
        ("전 지역", "", None),
        ("태국 전역", "", None),
        ("전국", "", None),
        ("", "전체", None),
        ("3단계 지정 지역을 제외한 전 지역", "일부", Area.REST),
        ("여타 지역", "", Area.REST),
        ("그 외 지역", "", Area.REST),
        ("캄보디아 접경 50km 이내", "일부", Area.STRIP),
        ("나라티왓주 (수도를 제외한 지역)", "일부", Area.AREA),
        ("나라티왓주", "일부", Area.AREA),
    ],
)
def test_where_an_alarm_holds_is_told_by_its_words(area: str, scope: str, kind: Area | None) -> None:
    assert kr_levels.kind_of(area, "태국", scope) is kind


def test_an_alarm_for_a_part_never_makes_the_country_more_than_take_care() -> None:
    found = one(alarm("3", "일부", "캄보디아 접경 50km 이내"))
    assert (found.level, found.native_level, found.actions) == (Level.CAUTION, "3단계 출국권고", frozenset())
    assert found.scope.regions == (Region("캄보디아 접경 50km 이내", Level.AVOID, Area.STRIP),)
    assert found.scope.levels == {Level.AVOID}


def test_the_alarm_for_the_rest_is_the_country() -> None:
    found = one(alarm("3", "일부", "나라티왓주"), alarm("1", "일부", "나라티왓주를 제외한 전 지역"))
    assert (found.level, found.native_level, found.scope.regional) == (Level.CAUTION, "1단계 여행유의", True)


def test_the_order_of_the_rows_means_nothing() -> None:
    rows = alarm("3", "일부", "나라티왓주"), alarm("1", "일부", "그 외 지역")
    assert KEYED.parse(answer(*rows)).pieces == KEYED.parse(answer(*reversed(rows))).pieces


def test_the_day_is_koreas_and_mostly_missing() -> None:
    assert one(alarm()).issued_at == Stamp(datetime(2026, 9, 1, 15, tzinfo=UTC), "2026-09-02", day=True)
    assert one(alarm(written_dt=None)).issued_at is None


# The special advisory.


def advised(row: Row) -> Record:
    return records(KEYED, answer(row, url=SPECIAL))["TH special"]


def test_the_special_advisory_stands_on_a_track_of_its_own() -> None:
    found = records(KEYED, answer(alarm("1")), answer(special(), url=SPECIAL))
    assert (found["TH"].track, found["TH"].level) == (Track.SECURITY, Level.CAUTION)
    assert (found["TH special"].track, found["TH special"].level) == (Track.SPECIAL, Level.RECONSIDER)
    assert found["TH special"].actions == {Action.AVOID_NON_ESSENTIAL}


def test_its_stricter_half_asks_people_to_leave() -> None:
    found = advised(special(None, "전 지역"))
    assert (found.level, found.native_level) == (Level.AVOID, kr_levels.AT_ONCE)
    assert found.actions == {Action.LEAVE, Action.AVOID_ALL}


def test_for_a_part_it_makes_the_country_take_care() -> None:
    found = advised(special("나라티왓주"))
    assert (found.level, found.scope.regional, found.actions) == (Level.CAUTION, True, frozenset())


def test_a_row_with_nothing_in_it_is_no_advisory() -> None:
    found = advised(special(None))
    assert (found.level, found.native_level, found.track) == (Level.NORMAL, "", Track.SPECIAL)


@pytest.mark.parametrize(
    ("area", "end"),
    [
        ("나라티왓주 (~2026.12.09.)", "2026-12-09"),
        ("나라티왓주 (2026.9.10.~2026-12-9)", "2026-12-9"),
        ("전 지역, 2026년 12월 9일까지", "2026-12-9"),
        ("전 지역", None),
        ("전 지역 (2026.9.10. 발령)", None),
    ],
)
def test_it_ends_only_when_its_words_say_so(area: str, end: str | None) -> None:
    expires = advised(special(area)).expires_at
    assert (expires.text if expires else None) == end


# The service and the site together.


def test_the_site_is_read_again_whenever_an_alarm_changes() -> None:
    def stamps(*rows: Row) -> set[tuple[str, str]]:
        return {(follow.request.url.partition("?")[0], follow.stamp) for follow in KEYED.parse(answer(*rows)).follow}

    assert {url for url, _ in stamps(alarm())} == {COUNTRIES, HISTORY}
    assert stamps(alarm("1")) == stamps(alarm("1"))
    assert not stamps(alarm("1")) & stamps(alarm("2"))


def test_the_service_goes_before_the_badges() -> None:
    found = records(KEYED, answer(alarm("1")), countries(("260", "태국", "t03")))["TH"]
    assert (found.level, found.native_level) == (Level.CAUTION, "1단계 여행유의")


def test_a_country_with_a_badge_that_the_service_lacks_has_an_alarm_somewhere() -> None:
    found = records(KEYED, answer(alarm()), countries(("60", "이스라엘", "t04")))["IL"]
    assert (found.level, found.native_level) == (Level.CAUTION, "4단계 여행금지")
    assert (found.scope.regional, found.scope.levels, found.actions) == (None, {Level.AVOID}, frozenset())


def test_a_country_without_an_alarm_is_ordinary() -> None:
    found = records(KEYED, answer(alarm()), countries(("128", "스페인", "")))["ES"]
    assert (found.level, found.native_level, found.scope.regional) == (Level.NORMAL, "", False)


def test_without_a_key_nothing_is_said_before_the_page_is_read() -> None:
    listed = countries(("260", "태국", "t01 t03"))
    assert "TH" not in records(KEYLESS, listed)
    read = records(KEYLESS, listed, page("태국", ("출국권고", "캄보디아 접경"), ("여행유의", "그 외 지역")))
    assert (read["TH"].level, read["TH"].scope.regional) == (Level.CAUTION, True)


def test_pages_are_followed_without_a_key_only_and_anew_when_a_badge_changes() -> None:
    def follow(badges: str) -> tuple[str, str, str]:
        (found,) = KEYLESS.parse(countries(("260", "태국", badges))).follow
        return found.request.url, found.key, found.stamp

    assert follow("t01") == (f"{SITE}/ntnSafetyInfo/260/detail", "TH", "t01")
    assert follow("")[2] not in ("", follow("t01")[2])
    assert KEYED.parse(countries(("260", "태국", "t01"))).follow == ()


def test_a_page_without_an_alarm_for_a_country_with_a_badge_leaves_its_level_unknown() -> None:
    found = records(KEYLESS, countries(("260", "태국", "t02")), page("태국"))["TH"]
    assert (found.level, found.native_level) == (None, "2단계 여행자제")


def test_a_page_whose_number_the_list_has_given_to_another_country_does_not_count() -> None:
    found = records(KEYLESS, countries(("261", "태국", "t01")), page("태국", ("여행금지", "전 지역"), number="260"))
    assert "TH" not in found


def test_examples_in_comments_of_the_template_are_no_alarms() -> None:
    document = page("태국", ("여행유의", "전 지역"))
    body = document.body.replace(b"<li>", "<!-- <li><span class='box-tag-01'>여행금지</span>전역</li> --><li>".encode())
    found = records(KEYLESS, countries(("260", "태국", "t01")), replace(document, body=body))
    assert found["TH"].level is Level.CAUTION


def test_adjustments_are_bulletins() -> None:
    row = {"country_iso_alp2": "TH", "country_nm": "태국", "title": "상향 조정", "wrt_dt": "2026-09-02"}
    (item,) = KEYED.parse(answer(row, url=HISTORY)).items
    assert (item.title, item.destinations) == ("상향 조정", ("TH",))


def test_notices_of_embassies_are_passed_over_and_odd_times_are_none() -> None:
    rows = [
        {"pstNo": "1", "pstType": "embsyNtc", "ttlNm": "공지", "regDt": [2026, 11, 1]},
        {"pstNo": "2", "pstType": "safetyNtc", "ttlNm": "공지", "ntnNm": "태국", "regDt": [2026, 13, 1]},
        {"pstNo": "3", "pstType": "travelAlertAjmt", "ttlNm": "조정", "ntnNm": "태국", "regDt": [2026, 11, 16, 9, 30]},
    ]
    items = KEYLESS.parse(Document(NOTICES, json.dumps({"data": rows}).encode())).items
    assert [(item.key, item.published.at if item.published else None) for item in items] == [
        ("2", None),
        ("3", datetime(2026, 11, 16, 0, 30, tzinfo=UTC)),
    ]


# What goes wrong.


def kinds(parsed: Parsed) -> list[FindingKind]:
    return [finding.kind for finding in parsed.findings]


def test_an_unknown_level_is_told_and_not_guessed() -> None:
    assert kinds(KEYED.parse(answer(alarm("5")))) == [FindingKind.UNKNOWN_LEVEL]
    assert (one(alarm("5")).level, one(alarm("5")).native_level) == (None, "5")
    read = page("태국", ("여행중지", "전 지역"))
    assert kinds(KEYLESS.parse(read)) == [FindingKind.UNKNOWN_LEVEL]
    assert records(KEYLESS, countries(("260", "태국", "t01")), read)["TH"].level is None


def test_an_unknown_country_is_quarantined_and_told() -> None:
    strange = alarm(code="QQ", country_nm="자유국")
    assert kinds(KEYED.parse(answer(strange))) == [FindingKind.UNKNOWN_PLACE]
    assert records(KEYED, answer(strange))["QQ"].destination == ""
    assert kinds(KEYLESS.parse(countries(("1", "자유국", "")))) == [FindingKind.UNKNOWN_PLACE]


def test_an_alarm_that_is_listed_twice_is_told() -> None:
    assert kinds(KEYED.parse(answer(alarm(), alarm()))) == [FindingKind.DUPLICATE]


@pytest.mark.parametrize(
    ("reason", "document", "kind"),
    [
        ("an empty list", answer(), "empty-list"),
        ("fewer rows than promised", answer(alarm(), total=2), "short-list"),
        ("a renamed field of levels", answer({"level": "3", "country_iso_alp2": "TH"}), "wrong-shape"),
        ("a renamed field of advisories", answer(alarm(), url=SPECIAL), "wrong-shape"),
        ("a list without its total", replace(answer(), body=b'{"resultCode":"0","data":[]}'), "wrong-shape"),
        ("a wrong charset", replace(answer(alarm()), body=answer(alarm()).body.decode().encode("cp949")), "garbled"),
        ("a site's list of another form", Document(COUNTRIES, "<p>목록</p>".encode()), "empty-list"),
        ("a page that names no country", Document(f"{SITE}/ntnSafetyInfo/1/detail", b"<p></p>"), "wrong-shape"),
        ("an empty board", Document(NOTICES, b'{"data":[]}'), "empty-list"),
    ],
)
def test_an_answer_in_another_shape_is_unreadable(reason: str, document: Document, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        KEYED.parse(document)
    assert refusal.value.kind == kind, reason


def test_a_refusal_of_the_gateway_is_told_in_its_own_words() -> None:
    body = b"<OpenAPI_ServiceResponse><returnAuthMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</returnAuthMsg></OpenAPI>"
    with pytest.raises(Unreadable, match="SERVICE_KEY_IS_NOT_REGISTERED_ERROR"):
        KEYED.parse(Document(ALARMS, body))
    with pytest.raises(Unreadable, match="refuses with code 30"):
        KEYED.parse(answer(code="30"))


def test_half_a_list_is_unreadable() -> None:
    whole = catalogue.reader_for(catalogue.entries()["kr-mofa"])
    for half in (answer(*[alarm()] * 149), countries(*[("260", "태국", "")] * 149)):
        with pytest.raises(Unreadable) as refusal:
            whole.parse(half)
        assert refusal.value.kind == "short-list"


def test_the_contract_is_that_of_a_register_that_is_reviewed_at_once() -> None:
    assert (CONTRACT.shape, CONTRACT.lists_calm, CONTRACT.bulk_reviews) == (Shape.REGISTER, False, True)
    assert CONTRACT.grace == timedelta(days=3)
