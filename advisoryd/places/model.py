"""What the other modules and their callers hand round: places, answers and mentions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place with an id of its own.

    ``id`` is ISO 3166-1 alpha-2 for countries and territories ("XK" Kosovo), ISO 3166-2 or made in its likeness for
    parts that issuers list by themselves ("PT-20" the Azores, "PS-GZ" Gaza), ours for seas ("SEA-ADEN") and "WORLD".
    ``alpha3`` and ``numeric`` are ISO 3166-1's other codes or ``""``. ``part_of`` is the place it belongs to: the
    state of a territory, the country of a part.
    """

    id: str
    alpha3: str = ""
    numeric: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which place a name means.

    ``place`` is an id, or ``""`` when that cannot be told. ``how`` is the rule that decided: ``code``, ``name``,
    ``foreign-name`` (of another language than the one given), ``alias``, ``former-name``, ``umbrella``, ``table`` (the
    explicit answer for an ambiguous name), ``composite``, ``folded``, or ``ambiguous`` and ``unknown``. ``detail`` is
    one sentence for the operator, empty when there is nothing to add; ``candidates`` are the places an ambiguous name
    may mean.
    """

    place: str
    how: str
    detail: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text: ``form`` is ``text[start:end]``.

    ``place`` is a country or territory (for a capital, city or region the one it lies in). ``kind`` is ``name``,
    ``demonym``, ``capital``, ``city`` or ``region``.
    """

    place: str
    start: int
    end: int
    form: str
    kind: str


class UnknownPlace(ValueError):
    """A word that is neither a place id nor a group: one sentence, and in ``near`` the words it may stand for."""

    def __init__(self, word: str, near: tuple[str, ...] = ()) -> None:
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"{word!r} is neither a place code nor a group of places{hint}")
        self.word = word
        self.near = near
