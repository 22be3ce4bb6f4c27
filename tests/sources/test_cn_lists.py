"""List pages of Chinese ministries: rows found by their links, and pages that are no lists."""

from __future__ import annotations

import re

import pytest

from advisoryd.model.reading import Document, Unreadable
from advisoryd.sources import cn_lists
from advisoryd.sources.cn_lists import Row

URL = "https://a.example/list/"
LINK = re.compile(r"t\d+\.html")


def rows(body: str | bytes, charset: str = "") -> list[Row]:
    return cn_lists.rows(Document(URL, body.encode() if isinstance(body, str) else body, charset=charset), LINK)


@pytest.mark.parametrize(
    "row",
    [
        '<ul><li><a href="t1.html">提醒</a><span>2026-01-02</span></li></ul>',
        '<ul><li><span>[2026-01-02]</span><a href="./t1.html">提醒</a></li></ul>',
        '<table><tr><td><a href="/list/t1.html">提醒</a></td><td>2026年1月2日</td></tr></table>',
        '<dl><dd><a href="t1.html" title="提醒">提…</a> 2026/01/02</dd></dl>',
    ],
)
def test_a_row_is_a_link_with_its_title_and_day_whatever_its_element(row: str) -> None:
    (found,) = rows(row)
    assert (found.title, found.url) == ("提醒", "https://a.example/list/t1.html")
    assert found.day is not None
    assert found.day.at.isoformat() == "2026-01-01T16:00:00+00:00"


def test_a_day_in_the_title_is_not_the_day_of_the_row() -> None:
    (found,) = rows('<li><a href="t1.html">2025年1月1日起施行</a></li>')
    assert found.day is None


def test_other_links_are_no_rows() -> None:
    assert (
        len(
            rows('<li><a href="/about">关于</a></li><li><a href="t1.html">提醒</a></li><li><a href="t2.html"></a></li>')
        )
        == 1
    )


def test_a_page_says_itself_in_which_charset_it_is() -> None:
    body = '<meta charset="gb18030"><li><a href="t1.html">提醒</a></li>'.encode("gb18030")
    assert rows(body)[0].title == "提醒"


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("nothing", "", "empty-list"),
        ("a script that sends browsers on", "<script>window.location.replace('./x/');</script>", "wrong-shape"),
        ("a puzzle for browsers", "<script>document.cookie='a';</script><p>Wait</p>", "wrong-shape"),
        ("a wrong charset", "提醒".encode().decode("latin-1"), "garbled"),
        ("a page without rows", "<h1>系统维护中</h1>", "empty-list"),
    ],
)
def test_a_page_that_is_no_list_is_unreadable(reason: str, body: str, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        rows(body)
    assert refusal.value.kind == kind, reason
