"""The first line and the subject: who says what about where, from which level to which."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisoryd.model.event import DOWNWARD, OPERATOR, UPWARD, Event, Facet, Kind
from advisoryd.model.ladder import Grade, Level
from advisoryd.model.record import Stamp
from advisoryd.render.clean import Said, clean, shorten
from advisoryd.render.names import issuer_name, level_inline, place_in_sentence, place_name
from advisoryd.render.sentences import HEADLINES, LABELS, TITLE_LEVEL_UNKNOWN, TITLES, WITH_HIGHEST
from advisoryd.render.voice import Voice

STANDING = (
    UPWARD
    | {Kind.RESTORED, Kind.LOWERED, Kind.NARROWED, Kind.LIFTED}
    | {Kind.AMENDED, Kind.REAFFIRMED, Kind.CORRECTED, Kind.CONFIRMED}
)
"""The kinds after which an advisory stands, so that its level is said even when it is unknown."""

GONE = DOWNWARD - STANDING
"""The kinds after which nothing stands, so that only the last known level can be said."""

_LONGEST = 240


def headline(event: Event, voice: Voice, expires: Stamp | None = None) -> Said:
    """The first line of every form. An unconfirmed or disputed report says so before anything else.

    ``expires`` is the issuer's end date, which an ``expiring`` event is about.
    """
    values = _values(event, voice) | known({"until": voice.stamp(expires) if expires else ""})
    sentence = voice.best(HEADLINES[event.kind], values) or _title(event, voice)
    stricter = _stricter_part(event)
    if stricter is not None:
        sentence = voice.say(WITH_HIGHEST, sentence=sentence, highest=level_inline(stricter, voice))
    return doubted(event, sentence, voice)


def title(event: Event, voice: Voice) -> Said:
    """The subject, short enough for a lock screen; marked as the first line is."""
    return doubted(event, _title(event, voice), voice)


def stands(event: Event) -> bool:
    """Whether an advisory stands after ``event``. A lift that states no new level leaves nothing, and says so."""
    return event.kind in STANDING and not (event.kind is Kind.LIFTED and event.level_after is None)


def gone(event: Event) -> bool:
    """Whether an advisory stood before ``event`` and no longer does."""
    return event.kind in STANDING | GONE and not stands(event)


def label(event: Event, voice: Voice) -> Said:
    """The kind of event in a word or two."""
    return voice.say(LABELS[event.kind])


def unconfirmed(event: Event) -> bool:
    """Whether only media say so. A confirmation's grade tells how it began, so its kind decides."""
    return event.grade in (Grade.CORROBORATED, Grade.SINGLE) and event.kind is not Kind.CONFIRMED


def disputed(event: Event) -> bool:
    """Whether the official source contradicts the report."""
    return event.kind is Kind.DISPUTED or event.grade is Grade.DISPUTED


def doubted(event: Event, text: str, voice: Voice) -> Said:
    """``text`` with the word of warning that it needs."""
    if disputed(event):
        return voice.say("DISPUTED – {text}", text=text)
    if unconfirmed(event):
        return voice.say("UNCONFIRMED – {text}", text=text)
    return Said(text)


def level_values(
    before: Level | None, after: Level | None, show: Callable[[Level, Voice], str], voice: Voice
) -> dict[str, str]:
    """The known levels under the names that sentences use (see :mod:`advisoryd.render.sentences`)."""
    was, now = (show(level, voice) if level is not None else "" for level in (before, after))
    values = {"was": was, "now": now}
    if was and now:
        values |= {"level": now} if before is after else {"old": was, "new": now}
    return known(values)


def _values(event: Event, voice: Voice) -> dict[str, str]:
    levels = level_values(event.level_before, event.level_after, level_inline, voice)
    return levels | known(
        {
            "issuer": issuer_name(event, voice) if event.issuer else "",
            "place": place_in_sentence(event.destination, voice) if event.destination else clean(event.name),
            "title": shorten(event.title, _LONGEST),
            "summary": shorten(event.summary, _LONGEST),
            "source": clean(event.source),
            **_renamed(event),
        }
    )


def _stricter_part(event: Event) -> Level | None:
    """The strictest level anywhere, when an advisory stands and it is not simply the country's own."""
    differs = stands(event) and event.highest_after is not event.level_after
    return event.highest_after if differs else None


def _title(event: Event, voice: Voice) -> Said:
    levels = level_values(event.level_before, event.level_after, lambda level, _: str(int(level)), voice)
    place = place_name(event.destination, voice) if event.destination else clean(event.name)
    values = known(
        {
            "label": label(event, voice),
            "place": place if event.kind not in OPERATOR else "",
            "issuer": place_name(event.issuer, voice) if event.issuer and event.kind not in OPERATOR else "",
            "source": clean(event.source),
            "title": clean(event.title),
        }
    )
    if stands(event) and "now" not in levels and {"place", "issuer"} <= values.keys():
        return voice.say(TITLE_LEVEL_UNKNOWN, **values)
    if stands(event):
        stricter = _stricter_part(event)
        values |= levels | known({"highest": str(int(stricter)) if stricter is not None else ""})
    return voice.best(TITLES, values) or label(event, voice)


def _renamed(event: Event) -> Mapping[str, str]:
    name = next((change for change in event.changes if change.facet is Facet.NAME), None)
    return {"name_old": clean(name.old), "name_new": clean(name.new)} if name else {}


def known(values: Mapping[str, str]) -> dict[str, str]:
    """``values`` without the empty ones."""
    return {name: value for name, value in values.items() if value}
