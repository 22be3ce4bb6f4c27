"""Several tellings as one message: a digest, a burst of one issuer's changes, or what waited for the morning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from advisoryd.model.event import OPERATOR, Event, Kind
from advisoryd.model.ladder import strictest
from advisoryd.render.clean import address, clean
from advisoryd.render.compose import compose, headings, marked, story_line
from advisoryd.render.content import Content, Link
from advisoryd.render.headline import GONE, STANDING, known, level_values
from advisoryd.render.names import issuer_name, level_inline, place_in_sentence
from advisoryd.render.priority import priority_of
from advisoryd.render.sentences import mark, marks
from advisoryd.render.telling import Bundle, Gathering, Telling
from advisoryd.render.voice import Voice

_TITLES = {
    Gathering.DIGEST: marks("Digest: {count} change", "Digest: {count} changes"),
    Gathering.BURST: marks("{count} change at once", "{count} changes at once"),
    Gathering.QUIET: marks("{count} change during quiet hours", "{count} changes during quiet hours"),
}
_WATCHING = marks("Now watching {count} destination", "Now watching {count} destinations")
_NOTICES = marks("Operator: {count} notice", "Operator: {count} notices")
_SEVERAL = (
    mark("{issuer}: advice for {place} raised to {peak} and lowered again, back at {level}"),
    mark("{issuer}: advice for {place} changed several times, from {old} to {new}"),
    mark("{issuer}: advice for {place} changed several times, still {level}"),
    mark("{issuer}: advice for {place} changed several times, now {now}"),
    mark("{issuer}: advice for {place} changed several times, level now unknown"),
)


def compose_bundle(bundle: Bundle, voice: Voice) -> Content:
    """Everything ``bundle`` says: a heading, and an entry for each advisory, the most serious first."""
    entries = tuple(_entry(group, voice) for group in grouped(bundle.tellings))
    heading = marked(_heading(bundle, len(entries), voice), bundle.test, voice)
    unsubscribe = address(bundle.unsubscribe_url)
    name = bundle.subscription
    return Content(
        title=heading,
        headline=heading,
        tone=entries[0].tone if entries else "unknown",
        language=voice.tag,
        links=(Link("unsubscribe", voice.say("Unsubscribe"), unsubscribe),) if unsubscribe else (),
        footer=(
            *dict.fromkeys(clean(telling.attribution) for telling in bundle.tellings if telling.attribution),
            *([voice.say("You receive this through the subscription “{name}”", name=name)] if name else []),
        ),
        entries=entries,
        headings=headings(voice),
    )


def _heading(bundle: Bundle, entries: int, voice: Voice) -> str:
    """How many changes, and why they share a message; first sights and operator's notices are no changes."""
    kinds = {telling.event.kind for telling in bundle.tellings}
    if kinds == {Kind.BASELINE}:
        watched = sum(telling.census.destinations for telling in bundle.tellings if telling.census)
        return voice.count(*_WATCHING, watched)
    if kinds and kinds <= OPERATOR:
        return voice.count(*_NOTICES, entries)
    return voice.count(*_TITLES[bundle.gathering], entries)


def grouped(tellings: Iterable[Telling]) -> list[tuple[Telling, ...]]:
    """The tellings of one advisory together, oldest first; the most serious advisory first, then the latest."""
    groups: dict[tuple[str, ...], list[Telling]] = {}
    for telling in sorted(tellings, key=lambda telling: telling.event.at):
        groups.setdefault(_advisory(telling.event), []).append(telling)
    return sorted(map(tuple, groups.values()), key=_weight, reverse=True)


def _advisory(event: Event) -> tuple[str, ...]:
    """What is one line: several changes of the same advisory; anything else stays by itself."""
    if event.kind in STANDING | GONE and event.destination:
        return event.issuer, event.destination, event.track
    return (event.id,)


def _weight(group: Sequence[Telling]) -> tuple[int, int, float]:
    last = group[-1]
    level = strictest([telling.event.level_after for telling in group]) or 0
    return max(map(priority_of, group)), int(level), last.event.at.timestamp()


def _entry(group: Sequence[Telling], voice: Voice) -> Content:
    """One advisory's part. When its level moved more than once, one line says what became of it; the steps follow."""
    events = [telling.event for telling in group]
    moved = sum(event.level_before is not event.level_after for event in events)
    over = events[-1].kind in GONE | {Kind.LIFTED}
    main = group[-1] if over or moved > 1 else max(reversed(group), key=priority_of)
    entry = replace(compose(replace(main, created=None, timeline=()), voice), footer=())
    if len(group) == 1:
        return entry
    entry = replace(entry, timeline=tuple(story_line(event, voice) for event in events))
    if over or moved < 2:
        return entry
    line = voice.best(_SEVERAL, _several_values(events, voice))
    return replace(entry, headline=line, title=line)


def _several_values(events: Sequence[Event], voice: Voice) -> dict[str, str]:
    last = events[-1]
    peak = strictest([event.level_after for event in events])
    passed = peak is not None and last.level_after is not None and peak > last.level_after
    return level_values(events[0].level_before, last.level_after, level_inline, voice) | known(
        {
            "issuer": issuer_name(last, voice),
            "place": place_in_sentence(last.destination, voice),
            "peak": level_inline(peak, voice) if peak and passed else "",
        }
    )
