"""The parts of a configuration, each checked by itself, so that one mistake hides no other.

A part that is wrong is read again without its wrong keys: what remains of it is still compared with the other parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, TypeVar

from pydantic import ValidationError

from advisoryd.settings import shape
from advisoryd.settings.collect import Collector
from advisoryd.settings.explain import explain, findings
from advisoryd.settings.keys import known_keys
from advisoryd.settings.lines import KeyPath
from advisoryd.settings.values import Part
from advisoryd.settings.words import near

T = TypeVar("T")
P = TypeVar("P", bound=Part)
Placed = tuple[tuple[KeyPath, T], ...]
"""Members of a list, each with its path."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What could be read."""

    sections: shape.Sections
    sources: Placed[shape.OwnSource]
    channels: Placed[shape.ChannelPart]
    subscriptions: Placed[shape.SubscriptionPart]


def read_parts(collector: Collector) -> Parts:
    """Check every part against its shape."""
    sections = _checked(lambda given: shape.Sections(**given), _tables(collector), collector, ())
    return Parts(
        sections or shape.Sections(),
        _members("source", shape.OwnSource, collector),
        _members("channel", shape.ChannelPart, collector),
        _members("subscription", shape.SubscriptionPart, collector),
    )


def _tables(collector: Collector) -> dict[str, Any]:
    """The tables of which there is one. Unknown names are told here: as arguments some would steer pydantic."""
    known = known_keys(())
    tables = {}
    for name, value in collector.document.tree.items():
        if name in shape.Sections.model_fields:
            tables[name] = value
        elif name not in known:
            collector.add((name,), f"is not a known table{near(name, known)}")
    return tables


def _members(name: str, model: type[P], collector: Collector) -> Placed[P]:
    value = collector.document.tree.get(name, [])
    if not isinstance(value, list):
        collector.add((name,), f"must be a list: write [[{name}]] instead of [{name}]")
        return ()
    found = []
    for position, member in enumerate(value):
        path = (name, position)
        part = _checked(model.model_validate, member, collector, path)
        if part is not None:
            found.append((path, part))
    return tuple(found)


def _checked(make: Callable[[Any], T], given: Any, collector: Collector, path: KeyPath) -> T | None:
    """What ``make`` makes of a table. Its wrong keys are told and then left out, with every table that cannot do
    without them; ``None`` when it cannot itself."""
    try:
        return make(given)
    except ValidationError as error:
        explain(error, collector, path)
        wrong = {_key(finding["loc"]) for finding in findings(error)}
    while isinstance(given, dict) and () not in wrong:
        given = _without(given, wrong)
        try:
            return make(given)
        except ValidationError as error:
            wrong = {_key(finding["loc"])[:-1] for finding in findings(error)}
    return None


def _key(path: KeyPath) -> KeyPath:
    """The key at ``path``, or the list around it: without some of its members the others would change their places."""
    return tuple(takewhile(lambda part: isinstance(part, str), path))


def _without(table: Mapping[str, Any], wrong: Iterable[KeyPath]) -> dict[str, Any]:
    kept = {name: value for name, value in table.items() if (name,) not in wrong}
    for name, value in kept.items():
        inner = {path[1:] for path in wrong if len(path) > 1 and path[0] == name}
        if inner:
            kept[name] = _without(value, inner)
    return kept
