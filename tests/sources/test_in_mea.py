"""India's advisories: a list of titles, and notices whose words are the level."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.record import Record, Stamp
from advisoryd.sources import catalogue, options
from advisoryd.sources.in_mea import CONTRACT, LIST, check_options

from .asia import CASES, IN, configured, hear, small

READER = small("in-mea")
CASE = next(case for case in CASES if case.source == "in-mea")
Entry = tuple[int, str, str]
"""The number, the title and the day of a notice."""


def listed(*entries: Entry) -> Document:
    rows = "".join(
        f'<li><a href="advisories-details.htm?{number}">{title}</a> <span>{day}</span></li>'
        for number, title, day in entries
    )
    menu = '<li><a href="/travel-advisories.htm">Travel Advisories</a></li>'
    return Document(LIST, f"<!DOCTYPE html><meta charset=utf-8><ul>{menu}{rows}</ul>".encode())


def notice(*paragraphs: str, number: int = 7) -> Document:
    told = "".join(f"<p>{text}</p>" for text in paragraphs)
    return Document(f"{IN}/advisories-details.htm?{number}", f"<!DOCTYPE html><h3>Advisory</h3>{told}".encode())


def records(title: str, *paragraphs: str) -> list[Record]:
    documents = [listed((7, title, "November 16, 2026"))]
    return list(hear(READER, [*documents, notice(*paragraphs)] if paragraphs else documents).records)


def kinds(parsed: Parsed) -> list[FindingKind]:
    return [finding.kind for finding in parsed.findings]


def test_notices_are_known_by_their_numbers_and_followed_by_their_days() -> None:
    (follow,) = READER.parse(listed((7, "Travel advisory for Iran", "November 16, 2026"))).follow
    assert (follow.request.url, follow.key, follow.stamp) == (
        f"{IN}/advisories-details.htm?7",
        "7",
        "November 16, 2026",
    )


def test_a_notice_without_a_day_is_followed_by_its_title() -> None:
    (follow,) = READER.parse(listed((7, "Travel advisory for Iran", ""))).follow
    assert follow.stamp == "Travel advisory for Iran"


@pytest.mark.parametrize("day", ["November 16, 2026", "16 November 2026", "16 November, 2026", "2026-11-16"])
def test_the_day_is_indias(day: str) -> None:
    (found,) = hear(READER, [listed((7, "Travel advisory for Iran", day))]).records
    assert found.issued_at == Stamp(datetime(2026, 11, 15, 18, 30, tzinfo=UTC), day, day=True)


def test_the_level_is_unknown_until_the_notice_has_been_read() -> None:
    (found,) = records("Travel advisory for Iran")
    assert (found.destination, found.level, found.native_level) == ("IR", None, "Travel advisory for Iran")


@pytest.mark.parametrize(
    ("sentence", "level", "actions"),
    [
        ("Indian nationals in Iran are advised to leave Iran by available means.", 4, {Action.LEAVE, Action.AVOID_ALL}),
        ("Indian nationals are advised to avoid all travel to Iran until further notice.", 4, {Action.AVOID_ALL}),
        ("Indian nationals should avoid non-essential travel to Iran.", 3, {Action.AVOID_NON_ESSENTIAL}),
        ("Indian nationals in Iran are advised to exercise due caution.", 2, {Action.CAUTION}),
    ],
)
def test_the_words_of_the_notice_are_the_level(sentence: str, level: int, actions: set[Action]) -> None:
    (found,) = records("Travel advisory for Iran", sentence)
    assert (found.level, found.actions) == (level, actions)
    assert found.native_level in sentence


def test_the_title_can_hold_the_words() -> None:
    (found,) = records("Indian nationals are advised to avoid all travel to Yemen")
    assert (found.destination, found.level) == ("YE", Level.AVOID)


def test_words_that_nobody_knows_leave_the_level_unknown_and_are_told() -> None:
    strange = "Indian nationals are requested to think about their plans again."
    (found,) = records("Travel advisory for Iran", strange)
    assert (found.level, found.native_level) == (None, "Travel advisory for Iran")
    assert kinds(READER.parse(notice(strange))) == [FindingKind.UNKNOWN_LEVEL]
    assert kinds(READER.parse(notice("Indian nationals are advised to avoid all travel to Iran."))) == []


def test_a_notice_on_two_countries_is_two_records_each_with_its_own_level() -> None:
    found = records(
        "Travel advisory for Ukraine and Russia", "Indian nationals are advised to avoid all travel to Ukraine."
    )
    assert [(record.destination, record.level) for record in found] == [("RU", None), ("UA", Level.AVOID)]


def test_indians_and_india_are_no_destination() -> None:
    titles = ("Advisory for Indian nationals in Iran", "Advisory of the Government of India on Iran")
    assert {record.destination for title in titles for record in records(title)} == {"IR"}


def test_a_title_that_names_no_country_is_a_bulletin() -> None:
    parsed = READER.parse(listed((7, "Advisory on job offers abroad", "August 21, 2026")))
    assert (parsed.pieces, [item.title for item in parsed.items]) == ({}, ["Advisory on job offers abroad"])


def test_an_unknown_country_is_a_bulletin_and_not_lost() -> None:
    parsed = READER.parse(listed((7, "Travel advisory for Freedonia", "August 21, 2026")))
    assert [item.key for item in parsed.items] == ["7"]


def test_a_notice_that_the_list_does_not_name_makes_no_record() -> None:
    assert hear(READER, [notice("Indian nationals are advised to avoid all travel to Iran.")]).records == ()


def test_menus_and_headings_are_no_part_of_the_text() -> None:
    long = "Indian nationals in Iran are advised to exercise due caution."
    (found,) = records("Travel advisory for Iran", "Home.", "A heading that is long enough but is no sentence", long)
    assert [section.blocks for section in found.sections] == [(long,)]


def test_a_row_that_stands_there_twice_is_told() -> None:
    row = (7, "Travel advisory for Iran", "November 16, 2026")
    assert kinds(READER.parse(listed(row, row))) == [FindingKind.DUPLICATE]


@pytest.mark.parametrize(
    ("reason", "document", "kind"),
    [
        ("an empty list with its menus", listed(), "empty-list"),
        ("an error page", Document(LIST, CASE.body("error.html")), "empty-list"),
        ("an error page for a notice", Document(f"{IN}/advisories-details.htm?7", b"<p>Gone</p>"), "wrong-shape"),
        ("renamed links", Document(LIST, CASE.body("list.html").replace(b"advisories-details", b"view")), "empty-list"),
    ],
)
def test_a_document_in_another_shape_is_unreadable(reason: str, document: Document, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        READER.parse(document)
    assert refusal.value.kind == kind, reason


def test_half_a_list_is_unreadable() -> None:
    whole = catalogue.reader_for(catalogue.entries()["in-mea"])
    with pytest.raises(Unreadable) as refusal:
        whole.parse(listed(*((number, "Travel advisory for Iran", "") for number in range(4))))
    assert refusal.value.kind == "short-list"


def test_the_contract_is_that_of_a_stream() -> None:
    assert CONTRACT.shape is Shape.STREAM
    assert not READER.parse(listed((7, "Travel advisory for Iran", ""))).complete


def test_the_address_may_be_configured_and_nothing_else() -> None:
    (asked,) = small("in-mea", url="https://a.example/list").endpoints(datetime(2026, 1, 1, tzinfo=UTC))
    assert asked.url == "https://a.example/list"
    assert len(check_options(configured("in-mea", url=5, level=4))) == 2
    with pytest.raises(options.OptionError, match="in-mea"):
        small("in-mea", url="nowhere")
