"""What changed, in sentences made from structure, such as "Region added: Hatay" and "Level unchanged: 3 of 4"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from advisoryd.model.event import Change, Event, Facet, Kind, Texture
from advisoryd.model.ladder import Level
from advisoryd.model.record import Stamp
from advisoryd.render.clean import Said, clean, shorten
from advisoryd.render.headline import gone, known, level_values, stands
from advisoryd.render.names import ACTIONS, REASONS, level_alone, named
from advisoryd.render.sentences import mark, marks
from advisoryd.render.telling import Telling
from advisoryd.render.voice import Voice

Teller = Callable[[Sequence[Change], Voice], list[str]]

_LEVELS = (
    mark("Level: {old} → {new}"),
    mark("Level unchanged: {level}"),
    mark("Level: {now}, before: unknown"),
    mark("Level: unknown, before: {was}"),
    mark("Level: unknown"),
)
_FIRST_LEVEL = (mark("Level: {now}"), mark("Level: unknown"))
_LAST_LEVEL = (mark("Last known level: {was}"), mark("Last known level: unknown"))
_HIGHEST = (
    mark("Highest level anywhere in the country: {old} → {new}"),
    mark("Highest level anywhere in the country: {now}"),
)
_TEXTURES: Mapping[Texture, str] = {
    Texture.DATE: mark("Only the review date moved."),
    Texture.WORDING: mark("Sentences were reworded; nothing else changed."),
    Texture.BOILERPLATE: mark("The same sentences changed on many pages of this issuer."),
}
_END = (mark("End date: {old} → {new}"), mark("New end date: {new}"), mark("End date removed: {old}"))
_ISSUED = (mark("Issuer's date: {old} → {new}"),)
_NAME_LENGTH = 120


def change_lines(telling: Telling, voice: Voice) -> tuple[str, ...]:
    """What changed, the weightiest first, levels apart."""
    event = telling.event
    texture = _TEXTURES.get(event.texture) if event.texture else None
    said_already = Facet.NAME if event.kind is Kind.RELABELLED else None
    return (
        *_told([change for change in event.changes if change.facet is not said_already], voice),
        *_scope(telling, voice),
        *_dates(telling, voice),
        *([voice.say(texture)] if texture else []),
    )


def _told(changes: Sequence[Change], voice: Voice) -> Iterator[str]:
    for facet, tell in _TELLERS.items():
        alike = [change for change in changes if change.facet is facet]
        if alike:
            yield from tell(alike, voice)


def level_lines(event: Event, voice: Voice) -> Iterator[str]:
    """What became of the country's level and of the strictest level anywhere, also when nothing did."""
    values = level_values(event.level_before, event.level_after, level_alone, voice)
    if gone(event):
        yield voice.best(_LAST_LEVEL, values)
    elif stands(event):
        first = event.kind is Kind.ISSUED and event.level_before in (None, Level.NORMAL)
        yield voice.best(_FIRST_LEVEL if first else _LEVELS, values)
        yield from _highest(event, voice)


def _highest(event: Event, voice: Voice) -> Iterator[str]:
    """The strictest level anywhere, said whenever it is not simply the country's own."""
    before = (event.level_before, event.highest_before)
    after = (event.level_after, event.highest_after)
    if after[1] is not None and (after[0] is not after[1] or before[0] is not before[1]):
        yield voice.best(_HIGHEST, level_values(before[1], after[1], level_alone, voice))


def _listing(plural: tuple[str, str], words: Mapping[str, str] | None = None) -> Teller:
    """Tells all changes of one facet in one sentence that lists them."""

    def tell(changes: Sequence[Change], voice: Voice) -> list[str]:
        names = [named(words or {}, _short(change.new or change.old), voice) for change in changes]
        return [voice.count(*plural, len(names), names=voice.listing(names))]

    return tell


def _region_levels(changes: Sequence[Change], voice: Voice) -> list[str]:
    return [_region_level(change, voice) for change in changes]


