"""Norway's reiseinformasjon: a feed of edits, and a box on the pages it names."""

from __future__ import annotations

import pytest

from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import FindingKind, Unreadable
from advisoryd.model.record import Record
from tests.sources import european

FEED, JAPAN, OMAN = european.FILES["no-ud"]


def page(box: str, rest: str = "Oppdiktet.", name: str = "Oman") -> Record:
    html = (
        f"<main><h1>{name} - reiseinformasjon</h1><p>Sist oppdatert: 20.11.2026</p>{box}"
        f"<h3>Sikkerhet</h3><p>{rest}</p></main>"
    )
    return european.reader("no-ud").records("9900002", [european.parse("no-ud", OMAN, html).pieces["9900002"]])[0]


def box(text: str) -> str:
    return f"<h2>Reiseadvarsel for Oman</h2><p>{text}</p>"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Utenriksdepartementet fraråder alle reiser til Oman.", 4),
        ("UD fraråder reiser som ikke er strengt nødvendige til Oman.", 3),
        ("UD fraråder alle reiser til provinsen Hua. UD fraråder reiser som ikke er strengt nødvendige til Oman.", 3),
        ("UD fraråder alle reiser.", 4),
    ],
)
def test_the_box_gives_the_level(text: str, level: int) -> None:
    assert page(box(text)).level == level


def test_advice_about_parts_leaves_the_countrys_level_open() -> None:
    found = page(box("UD fraråder alle reiser til provinsen Hua."))
    assert (found.level, found.scope.regional, found.highest) == (None, True, Level.AVOID)
    assert found.native_level == "UD fraråder alle reiser til provinsen Hua."


def test_no_box_is_the_first_step_only_where_the_word_is_not_on_the_page() -> None:
    assert page("").level is Level.NORMAL
    assert page("", rest="Norske myndigheter fraråder opphold i landet.").level is None


def test_a_box_that_says_something_new_is_unknown_and_told() -> None:
    html = f"<main><h1>Oman - reiseinformasjon</h1>{box('Reis hjem.')}</main>"
    parsed = european.parse("no-ud", OMAN, html)
    assert parsed.pieces["9900002"]["level"] is None
    assert [found.kind for found in parsed.findings] == [FindingKind.UNKNOWN_LEVEL]


def test_before_the_page_was_read_the_summary_speaks() -> None:
    reader = european.reader("no-ud")
    feed = european.parse("no-ud", FEED, european.body("no-ud", "feed.xml"))
    assert [reader.records(key, [piece])[0].level for key, piece in feed.pieces.items()] == [None, Level.RECONSIDER]
    page_piece = european.parse("no-ud", JAPAN, european.body("no-ud", "japan.html")).pieces["9900001"]
    assert reader.records("9900001", [feed.pieces["9900001"], page_piece])[0].level is Level.NORMAL


def test_links_lose_what_measures_visits_and_pages_are_asked_for_when_edited() -> None:
    follow = european.parse("no-ud", FEED, european.body("no-ud", "feed.xml")).follow
    assert [(one.request.url, one.key, one.stamp) for one in follow] == [
        (JAPAN, "9900001", "2026-11-20T10:00:00+01:00"),
        (OMAN, "9900002", "2026-11-19T09:20:23+01:00"),
    ]


@pytest.mark.parametrize("url", [FEED, OMAN])
def test_a_challenge_of_200_is_neither_feed_nor_page(url: str) -> None:
    with pytest.raises(Unreadable):
        european.parse("no-ud", url, "<!DOCTYPE html><html><body><h1>Just a moment...</h1></body></html>")


def test_a_call_to_leave_is_kept_apart() -> None:
    text = "UD fraråder alle reiser til Oman. Nordmenn der oppfordres til å forlate landet."
    assert page(box(text)).actions == {Action.LEAVE}


def test_both_forms_of_a_heading_name_the_country() -> None:
    assert page("", name="Reiseinformasjon for Ghana").destination == "GH"
    assert page("", name="Ghana").destination == "GH"
