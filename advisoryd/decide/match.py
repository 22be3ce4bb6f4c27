"""Who hears of an event, and the condition that decided, for what is sent and for what is not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from advisoryd import places
from advisoryd.model.config import Reports, Subscription
from advisoryd.model.event import OPERATOR, REPORTED, Event, Facet, Kind
from advisoryd.model.ladder import Grade, Level, strictest

DEFAULT_EVENTS = frozenset(
    {
        Kind.ISSUED,
        Kind.RAISED,
        Kind.WIDENED,
        Kind.LOWERED,
        Kind.NARROWED,
        Kind.LIFTED,
        Kind.EXPIRED,
        Kind.WITHDRAWN,
        Kind.AMENDED,
        Kind.SWEEP,
        Kind.CORRECTED,
    }
)

FOLLOW_UPS = frozenset(
    {
        Kind.LOWERED,
        Kind.NARROWED,
        Kind.LIFTED,
        Kind.EXPIRED,
        Kind.EXPIRING,
        Kind.WITHDRAWN,
        Kind.VANISHED,
        Kind.RESTORED,
        Kind.REAFFIRMED,
        Kind.CORRECTED,
        Kind.CORROBORATED,
        Kind.CONFIRMED,
        Kind.DISPUTED,
    }
)


_REGIONS = frozenset({Facet.REGION_ADDED, Facet.REGION_REMOVED, Facet.REGION_LEVEL})


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a subscription hears of an event. ``why`` names the condition, in words a person can act on."""

    hears: bool
    why: str

    def __bool__(self) -> bool:
        return self.hears


def match(subscription: Subscription, event: Event, tags: Collection[str] = (), told_before: bool = False) -> Answer:
    """Whether ``subscription`` hears of ``event``. ``tags`` are the source's; ``told_before`` says whether an earlier
    message of the event's story went to this subscription."""
    if subscription.operator or event.kind in OPERATOR:
        return _operator(subscription, event)
    if event.kind is Kind.BASELINE:
        return Answer(True, "the summary after a first reading goes to everybody once")
    for check in (_place, _issuer, _tags, _level, _direction, _region):
        problem = check(subscription, event, tags)
        if problem:
            return Answer(False, problem)
    if event.kind in REPORTED:
        return _report(subscription, event, told_before)
    return _kind(subscription, event, told_before)


def _operator(subscription: Subscription, event: Event) -> Answer:
    if event.kind is Kind.VANISHED:
        return Answer(True, "a row that vanished may be the source's fault")
    if event.kind not in OPERATOR:
        return Answer(False, "the operator hears of trouble only")
    if not subscription.operator:
        return Answer(False, f"{event.kind} concerns the operator only")
    return Answer(True, "operator notices go to the operator")


def _place(subscription: Subscription, event: Event, _: Collection[str]) -> str:
    if not subscription.destinations:
        return ""
    named = event.places or ((event.destination,) if event.destination else ())
    if not named:
        return "the destination cannot be told, and the subscription names destinations"
    concerned = {part for place in named for part in (place, *places.members(place))}
    if concerned & subscription.destinations:
        return ""
    return f"destination {', '.join(named)} is not among the subscription's"


def _issuer(subscription: Subscription, event: Event, _: Collection[str]) -> str:
    if not subscription.issuers or event.issuer in subscription.issuers:
        return ""
    return f"issuer {event.issuer} is not among the subscription's"


def _tags(subscription: Subscription, event: Event, tags: Collection[str]) -> str:
    if not subscription.tags or subscription.tags & set(tags):
        return ""
    return f"source {event.source} has none of the tags {', '.join(sorted(subscription.tags))}"


def concerned_level(event: Event) -> Level | None:
    """The strictest level an event concerns, before or after, in the country or a region of it."""
    return strictest((event.level_before, event.level_after, event.highest_before, event.highest_after))


def _level(subscription: Subscription, event: Event, _: Collection[str]) -> str:
    if subscription.min_level is None or event.kind is Kind.SWEEP:
        return ""
    level = concerned_level(event)
    if level is None:
        return ""
    if level >= subscription.min_level:
        return ""
    return f"level {int(level)} is below min_level {int(subscription.min_level)}"


def _direction(subscription: Subscription, event: Event, _: Collection[str]) -> str:
    if subscription.direction == "up" and event.downward:
        return f"{event.kind} makes the advice looser, and direction is up"
    if subscription.direction == "down" and event.upward:
        return f"{event.kind} makes the advice stricter, and direction is down"
    return ""


def _region(subscription: Subscription, event: Event, _: Collection[str]) -> str:
    """An event that names no region may concern the one that is wanted: not stated is not none."""
    if not subscription.regions or event.kind not in (Kind.WIDENED, Kind.NARROWED):
        return ""
    named = [change for change in event.changes if change.facet in _REGIONS]
    said = " ".join(f"{change.old} {change.new}" for change in named).casefold()
    if not named or any(region.casefold() in said for region in subscription.regions):
        return ""
    return f"none of the regions {', '.join(subscription.regions)} is named"


def _report(subscription: Subscription, event: Event, told_before: bool) -> Answer:
    wanted = subscription.reports
    if wanted is Reports.NONE:
        return Answer(False, "reports = none")
    if event.kind is Kind.CONSEQUENCE:
        return _listed(subscription, event, Kind.CONSEQUENCE in subscription.events)
    if told_before:
        return Answer(True, "follow-up of a story this subscription was told of")
    if wanted is Reports.ALL or event.grade in (Grade.CORROBORATED, Grade.MISSION):
        return Answer(True, f"reports = {wanted}")
    return Answer(False, "a single report, and reports = corroborated")


def _kind(subscription: Subscription, event: Event, told_before: bool) -> Answer:
    if told_before and (subscription.followups or event.kind is Kind.CORRECTED) and event.kind in FOLLOW_UPS:
        return Answer(True, "follow-up of a story this subscription was told of")
    listed = subscription.events or DEFAULT_EVENTS
    wanted = event.kind in listed or (event.kind is Kind.CORRECTED and Kind.RAISED in listed)
    if wanted and event.kind is Kind.AMENDED and event.texture not in subscription.textures:
        return Answer(False, f"a text change of class {event.texture}, and only {_words(subscription)} is heard")
    return _listed(subscription, event, wanted)


def _words(subscription: Subscription) -> str:
    return ", ".join(sorted(subscription.textures)) or "none"


def _listed(subscription: Subscription, event: Event, wanted: bool) -> Answer:
    if wanted:
        return Answer(True, f"{event.kind} is among the subscription's events")
    return Answer(False, f"{event.kind} is not among the subscription's events")
