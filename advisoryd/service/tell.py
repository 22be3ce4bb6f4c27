"""Assembling what a message says from what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from advisoryd import logs
from advisoryd.decide.alarm import escalates
from advisoryd.decide.changes import text_gap
from advisoryd.decide.outbox import Parcel, were_held
from advisoryd.model.config import ChannelSpec, Config, Subscription
from advisoryd.model.event import REPORTED, Event, Kind
from advisoryd.model.ladder import Level
from advisoryd.model.message import Channel, Form, Limits, Message
from advisoryd.model.record import Item, Record
from advisoryd.model.source import Source
from advisoryd.model.standing import Delivery
from advisoryd.render import Bundle, Census, Gathering, Passage, Telling, render
from advisoryd.service.acknowledge import link
from advisoryd.store import advisories, events, items, outbox
from advisoryd.store.engine import Tx

PLAIN_LIMIT = 500
"""Characters of the short plain message that is tried when a channel refused the full one."""

log = logs.get("deliver")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A parcel with everything its message says. ``reply_to`` is the channel's reference of its story's first one."""

    parcel: Parcel
    told: Telling | Bundle
    subscription: Subscription | None
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Knows the sources and the subscriptions by name."""

    config: Config
    sources: Mapping[str, Source]
    subscriptions: Mapping[str, Subscription]

    def prepare(self, tx: Tx, parcel: Parcel, now: datetime) -> Prepared | None:
        """What a parcel says, or ``None`` when its events are no longer there."""
        first = parcel.deliveries[0]
        told = [telling for delivery in parcel.deliveries if (telling := self.telling(tx, delivery, now))]
        subscription = self.subscriptions.get(first.subscription)
        if not told:
            return None
        if len(told) == 1:
            opening = outbox.first_sent(tx, first.story, first.subscription, first.channel)
            return Prepared(parcel, told[0], subscription, opening.reference if opening else "")
        gathering = _gathering(subscription, parcel)
        bundle = Bundle(tellings=tuple(told), gathering=gathering, subscription=first.subscription)
        return Prepared(parcel, bundle, subscription)

    def telling(self, tx: Tx, delivery: Delivery, now: datetime) -> Telling | None:
        """What one delivery says."""
        event = events.get(tx, delivery.event)
        if event is None:
            return None
        first = outbox.first_sent(tx, delivery.story, delivery.subscription, delivery.channel)
        earlier = events.get(tx, first.event) if first else None
        return replace(
            self.about(tx, event),
            earlier=earlier,
            created=delivery.created_at,
            now=now,
            possible_duplicate=delivery.uncertain,
            subscription=delivery.subscription,
            why=delivery.why,
            acknowledge_url=self._acknowledge_url(event, delivery),
        )

    def _acknowledge_url(self, event: Event, delivery: Delivery) -> str:
        """Where to acknowledge what would otherwise escalate. A message without a link is better than none."""
        web, subscription = self.config.web, self.subscriptions.get(delivery.subscription)
        if web is None or subscription is None or not escalates(subscription, event):
            return ""
        try:
            return link(web, event.id, subscription.name)
        except (OSError, ValueError) as problem:
            log.warning("acknowledge.no_link", problem=type(problem).__name__)
            return ""

    def about(self, tx: Tx, event: Event) -> Telling:
        """What is known about an event, for nobody in particular."""
        source = self.sources.get(event.source)
        before, after = _record(tx, event.before), _record(tx, event.after)
        gap = text_gap(before, after) if before and after else None
        return Telling(
            event=event,
            issuer_name=source.name if source else "",
            source_name=source.id if source else event.source,
            attribution=source.attribution if source else "",
            before=before,
            after=after,
            item=_item(tx, event),
            added=tuple(Passage(passage.section, passage.text) for passage in gap.added) if gap else (),
            removed=tuple(Passage(passage.section, passage.text) for passage in gap.removed) if gap else (),
            census=self._census(tx, event) if event.kind is Kind.BASELINE else None,
        )

    def _census(self, tx: Tx, event: Event) -> Census:
        counted: dict[Level | None, int] = {}
        for (_, level), number in advisories.counts(tx, event.source.split(" ")).items():
            step = Level(level) if level else None
            counted[step] = counted.get(step, 0) + number
        return Census(sum(counted.values()), tuple(sorted(counted.items(), key=lambda entry: entry[0] or 0)))


def draw(prepared: Prepared, channel: Channel, spec: ChannelSpec, config: Config) -> Message:
    """The message for a parcel in the channel's form; one that was refused before as short plain text."""
    first, subscription = prepared.parcel.deliveries[0], prepared.subscription
    form, limits = (Form.PLAIN, Limits(100, PLAIN_LIMIT)) if first.plain else (channel.form, channel.limits)
    message = render(
        prepared.told,
        form=form,
        limits=limits,
        locale=subscription.locale if subscription else config.locale,
        zone=subscription.zone if subscription else config.zone,
        templates=str(spec.options.get("templates", "")),
    )
    key = f"{first.event}-{first.subscription}"
    return replace(message, key=key, reply_to=prepared.reply_to, subscription=first.subscription)


def _gathering(subscription: Subscription | None, parcel: Parcel) -> Gathering:
    if subscription is not None and subscription.digest is not None:
        return Gathering.DIGEST
    quiet = subscription is not None and subscription.quiet is not None and were_held(parcel.deliveries)
    return Gathering.QUIET if quiet else Gathering.BURST


def _record(tx: Tx, name: str) -> Record | None:
    found = advisories.revision(tx, name) if name else None
    return found.record if found else None


def _item(tx: Tx, event: Event) -> Item | None:
    if event.kind is not Kind.BULLETIN and event.kind not in REPORTED:
        return None
    key = event.after.rpartition("#")[0] if event.kind is Kind.BULLETIN else event.after
    found = items.get(tx, event.source, key)
    return found.item if found else None
