"""How hard a message may knock, what it is tagged with, and whether it ends its matter."""

from __future__ import annotations

from collections.abc import Mapping

from advisoryd.model.event import Event, Kind, Texture
from advisoryd.model.ladder import Action, Grade, Level, strictest
from advisoryd.model.message import Priority
from advisoryd.render.headline import stands
from advisoryd.render.telling import Telling

_STRICT: Mapping[Level, Priority] = {
    Level.AVOID: Priority.URGENT,
    Level.RECONSIDER: Priority.HIGH,
    Level.CAUTION: Priority.NORMAL,
    Level.NORMAL: Priority.NORMAL,
}
_ACTIONS: Mapping[Action, Level] = {
    Action.LEAVE: Level.AVOID,
    Action.SHELTER: Level.AVOID,
    Action.AVOID_ALL: Level.AVOID,
    Action.LEGAL_BAN: Level.AVOID,
    Action.AVOID_NON_ESSENTIAL: Level.RECONSIDER,
    Action.RECONSIDER: Level.RECONSIDER,
}
_BY_LEVEL = frozenset({Kind.RAISED, Kind.WIDENED, Kind.ISSUED, Kind.CONFIRMED, Kind.CORRECTED})
_KINDS: Mapping[Kind, Priority] = {
    Kind.REAFFIRMED: Priority.SILENT,
    Kind.SWEEP: Priority.LOW,
    Kind.AMENDED: Priority.LOW,
    Kind.BULLETIN: Priority.NORMAL,
    Kind.FIRST_REPORTED: Priority.NORMAL,
    Kind.CORROBORATED: Priority.NORMAL,
    Kind.SOURCE_DEGRADED: Priority.HIGH,
    Kind.CHANNEL_FAILING: Priority.HIGH,
    Kind.SOURCE_FINDING: Priority.NORMAL,
}
_OVER = frozenset({Kind.LIFTED, Kind.EXPIRED, Kind.SOURCE_RECOVERED, Kind.CHANNEL_RECOVERED})


def priority_of(telling: Telling) -> Priority:
    """Stricter advice knocks by its level: 4 urgent, 3 high, 2 and unknown normal. Looser advice is low, a mere
    repetition silent. Trouble with a source or channel is high, because silence would hide raises."""
    event = telling.event
    if event.kind in _BY_LEVEL:
        level = _strictest(telling)
        return _STRICT[level] if level is not None else Priority.NORMAL
    if event.kind is Kind.AMENDED and event.texture in (Texture.DATE, Texture.BOILERPLATE):
        return Priority.SILENT
    if event.kind is Kind.AMENDED and event.texture is Texture.SUBSTANCE:
        return Priority.NORMAL
    return _KINDS.get(event.kind, Priority.LOW)


def _strictest(telling: Telling) -> Level | None:
    """The strictest that is now said anywhere, by level or, where the level is unknown, by what is asked."""
    event, record = telling.event, telling.after
    asked = [_ACTIONS.get(action) for action in record.actions] if record and event.level_after is None else []
    return strictest([event.level_after, event.highest_after, *asked])


def tags_of(event: Event) -> tuple[str, ...]:
    """Stable words for filters: kind, ids, level, grade."""
    level = event.level_after if stands(event) else event.level_before
    return (
        str(event.kind),
        *([event.issuer] if event.issuer else []),
        *([event.destination] if event.destination else []),
        *([f"level-{int(level)}"] if level is not None else []),
        *(["unconfirmed"] if event.grade in (Grade.CORROBORATED, Grade.SINGLE) else []),
    )


def ends_matter(event: Event) -> bool:
    """Whether nothing remains to be done: an incident opened for the story may be closed."""
    return event.kind in _OVER or (event.kind is Kind.LOWERED and event.level_after is Level.NORMAL)
