"""Any value of the model: every member of a dataclass is filled, so that a new member is tested without a new line."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from advisoryd.model.secret import Secret, plain
from advisoryd.store.instants import EPOCH

T = TypeVar("T")

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.builds(
    lambda microseconds, zone: (EPOCH + timedelta(microseconds=microseconds)).astimezone(zone),
    st.integers(0, 2**52),
    ZONES,
)
PLAIN = {str: WORDS, datetime: INSTANTS, int: st.integers(0, 2**31 - 1)}

many = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""For properties that are tried on one open transaction."""


def any_of(kind: type[T], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Instances of a dataclass; ``given`` are members that must be of a certain kind."""
    hints = get_type_hints(kind)
    members = {field.name: given.get(field.name, _of(hints[field.name])) for field in fields(kind)}  # type: ignore[arg-type]
    return st.builds(kind, **members)


def _of(hint: Any) -> st.SearchStrategy[Any]:
    if hint is Secret:
        return WORDS.map(plain)
    if hint in PLAIN:
        return PLAIN[hint]
    if is_dataclass(hint):
        return any_of(hint)
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return st.one_of([_of(part) for part in parts])
    if origin is tuple and parts[-1] is not Ellipsis:
        return st.tuples(*map(_of, parts))
    if origin is tuple:
        return st.lists(_of(parts[0]), max_size=3).map(tuple)
    if origin is frozenset:
        return st.frozensets(_of(parts[0]), max_size=3)
    return st.from_type(hint)
