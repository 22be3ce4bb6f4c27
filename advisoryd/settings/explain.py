"""pydantic's findings in our words: what is wrong with which key, and what would be right, without any value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from advisoryd.settings.collect import Collector
from advisoryd.settings.keys import known_keys
from advisoryd.settings.lines import KeyPath
from advisoryd.settings.words import near

_KINDS = {
    "string_type": "must be text in quotes",
    "string_pattern_mismatch": "must be 1 to 63 lower-case letters, figures, dots, dashes or underscores",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a number",
    "list_type": 'must be a list such as ["first", "second"]',
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "missing": "is required",
}
_BOUNDS = {
    "greater_than_equal": ("at least", "ge"),
    "less_than_equal": ("at most", "le"),
    "greater_than": ("more than", "gt"),
    "less_than": ("less than", "lt"),
}


def findings(error: ValidationError) -> list[ErrorDetails]:
    """What pydantic found, without the values."""
    return error.errors(include_input=False, include_url=False)


def explain(error: ValidationError, collector: Collector, above: KeyPath = ()) -> None:
    """Every finding as a problem with its place; ``above`` is the path of the part that was checked."""
    for finding in findings(error):
        path = (*above, *(part for part in finding["loc"] if part != "[key]"))
        collector.add(path, _message(finding["type"], finding.get("ctx", {}), path, collector))


def _message(kind: str, context: Mapping[str, Any], path: KeyPath, collector: Collector) -> str:
    if kind == "extra_forbidden":
        return f"is not a known key{near(str(path[-1]), known_keys(path[:-1]))}"
    if kind == "model_type" and path[:-1] == ("sources",):
        hint = near(str(path[-1]), known_keys(("sources",)))
        return f"is not a known key{hint}; your own values for a source stand in a table [sources.<id>]"
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        return f"must be one of {context['expected']}{_meant(context['expected'], collector.document.value(path))}"
    if kind in _BOUNDS:
        words, name = _BOUNDS[kind]
        return f"must be {words} {context[name]:g}"
    return _KINDS.get(kind, "has the wrong form")


def _meant(expected: str, given: object) -> str:
    return near(given, expected.replace(" or ", ", ").replace("'", "").split(", ")) if isinstance(given, str) else ""