def _region_level(change: Change, voice: Voice) -> str:
    """A region's move; both values are ``name: step``, the step empty when it is not known."""
    name, _, new = change.new.rpartition(":")
    old = change.old.rpartition(":")[2]
    return voice.say("{region}: {old} → {new}", region=_short(name), old=_step(old, voice), new=_step(new, voice))


def _step(text: str, voice: Voice) -> str:
    """A step of the ladder in words, "unknown" when there is none, anything else as it is."""
    figure = text.strip()
    if figure in {str(int(level)) for level in Level}:
        return level_alone(Level(int(figure)), voice)
    return clean(figure) or voice.say("unknown")


def _renamed(changes: Sequence[Change], voice: Voice) -> list[str]:
    return [voice.say("Name: “{old}” → “{new}”", old=_short(change.old), new=_short(change.new)) for change in changes]


def _text(changes: Sequence[Change], voice: Voice) -> list[str]:
    """How many sentences came and went; both values are counts."""
    came = sum(int(change.new) for change in changes if change.new.isdecimal())
    went = sum(int(change.old) for change in changes if change.old.isdecimal())
    lines: list[str] = []
    if came:
        lines.append(voice.count("{count} sentence added", "{count} sentences added", came))
    if went:
        lines.append(voice.count("{count} sentence removed", "{count} sentences removed", went))
    return lines


def _scope(telling: Telling, voice: Voice) -> Iterator[str]:
    """That parts of the country came under stricter advice, or no longer are, where the issuer says only that much.
    Where it states levels, the line about the highest level tells more."""
    stated = [change for change in telling.event.changes if change.facet is Facet.SCOPE]
    if not stated or any(change.old or change.new for change in stated):
        return
    wider = telling.after.scope.regional if telling.after else telling.event.kind is Kind.WIDENED
    if wider:
        yield voice.say("Parts of the country are now under stricter advice; the issuer does not state their level.")
    else:
        yield voice.say("No part of the country is under stricter advice than the whole any more.")


def _dates(telling: Telling, voice: Voice) -> Iterator[str]:
    """The dates that moved, from the records, which know whether the issuer gave a time of day."""
    facets = {change.facet: change for change in telling.event.changes}
    records = [record for record in (telling.before, telling.after) if record]
    stamps = {stamp.at: stamp for record in records for stamp in (record.issued_at, record.expires_at) if stamp}
    for facet, messages in ((Facet.EXPIRY, _END), (Facet.DATE, _ISSUED)):
        if facet in facets:
            change = facets[facet]
            values = {"old": _date(change.old, stamps, voice), "new": _date(change.new, stamps, voice)}
            yield voice.best(messages, known(values))


def _date(text: str, stamps: Mapping[datetime, Stamp], voice: Voice) -> str:
    """An ISO instant as the reader's date; anything else as the issuer wrote it."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return clean(text)
    return voice.stamp(stamps.get(at) or Stamp(at)) if at.tzinfo else clean(text)


def _short(text: str) -> Said:
    return shorten(text, _NAME_LENGTH)


_TELLERS: Mapping[Facet, Teller] = {
    Facet.REGION_ADDED: _listing(marks("Region added: {names}", "Regions added: {names}")),
    Facet.REGION_REMOVED: _listing(marks("Region removed: {names}", "Regions removed: {names}")),
    Facet.REGION_LEVEL: _region_levels,
    Facet.ACTION_ADDED: _listing(marks("Now advised: {names}", "Now advised: {names}"), ACTIONS),
    Facet.ACTION_REMOVED: _listing(marks("No longer advised: {names}", "No longer advised: {names}"), ACTIONS),
    Facet.REASON_ADDED: _listing(marks("Reason added: {names}", "Reasons added: {names}"), REASONS),
    Facet.REASON_REMOVED: _listing(marks("Reason removed: {names}", "Reasons removed: {names}"), REASONS),
    Facet.SECTION_ADDED: _listing(marks("Section added: {names}", "Sections added: {names}")),
    Facet.SECTION_REMOVED: _listing(marks("Section removed: {names}", "Sections removed: {names}")),
    Facet.TEXT: _text,
    Facet.NAME: _renamed,
}
