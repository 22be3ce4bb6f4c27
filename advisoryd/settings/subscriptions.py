"""The subscriptions of a configuration, read from words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import TypeVar

from advisoryd import places
from advisoryd.decide.match import DEFAULT_EVENTS
from advisoryd.model.config import Digest, Escalation, Quiet, Reports, Subscription
from advisoryd.model.event import Texture
from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.settings import shape, words
from advisoryd.settings.channels import channel_names
from advisoryd.settings.collect import Collector
from advisoryd.settings.lines import KeyPath
from advisoryd.settings.parts import Parts
from advisoryd.settings.reach import check_reach

T = TypeVar("T")
EVERYTHING = "*"
_TAKEN = "operator"
"""The name under which the operator's own notices are delivered."""


def build_subscriptions(parts: Parts, sources: Sequence[Source], collector: Collector) -> tuple[Subscription, ...]:
    """Every subscription, each proven to be reachable."""
    built = []
    seen = {_TAKEN}
    for path, part in parts.subscriptions:
        if part.name in seen:
            collector.add((*path, "name"), "is taken, by another subscription or by the daemon; give it another one")
        seen.add(part.name)
        check_channels(part.channels, (*path, "channels"), collector)
        subscription = _subscription(part, path, parts.sections.daemon, collector)
        if not collector.spoilt("sources", "source"):
            check_reach(subscription, part, sources, path, collector)
        built.append(subscription)
    return tuple(built)


def check_channels(wanted: Sequence[str], path: KeyPath, collector: Collector) -> None:
    """Every channel must be there."""
    known = channel_names(collector)
    if not wanted:
        collector.add(path, "must name at least one channel")
    for position, name in enumerate(wanted):
        if name not in known:
            collector.add((*path, position), f"is the name of no channel{words.near(name, known)}")


def check_locale(locale: str, path: KeyPath, collector: Collector) -> None:
    """Messages must be written in its language; its region is free (``pt-BR``)."""
    if locale in ("", "en"):
        return
    from advisoryd.render.voice import LOCALES

    tags = [known.replace("_", "-") for known in LOCALES]
    if locale.replace("_", "-").partition("-")[0].lower() not in {tag.partition("-")[0] for tag in tags}:
        collector.add(path, f"is not a language that messages are written in{words.near_or_all(locale, tags)}")


def _subscription(
    part: shape.SubscriptionPart, path: KeyPath, daemon: shape.Daemon, collector: Collector
) -> Subscription:
    zone = part.timezone or daemon.timezone
    check_locale(part.locale, (*path, "locale"), collector)
    events = _each(part.events, words.events, (*path, "events"), collector)
    return Subscription(
        name=part.name,
        channels=tuple(dict.fromkeys(part.channels)),
        destinations=_named(part.destinations, _destination, (*path, "destinations"), collector),
        issuers=_named(part.issuers, lambda word: (words.issuer(word),), (*path, "issuers"), collector),
        events=frozenset(kind for kinds in events for kind in kinds) or DEFAULT_EVENTS,
        textures=frozenset(map(Texture, part.text)),
        min_level=_level(part.min_level),
        direction=part.direction,
        tags=frozenset(part.tags),
        regions=tuple(part.regions),
        reports=Reports(part.reports),
        followups=part.followups,
        quiet=_quiet(part.quiet, zone, (*path, "quiet"), collector) if part.quiet else None,
        digest=_digest(part, zone, path, collector),
        escalation=_escalation(part, path, collector),
        locale=part.locale or daemon.locale,
        zone=zone,
    )


def _named(
    given: Sequence[str], read: Callable[[str], Iterable[str]], path: KeyPath, collector: Collector
) -> frozenset[str]:
    """The ids that words stand for; empty when all are meant."""
    if not given:
        collector.add(path, 'must name at least one, or be left out for "*"')
    ids = _each(given, lambda word: () if word == EVERYTHING else read(word), path, collector)
    return frozenset() if EVERYTHING in given else frozenset(one for found in ids for one in found)


def _each(
    given: Sequence[str], read: Callable[[str], Iterable[T]], path: KeyPath, collector: Collector
) -> list[Iterable[T]]:
    return [collector.attempt((*path, place), partial(read, word), ()) for place, word in enumerate(given)]


def _destination(word: str) -> Collection[str]:
    try:
        return places.expand([word])
    except places.UnknownPlace as unknown:
        hint = f" (did you mean {' or '.join(map(repr, unknown.near))}?)" if unknown.near else ""
    raise ValueError(f'must be a place by ISO code such as "JP", a group such as "asean", or "*"{hint}')


def _level(number: int | None) -> Level | None:
    return None if number is None else Level(number)


def _quiet(part: shape.QuietPart, zone: str, path: KeyPath, collector: Collector) -> Quiet:
    if part.begin == part.end:
        collector.add((*path, "to"), "must differ from when the quiet hours begin")
    days = _each(part.days, _weekday, (*path, "days"), collector)
    return Quiet(
        begin=part.begin,
        end=part.end,
        zone=part.timezone or zone,
        days=frozenset(day for found in days for day in found) or frozenset(range(1, 8)),
        unless_level=_level(part.unless_level),
    )


def _weekday(word: str) -> tuple[int]:
    if word.lower() not in words.WEEKDAYS:
        raise ValueError(f'must be a week day such as "monday"{words.near(word, words.WEEKDAYS)}')
    return (words.WEEKDAYS.index(word.lower()) + 1,)


def _digest(part: shape.SubscriptionPart, zone: str, path: KeyPath, collector: Collector) -> Digest | None:
    if not part.digest:
        if part.digest_unless_level and collector.document.value((*path, "digest")) is None:
            collector.add((*path, "digest_unless_level"), "means nothing without digest")
        return None
    found = collector.attempt((*path, "digest"), partial(words.digest, part.digest), None)
    if found is None:
        return None
    every, at, weekday = found
    return Digest(every=every, zone=zone, at=at, weekday=weekday, unless_level=_level(part.digest_unless_level))


def _escalation(part: shape.SubscriptionPart, path: KeyPath, collector: Collector) -> Escalation | None:
    if not part.escalate_to:
        for key in sorted({"escalate_after", "escalate_level"} & part.model_fields_set):
            collector.add((*path, key), "means nothing without escalate_to")
        return None
    check_channels(part.escalate_to, (*path, "escalate_to"), collector)
    for position, name in enumerate(part.escalate_to):
        if name in part.channels:
            collector.add((*path, "escalate_to", position), "is among channels already; name another one")
    channels = tuple(dict.fromkeys(part.escalate_to))
    return Escalation(channels=channels, after=part.escalate_after, level=Level(part.escalate_level))
