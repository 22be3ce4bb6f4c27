"""Giving an event its id, its story and its deliveries, in the transaction that recorded what it speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from advisoryd.decide.match import Answer, concerned_level, match
from advisoryd.decide.stories import matter, thread
from advisoryd.decide.windows import release_at
from advisoryd.model.config import Config, Operator, Subscription
from advisoryd.model.event import OPERATOR, Event, Kind
from advisoryd.model.source import Source
from advisoryd.store import events, outbox
from advisoryd.store.engine import Tx
from advisoryd.store.outbox import Planned

OPERATOR_NAME = "operator"
UNTHREADED = OPERATOR | {Kind.BASELINE, Kind.SWEEP}


class Announcer:
    """Knows who subscribes to what."""

    def __init__(self, config: Config) -> None:
        self._subscriptions = (*config.subscriptions, *_operator(config.operator, config))
        self._sources: Mapping[str, Source] = {source.id: source for source in config.sources}

    def announce(self, tx: Tx, event: Event, now: datetime, avoid: str = "") -> Event:
        """Record ``event`` and plan its deliveries; ``avoid`` names a channel that cannot tell of its own trouble."""
        known = threaded(tx, event)
        events.add(tx, known)
        planned = self._plan(tx, known, now)
        elsewhere = [item for item in planned if item.channel != avoid]
        outbox.plan(tx, elsewhere or planned, now)
        return known

    def answers(self, tx: Tx, event: Event) -> list[tuple[Subscription, Answer]]:
        """What every subscription says to an event."""
        source = self._sources.get(event.source)
        tags = source.tags if source else ()
        return [
            (subscription, match(subscription, event, tags, self._told(tx, event, subscription)))
            for subscription in self._subscriptions
        ]

    def _told(self, tx: Tx, event: Event, subscription: Subscription) -> bool:
        return outbox.told(tx, event.story, subscription.name)

    def _plan(self, tx: Tx, event: Event, now: datetime) -> list[Planned]:
        level = concerned_level(event)
        planned = [
            Planned(
                event=event.id,
                subscription=subscription.name,
                channel=channel,
                story=event.story,
                why=answer.why,
                release_at=release_at(now, subscription.quiet, subscription.digest, level),
                level=level,
            )
            for subscription, answer in self.answers(tx, event)
            if answer
            for channel in subscription.channels
        ]
        return _once_a_channel(planned) if event.kind is Kind.BASELINE else planned


def threaded(tx: Tx, event: Event) -> Event:
    """``event`` with its id and its story; the story is written."""
    known = events.identify(tx, event)
    if known.kind in UNTHREADED or known.story:
        return known
    own = events.latest_story(tx, known.issuer, known.destination, track=known.track)
    near = events.latest_story(tx, known.issuer, known.destination, matter=matter(known.track))
    story = thread(known, own, near)
    events.save_story(tx, story)
    return replace(known, story=story.id)


def _once_a_channel(planned: Sequence[Planned]) -> list[Planned]:
    """The summary after a first run goes to each channel once, however many subscriptions share it."""
    return list({item.channel: item for item in reversed(planned)}.values())


def _operator(operator: Operator, config: Config) -> list[Subscription]:
    if not operator.channels:
        return []
    return [
        Subscription(
            name=OPERATOR_NAME,
            channels=operator.channels,
            operator=True,
            locale=config.locale,
            zone=config.zone,
        )
    ]
