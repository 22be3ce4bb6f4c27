"""The HTML half of an e-mail: complete, readable without colour, quiet about the outside world."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from advisoryd.model.event import Kind
from advisoryd.model.message import Form
from advisoryd.render import Gathering, Telling, render
from advisoryd.render.samples import sample_bundles, samples


def page_of(telling: Telling) -> str:
    return render(telling, form=Form.EMAIL).html


def test_the_plain_half_says_everything_the_page_says() -> None:
    message = render(samples()[Kind.AMENDED], form=Form.EMAIL)
    assert message.body == render(samples()[Kind.AMENDED], form=Form.PLAIN).body
    for text in re.findall(r"<(?:li|h1|dd|blockquote|ins|del)[^>]*>([^<]+)</", message.html):
        assert unescape(text) in message.body


def test_the_diff_has_signs_and_marks_and_not_colour_alone() -> None:
    page = page_of(samples()[Kind.AMENDED])
    assert re.search(r'<p class="came".*<b aria-hidden="true">\+</b>.*<ins dir="auto"[^>]*>Wildfires are burning', page)
    assert re.search(r'<p class="went".*<b aria-hidden="true">−</b>.*<del dir="auto">There is a low risk', page)


def test_nothing_is_fetched_from_anywhere() -> None:
    for telling in (*samples().values(), *sample_bundles().values()):
        page = page_of(telling)
        assert not re.search(r"\bsrc=|<link|@import|url\(|<script|<iframe|<form|<table", page)


def test_the_page_names_its_language_and_that_of_the_quotes() -> None:
    page = render(samples()[Kind.RAISED], form=Form.EMAIL, locale="zh-TW").html
    assert '<html lang="zh-Hant">' in page
    assert '<blockquote lang="zh-Hans" dir="auto"' in page


def test_the_page_is_made_for_phones_and_for_the_dark() -> None:
    page = page_of(samples()[Kind.RAISED])
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in page
    assert "@media (prefers-color-scheme: dark)" in page
    assert "@media (max-width: 480px)" in page


@pytest.mark.parametrize(
    ("kind", "tone"),
    [
        (Kind.RAISED, "level-3"),
        (Kind.WIDENED, "level-4"),
        (Kind.LIFTED, "level-1"),
        (Kind.VANISHED, "unknown"),
        (Kind.FIRST_REPORTED, "report"),
        (Kind.SOURCE_DEGRADED, "operator"),
    ],
)
def test_the_colour_follows_what_holds_now(kind: Kind, tone: str) -> None:
    assert f'<div class="card {tone}"' in page_of(samples()[kind])


def test_headings_of_a_digest_are_nested() -> None:
    page = page_of(sample_bundles()[Gathering.DIGEST])
    assert page.count("<h1") == 1
    assert page.count("<h2") == 3
    assert page.count("<h3") >= 3


def test_links_to_act_are_there_and_the_way_out_is_last() -> None:
    telling = replace(
        samples()[Kind.RAISED],
        acknowledge_url="https://a.example/ack?x=1&y=2",
        unsubscribe_url="https://a.example/bye",
    )
    page = page_of(telling)
    assert 'href="https://a.example/ack?x=1&amp;y=2"' in page
    assert page.index("Official page") < page.index("Acknowledge") < page.index("Unsubscribe")


def test_every_opened_element_is_closed() -> None:
    for telling in (*samples().values(), *sample_bundles().values()):
        page = page_of(telling)
        for tag in (
            "div",
            "p",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "h1",
            "h2",
            "h3",
            "section",
            "blockquote",
            "a",
            "b",
        ):
            assert len(re.findall(rf"<{tag}[ >]", page)) == page.count(f"</{tag}>"), tag
