"""Comparing what a replay found with the labelled truth: precision and recall by kind, and the delay in polls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from advisoryd import places
from advisoryd.model.event import Event, Kind
from advisoryd.service.recorded import as_utc, values
from advisoryd.service.replay import Replayed

UP, DOWN, WIDER, NARROWER, TEXT = "level raised", "level lowered", "scope widened", "scope narrowed", "text"
_OF_KIND = {
    Kind.ISSUED: UP,
    Kind.RAISED: UP,
    Kind.CORRECTED: UP,
    Kind.LOWERED: DOWN,
    Kind.LIFTED: DOWN,
    Kind.WIDENED: WIDER,
    Kind.NARROWED: NARROWER,
}
CLASSES = (UP, DOWN, WIDER, NARROWER)
_ADVICE = ("risk", "warnings", "advisory", "overview")


@dataclass(frozen=True, slots=True)
class Truth:
    """One true event of the truth file: what its labels say, as far as they are used here. ``regional_advisory`` is
    ``added`` or ``removed``; ``sections`` are the parts of the page that changed."""

    time: datetime
    issuer: str
    destination_iso2: str
    destination: str
    kind: str
    old_level: int | None = None
    new_level: int | None = None
    native_old: str | None = None
    native_new: str | None = None
    cosmetic: bool = False
    mass_edit: bool = False
    flap: bool = False
    sections: list[str] | None = None
    regional_advisory: str | None = None
    alert_status_changed: bool | None = None
    date_unchanged: bool | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A true event and the event that was found for it, if any. ``polls`` is the delay: 0 means the same poll."""

    truth: Truth
    event: Event | None = None
    polls: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """The result for one issuer. ``finer`` are scope events that the truth knows only as a change of that page's text
    about risk; ``extra`` are events of a class that the truth does not have at all."""

    issuer: str
    matches: dict[str, list[Match]] = field(default_factory=dict)
    extra: dict[str, list[Event]] = field(default_factory=dict)
    finer: dict[str, list[Event]] = field(default_factory=dict)

    def counts(self, name: str) -> tuple[int, int, int, int]:
        """True events, found ones, extra ones, and finer ones of a class."""
        matches = self.matches.get(name, [])
        found = sum(match.event is not None for match in matches)
        return len(matches), found, len(self.extra.get(name, [])), len(self.finer.get(name, []))


def read_truth(path: Path) -> list[Truth]:
    """The labelled events of a truth file (JSON lines, plain or xz). Raises
    :class:`~advisoryd.service.recorded.NotAStream`."""
    return list(values(path, Truth, "a true event"))


def score(replayed: Replayed, truth: Iterable[Truth]) -> Score:
    """Match the events of one replay with the truth of its issuer."""
    mine = [row for row in truth if row.issuer == replayed.issuer and not row.flap]
    result = Score(replayed.issuer)
    left = {name: [event for event in replayed.events if _OF_KIND.get(event.kind) == name] for name in CLASSES}
    for row in mine:
        name = class_of(row)
        if name not in CLASSES:
            continue
        event = _find(row, left[name])
        if event is not None:
            left[name].remove(event)
        delay = _polls_between(as_utc(row.time), event.at, replayed.polls) if event else 0
        result.matches.setdefault(name, []).append(Match(row, event, delay))
    about_risk = {(as_utc(row.time), row.destination_iso2) for row in mine if _about_risk(row)}
    for name, events in left.items():
        for event in events:
            finer = name in (WIDER, NARROWER) and any((event.first_seen, code) in about_risk for code in covers(event))
            (result.finer if finer else result.extra).setdefault(name, []).append(event)
    return result


def class_of(row: Truth) -> str:
    """The class of a true event: a level that moved, a scope that moved, or text."""
    if row.old_level is not None and row.new_level is not None and row.old_level != row.new_level:
        return UP if row.new_level > row.old_level else DOWN
    if row.regional_advisory:
        return WIDER if row.regional_advisory == "added" else NARROWER
    if row.alert_status_changed:
        return WIDER if _parts(row.native_new) > _parts(row.native_old) else NARROWER
    return TEXT


def _parts(native: str | None) -> tuple[bool, bool]:
    """How strict a GOV.UK alert status is about parts of a country."""
    return ("avoid_all_travel_to_parts" in (native or ""), "avoid_all_but_essential_travel_to_parts" in (native or ""))


def _about_risk(row: Truth) -> bool:
    """Whether the truth saw the text of the advice itself change, not that on health, entry rules or embassies. In
    Australia's export the overview is where the levels of parts of a country stand."""
    words = " ".join(row.sections or []).lower()
    return row.kind == "text_changed" and not row.cosmetic and any(word in words for word in _ADVICE)


def _find(row: Truth, events: Sequence[Event]) -> Event | None:
    moment = as_utc(row.time)
    for event in events:
        if event.first_seen == moment and row.destination_iso2 in covers(event):
            return event
    return None


def covers(event: Event) -> tuple[str, ...]:
    """The places that an event is about, a composite with its members."""
    return (event.destination, *places.members(event.destination))


def _polls_between(first: datetime, last: datetime, polls: Sequence[datetime]) -> int:
    return sum(first < moment <= last for moment in polls)


def totals(scores: Sequence[Score], name: str) -> tuple[int, int, int, int]:
    """The counts of a class over all issuers."""
    sums: Counter[int] = Counter()
    for result in scores:
        for place, number in enumerate(result.counts(name)):
            sums[place] += number
    return sums[0], sums[1], sums[2], sums[3]
