"""JSON bodies and their typed getters."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.model.reading import Document, Unreadable
from advisoryd.sources import jsonbody

ROW: jsonbody.Row = {
    "name": " Côte\u00a0d’Ivoire ",
    "level": 3,
    "digits": "12",
    "yes": True,
    "one": 1,
    "no": "0",
    "many": [1, "a", {"x": 1}, "b"],
    "inner": {"x": 1},
}


def load(body: bytes) -> object:
    return jsonbody.load(Document("https://example.org/list", body))


def test_a_body_is_its_values() -> None:
    assert load('\ufeff{"a": ["ü", null]}'.encode()) == {"a": ["ü", None]}


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>busy</html>", b'{"a": 1', b'{"a": NaN}', b'"\\ud800"', b"[" * 100_000, b'{"a": 1e999}'],
)
def test_what_is_not_json_is_refused_by_name(body: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        load(body)
    assert refusal.value.kind == "wrong-shape"
    assert "https://example.org/list" in refusal.value.detail


def test_getters_answer_with_the_value_of_their_type() -> None:
    assert jsonbody.text(ROW, "name") == "Côte d’Ivoire"
    assert jsonbody.raw(ROW, "name") == " Côte\u00a0d’Ivoire "
    assert (jsonbody.integer(ROW, "level"), jsonbody.integer(ROW, "digits")) == (3, 12)
    assert [jsonbody.flag(ROW, name) for name in ("yes", "one", "no")] == [True, True, False]
    assert jsonbody.words(ROW, "many") == ["a", "b"]
    assert jsonbody.entries(ROW, "many") == [{"x": 1}]
    assert jsonbody.nested(ROW, "inner") == {"x": 1}


def test_getters_answer_with_nothing_for_a_value_of_another_type() -> None:
    assert jsonbody.text(ROW, "level") == jsonbody.raw(ROW, "inner") == jsonbody.text(ROW, "gone") == ""
    assert jsonbody.integer(ROW, "name") is jsonbody.integer(ROW, "yes") is jsonbody.integer(ROW, "gone") is None
    assert jsonbody.flag(ROW, "level") is jsonbody.flag(ROW, "gone") is jsonbody.flag(ROW, "inner") is None
    assert jsonbody.words(ROW, "inner") == jsonbody.entries(ROW, "level") == []
    assert jsonbody.nested(ROW, "many") == {}


@pytest.mark.parametrize(
    ("value", "kind"), [([], "an array"), (None, "null"), (3, "a number"), (True, "a truth value")]
)
def test_an_object_that_is_none_is_refused_by_name(value: object, kind: str) -> None:
    with pytest.raises(Unreadable, match=f"The list should be a JSON object but is {kind}"):
        jsonbody.mapping(value, "The list")


def test_an_array_gives_its_objects_and_must_be_one() -> None:
    assert jsonbody.rows([{"a": 1}, 2, None, {}], "The list") == [{"a": 1}, {}]
    with pytest.raises(Unreadable, match="should be a JSON array but is an object"):
        jsonbody.rows({}, "The list")


@given(st.binary(max_size=200))
def test_any_bytes_are_json_or_refused(body: bytes) -> None:
    with suppress(Unreadable):
        load(body)
