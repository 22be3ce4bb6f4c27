"""Events and advice in one line, for listings; and places as people name them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from advisoryd.cli.common import MISUSED, Stop

if TYPE_CHECKING:
    from advisoryd.model.event import Event
    from advisoryd.model.ladder import Level
    from advisoryd.model.record import Scope
    from advisoryd.model.standing import Standing


def line_of(event: Event) -> str:
    """An event in the words of the shortest message form."""
    from advisoryd.model.message import Form
    from advisoryd.render import Telling, render

    return render(Telling(event=event), form=Form.SHORT).title


def level_words(level: Level | None) -> str:
    """A level for a table; unknown is said, never left to look calm."""
    return "unknown" if level is None else f"level {int(level)}"


def standing_words(standing: Standing) -> str:
    """What stands, with where it is not certain."""
    from advisoryd.model.standing import State

    record = standing.record
    if standing.state is State.NO_ADVICE:
        words = "no advice in force"
    elif standing.state is State.IN_FORCE:
        words = level_words(record.level)
    else:
        words = f"{standing.state}, last {level_words(record.level)}"
    since = standing.stale_since
    return words + _parts(record.level, record.scope) + (f", not confirmed since {since:%Y-%m-%d}" if since else "")


def review_words(standing: Standing, fresh_from: datetime) -> str:
    """A flag for advice whose newest date lies before ``fresh_from``: old, which is not the same as ended."""
    dated = standing.dated
    return f", not reviewed since {dated:%Y-%m-%d}" if dated and dated < fresh_from else ""


def _parts(level: Level | None, scope: Scope) -> str:
    """What is known of stricter advice for parts of the place."""
    if scope.max_level is not None:
        return "" if level is not None and level >= scope.max_level else f", parts at level {int(scope.max_level)}"
    return ", other levels in parts" if scope.regional else ""


def places_named(word: str) -> set[str]:
    """The ids that a name, a code or a group stands for, with the parts of a composite. Raises :class:`Stop`."""
    from advisoryd import places

    found = places.resolve(word)
    if found.place:
        return {found.place, *places.members(found.place)}
    try:
        return set(places.expand([word]))
    except places.UnknownPlace as problem:
        raise Stop(found.detail if found.how == "ambiguous" else str(problem), MISUSED) from None


def concerning(wanted: Collection[str], known: Collection[str]) -> set[str]:
    """Of the destinations that issuers speak about, those that are, or cover, a wanted place."""
    from advisoryd import places

    return {place for place in known if place in wanted or not set(wanted).isdisjoint(places.members(place))}
