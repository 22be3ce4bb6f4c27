"""China's travel tips for tourists: advice among notices of all kinds, on a track of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from advisoryd.model.ladder import Action, Level, Track
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.record import Area, Record, Region, Stamp
from advisoryd.sources import options
from advisoryd.sources.cn_mct import CONTRACT, LIST, check_options

from .asia import CASES, configured, hear, small

READER = small("cn-mct")
CASE = next(case for case in CASES if case.source == "cn-mct")
AVOID = "文化和旅游部提醒中国游客近期避免前往日本旅游"


def listed(*titles: str, day: str = "2025-11-16") -> Document:
    rows = "".join(
        f'<li><a href="./202511/t20251116_{900000 + number}.html">{title}</a><span>{day}</span></li>'
        for number, title in enumerate(titles)
    )
    return Document(LIST, f"<!DOCTYPE html><meta charset=utf-8><ul>{rows}</ul>".encode())


def parse(*titles: str) -> Parsed:
    return READER.parse(listed(*titles))


def records(title: str) -> list[Record]:
    return list(hear(READER, [listed(title)]).records)


@pytest.mark.parametrize(
    ("title", "level", "words", "actions"),
    [
        (AVOID, Level.RECONSIDER, "避免前往", {Action.AVOID_NON_ESSENTIAL}),
        ("提醒中国游客暂勿前往日本", Level.AVOID, "暂勿前往", {Action.AVOID_ALL}),
        ("提醒中国游客谨慎前往日本", Level.RECONSIDER, "谨慎前往", {Action.RECONSIDER}),
        ("提醒游客赴日本旅游注意安全", Level.CAUTION, "注意安全", {Action.CAUTION}),
        ("关于暂停旅行社经营赴日本团队旅游的通知", Level.RECONSIDER, None, {Action.AVOID_NON_ESSENTIAL}),
    ],
)
def test_the_phrase_of_a_title_is_its_level(title: str, level: Level, words: str | None, actions: set[Action]) -> None:
    (found,) = records(title)
    assert (found.destination, found.track) == ("JP", Track.TOURISM)
    assert (found.level, found.actions) == (level, actions)
    assert found.native_level == (words or found.native_level)
    assert found.native_level in title


def test_advice_against_leaving_the_country_is_about_the_whole_world() -> None:
    (found,) = records("文化和旅游部提醒游客非必要不出境旅游")
    assert (found.destination, found.level) == ("WORLD", Level.RECONSIDER)


def test_a_part_of_a_country_is_a_region_and_the_country_is_take_care() -> None:
    (found,) = records("提醒中国游客暂勿前往缅甸北部地区旅游")
    assert (found.destination, found.level, found.scope.regional) == ("MM", Level.CAUTION, True)
    assert found.scope.regions == (Region("北部地区", Level.AVOID, Area.AREA),)


def test_what_is_said_to_tourists_who_are_there_is_a_bulletin() -> None:
    parsed = parse("中国驻泰国使馆提醒在泰中国游客注意防范电信诈骗")
    assert (parsed.pieces, [item.destinations for item in parsed.items]) == ({}, [("TH",)])


def test_but_being_told_to_leave_is_advice() -> None:
    (found,) = records("提醒在日本中国游客尽快撤离")
    assert (found.level, found.actions) == (Level.AVOID, {Action.LEAVE, Action.AVOID_ALL})


def test_notices_about_home_are_passed_over() -> None:
    parsed = parse(AVOID, "部分地区将有强降雨，请注意公路出行安全", "假期出行提示：文明安全旅游")
    assert (len(parsed.pieces), parsed.items) == (1, ())


def test_an_unknown_country_is_not_told_of_as_another() -> None:
    assert records("提醒中国游客暂勿前往自由国") == []


def test_a_notice_is_its_title_and_day_whatever_its_address() -> None:
    moved = listed(AVOID).body.replace(b"/202511/", b"/zwgk/202511/")
    assert list(READER.parse(Document(LIST, moved)).pieces) == list(parse(AVOID).pieces) == [f"2025-11-16 {AVOID}"]


def test_the_day_is_chinas() -> None:
    assert records(AVOID)[0].issued_at == Stamp(datetime(2025, 11, 15, 16, tzinfo=UTC), "2025-11-16", day=True)


def test_rows_that_stand_there_twice_or_lack_their_day_are_told() -> None:
    assert [found.kind for found in parse(AVOID, AVOID).findings] == [FindingKind.DUPLICATE]
    undated = listed(AVOID).body.replace(b"</ul>", '<li><a href="t20250101_1.html">提醒</a></li></ul>'.encode())
    assert [found.kind for found in READER.parse(Document(LIST, undated)).findings] == [FindingKind.UNKNOWN_FIELD]


def test_half_a_list_says_nothing_about_the_other_half() -> None:
    body = CASE.body("list.html").decode()
    parsed = READER.parse(Document(LIST, body[: body.index("2025-10-01")].encode()))
    assert (len(parsed.pieces), parsed.complete) == (1, False)


@pytest.mark.parametrize(
    ("reason", "document", "kind"),
    [
        ("a page that sends browsers on", Document(LIST, CASE.body("redirect.html")), "wrong-shape"),
        ("an empty list", Document(LIST, "<h1>出行提示</h1><ul></ul>".encode()), "empty-list"),
        ("days that are gone", listed(AVOID, day=""), "wrong-shape"),
        ("a wrong charset", Document(LIST, listed(AVOID).body.decode().encode("gb18030")), "garbled"),
    ],
)
def test_a_page_in_another_shape_is_unreadable(reason: str, document: Document, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        READER.parse(document)
    assert refusal.value.kind == kind, reason


def test_the_contract_is_that_of_a_stream() -> None:
    assert CONTRACT.shape is Shape.STREAM


def test_the_address_may_be_configured_and_nothing_else() -> None:
    (asked,) = small("cn-mct", url="https://a.example/list").endpoints(datetime(2026, 1, 1, tzinfo=UTC))
    assert asked.url == "https://a.example/list"
    assert len(check_options(configured("cn-mct", url="x", colour="red"))) == 2
    with pytest.raises(options.OptionError, match="cn-mct"):
        small("cn-mct", url="x")
