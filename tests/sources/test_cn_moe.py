"""China's study-abroad warnings: numbered notices on a track of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from advisoryd.model.ladder import Action, Level, Track
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.record import Record, Stamp
from advisoryd.sources import options
from advisoryd.sources.cn_moe import CONTRACT, FRONT, check_options

from .asia import CASES, CN_MOE, configured, hear, small

READER = small("cn-moe")
CASE = next(case for case in CASES if case.source == "cn-moe")
FOURTH = "教育部发布2025年第4号留学预警"


def listed(*titles: str, day: str = "2025-11-16") -> Document:
    rows = "".join(
        f'<li><a href="/n2/2/2/{2000 + number}.shtml">{title}</a><span>{day}</span></li>'
        for number, title in enumerate(titles)
    )
    return Document(FRONT, f"<!DOCTYPE html><meta charset=utf-8><ul>{rows}</ul>".encode())


def warning(*paragraphs: str, title: str = FOURTH, number: int = 2000) -> Document:
    told = "".join(f"<p>{text}</p>" for text in paragraphs)
    return Document(f"{CN_MOE}/n2/2/2/{number}.shtml", f"<meta charset=utf-8><h1>{title}</h1>{told}".encode())


def records(*paragraphs: str) -> list[Record]:
    documents = [listed(FOURTH), warning(*paragraphs)] if paragraphs else [listed(FOURTH)]
    return list(hear(READER, documents).records)


def test_a_warning_is_known_by_its_year_and_number_and_its_page_is_read_once() -> None:
    parsed = READER.parse(listed(FOURTH, "2025年第 12 号留学预警", "关于网站的公告"))
    assert list(parsed.pieces) == ["2025-04", "2025-12"]
    assert [(follow.key, follow.stamp) for follow in parsed.follow] == [("2025-04", "once"), ("2025-12", "once")]
    assert parsed.follow[0].request.url == f"{CN_MOE}/n2/2/2/2000.shtml"


@pytest.mark.parametrize(
    ("sentence", "level", "words", "actions"),
    [
        ("请打算赴日留学人员谨慎规划赴日留学安排。", Level.CAUTION, "谨慎规划", {Action.CAUTION}),
        ("请留学人员加强安全防范，赴日要小心。", Level.CAUTION, "安全防范", {Action.CAUTION}),
        ("请留学人员暂缓赴日本学习。", Level.RECONSIDER, "暂缓赴", {Action.RECONSIDER}),
        ("解除赴日本留学预警，欢迎留学。", Level.NORMAL, "", set()),
    ],
)
def test_the_words_of_a_warning_are_its_level(sentence: str, level: Level, words: str, actions: set[Action]) -> None:
    (found,) = records(sentence)
    assert (found.destination, found.name, found.track) == ("JP", "日本", Track.STUDY)
    assert (found.level, found.native_level, found.actions) == (level, words, actions)


def test_unknown_words_are_an_unknown_level_and_are_told() -> None:
    (found,) = records("请赴日本留学人员知悉。")
    assert (found.destination, found.level, found.native_level) == ("JP", None, FOURTH)
    parsed = READER.parse(warning("请赴日本留学人员知悉。"))
    assert [finding.kind for finding in parsed.findings] == [FindingKind.UNKNOWN_LEVEL]


def test_a_warning_whose_page_was_not_read_names_no_country_and_is_not_lost() -> None:
    (found,) = records()
    assert (found.destination, found.name, found.level) == ("", FOURTH, None)


def test_a_warning_about_two_countries_is_two_records() -> None:
    found = records("近期日本和菲律宾治安不佳，请留学人员加强风险评估。")
    assert [(record.destination, record.level) for record in found] == [("JP", Level.CAUTION), ("PH", Level.CAUTION)]


def test_the_menu_of_the_site_names_no_country() -> None:
    found = records("请打算赴日留学人员谨慎规划赴日留学安排。", "美国", "版权所有：教育部。")
    assert [record.destination for record in found] == ["JP"]


def test_a_page_that_the_list_does_not_name_makes_no_record() -> None:
    assert hear(READER, [warning("请赴日留学人员谨慎规划。")]).records == ()


def test_the_day_is_the_lists_else_the_pages() -> None:
    day = Stamp(datetime(2025, 11, 15, 16, tzinfo=UTC), "2025-11-16", day=True)
    assert records()[0].issued_at == day
    text = "请赴日留学人员谨慎规划。"
    found = hear(READER, [listed(FOURTH, day=""), warning("发布时间：2025-11-16", text)]).records
    assert found[0].issued_at == day


def test_a_warning_that_is_listed_twice_is_told() -> None:
    parsed = READER.parse(listed(FOURTH, FOURTH))
    assert [finding.kind for finding in parsed.findings] == [FindingKind.DUPLICATE]
    assert list(parsed.pieces) == ["2025-04"]


def test_half_a_list_says_nothing_about_the_other_half() -> None:
    body = CASE.body("list.html").decode()
    parsed: Parsed = READER.parse(Document(FRONT, body[: body.index("2030")].encode()))
    assert (list(parsed.pieces), parsed.complete) == (["2025-04", "2025-03"], False)


@pytest.mark.parametrize(
    ("reason", "document", "kind"),
    [
        ("an empty list", Document(FRONT, "<ul class='list'></ul><p>教育部</p>".encode()), "empty-list"),
        ("notices of another kind only", listed("关于网站的公告"), "empty-list"),
        ("a front page that scripts draw", Document(FRONT, b"<script>location.href='x'</script>"), "wrong-shape"),
        ("a wrong charset", Document(FRONT, listed(FOURTH).body.decode().encode("gb18030")), "garbled"),
        ("an error page for a warning", warning("页面不存在。", title="抱歉"), "wrong-shape"),
        ("a warning without its text", warning(), "wrong-shape"),
    ],
)
def test_a_page_in_another_shape_is_unreadable(reason: str, document: Document, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        READER.parse(document)
    assert refusal.value.kind == kind, reason


def test_the_contract_is_that_of_a_stream_with_long_pauses() -> None:
    assert (CONTRACT.shape, CONTRACT.usual_gap) == (Shape.STREAM, timedelta(days=180))


def test_the_address_may_be_configured_and_nothing_else() -> None:
    (asked,) = small("cn-moe", url="https://a.example/list").endpoints(datetime(2026, 1, 1, tzinfo=UTC))
    assert asked.url == "https://a.example/list"
    assert len(check_options(configured("cn-moe", url="x", colour="red"))) == 2
    with pytest.raises(options.OptionError, match="cn-moe"):
        small("cn-moe", url="x")
