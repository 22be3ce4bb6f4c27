"""What things are called in the reader's language: places, issuers, levels, actions, reasons, grades.

Issuers are named by country and office ("China – foreign ministry"), never by an adjective, because that works in
every language. Levels are steps of the common ladder and say so in words, since the same figure means something else
on an issuer's own scale.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisoryd import places
from advisoryd.model.event import Event
from advisoryd.model.ladder import Action, Grade, Level, Reason, Track
from advisoryd.render.clean import Said, clean
from advisoryd.render.sentences import mark
from advisoryd.render.voice import Voice

_WITH_ARTICLE = frozenset(
    "AE AX BS CC CF CK DO FK FO GB GM IM IO KM KY MH MP MV NL PH PN SB SC TC US VG VI ES-CN PS-WB PT-20".split()
)
_SEA = "SEA-"
_WORLD = "WORLD"

_BODIES: Mapping[str, str] = {
    "EU": mark("European Union"),
    "WHO": mark("World Health Organization"),
    "UN": mark("United Nations"),
}
_OFFICES: Mapping[str, str] = {
    Track.HEALTH: mark("{country} – health authority"),
    Track.STUDY: mark("{country} – education ministry"),
    Track.TOURISM: mark("{country} – tourism ministry"),
    Track.HAZARD: mark("{country} – hazard service"),
}
_MINISTRY = mark("{country} – foreign ministry")
_OWN_MINISTRIES: Mapping[str, str] = {
    "US": mark("{country} – State Department"),
    "GB": mark("{country} – Foreign Office"),
    "JP": mark("{country} – Ministry of Foreign Affairs"),
    "HK": mark("{country} – Security Bureau"),
}
_EMBASSY = mark("{country} – embassy")

LEVELS: Mapping[Level, str] = {
    Level.NORMAL: mark("normal precautions"),
    Level.CAUTION: mark("increased caution"),
    Level.RECONSIDER: mark("reconsider travel"),
    Level.AVOID: mark("do not travel"),
}
ACTIONS: Mapping[str, str] = {
    Action.CAUTION: mark("be cautious"),
    Action.RECONSIDER: mark("reconsider your trip"),
    Action.AVOID_NON_ESSENTIAL: mark("avoid non-essential travel"),
    Action.AVOID_ALL: mark("avoid all travel"),
    Action.LEAVE: mark("leave the country"),
    Action.SHELTER: mark("stay in a safe place"),
    Action.REGISTER: mark("register with the embassy"),
    Action.LEGAL_BAN: mark("travel is banned by law"),
}
REASONS: Mapping[str, str] = {
    Reason.ARMED_CONFLICT: mark("armed conflict"),
    Reason.TERRORISM: mark("terrorism"),
    Reason.CRIME: mark("crime"),
    Reason.KIDNAPPING: mark("kidnapping"),
    Reason.UNREST: mark("civil unrest"),
    Reason.DETENTION: mark("arbitrary detention"),
    Reason.HEALTH: mark("health"),
    Reason.NATURAL_HAZARD: mark("natural hazards"),
    Reason.POLITICAL: mark("political tension"),
    Reason.ENTRY_RULES: mark("entry rules"),
    Reason.TRANSPORT: mark("transport"),
    Reason.OTHER: mark("other reasons"),
}
GRADES: Mapping[Grade, str] = {
    Grade.OFFICIAL: mark("official, read at the issuer's own source"),
    Grade.MISSION: mark("official, through an embassy or consulate"),
    Grade.CORROBORATED: mark("several independent media, no official confirmation"),
    Grade.SINGLE: mark("a single media report, no official confirmation"),
    Grade.DISPUTED: mark("disputed, the official source does not show it"),
}


def place_name(place: str, voice: Voice) -> str:
    """The name of a place id as it stands alone, in a title or a list."""
    body = _BODIES.get(place)
    return voice.say(body) if body else clean(places.display_name(place, voice.exact))


def place_in_sentence(place: str, voice: Voice) -> str:
    """The name within a sentence. English alone needs it: the other languages' sentences take names without article."""
    name = place_name(place, voice)
    if voice.tag != "en":
        return name
    if place == _WORLD:
        return Said("the whole world")
    return Said(f"the {name}") if place in _WITH_ARTICLE or place.startswith(_SEA) else name


def issuer_name(event: Event, voice: Voice) -> str:
    """Who speaks: ``China – foreign ministry``; for bodies that are no country's, their name."""
    country = place_name(event.issuer, voice)
    if event.grade is Grade.MISSION:
        return voice.say(_EMBASSY, country=country)
    if event.issuer in _BODIES and (event.issuer, event.track) != ("EU", Track.HEALTH):
        return country
    office = _OFFICES.get(event.track) or _OWN_MINISTRIES.get(event.issuer, _MINISTRY)
    return voice.say(office, country=country)


def level_inline(level: Level, voice: Voice) -> str:
    """``level 3 (reconsider travel)``, for the middle of a sentence."""
    return voice.say("level {number} ({words})", number=int(level), words=voice.say(LEVELS[level]))


def level_alone(level: Level, voice: Voice) -> str:
    """``3 of 4 (reconsider travel)``, after a label."""
    values = {"number": int(level), "top": int(max(Level)), "words": voice.say(LEVELS[level])}
    return voice.say("{number} of {top} ({words})", **values)


def named(words: Mapping[str, str], value: str, voice: Voice) -> str:
    """``value`` in the words of :data:`ACTIONS` or :data:`REASONS`; one that they do not hold stays as it is."""
    message = words.get(value)
    return voice.say(message) if message else clean(value)
