"""What would this configuration have sent? The rules of every subscription over recorded events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from advisoryd.decide.match import concerned_level, match
from advisoryd.decide.outbox import due_parcels
from advisoryd.decide.windows import release_at
from advisoryd.model.config import Config, Subscription
from advisoryd.model.event import Event, Kind
from advisoryd.model.standing import Delivery, DeliveryState

MONTH = 30.44
"""Days in an average month."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one subscription would have heard within ``days``; ``sent`` are the times of its messages, which are fewer
    than the events where several travel together."""

    subscription: str
    days: float
    events: tuple[Event, ...]
    sent: tuple[datetime, ...]

    @property
    def kinds(self) -> Counter[str]:
        """Events by kind."""
        return Counter(str(event.kind) for event in self.events)

    @property
    def per_month(self) -> float:
        """Messages in an average month."""
        return len(self.sent) / self.days * MONTH if self.days else 0.0

    def by_day(self) -> dict[str, Counter[str]]:
        """Events by day (UTC) and kind, the first day first."""
        days: dict[str, Counter[str]] = {}
        for event in self.events:
            days.setdefault(f"{event.at:%Y-%m-%d}", Counter())[str(event.kind)] += 1
        return days


@dataclass(frozen=True, slots=True)
class Rule:
    """What made a subscription hear of something: the kind of event, the rule that decided it, and its source."""

    subscription: str
    kind: str
    reason: str
    source: str


def backtest(config: Config, events: Sequence[Event], days: float) -> Iterator[Heard]:
    """Run every subscription over the events of ``days``. First readings are left out, and so are sources that the
    configuration does not watch."""
    tags = {source.id: source.tags for source in config.sources}
    ordered = sorted(events, key=attrgetter("at"))
    watched = [event for event in ordered if event.source in tags and event.kind is not Kind.BASELINE]
    for subscription in config.subscriptions:
        heard = _heard(subscription, watched, tags)
        yield Heard(subscription.name, days, tuple(heard), tuple(_sent(subscription, heard)))


def noisiest(heard: Iterable[Heard], most: int = 10) -> list[tuple[Rule, int]]:
    """The rules that most events were heard by, with the number of events."""
    counted = Counter(
        Rule(one.subscription, event.kind, event.reason, event.source) for one in heard for event in one.events
    )
    return counted.most_common(most)


def _heard(subscription: Subscription, events: Iterable[Event], tags: Mapping[str, Sequence[str]]) -> list[Event]:
    told: set[str] = set()
    heard = []
    for event in events:
        if match(subscription, event, tags[event.source], event.story in told):
            heard.append(event)
            told |= {event.story} if event.story else set()
    return heard


def _sent(subscription: Subscription, events: Iterable[Event]) -> Iterator[datetime]:
    """When messages go out: at once, with a digest or after quiet hours, and together where the outbox says so."""
    waiting = sorted((_delivery(number, subscription, event) for number, event in enumerate(events)), key=_due)
    for moment, due in groupby(waiting, key=_due):
        yield from (moment for _ in due_parcels(list(due), {subscription.name: subscription}, moment))


def _due(delivery: Delivery) -> datetime:
    return delivery.next_attempt


def _delivery(number: int, subscription: Subscription, event: Event) -> Delivery:
    level = concerned_level(event)
    return Delivery(
        id=number,
        event=event.id,
        subscription=subscription.name,
        channel="",
        state=DeliveryState.WAITING,
        created_at=event.at,
        next_attempt=release_at(event.at, subscription.quiet, subscription.digest, level),
        story=event.story,
        level=level,
    )
