"""What every reader of a register checks, and how it tells the operator.

An issuer's fault often looks like an answer of 200 with nothing in it, or with half of it. Both must stop the reading,
or the missing rows would look like advice withdrawn.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisoryd.model.reading import Contract, Finding, FindingKind, Piece, Unreadable


def refuse_short(rows: int, contract: Contract, url: str) -> None:
    """Raises :class:`Unreadable` (``empty-list`` or ``short-list``) when ``url`` has fewer rows than promised."""
    if rows == 0:
        raise Unreadable("empty-list", f"{url} answered with an empty list.")
    if rows < contract.min_rows:
        raise Unreadable("short-list", f"{url} lists {rows} destinations; at least {contract.min_rows} are expected.")


def unknown_places(listing: Mapping[str, Piece]) -> tuple[Finding, ...]:
    """A finding for every row whose ``name`` led to no ``destination``."""
    return tuple(
        Finding(FindingKind.UNKNOWN_PLACE, f"No place is known by the name {piece.get('name')!r}.", (key,))
        for key, piece in listing.items()
        if not piece.get("destination")
    )


def unknown_level(key: str, name: str, words: str) -> Finding:
    """A finding for wording that is on no scale; the level of the row stays unknown."""
    return Finding(FindingKind.UNKNOWN_LEVEL, f"{name}: {words!r} is no known level.", (key,))


def unknown_field(key: str, name: str, field: str) -> Finding:
    """A finding for a field that carries the level and is missing, perhaps renamed."""
    return Finding(FindingKind.UNKNOWN_FIELD, f"{name} has no field {field!r}, which carries the level.", (key,))
