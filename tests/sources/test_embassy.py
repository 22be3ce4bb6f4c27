"""Notices of missions: bulletins about the country they are in, told apart from the ministry's advice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from advisoryd.model.ladder import Track
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.source import SourceKind
from advisoryd.sources import catalogue, embassy, options

from .asia import configured, small

SOURCE = catalogue.entries()["cn-embassy-jp"]
URL = str(SOURCE.options["url"])
READER = small("cn-embassy-jp")


def parse(*rows: tuple[str, str, str], css: str = "news-list") -> Parsed:
    """Rows of an address, a title and a day."""
    listed = "".join(f'<li><a href="{link}">{title}</a><span>{day}</span></li>' for link, title, day in rows)
    return READER.parse(Document(URL, f'<meta charset=utf-8><div class="{css}"><ul>{listed}</ul></div>'.encode()))


ROW = ("./202603/t1.htm", "再次提醒中国公民近期避免前往日本", "2026-03-05")


def test_a_notice_is_a_bulletin_about_the_country_of_the_mission() -> None:
    (item,) = parse(ROW).items
    assert (item.title, item.destinations) == (ROW[1], ("JP",))
    assert item.url == f"{URL}202603/t1.htm"
    assert item.published is not None
    assert item.published.at == datetime(2026, 3, 4, 16, tzinfo=UTC)


def test_a_notice_never_moves_a_level() -> None:
    parsed = parse(ROW)
    assert (parsed.pieces, parsed.complete) == ({}, False)
    assert READER.contract.shape is Shape.STREAM


def test_both_templates_of_the_sites_are_read() -> None:
    assert parse(ROW, css="list-content").items == parse(ROW).items


def test_the_entry_says_that_a_mission_speaks() -> None:
    assert embassy.TIER in SOURCE.tags
    assert (SOURCE.kind, SOURCE.destination) == (SourceKind.OFFICIAL, "JP")
    assert SOURCE.track != catalogue.entries()["cn-mfa"].track


def test_selectors_of_other_missions_may_be_configured() -> None:
    reader = small("cn-embassy-jp", row="article", title="h2", link="h2 a@href", date="time", zone="Europe/Berlin")
    body = b'<article><h2><a href="/n/1">Demonstrations</a></h2><time>2026-03-05</time></article>'
    (item,) = reader.parse(Document(URL, body)).items
    assert (item.title, item.url) == ("Demonstrations", "https://jp.china-embassy.gov.cn/n/1")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"destination": ""}, "a destination is needed"),
        ({"kind": SourceKind.NEWS}, "kind official"),
        ({"tags": ("mission",)}, "tier:mission"),
        ({"track": Track.SECURITY}, "its track must be another"),
        ({"options": {}}, '"url"'),
        ({"options": {"url": URL, "levels": {"避免": 3}, "level": "b"}}, "a mission's notices are bulletins"),
    ],
)
def test_an_entry_that_would_pass_for_the_ministrys_advice_is_refused(change: dict[str, Any], told: str) -> None:
    wrong = replace(SOURCE, **change)
    assert any(told in problem for problem in embassy.check_options(wrong))
    with pytest.raises(options.OptionError, match="cn-embassy-jp"):
        embassy.reader(wrong)


def test_the_entry_of_the_catalogue_is_right() -> None:
    assert embassy.check_options(configured("cn-embassy-jp")) == []


def test_a_notice_that_is_listed_twice_is_told() -> None:
    parsed = parse(ROW, ROW)
    assert [finding.kind for finding in parsed.findings] == [FindingKind.DUPLICATE]
    assert len(parsed.items) == 1


@pytest.mark.parametrize("body", ["", "<h1>404</h1>", '<ul class="other"><li><a href="x">提醒</a></li></ul>'])
def test_a_page_without_notices_is_unreadable(body: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        READER.parse(Document(URL, body.encode()))
    assert refusal.value.kind == "empty-list"


def test_renamed_elements_are_unreadable() -> None:
    body = '<div class="news-list"><li><b>提醒</b></li></div>'
    with pytest.raises(Unreadable) as refusal:
        READER.parse(Document(URL, body.encode()))
    assert refusal.value.kind == "wrong-shape"
