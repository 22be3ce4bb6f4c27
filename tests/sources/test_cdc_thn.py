"""Travel Health Notices: keyed by what lasts of their address, joined for every place, on a track of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd import codec
from advisoryd.model.ladder import Level, Reason, Track
from advisoryd.model.reading import Document, FindingKind, Parsed, Unreadable
from advisoryd.model.record import Record
from advisoryd.sources import catalogue
from advisoryd.sources.cdc_thn import CONTRACT, FEED, CdcThn

GOLDEN = Path(__file__).parent / "golden" / "cdc-thn"
BODY = (GOLDEN / "notices.xml").read_bytes()
SOURCE = catalogue.entries()["cdc-thn"]
READER = CdcThn(SOURCE, contract=replace(CONTRACT, min_rows=1))


def item(title: str, path: str, posted: str = "Mon, 16 Nov 2026 05:00:00 GMT") -> str:
    return (
        f"<item><title>{title}</title><description>Take care.</description>"
        f"<link>https://wwwnc.cdc.gov/travel/notices/{path}</link><pubDate>{posted}</pubDate></item>"
    )


def parse(*items: str) -> Parsed:
    return READER.parse(Document(FEED, f"<rss><channel>{''.join(items)}</channel></rss>".encode()))


def records(parsed: Parsed) -> dict[str, Record]:
    return {key: record for key, piece in parsed.pieces.items() for record in READER.records(key, [piece])}


def test_the_recorded_feed_gives_the_recorded_records() -> None:
    parsed = READER.parse(Document(FEED, BODY))
    expected = json.loads((GOLDEN / "records.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(records(parsed).values()))) == expected
    assert parsed.complete
    assert [(found.kind, found.keys) for found in parsed.findings] == [
        (FindingKind.UNKNOWN_PLACE, ("oropouche-americas",))
    ]


def test_a_notice_about_several_countries_is_advice_on_each_of_them() -> None:
    found = records(READER.parse(Document(FEED, BODY)))
    assert {place: found[place].level for place in ("BO", "BR", "PE")} == dict.fromkeys(
        ("BO", "BR", "PE"), Level.CAUTION
    )
    assert found["TT"].level is Level.NORMAL


def test_the_strictest_of_several_notices_is_the_level_and_all_are_in_the_text() -> None:
    brazil = records(READER.parse(Document(FEED, BODY)))["BR"]
    assert (brazil.level, brazil.native_level, brazil.track) == (Level.CAUTION, "Level 2", Track.HEALTH)
    assert brazil.title == "Yellow Fever in Bolivia, Brazil, and Peru"
    assert brazil.url.endswith("/level2/yellow-fever-south-america")
    assert [section.heading for section in brazil.sections] == [
        "Oropouche in Brazil",
        "Yellow Fever in Bolivia, Brazil, and Peru",
    ]
    assert brazil.reasons == {Reason.HEALTH}


def test_a_new_level_in_the_address_is_the_same_notice() -> None:
    before = parse(item("Level 1 - Dengue in Fiji", "level1/dengue-fiji"))
    after = parse(item("Level 2 - Dengue in Fiji", "level2/dengue-fiji"))
    assert set(before.pieces) == set(after.pieces) == {"FJ"}
    assert (records(before)["FJ"].level, records(after)["FJ"].level) == (Level.NORMAL, Level.CAUTION)
    assert records(before)["FJ"].sections == records(after)["FJ"].sections


def test_while_both_addresses_are_listed_the_stricter_counts() -> None:
    both = parse(
        item("Level 3 - Dengue in Fiji", "level3/dengue-fiji"), item("Level 2 - Dengue in Fiji", "level2/dengue-fiji")
    )
    assert records(both)["FJ"].level is Level.RECONSIDER
    assert [found.kind for found in both.findings] == [FindingKind.DUPLICATE]


@pytest.mark.parametrize(
    ("title", "path", "place", "words"),
    [
        ("Level 2 - Clade I Mpox in Kenya", "level2/mpox", "KE", "Level 2"),
        ("LEVEL 4 — Avoid All Travel to Haiti", "level4/cholera", "HT", "Level 4"),
        ("Level 3: Cholera in the Bahamas", "level3/cholera", "BS", "Level 3"),
        ("Global Dengue", "level1/dengue-global", "WORLD", "Level 1"),
        ("Level 1 - Global Polio", "level1/polio", "WORLD", "Level 1"),
    ],
)
def test_the_forms_of_a_title(title: str, path: str, place: str, words: str) -> None:
    (record,) = records(parse(item(title, path))).values()
    assert (record.destination, record.native_level) == (place, words)
    assert record.level is Level(int(words[-1]))


@pytest.mark.parametrize(
    ("title", "path", "words"),
    [
        ("Level 5 - Dengue in Fiji", "level5/dengue", "Level 5"),
        ("Level two - Dengue in Fiji", "level2/dengue", "Level two"),
        ("Watch: Dengue in Fiji", "watch/dengue", "Watch: Dengue in Fiji"),
    ],
)
def test_a_level_nobody_knows_is_unknown_and_told(title: str, path: str, words: str) -> None:
    parsed = parse(item(title, path))
    assert (records(parsed)["FJ"].level, records(parsed)["FJ"].native_level) == (None, words)
    assert [found.kind for found in parsed.findings] == [FindingKind.UNKNOWN_LEVEL]


def test_one_notice_that_cannot_be_graded_leaves_its_place_without_a_level() -> None:
    parsed = parse(
        item("Level 3 - Cholera in Fiji", "level3/cholera"), item("Level 9 - Dengue in Fiji", "level9/dengue")
    )
    assert (records(parsed)["FJ"].level, records(parsed)["FJ"].native_level) == (None, "Level 9")


def test_midnight_in_washington_is_a_day_and_any_other_time_a_time() -> None:
    for posted, day in (
        ("Mon, 16 Nov 2026 05:00:00 GMT", True),
        ("Thu, 25 Jun 2026 04:00:00 GMT", True),
        ("Thu, 25 Jun 2026 05:00:00 GMT", False),
    ):
        (record,) = records(parse(item("Level 1 - Dengue in Fiji", "level1/d", posted))).values()
        assert record.issued_at is not None
        assert (record.issued_at.day, record.issued_at.text) == (day, posted)


ONE = f"<rss><channel>{item('Level 1 - Dengue in Fiji', 'level1/dengue')}</channel></rss>".encode()


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("an error page with 200", (GOLDEN / "error.html").read_bytes(), "wrong-shape"),
        ("no notices at all", b"<rss><channel/></rss>", "empty-list"),
        ("fewer than ever stood", ONE, "short-list"),
        ("a renamed element", BODY.replace(b"title>", b"name>"), "empty-list"),
        ("a feed cut off", BODY[:-300], "wrong-shape"),
        ("nothing", b"", "wrong-shape"),
    ],
)
def test_what_is_not_the_whole_list_is_unreadable(reason: str, body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        CdcThn(SOURCE).parse(Document(FEED, body))
    assert refusal.value.kind == kind, reason


def test_one_feed_is_asked_for() -> None:
    assert [request.url for request in READER.endpoints(datetime(2026, 11, 23, tzinfo=UTC))] == [FEED]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_mangled_bytes_are_read_or_refused(
    mangled: Callable[[bytes], SearchStrategy[bytes]], data: st.DataObject
) -> None:
    with suppress(Unreadable):
        parsed = READER.parse(Document(FEED, data.draw(mangled(BODY))))
        assert set(records(parsed)) == set(parsed.pieces)
