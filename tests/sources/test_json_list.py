"""A JSON list whose rows and columns the configuration names."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd import codec
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Document, FindingKind, Parsed, Unreadable
from advisoryd.model.source import Source
from advisoryd.sources import json_list, options

GOLDEN = Path(__file__).parent / "golden" / "json"
URL = "https://advice.example/list.json"
NOW = datetime(2025, 11, 15, tzinfo=UTC)
ADVICE: dict[str, object] = {
    "url": URL,
    "rows": "countries",
    "key": "@key",
    "name": "names.en",
    "level": "advice.level",
    "levels": {"1": 1, "2": 2, "3": 3, "4": 4},
    "date": "advice.since",
    "date_format": "epoch",
    "link": "page",
    "text": "text",
}
NOTICES: dict[str, object] = {"url": URL, "key": "id", "title": "headline", "date": "at", "link": "link"}


def source(destination: str = "", **values: object) -> Source:
    return Source(id="my-json", issuer="IE", name="n", reader="json_list", destination=destination, options=values)


def parse(given_source: Source, body: str | bytes) -> Parsed:
    raw = body.encode() if isinstance(body, str) else body
    return json_list.reader(given_source).parse(Document(URL, raw))


def advice() -> str:
    return (GOLDEN / "advice.json").read_text("utf-8")


def test_an_object_of_rows_gives_the_recorded_records() -> None:
    reader = json_list.reader(source(**ADVICE))
    parsed = reader.parse(Document(URL, advice().encode()))
    found = [record for key, piece in parsed.pieces.items() for record in reader.records(key, [piece])]
    assert codec.plain(codec.canonical(found)) == json.loads((GOLDEN / "advice.records.json").read_text("utf-8"))
    assert parsed.complete


def test_an_array_without_levels_gives_the_recorded_items() -> None:
    parsed = parse(source("JP", **NOTICES), (GOLDEN / "notices.json").read_bytes())
    assert codec.plain(codec.dumps(parsed.items)) == json.loads((GOLDEN / "notices.items.json").read_text("utf-8"))


def test_a_number_that_the_map_does_not_hold_is_an_unknown_level() -> None:
    reader = json_list.reader(source(**ADVICE))
    parsed = reader.parse(Document(URL, advice().encode()))
    (mali,) = reader.records("ML", [parsed.pieces["ML"]])
    assert (mali.level, mali.native_level) == (None, "9")
    assert FindingKind.UNKNOWN_LEVEL in {found.kind for found in parsed.findings}


def test_the_last_document_counts_when_several_tell_of_a_row() -> None:
    reader = json_list.reader(source(**ADVICE))
    old = reader.parse(Document(URL, advice().encode())).pieces["JP"]
    new = {**old, "level": "4"}
    (record,) = reader.records("JP", [old, new])
    assert record.level is Level.AVOID
    assert reader.records("JP", []) == ()


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("an empty list", '{"countries": {}}', "empty-list"),
        ("half a list", '{"countries": {"JP": {"names": {"en": "Japan"}, "advice": {"level": 1}}}}', "short-list"),
        ("an error page with 200", "<html>Service unavailable</html>", "wrong-shape"),
        ("an answer for somebody else", '{"error": "quota"}', "wrong-shape"),
        ("rows that are text", '{"countries": "none"}', "wrong-shape"),
        ("a renamed field", advice().replace('"level"', '"advisoryLevel"'), "wrong-shape"),
        ("a renamed parent", advice().replace('"names"', '"title"'), "wrong-shape"),
        ("half a document", advice()[:300], "wrong-shape"),
    ],
)
def test_a_document_that_lost_rows_or_fields_is_unreadable(reason: str, body: str, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse(source(**ADVICE | {"min_rows": 3}), body)
    assert refusal.value.kind == kind, reason


@pytest.mark.parametrize(
    ("value", "path", "found"),
    [
        ({"a": {"b": [10, {"c": "x"}]}}, "a.b.1.c", "x"),
        ({"a": {"b": [10]}}, "a.b.0", 10),
        ({"a": 1}, "a.b", None),
        ({"a": [1]}, "a.5", None),
        ({"a": [1]}, "a.-1", None),
        ([1, 2], "", [1, 2]),
        (None, "a", None),
    ],
)
def test_a_path_leads_through_objects_and_arrays_or_nowhere(value: object, path: str, found: object) -> None:
    assert json_list._at(value, path) == found


@pytest.mark.parametrize(
    ("value", "text"),
    [("a  b", "a b"), (3, "3"), (3.5, "3.5"), (True, "true"), (None, ""), ([1], ""), ({"a": 1}, "")],
)
def test_a_plain_value_is_written_as_text(value: object, text: str) -> None:
    assert json_list._written(value) == text


def test_the_one_document_is_asked_for_as_json_and_options_are_checked() -> None:
    (request,) = json_list.reader(source(**ADVICE)).endpoints(NOW)
    assert (request.url, request.expect) == (URL, "json")
    found = json_list.check_options(source(rows=5, nmae="names.en"))
    assert len(found) == 4
    with pytest.raises(options.OptionError, match="my-json"):
        json_list.reader(source())


PARTS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
MEMBERS = st.sampled_from(["countries", "names", "en", "advice", "level", "page"])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["countries", "names", "en", "advice", "level", "page"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    )
)
@settings(max_examples=150, deadline=None)
def test_no_json_raises_anything_but_unreadable(value: object) -> None:
    reader = json_list.reader(source(**ADVICE))
    for body in (value, {"countries": value}):
        try:
            parsed = reader.parse(Document(URL, json.dumps(body).encode()))
        except Unreadable:
            continue
        for key, piece in parsed.pieces.items():
            assert len(reader.records(key, [piece])) == 1


def test_a_date_by_epoch_is_an_instant() -> None:
    reader = json_list.reader(source(**ADVICE))
    parsed = reader.parse(Document(URL, advice().encode()))
    (japan,) = reader.records("JP", [parsed.pieces["JP"]])
    assert japan.issued_at is not None
    assert japan.issued_at.at == datetime(2025, 11, 15, tzinfo=UTC)
