"""Whether a subscription can ever hear anything. One that cannot is a mistake, and its silence would hide it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisoryd import places
from advisoryd.model.config import Reports, Subscription
from advisoryd.model.event import DOWNWARD, REPORTED, UPWARD
from advisoryd.model.source import Source, SourceKind
from advisoryd.settings.collect import Collector
from advisoryd.settings.lines import KeyPath
from advisoryd.settings.shape import SubscriptionPart
from advisoryd.settings.words import near


def check_reach(
    subscription: Subscription, part: SubscriptionPart, sources: Sequence[Source], path: KeyPath, collector: Collector
) -> None:
    """Tell of everything a subscription asks for that no watched source can bring."""
    dead = [*_issuers(subscription, part, sources), *_tags(part, sources), *_words(subscription, part, sources)]
    for key, sentence in dead:
        collector.add((*path, *key), sentence)
    if not dead and not any(_can_speak(source, subscription) for source in sources):
        collector.add(path, "can never be reached: no source that is watched speaks of what it asks for")


def _issuers(
    subscription: Subscription, part: SubscriptionPart, sources: Sequence[Source]
) -> Iterator[tuple[KeyPath, str]]:
    """Issuers that nobody is watched for. A news source may report what any issuer says."""
    if _hears_news(subscription, sources):
        return
    speaking = {source.issuer for source in sources}
    for position, issuer in enumerate(part.issuers):
        if issuer in subscription.issuers and issuer not in speaking:
            sentence = "can never be heard: no source of this issuer is watched; add one to [sources] enable"
            yield ("issuers", position), sentence


def _tags(part: SubscriptionPart, sources: Sequence[Source]) -> Iterator[tuple[KeyPath, str]]:
    known = {tag for source in sources for tag in source.tags}
    for position, tag in enumerate(part.tags):
        if tag not in known:
            yield ("tags", position), f"is a tag of no source that is watched{near(tag, known)}"


def _words(
    subscription: Subscription, part: SubscriptionPart, sources: Sequence[Source]
) -> Iterator[tuple[KeyPath, str]]:
    """Words that contradict each other."""
    wanted, reports = subscription.events, subscription.reports
    if reports is not Reports.NONE and not any(source.kind is SourceKind.NEWS for source in sources):
        yield ("reports",), "can never be heard: no news source is watched"
    if reports is Reports.NONE and wanted <= REPORTED:
        yield ("events",), 'are all media reports, and reports is "none"; set it to "corroborated" or "all"'
    barred = {"up": DOWNWARD, "down": UPWARD}.get(part.direction, frozenset())
    if wanted <= barred:
        yield ("direction",), "excludes every kind of event that events asks for"


def _hears_news(subscription: Subscription, sources: Sequence[Source]) -> bool:
    return subscription.reports is not Reports.NONE and any(source.kind is SourceKind.NEWS for source in sources)


def _can_speak(source: Source, subscription: Subscription) -> bool:
    if subscription.tags and not subscription.tags & set(source.tags):
        return False
    if source.kind is SourceKind.NEWS:
        return subscription.reports is not Reports.NONE
    if subscription.issuers and source.issuer not in subscription.issuers:
        return False
    if not source.destination or not subscription.destinations:
        return True
    return not subscription.destinations.isdisjoint({source.destination, *places.members(source.destination)})
