"""What makes an entry the same one from poll to poll."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.sources.entries import canonical, identity


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://News.Example/World/1", "news.example/World/1"),
        ("http://news.example/world/1", "news.example/world/1"),
        ("https://news.example/w1#0", "news.example/w1"),
        ("https://news.example/w1#12", "news.example/w1"),
        ("https://news.example/w1?at_medium=RSS&at_campaign=rss", "news.example/w1"),
        ("https://news.example/w1?id=7&utm_source=x&page=2", "news.example/w1?id=7&page=2"),
        ("https://news.example/w1?traffic_source=rss#xtor=RSS-3208", "news.example/w1"),
        ("https://news.example/changes#japan", "news.example/changes#japan"),
        ("https://news.example/app#/item/3", "news.example/app#/item/3"),
        ("tag:feed.example,2026:29", "tag:feed.example,2026:29"),
        ("CBMiSYNTHETIC", "CBMiSYNTHETIC"),
        ("https://[broken", "[broken"),
        ("", ""),
    ],
)
def test_an_address_counts_without_scheme_tracking_and_edit_counter(address: str, expected: str) -> None:
    assert canonical(address) == expected


def test_the_ladder_goes_from_guid_to_link_to_title() -> None:
    assert identity("g", "https://a.example/1", "t") == "g"
    assert identity("", "https://a.example/1", "t") == "a.example/1"
    assert identity("", "", "t") == "t"
    assert identity("", "", "") == ""


def test_a_guid_that_moves_to_https_and_counts_its_edits_stays_the_same_entry() -> None:
    before = identity("http://news.example/w1#0", "", "China tells citizens to avoid Examplia")
    after = identity("https://news.example/w1#1", "", "China tells citizens to avoid Examplia (updated)")
    assert before == after


@given(st.text())
def test_the_scheme_never_makes_a_difference(rest: str) -> None:
    assert canonical(f"http://{rest}") == canonical(f"https://{rest}") == canonical(f"HTTP://{rest}")
