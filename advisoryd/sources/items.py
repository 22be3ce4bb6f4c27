"""The entries of a list as items, each key once."""

from __future__ import annotations

from collections.abc import Iterable

from advisoryd.model.reading import Finding, FindingKind, Parsed
from advisoryd.model.record import Item


def each_once(found: Iterable[Item]) -> Parsed:
    """The items that have a key, in their order; of two with one key the last counts, and the operator hears."""
    keyed = [item for item in found if item.key]
    whole = {item.key: item for item in keyed}
    doubled = len(keyed) - len(whole)
    findings = (Finding(FindingKind.DUPLICATE, f"Entries that share an identity: {doubled}; the last one counts."),)
    return Parsed(items=tuple(whole.values()), findings=findings if doubled else ())
