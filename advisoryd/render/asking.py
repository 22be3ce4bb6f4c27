"""What the page behind an acknowledge link says, in its reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from advisoryd.model.event import Event
from advisoryd.render.headline import headline
from advisoryd.render.voice import voice_for


@dataclass(frozen=True, slots=True)
class Asked:
    """One line each. ``button`` is empty when nothing is left to do."""

    language: str
    headline: str
    note: str
    button: str = ""


def asked(event: Event, given_at: datetime | None, locale: str, zone: str) -> Asked:
    """The question whether ``event`` is acknowledged, or, with ``given_at``, that it was."""
    voice = voice_for(locale, zone)
    line = headline(event, voice)
    if given_at is not None:
        return Asked(voice.tag, line, voice.say("Acknowledged: {when}", when=voice.moment(given_at)))
    note = voice.say("You confirm that somebody takes care of this. The alert then goes to nobody else.")
    return Asked(voice.tag, line, note, voice.say("Acknowledge"))
