"""What would this configuration have sent? The rules of every subscription over recorded events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from advisoryd.decide.match import match
from advisoryd.model.config import Config, Subscription
from advisoryd.model.event import Event

MONTH = 30.44


@dataclass(slots=True)
class Heard:
    """What one subscription would have been sent, by kind and by day."""

    subscription: str
    days: float
    kinds: Counter[str] = field(default_factory=Counter)
    by_day: Counter[str] = field(default_factory=Counter)
    events: list[Event] = field(default_factory=list)

    @property
    def messages(self) -> int:
        """How many messages, digests and bundles not joined."""
        return sum(self.kinds.values())

    @property
    def per_month(self) -> float:
        """Messages in an average month."""
        return self.messages / self.days * MONTH if self.days else 0.0

    @property
    def busiest_day(self) -> str:
        """The day with the most messages."""
        day = self.by_day.most_common(1)
        return f"{day[0][0]} ({day[0][1]})" if day else ""


def backtest(config: Config, events: Sequence[Event]) -> Iterator[Heard]:
    """Run every subscription over ``events``, oldest first."""
    ordered = sorted(events, key=lambda event: event.at)
    days = (ordered[-1].at - ordered[0].at).total_seconds() / 86400 if ordered else 0.0
    for subscription in config.subscriptions:
        yield _heard(config, subscription, ordered, days)


def _heard(config: Config, subscription: Subscription, events: Sequence[Event], days: float) -> Heard:
    tags = {source.id: source.tags for source in config.sources}
    heard = Heard(subscription.name, days)
    told: set[str] = set()
    for event in events:
        if match(subscription, event, tags.get(event.source, ()), event.story in told):
            heard.kinds[str(event.kind)] += 1
            heard.by_day[f"{event.at:%Y-%m-%d}"] += 1
            heard.events.append(event)
            told |= {event.story} if event.story else set()
    return heard
