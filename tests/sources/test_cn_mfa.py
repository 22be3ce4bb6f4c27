"""China's safety reminders: titles, notices, colour grades, and the true history of the advice on Japan."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd import codec
from advisoryd.model.ladder import Action, Level, Reason, Track
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.record import Area, Record, Region
from advisoryd.model.source import Source
from advisoryd.sources import cn_mfa, cn_phrases, options

GOLDEN = Path(__file__).parent / "golden" / "cn-mfa"
LIST = "https://cs.mfa.gov.cn/aqtx/"
COUNTRY = "https://cs.mfa.gov.cn/ljmdd/yz_645708/rb_647322/"
NOW = datetime(2026, 10, 4, tzinfo=UTC)


def source(**values: object) -> Source:
    return Source(id="cn-mfa", issuer="CN", name="n", reader="cn_mfa", language="zh-Hans", options=values)


READER = cn_mfa.reader(source(colour_pages={"JP": COUNTRY}))


def page(name: str) -> str:
    return (GOLDEN / name).read_text("utf-8")


def parse(body: str | bytes, url: str = LIST) -> Parsed:
    return READER.parse(Document(url, body.encode() if isinstance(body, str) else body, content_type="text/html"))


def rows(*pairs: tuple[str, str]) -> str:
    """A list page with these titles and days."""
    listed = (f'<li><a href="./t.html">{title}</a><span>{day}</span></li>' for title, day in pairs)
    return f'<html><meta charset="UTF-8"><ul class="news-list">{"".join(listed)}</ul></html>'


def record(title: str) -> Record:
    """The only record of a notice with this title."""
    (found,) = records(title)
    return found


def records(title: str) -> list[Record]:
    parsed = parse(rows((title, "2026-01-01")))
    return [record for key, piece in parsed.pieces.items() for record in READER.records(key, [piece])]


def test_the_list_page_gives_the_recorded_records() -> None:
    parsed = parse(page("list.html"))
    found = [record for key, piece in parsed.pieces.items() for record in READER.records(key, [piece])]
    assert codec.plain(codec.canonical(found)) == json.loads(page("list.records.json"))
    assert parsed.findings == ()


def test_the_page_of_a_notice_adds_its_minute_its_text_and_its_reasons() -> None:
    listed, notice = parse(page("list.html")), parse(page("notice-2025-11-15.html"))
    ((key, piece),) = notice.pieces.items()
    (found,) = READER.records(key, [listed.pieces[key], piece])
    assert codec.plain(codec.canonical(found)) == json.loads(page("notice-2025-11-15.record.json"))


def test_a_notice_that_the_list_does_not_name_makes_no_record() -> None:
    ((key, piece),) = parse(page("notice-2025-11-15.html")).pieces.items()
    assert READER.records(key, [piece]) == ()


def test_notices_and_country_pages_are_followed() -> None:
    follow = parse(page("list.html")).follow
    notice = next(page for page in follow if page.key == "2025-11-15 提醒中国公民近期避免前往日本")
    assert notice.request.url == "https://cs.mfa.gov.cn/aqtx/202607/t20260721_11988717.html"
    assert notice.stamp == "2025-11-15"
    country = follow[-1]
    assert (country.request.url, country.key, country.stamp) == (COUNTRY, "colour JP", "")


def test_notices_that_advise_about_no_country_are_bulletins() -> None:
    items = parse(page("list.html")).items
    assert [(item.title, item.destinations) for item in items] == [
        ("春节假期出行安全提示", ()),
        ("关于调整护照照片要求的通知", ()),
    ]


@pytest.mark.parametrize(
    ("title", "level", "words", "actions"),
    [
        ("提醒中国公民近期避免前往日本", Level.RECONSIDER, "避免前往", {Action.AVOID_NON_ESSENTIAL}),
        ("提醒中国公民春节期间避免前往日本", Level.RECONSIDER, "避免前往", {Action.AVOID_NON_ESSENTIAL}),
        ("提醒中国公民暂勿前往斯威士兰", Level.AVOID, "暂勿前往", {Action.AVOID_ALL}),
        ("提醒中国公民切勿前往伊朗", Level.AVOID, "切勿前往", {Action.AVOID_ALL}),
        ("提醒中国公民请勿前往伊朗", Level.AVOID, "请勿前往", {Action.AVOID_ALL}),
        ("提醒中国公民谨慎赴帕劳旅游", Level.RECONSIDER, "谨慎赴", {Action.RECONSIDER}),
        ("提醒中国公民近期谨慎前往刚果（金）", Level.RECONSIDER, "谨慎前往", {Action.RECONSIDER}),
        ("提醒中国公民赴帕劳注意旅游安全", Level.CAUTION, "注意旅游安全", {Action.CAUTION}),
        ("提醒在委内瑞拉中国公民加强安全防范", Level.CAUTION, "加强安全防范", {Action.CAUTION}),
        ("提醒在委内瑞拉中国公民尽快撤离", Level.AVOID, "尽快撤离", {Action.AVOID_ALL, Action.LEAVE}),
        ("解除暂勿前往斯威士兰的提醒", Level.NORMAL, "", set()),
    ],
)
def test_the_phrase_of_a_title_is_its_level(title: str, level: Level, words: str, actions: set[Action]) -> None:
    found = record(title)
    assert (found.level, found.native_level, found.actions) == (level, words, actions)
    assert found.scope.regional is None


def test_an_unknown_wording_about_travel_is_an_unknown_level_and_is_told() -> None:
    title = "提醒中国公民推迟前往日本"
    assert (record(title).level, record(title).native_level) == (None, title)
    (finding,) = parse(rows((title, "2026-01-01"))).findings
    assert finding.kind is FindingKind.UNKNOWN_LEVEL


def test_something_else_that_was_lifted_lifts_no_advice() -> None:
    found = cn_phrases.strength("当地解除封锁后提醒中国公民谨慎前往伊朗")
    assert found is not None
    assert found.level is Level.RECONSIDER


def test_a_manner_of_travelling_is_no_level() -> None:
    assert cn_phrases.strength("提醒中国公民切勿单独出行") is None
    assert cn_phrases.strength("夜间避免外出") is None


def test_the_configuration_may_raise_the_step_of_avoid_travel() -> None:
    strict = cn_mfa.reader(source(avoid_level=4))
    key, piece = next(iter(parse(rows(("提醒中国公民近期避免前往日本", "2025-11-15"))).pieces.items()))
    (found,) = strict.records(key, [piece])
    assert (found.level, found.native_level) == (Level.AVOID, "避免前往")


def test_a_border_region_of_two_countries_is_both_countries_border() -> None:
    found = records("提醒中国公民暂勿前往塔吉克斯坦和阿富汗边境地区")
    assert [(record.destination, record.level) for record in found] == [("TJ", Level.CAUTION), ("AF", Level.CAUTION)]
    for record in found:
        assert record.scope.regional is True
        assert record.scope.regions == (Region("边境地区", Level.AVOID, Area.STRIP),)
        assert record.highest is Level.AVOID


@pytest.mark.parametrize(
    ("title", "destination", "regions"),
    [
        ("驻留刚果（金）东部地区中国公民应立即撤离", "CD", (Region("东部地区", Level.AVOID),)),
        ("提醒中国公民暂勿前往伊朗周边地区", "IR", (Region("周边地区", Level.AVOID, Area.STRIP),)),
        ("再次提醒中国公民暂勿前往伊朗及周边地区", "IR", ()),
        ("提醒中国公民暂勿前往日本福岛县", "JP", (Region("福岛县", Level.AVOID, code="JP-07"),)),
    ],
)
def test_a_part_of_a_country_caps_the_level_of_the_whole(
    title: str, destination: str, regions: tuple[Region, ...]
) -> None:
    found = record(title)
    assert (found.destination, found.scope.regions) == (destination, regions)
    assert found.level is (Level.CAUTION if regions else Level.AVOID)


def test_care_asked_of_people_who_are_there_stands_beside_the_advice_on_going_there() -> None:
    assert record("提醒在委内瑞拉中国公民加强安全防范").track == Track.SPECIAL
    assert record("提醒在日中国公民注意安全").track == Track.SPECIAL
    assert record("提醒中国公民赴委内瑞拉注意安全").track == Track.SECURITY
    assert record("提醒在委内瑞拉中国公民立即撤离").track == Track.SECURITY


def test_telephone_numbers_and_markup_are_no_part_of_the_text() -> None:
    (piece,) = parse(page("notice-2025-11-15.html")).pieces.values()
    text = json.dumps(piece, ensure_ascii=False)
    assert not re.search(r"12308|64502195|热线|119|TRS|不属于正文", text)
    assert "遇急情报警并联系使领馆" in text


def test_other_telephone_numbers_or_styles_change_nothing() -> None:
    before = page("notice-2025-11-15.html")
    after = before.replace("+86-10-12308", "+86-10-99999").replace("text-indent: 2em;", "").replace("trs_web", "x")
    assert parse(after) == parse(before)


def test_a_period_of_validity_is_read_where_it_is_stated() -> None:
    body = page("notice-dated.html")
    listed = parse(rows(("提醒中国公民暂勿前往斯威士兰", "2026-08-25")))
    ((key, piece),) = parse(body).pieces.items()
    (found,) = READER.records(key, [listed.pieces[key], piece])
    assert found.expires_at is not None
    assert (found.expires_at.at, found.expires_at.day) == (datetime(2027, 2, 27, 16, tzinfo=UTC), True)


def test_a_new_path_for_an_old_notice_is_no_news() -> None:
    before = parse(page("list.html"))
    after = parse(re.sub(r"t20260721_1198(\d+)", r"t20270101_9999\1", page("list.html")))
    assert list(after.pieces) == list(before.pieces)
    for key, piece in before.pieces.items():
        moved = READER.records(key, [after.pieces[key]])
        assert [replace(record, url="") for record in moved] == [
            replace(record, url="") for record in READER.records(key, [piece])
        ]


def test_spacing_and_width_of_a_title_do_not_make_another_notice() -> None:
    one = parse(rows(("再次提醒：中国公民近期避免前往日本", "2025-12-11")))
    other = parse(rows(("再次提醒:中国公民 近期避免前往日本", "2025-12-11")))
    assert list(one.pieces) == list(other.pieces)


def history() -> list[Record]:
    """What the ministry published about Japan, oldest first, each notice with its page."""
    listed = parse(page("list.html")).pieces
    found = []
    for name in ("notice-2025-11-15", "notice-2025-12-11", "notice-2026-01-26", "notice-2026-03-26"):
        ((key, piece),) = parse(page(f"{name}.html")).pieces.items()
        (record,) = READER.records(key, [listed[key], piece])
        found.append(record)
    return found


def test_the_advice_on_japan_keeps_its_level_through_every_reissue_and_changes_its_reasons() -> None:
    november, december, january, march = history()
    assert {record.destination for record in history()} == {"JP"}
    assert [record.level for record in history()] == [Level.RECONSIDER] * 4
    assert len({record.key for record in history()}) == 4
    assert [record.note for record in history()] == ["", "再次提醒", "", ""]
    assert november.reasons == {Reason.POLITICAL, Reason.CRIME}
    assert december.reasons == {Reason.NATURAL_HAZARD}
    assert january.reasons == {Reason.CRIME, Reason.NATURAL_HAZARD}
    assert march.reasons == {Reason.CRIME}


def test_the_notices_on_japan_are_in_the_order_in_which_they_were_published() -> None:
    instants = [record.issued_at.at for record in history() if record.issued_at]
    assert instants == sorted(instants)
    assert instants[0] == datetime(2025, 11, 14, 16, 10, tzinfo=UTC)
    assert not any(record.issued_at.day for record in history() if record.issued_at)


def test_the_colour_grades_of_a_country_stand_on_their_own_track() -> None:
    ((key, piece),) = parse(page("country-japan.html"), COUNTRY).pieces.items()
    (found,) = READER.records(key, [piece])
    assert (found.destination, found.track, found.level) == ("JP", Track.COLOUR, Level.NORMAL)
    assert found.native_level == "蓝色（低风险）"
    assert found.scope.regions == (Region("福岛县", Level.CAUTION, code="JP-07"),)


def test_a_country_page_of_another_layout_is_read_by_its_colour_words() -> None:
    body = "<title>日本</title><p>橙色（高风险）：全国</p>"
    ((key, piece),) = parse(body, COUNTRY).pieces.items()
    (found,) = READER.records(key, [piece])
    assert (found.level, found.scope.regional) == (Level.RECONSIDER, False)


@pytest.mark.parametrize(
    "body", ["<title>日本</title><p>暂无</p>", "<dd class='text'>伊朗</dd><p>红色（极高风险）：全国</p>", ""]
)
def test_a_country_page_without_grades_or_of_another_country_is_unreadable(body: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse(body, COUNTRY)
    assert refusal.value.kind == "wrong-shape"


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("an empty list", '<ul class="news-list"></ul>', "empty-list"),
        ("a maintenance page with 200", "<html><h1>系统维护中</h1></html>", "empty-list"),
        ("a renamed class", page("list.html").replace("news-list", "list-news"), "empty-list"),
        ("a wrong charset", page("list.html").encode().decode("latin-1"), "garbled"),
        ("dates that are gone", re.sub(r"<span>2.*?</span>", "", page("list.html")), "wrong-shape"),
        ("links that are gone", page("list.html").replace("href", "data-href"), "wrong-shape"),
        (
            "a notice without its time",
            page("notice-dated.html").replace("发布时间：2026-08-25 10:00", ""),
            "wrong-shape",
        ),
        ("a notice without its text", page("notice-dated.html").replace("article-content", "x"), "wrong-shape"),
    ],
)
def test_a_page_in_another_shape_is_unreadable(reason: str, body: str, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse(body)
    assert refusal.value.kind == kind, reason


def test_the_charset_is_taken_from_the_page_because_the_header_has_none() -> None:
    body = page("list.html").replace("UTF-8", "gb18030").encode("gb18030")
    assert parse(body) == parse(page("list.html"))


def test_half_a_list_says_nothing_about_the_other_half() -> None:
    whole = page("list.html")
    parsed = parse(whole[: whole.index("2026-05-29")])
    assert 0 < len(parsed.pieces) < 12
    assert not parsed.complete


def test_a_row_that_lacks_its_day_is_passed_over_and_told() -> None:
    parsed = parse(rows(("提醒中国公民暂勿前往伊朗", "2026-01-01"), ("提醒中国公民暂勿前往日本", "soon")))
    assert len(parsed.pieces) == 1
    assert [finding.kind for finding in parsed.findings] == [FindingKind.UNKNOWN_FIELD]


def test_the_same_row_twice_is_one_notice_and_is_told() -> None:
    parsed = parse(rows(*[("提醒中国公民暂勿前往伊朗", "2026-01-01")] * 2))
    assert len(parsed.pieces) == 1
    assert [finding.kind for finding in parsed.findings] == [FindingKind.DUPLICATE]


def test_an_unknown_country_is_a_bulletin_and_not_lost() -> None:
    parsed = parse(rows(("提醒中国公民暂勿前往甲国", "2026-01-01")))
    assert [item.title for item in parsed.items] == ["提醒中国公民暂勿前往甲国"]


def test_an_archive_that_moved_is_told_from_a_late_notice() -> None:
    old, new = date(2026, 8, 1), date(2026, 10, 1)
    assert cn_mfa.migration([old] * 6 + [new], NOW)
    assert not cn_mfa.migration([old] * 5 + [new] * 20, NOW)
    assert not cn_mfa.migration([(NOW - timedelta(days=30)).date()] * 9, NOW)


def test_both_list_pages_are_asked_for() -> None:
    assert [request.url for request in READER.endpoints(NOW)] == [LIST, LIST + "index_1.html"]
    assert (READER.contract.shape, READER.contract.usual_gap) == (Shape.STREAM, timedelta(days=30))


@pytest.mark.parametrize(
    "values", [{"avoid_level": 2}, {"colour_pages": {"JP": "x"}}, {"colour_pages": []}, {"url": 5}, {"level": 4}]
)
def test_wrong_options_are_told(values: dict[str, object]) -> None:
    assert len(cn_mfa.check_options(source(**values))) == 1
    with pytest.raises(options.OptionError, match="cn-mfa"):
        cn_mfa.reader(source(**values))


def all_records(parsed: Parsed) -> list[Record]:
    return [record for key, piece in parsed.pieces.items() for record in READER.records(key, [piece])]


@given(st.binary(max_size=60), st.integers(0, 5000), st.integers(0, 200))
@settings(max_examples=100, deadline=None)
def test_no_bytes_raise_anything_but_unreadable(noise: bytes, at: int, gone: int) -> None:
    for name, url in (("list.html", LIST), ("notice-2025-11-15.html", LIST), ("country-japan.html", COUNTRY)):
        whole = page(name).encode()
        try:
            parsed = parse(whole[:at] + noise + whole[at + gone :], url)
        except Unreadable:
            continue
        assert all(record.issuer == "CN" for record in all_records(parsed))


PHRASES = ["暂勿前往", "避免前往", "谨慎赴", "注意安全", "撤离", "解除"]
OTHERS = ["提醒", "中国公民", "在", "驻", "日本", "伊朗", "阿富汗", "和", "及", "、", "边境地区", "东部", "：", "，"]


@given(st.lists(st.sampled_from([*PHRASES, *OTHERS]), max_size=12).map("".join))
@settings(max_examples=200, deadline=None)
def test_any_title_is_read_and_never_makes_china_a_destination(title: str) -> None:
    found = records(f"提醒{title}")
    assert all(record.destination != "CN" for record in found)
    assert all(record.level is not None or record.native_level == f"提醒{title}" for record in found)
    assert len({record.destination for record in found}) == len(found)
