"""The event as JSON values, for machines. The keys are documented in ``docs/messages.md`` and stay what they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from advisoryd import codec
from advisoryd.model.event import Event
from advisoryd.model.ladder import Level
from advisoryd.model.record import Stamp
from advisoryd.render.bundle import grouped
from advisoryd.render.clean import address
from advisoryd.render.compose import end_of
from advisoryd.render.headline import disputed, headline, unconfirmed
from advisoryd.render.names import place_name
from advisoryd.render.priority import priority_of
from advisoryd.render.telling import Bundle, Passage, Telling
from advisoryd.render.voice import Voice, issuers_day

EVENT_SCHEMA = "advisoryd.event/1"
BUNDLE_SCHEMA = "advisoryd.bundle/1"
_LONG = frozenset({"diff", "changes", "summary"})


def event_data(telling: Telling, voice: Voice) -> dict[str, object]:
    """Everything a program needs of one event. Native wording is verbatim; instants are ISO 8601 in UTC."""
    return {
        "schema": EVENT_SCHEMA,
        **_identity(telling.event),
        **_subject(telling, voice),
        **_substance(telling),
        "times": _times(telling),
        **_delivery(telling),
        "census": _census(telling),
    }


def _identity(event: Event) -> dict[str, object]:
    """Which event it is, and how far to trust it."""
    return {
        "id": event.id,
        "kind": str(event.kind),
        "story": event.story,
        "track": str(event.track),
        "source": event.source,
        "rule": event.reason,
        "grade": str(event.grade),
        "unconfirmed": unconfirmed(event),
        "disputed": disputed(event),
    }


def _subject(telling: Telling, voice: Voice) -> dict[str, object]:
    """Who says it about where."""
    event = telling.event
    return {
        "issuer": _place(event.issuer, voice) | {"authority": _text(telling.issuer_name)},
        "destination": _place(event.destination, voice) | {"native_name": _text(event.name)},
        "destinations": list(event.places),
        "headline": str(headline(event, voice, end_of(telling))),
    }


def _substance(telling: Telling) -> dict[str, object]:
    """What it says, in values of the ladder and in the issuer's words."""
    event = telling.event
    return {
        "levels": _levels(event),
        "texture": str(event.texture) if event.texture else None,
        "changes": [
            {"facet": str(change.facet), "old": _text(change.old), "new": _text(change.new)} for change in event.changes
        ],
        "diff": {"added": _passages(telling.added), "removed": _passages(telling.removed)},
        "language": _text(event.language),
        "title": _text(event.title),
        "summary": _text(event.summary),
        "outlet": _text(telling.item.outlet) if telling.item else "",
    }


def _delivery(telling: Telling) -> dict[str, object]:
    """What concerns this message and its recipient."""
    return {
        "priority": int(priority_of(telling)),
        "test": telling.test,
        "possible_duplicate": telling.possible_duplicate,
        "follows": telling.earlier.id if telling.earlier else None,
        "subscription": _text(telling.subscription),
        "why": _text(telling.why),
        "attribution": _text(telling.attribution),
        "links": {
            "official": str(address(telling.event.url)),
            "acknowledge": str(address(telling.acknowledge_url)),
            "unsubscribe": str(address(telling.unsubscribe_url)),
        },
    }


def bundle_data(bundle: Bundle, voice: Voice) -> dict[str, object]:
    """A bundle: why its events share a message, and the events in the order of the message."""
    ordered = [telling for group in grouped(bundle.tellings) for telling in group]
    return {
        "schema": BUNDLE_SCHEMA,
        "gathering": str(bundle.gathering),
        "subscription": bundle.subscription,
        "test": bundle.test,
        "events": [event_data(telling, voice) for telling in ordered],
    }


def _levels(event: Event) -> dict[str, object]:
    return {
        "before": _level(event.level_before),
        "after": _level(event.level_after),
        "highest_before": _level(event.highest_before),
        "highest_after": _level(event.highest_after),
        "native_before": _text(event.native_before),
        "native_after": _text(event.native_after),
        "top": int(max(Level)),
    }


def _times(telling: Telling) -> dict[str, object]:
    event = telling.event
    return {
        "issued": _stamp(event.issued_at),
        "expires": _stamp(end_of(telling)),
        "first_seen": _instant(event.first_seen),
        "recorded": _instant(event.at),
        "delivered": _instant(telling.now) if telling.now else None,
    }


def _stamp(stamp: Stamp | None) -> Mapping[str, object] | None:
    """An issuer's date. With ``day_only`` the instant would say more than the issuer did, so ``date`` is the truth."""
    if stamp is None:
        return None
    date = issuers_day(stamp).isoformat() if stamp.day else None
    return {"at": _instant(stamp.at), "date": date, "day_only": stamp.day, "text": _text(stamp.text)}


def _census(telling: Telling) -> Mapping[str, object] | None:
    if telling.census is None:
        return None
    levels = [{"level": _level(level), "destinations": count} for level, count in telling.census.levels]
    return {"destinations": telling.census.destinations, "levels": levels}


def _passages(passages: tuple[Passage, ...]) -> list[dict[str, str]]:
    return [{"section": _text(passage.section), "text": _text(passage.text)} for passage in passages]


def _place(place: str, voice: Voice) -> dict[str, str]:
    return {"id": place, "name": str(place_name(place, voice)) if place else ""}


def _level(level: Level | None) -> int | None:
    return None if level is None else int(level)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _text(text: str) -> str:
    """Verbatim, save for unpaired surrogates, which no JSON text may hold."""
    return text.encode("utf-8", "replace").decode()


def json_text(data: Mapping[str, object], limit: int | None) -> str:
    """``data`` as one line of JSON, in at most ``limit`` characters: whole, then without what is long, then the ids."""
    if limit is None:
        return codec.dumps(data).decode()
    texts = (codec.dumps(smaller).decode() for smaller in (data, _without(data), _ids(data), {}))
    return next((text for text in texts if len(text) <= limit), "")


def _without(data: Mapping[str, object]) -> dict[str, object]:
    kept = {name: value for name, value in data.items() if name not in _LONG}
    events = data.get("events")
    if isinstance(events, list):
        kept["events"] = [_without(event) for event in events]
    return kept | {"truncated": True}


def _ids(data: Mapping[str, object]) -> dict[str, object]:
    return {name: data[name] for name in ("schema", "id", "kind") if name in data} | {"truncated": True}
