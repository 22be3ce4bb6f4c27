"""Values of the model as JSON and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd import codec
from advisoryd.model.ladder import Level, Reason
from advisoryd.model.record import Record, Region, Scope, Section, Stamp


class Foreign:
    """Something that JSON does not know."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Foreign) and other.name == self.name

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Holder:
    """What holds it: alone, under names, and among values of any kind."""

    one: Foreign | None = None
    many: dict[str, Foreign] = field(default_factory=dict)
    anything: dict[str, object] = field(default_factory=dict)


RECORD = Record(
    key="jp",
    issuer="CN",
    destination="JP",
    name="日本",
    language="zh-Hans",
    url="https://example.org/",
    level=Level.RECONSIDER,
    native_level="近期避免前往",
    scope=Scope(True, frozenset({Level.AVOID, Level.CAUTION}), (Region("Hatay", None),)),
    reasons=frozenset({Reason.UNREST, Reason.CRIME}),
    sections=(Section("安全", ("一", "二")),),
    issued_at=Stamp(datetime(2025, 11, 14, 14, 12, tzinfo=UTC), "2025-11-14 22:12", day=False),
)


def test_a_record_comes_back_as_it_was() -> None:
    assert codec.loads(codec.dumps(RECORD), Record) == RECORD


def test_letters_are_letters_and_instants_are_utc() -> None:
    text = codec.dumps(RECORD).decode()
    assert "近期避免前往" in text
    assert "2025-11-14T14:12:00Z" in text


@given(
    st.dates() | st.times() | st.timedeltas(timedelta(-9999), timedelta(9999)) | st.datetimes(timezones=st.just(UTC))
)
def test_times_of_every_kind_come_back(value: date | time | timedelta | datetime) -> None:
    assert codec.loads(codec.dumps(value), type(value)) == value


@given(st.permutations(list(Reason)))
def test_equal_values_have_one_canonical_form(reasons: list[Reason]) -> None:
    assert codec.canonical({"b": frozenset(reasons), "a": 1}) == codec.canonical({"a": 1, "b": frozenset(Reason)})


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", Record),
        (b"{", Record),
        (b"{}", Record),
        (b'{"level": 9}', Record),
        (b"\xff", str),
        (b'"x"', Level),
        (b"9", Level),
    ],
)
def test_what_is_not_of_its_type_is_malformed(data: bytes, kind: type[Any]) -> None:
    with pytest.raises(codec.Malformed):
        codec.loads(data, kind)


def test_plain_json_needs_no_type() -> None:
    assert codec.plain('{"a": [1, null, "x"]}') == {"a": [1, None, "x"]}
    with pytest.raises(codec.Malformed):
        codec.plain("{")


def test_what_json_does_not_know_is_refused_rather_than_guessed() -> None:
    with pytest.raises(TypeError):
        codec.dumps({"x": object()})


def written(value: object) -> dict[str, str]:
    if not isinstance(value, Foreign):
        raise TypeError("not ours")
    return {"foreign": value.name}


def read(kind: type, value: Any) -> Any:
    return Foreign(value["foreign"]) if isinstance(value, dict) and "foreign" in value else value


def test_others_may_say_how_their_values_are_written_and_read() -> None:
    held = Holder(Foreign("a"), {"x": Foreign("b")}, {"y": Foreign("c"), "z": [1, "two", None]})
    assert codec.loads(codec.dumps(held, written), Holder, read) == held


def test_what_they_do_not_know_either_is_refused() -> None:
    with pytest.raises(TypeError, match="not ours"):
        codec.dumps({"x": object()}, written)
