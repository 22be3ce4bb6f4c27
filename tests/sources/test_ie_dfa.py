"""Ireland's travel advice: a list of pages, and a level printed in one of three places."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd import codec
from advisoryd.model.ladder import Level, Reason
from advisoryd.model.reading import Contract, Document, FindingKind, Parsed, Reader, Unreadable
from advisoryd.model.record import Record, Stamp
from advisoryd.sources import catalogue
from advisoryd.sources.ie_dfa import HEADERS, INDEX, IeDfa

GOLDEN = Path(__file__).parent / "golden" / "ie-dfa"
SOURCE = catalogue.entries()["ie-dfa"]
READER = IeDfa(SOURCE, contract=Contract(min_rows=1))
PAGES = ("jordan", "turkiye", "great-britain")
BODIES = {
    INDEX: (GOLDEN / "index.html").read_bytes(),
    **{f"{INDEX}{slug}/": (GOLDEN / f"{slug}.html").read_bytes() for slug in PAGES},
}

Read = Callable[..., dict[str, Record]]


def page(html: str, slug: str = "japan", reader: IeDfa = READER) -> Parsed:
    return reader.parse(Document(f"{INDEX}{slug}/", f"<main><h1>Japan</h1>{html}</main>".encode()))


def record_of(html: str, reader: IeDfa = READER) -> Record:
    (record,) = reader.records("japan", [page(html, reader=reader).pieces["japan"]])
    return record


def test_list_and_pages_give_the_recorded_records(read: Read) -> None:
    expected = json.loads((GOLDEN / "records.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(read(READER, BODIES).values()))) == expected


def test_the_list_is_asked_for_and_names_the_pages_without_a_stamp() -> None:
    assert [request.url for request in READER.endpoints(datetime(2026, 11, 23, tzinfo=UTC))] == [INDEX]
    parsed = READER.parse(Document(INDEX, BODIES[INDEX]))
    assert parsed.complete
    assert [(follow.request.url, follow.key, follow.stamp) for follow in parsed.follow] == [
        (f"{INDEX}{slug}/", slug, "") for slug in ("turkiye", "jordan", "cote-divoire", "great-britain")
    ]


def test_a_page_that_was_not_read_makes_no_record(read: Read) -> None:
    assert read(READER, {INDEX: BODIES[INDEX]}) == {}


@pytest.mark.parametrize(
    ("slug", "level"), [("great-britain", Level.NORMAL), ("jordan", Level.RECONSIDER), ("turkiye", Level.CAUTION)]
)
def test_the_level_is_found_in_each_of_its_three_places(read: Read, slug: str, level: Level) -> None:
    assert read(READER, BODIES)[slug].level is level


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Normal Precautions", 1),
        ("Normal safety precautions", 1),
        ("High degree of caution.", 2),
        ("Avoid Non Essential Travel", 3),
        ("Do not travel", 4),
    ],
)
def test_the_words_give_the_level_however_they_are_spelt(words: str, level: int) -> None:
    record = record_of(f'<p class="travel-landing--summary">{words}</p>')
    assert (record.level, record.native_level) == (level, words)


def test_wording_nobody_knows_is_an_unknown_level_and_is_told() -> None:
    html = '<p class="travel-landing--summary">Stay at Home</p>'
    assert (record_of(html).level, record_of(html).native_level) == (None, "Stay at Home")
    assert [found.kind for found in page(html).findings] == [FindingKind.UNKNOWN_LEVEL]


def test_a_page_without_a_readable_level_has_an_unknown_one_and_is_told() -> None:
    html = "<h3>Security Status</h3><p>Do Not Travel</p><p>Text.</p>"
    assert (record_of(html).level, record_of(html).native_level) == (None, "")
    assert [(found.kind, found.keys) for found in page(html).findings] == [(FindingKind.UNKNOWN_FIELD, ("japan",))]


LEGEND = "".join(
    f"<h3>{words}</h3><p>Explained.</p>"
    for words in ("Normal Precautions", "High Degree of Caution", "Avoid Non-Essential Travel", "Do Not Travel")
)


def test_a_legend_of_all_levels_is_no_level() -> None:
    assert record_of(LEGEND).level is None
    assert record_of(f'<p class="travel-landing--summary">Normal Precautions</p>{LEGEND}').level is Level.NORMAL


def test_of_several_accordions_that_disagree_none_is_the_level() -> None:
    accordion = '<div class="accordion_travel"><h3 class="accordion__title">{}</h3></div>'
    heading = '<div class="security-status-heading"><h2>Security Status</h2></div>'
    both = heading + accordion.format("Normal Precautions") + accordion.format("Do Not Travel")
    assert record_of(heading + accordion.format("Do Not Travel")).level is Level.AVOID
    assert record_of(both).level is None


def test_the_older_place_is_believed_before_the_newer() -> None:
    html = '<p class="travel-landing--summary">High Degree of Caution</p><h3>Do Not Travel</h3>'
    assert record_of(html).level is Level.CAUTION


def test_a_text_that_contradicts_the_header_is_told_and_not_believed() -> None:
    html = (
        '<p class="travel-landing--summary">Do Not Travel</p><h3>Security Status</h3><p>Normal precautions</p><p>x</p>'
    )
    assert record_of(html).level is Level.AVOID
    assert [found.kind for found in page(html).findings] == [FindingKind.UNUSUAL]


def test_a_legend_in_the_text_contradicts_nothing() -> None:
    html = '<p class="travel-landing--summary">Do Not Travel</p><h3>Security Status</h3><p>Normal Precautions</p>'
    assert page(html + "<p>High Degree of Caution</p><p>Do Not Travel</p>").findings == ()


def test_a_reader_that_knows_one_place_only_loses_every_level_in_the_redesign(read: Read) -> None:
    old = IeDfa(SOURCE, headers=HEADERS[:1], contract=Contract(min_rows=1))
    levels = {slug: record.level for slug, record in read(old, BODIES).items()}
    assert levels == {"turkiye": None, "jordan": None, "great-britain": Level.NORMAL}


def test_the_date_is_the_moment_of_saving_or_the_day_printed(read: Read) -> None:
    records = read(READER, BODIES)
    assert records["jordan"].issued_at == Stamp(
        datetime(2026, 11, 20, 9, 15, 48, 123456, tzinfo=UTC), "2026-11-20T09:15:48.123456+00:00"
    )
    assert records["great-britain"].issued_at == Stamp(datetime(2025, 6, 2, 23, tzinfo=UTC), "3 June 2025", day=True)


def test_the_level_and_the_date_are_no_part_of_the_text(read: Read) -> None:
    blocks = [block for section in read(READER, BODIES)["great-britain"].sections for block in section.blocks]
    assert blocks == ["Enjoy your stay."]


def test_reasons_are_those_of_the_advice_for_the_whole_country(read: Read) -> None:
    assert read(READER, BODIES)["jordan"].reasons == {Reason.ARMED_CONFLICT}
    html = "<p>We advise against all travel to the northern border due to war.</p>"
    assert record_of(html).reasons == frozenset()


def test_the_list_gives_the_name_and_the_page_only_where_the_list_has_lost_it(read: Read) -> None:
    assert read(READER, BODIES)["turkiye"].name == "Türkiye (Turkey)"
    alone = READER.parse(Document(f"{INDEX}jordan/", BODIES[f"{INDEX}jordan/"])).pieces["jordan"]
    assert READER.records("jordan", [alone])[0].name == "Jordan"


def test_an_unknown_place_is_quarantined_and_told() -> None:
    body = BODIES[INDEX].replace(b">Jordan<", b">Atlantis<")
    parsed = READER.parse(Document(INDEX, body))
    assert [(found.kind, found.keys) for found in parsed.findings] == [(FindingKind.UNKNOWN_PLACE, ("jordan",))]
    native = READER.parse(Document(f"{INDEX}jordan/", BODIES[f"{INDEX}jordan/"])).pieces["jordan"]
    assert READER.records("jordan", [parsed.pieces["jordan"], native])[0].destination == ""


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("half a list", BODIES[INDEX], "short-list"),
        ("an error page with 200", b"<html><body>Request blocked</body></html>", "empty-list"),
        ("nothing", b"", "empty-list"),
    ],
)
def test_what_is_not_the_whole_list_is_unreadable(reason: str, body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        IeDfa(SOURCE).parse(Document(INDEX, body))
    assert refusal.value.kind == kind, reason


def test_a_wrong_charset_label_changes_nothing() -> None:
    right = READER.parse(Document(INDEX, BODIES[INDEX]))
    assert READER.parse(Document(INDEX, BODIES[INDEX], charset="iso-8859-1")) == right


@pytest.mark.parametrize("url", list(BODIES))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mangled_bytes_are_read_or_refused(
    mangled: Callable[[bytes], SearchStrategy[bytes]], url: str, data: st.DataObject
) -> None:
    body = data.draw(mangled(BODIES[url]))
    with suppress(Unreadable):
        parsed = READER.parse(Document(url, body))
        assert all(len(READER.records(key, [piece])) <= 1 for key, piece in parsed.pieces.items())


@pytest.mark.slow
def test_seven_months_of_pages_are_read_without_a_wrong_or_lost_level(
    play: Callable[[Reader, str], Iterator[object]], true_changes: Callable[[str], list[tuple[object, ...]]]
) -> None:
    moved, told = [], set()
    for step in play(IeDfa(SOURCE), "ireland"):
        for old, new in step.changed.values():
            assert new.destination, new.name
            assert new.level is not None, new.name
            if old and old.level != new.level:
                moved.append((step.time, new.destination.partition("+")[0], old.level, new.level))
        told |= {(found.kind, found.keys) for found in step.findings}
    assert sorted(moved) == sorted(true_changes("IE"))
    assert told == {(FindingKind.UNUSUAL, ("chile",))}
