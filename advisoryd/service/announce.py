"""Giving an event its id, its story and its deliveries, in the transaction that recorded what it speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from advisoryd.decide.alarm import calms, escalates
from advisoryd.decide.correction import corrected
from advisoryd.decide.match import Answer, concerned_level, match
from advisoryd.decide.stories import matter, thread
from advisoryd.decide.windows import release_at
from advisoryd.model.config import Config, Operator, Subscription
from advisoryd.model.event import OPERATOR, Event, Kind
from advisoryd.model.ladder import Grade
from advisoryd.model.source import Source
from advisoryd.store import events, outbox
from advisoryd.store.engine import Tx
from advisoryd.store.outbox import Planned

OPERATOR_NAME = "operator"
MISSION = "tier:mission"
"""The tag of embassies and consulates."""

MINUTE = timedelta(minutes=1)
UNTHREADED = OPERATOR | {Kind.BASELINE, Kind.SWEEP}


class Announcer:
    """Knows who subscribes to what."""

    def __init__(self, config: Config) -> None:
        self._subscriptions = (*config.subscriptions, *_operator(config.operator, config))
        self._sources: Mapping[str, Source] = {source.id: source for source in config.sources}

    def announce(self, tx: Tx, event: Event, now: datetime, avoid: str = "") -> Event:
        """Record ``event`` and plan its deliveries; ``avoid`` names a channel that cannot tell of its own trouble."""
        known = threaded(tx, self._graded(_corrected(tx, event)))
        events.add(tx, known)
        planned = self._plan(tx, known, now)
        elsewhere = [item for item in planned if item.channel != avoid]
        outbox.plan(tx, elsewhere or planned, now)
        return known

    def _graded(self, event: Event) -> Event:
        """What a mission says is official by its hand only."""
        source = self._sources.get(event.source)
        of_mission = source is not None and MISSION in source.tags and event.grade is Grade.OFFICIAL
        return replace(event, grade=Grade.MISSION) if of_mission else event

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
        planned: list[Planned] = []
        for subscription, answer in self.answers(tx, event):
            if calms(subscription, event):
                outbox.drop_escalations(tx, subscription.name, now, "eased before it escalated", story=event.story)
            if answer:
                planned += _deliveries(subscription, answer, event, now)
        return _once_a_channel(planned) if event.kind is Kind.BASELINE else planned


def _deliveries(subscription: Subscription, answer: Answer, event: Event, now: datetime) -> list[Planned]:
    """One for each channel; and for those of the next step, which go out unless somebody acknowledges in time."""
    level = concerned_level(event)
    first = Planned(
        event=event.id,
        subscription=subscription.name,
        channel="",
        story=event.story,
        why=answer.why,
        release_at=release_at(now, subscription.quiet, subscription.digest, level),
        level=level,
    )
    planned = [replace(first, channel=channel) for channel in subscription.channels]
    if subscription.escalation is None or not escalates(subscription, event):
        return planned
    after = subscription.escalation.after
    why = f"{answer.why}; nobody has acknowledged it within {after // MINUTE} minutes"
    second = replace(first, why=why, release_at=first.release_at + after, escalation=True)
    return [*planned, *(replace(second, channel=channel) for channel in subscription.escalation.channels)]


def _corrected(tx: Tx, event: Event) -> Event:
    """Only a raise can be one, so nothing else pays for looking."""
    if event.kind is not Kind.RAISED:
        return event
    own = events.latest_story(tx, event.issuer, event.destination, track=event.track)
    return corrected(event, events.of_story(tx, own.id)) if own else event


def threaded(tx: Tx, event: Event) -> Event:
    """``event`` with its id and its story; the story is written."""
    known = events.identify(tx, event)
    if known.kind in UNTHREADED or known.story:
        return known
    about = matter(known.track)
    own = events.latest_story(tx, known.issuer, known.destination, track=known.track)
    near = events.latest_story(tx, known.issuer, known.destination, matter=about)
    rumour = events.latest_story(tx, known.issuer, known.destination, matter=about, confirmed=False)
    story = thread(known, own, near, rumour)
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
