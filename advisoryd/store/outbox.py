"""The outbox: the single truth of what was, is being and will be sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, func, literal, or_, select, update

from advisoryd.model.ladder import Level
from advisoryd.model.standing import Delivery, DeliveryState
from advisoryd.store.among import AnyRow, change_among, rows_among
from advisoryd.store.engine import Tx
from advisoryd.store.schema import Instant, channels, deliveries
from advisoryd.store.upsert import insert_new, upsert

OPEN = (DeliveryState.WAITING, DeliveryState.SENDING)
ONE_MORE = deliveries.c.attempts + 1
UNSENT = (DeliveryState.DEAD, DeliveryState.WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A delivery to be made: why this subscription hears, and when it may go out. ``instead_of`` names the failing
    channel that this one stands in for; an ``escalation`` is dropped when somebody acknowledges the event."""

    event: str
    subscription: str
    channel: str
    story: str
    why: str
    release_at: datetime
    level: Level | None = None
    instead_of: str = ""
    escalation: bool = False


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A channel's troubles: since when it fails, when the operator was told, and until when it is left alone."""

    name: str
    failing_since: datetime | None = None
    told_at: datetime | None = None
    not_before: datetime | None = None
    cause: str = ""


def plan(tx: Tx, planned: Sequence[Planned], now: datetime) -> int:
    """Add deliveries; one that is already there for the same event, subscription and channel stays as it is.

    Returns how many are new.
    """
    return insert_new(tx, deliveries, [_row(item, now) for item in planned])


def _row(item: Planned, now: datetime) -> dict[str, object]:
    return {
        "event": item.event,
        "subscription": item.subscription,
        "channel": item.channel,
        "story": item.story,
        "why": item.why,
        "state": DeliveryState.WAITING,
        "level": item.level,
        "created_at": now,
        "next_attempt": item.release_at,
        "attempts": 0,
        "last_reason": "",
        "uncertain": False,
        "plain": False,
        "instead_of": item.instead_of,
        "escalation": item.escalation,
        "reference": "",
    }


def told(tx: Tx, story: str, subscription: str) -> bool:
    """Whether this subscription was, or will be, told anything of the story. What was given up counts: it may yet be
    sent again."""
    query = select(deliveries.c.id).where(
        deliveries.c.story == story,
        deliveries.c.subscription == subscription,
        deliveries.c.state != DeliveryState.DROPPED,
    )
    return bool(story) and tx.execute(query.limit(1)).first() is not None


def first_sent(tx: Tx, story: str, subscription: str, channel: str) -> Delivery | None:
    """The first message of a story that this subscription got through this channel."""
    query = (
        select(deliveries)
        .where(
            deliveries.c.story == story,
            deliveries.c.subscription == subscription,
            deliveries.c.channel == channel,
            deliveries.c.state == DeliveryState.SENT,
        )
        .order_by(deliveries.c.id)
        .limit(1)
    )
    row = tx.execute(query).one_or_none() if story else None
    return None if row is None else _delivery(row)


def waiting(tx: Tx, channel: str) -> list[Delivery]:
    """All that still has to go out through a channel, oldest first, due or not."""
    query = (
        select(deliveries)
        .where(deliveries.c.state == DeliveryState.WAITING, deliveries.c.channel == channel)
        .order_by(deliveries.c.id)
    )
    return [_delivery(row) for row in tx.execute(query)]


def due_channels(tx: Tx, now: datetime) -> list[str]:
    """The channels that have something due and are not being left alone."""
    query = (
        select(deliveries.c.channel)
        .outerjoin(channels, channels.c.name == deliveries.c.channel)
        .where(
            deliveries.c.state == DeliveryState.WAITING,
            deliveries.c.next_attempt <= now,
            or_(channels.c.not_before.is_(None), channels.c.not_before <= now),
        )
        .distinct()
    )
    return sorted(tx.execute(query).scalars())


def mark_sending(tx: Tx, ids: Collection[int], now: datetime) -> bool:
    """Write down, before the send, that these are on their way. Whether all of them were still waiting; if not,
    nothing is marked."""
    still = select(func.count()).where(deliveries.c.state == DeliveryState.WAITING)
    found = sum(row[0] for row in rows_among(tx, still, deliveries.c.id, ids))
    if found != len(ids):
        return False
    first = func.coalesce(deliveries.c.first_attempt, literal(now, Instant))
    _change(tx, ids, state=DeliveryState.SENDING, first_attempt=first)
    return True


def recover(tx: Tx, now: datetime) -> int:
    """After a crash: what was on its way may have arrived, so it is sent again and marked as a possible duplicate."""
    statement = (
        update(deliveries)
        .where(deliveries.c.state == DeliveryState.SENDING)
        .values(
            state=DeliveryState.WAITING,
            uncertain=True,
            next_attempt=now,
            attempts=ONE_MORE,
            last_reason="stopped while sending",
        )
    )
    return tx.execute(statement).rowcount


def settle_sent(tx: Tx, ids: Collection[int], now: datetime, reference: str) -> None:
    """The channel took them."""
    _change(tx, ids, state=DeliveryState.SENT, settled_at=now, reference=reference, last_reason="", attempts=ONE_MORE)


def settle_later(
    tx: Tx, ids: Collection[int], next_attempt: datetime, reason: str, *, uncertain: bool = False, plain: bool = False
) -> None:
    """Not this time. ``uncertain``: it may have arrived; ``plain``: try once more as short plain text. Both marks
    stay."""
    marks = {name: True for name, wanted in (("uncertain", uncertain), ("plain", plain)) if wanted}
    _change(
        tx,
        ids,
        state=DeliveryState.WAITING,
        next_attempt=next_attempt,
        last_reason=reason,
        attempts=ONE_MORE,
        **marks,
    )


def settle_dead(tx: Tx, ids: Collection[int], now: datetime, reason: str) -> None:
    """Given up: kept, listed, and re-sent when somebody asks for it."""
    _change(tx, ids, state=DeliveryState.DEAD, settled_at=now, last_reason=reason, attempts=ONE_MORE)


def hand_over(tx: Tx, given: Sequence[Delivery], fallback: str, now: datetime) -> int:
    """Send these, whose channel fails or refuses them, through its fallback as well. Returns how many are new there."""
    rows = [
        Planned(
            event=delivery.event,
            subscription=delivery.subscription,
            channel=fallback,
            story=delivery.story,
            why=f"{delivery.why}; channel {delivery.channel} is failing",
            release_at=now,
            level=delivery.level,
            instead_of=delivery.channel,
        )
        for delivery in given
    ]
    return plan(tx, rows, now)


def drop_covered(tx: Tx, ids: Collection[int], covered: Collection[str], now: datetime) -> None:
    """What a fallback has sent in place of a channel among ``covered`` need not come once more through that one.

    A delivery that the fallback owed its subscription anyway covers nothing.
    """
    stood_in = select(deliveries).where(deliveries.c.instead_of.in_(list(covered)))
    drops = update(deliveries).values(
        state=DeliveryState.DROPPED, settled_at=now, last_reason="sent through its fallback"
    )
    for sent in list(rows_among(tx, stood_in, deliveries.c.id, ids)):
        where = (
            deliveries.c.event == sent.event,
            deliveries.c.subscription == sent.subscription,
            deliveries.c.channel == sent.instead_of,
            deliveries.c.state.in_((DeliveryState.WAITING, DeliveryState.DEAD)),
        )
        tx.execute(drops.where(*where))


def retry(tx: Tx, ids: Collection[int], now: datetime) -> int:
    """Send deliveries that are waiting, dead or dropped, now. Returns how many."""
    values = {"state": DeliveryState.WAITING, "next_attempt": now, "settled_at": None, "first_attempt": None}
    again = update(deliveries).where(deliveries.c.state.in_((*UNSENT, DeliveryState.DROPPED)))
    return change_among(tx, again.values(**values), deliveries.c.id, ids)


def drop(tx: Tx, ids: Collection[int], now: datetime, reason: str = "dropped by the operator") -> int:
    """Never send these, dead or waiting. Returns how many."""
    return change_among(tx, _dropping(now, reason), deliveries.c.id, ids)


def drop_escalations(tx: Tx, subscription: str, now: datetime, reason: str, *, event: str = "", story: str = "") -> int:
    """Nobody needs to be asked any more to acknowledge this event, or anything of this story. Returns how many went."""
    about = deliveries.c.event == event if event else deliveries.c.story == story
    mine = (deliveries.c.escalation, deliveries.c.subscription == subscription, about)
    return tx.execute(_dropping(now, reason).where(*mine)).rowcount


def _dropping(now: datetime, reason: str) -> Update:
    dropped = update(deliveries).where(deliveries.c.state.in_(UNSENT))
    return dropped.values(state=DeliveryState.DROPPED, settled_at=now, last_reason=reason)


def _change(tx: Tx, ids: Collection[int], **values: object) -> None:
    change_among(tx, update(deliveries).values(**values), deliveries.c.id, ids)


def listed(tx: Tx, states: Collection[DeliveryState] = OPEN, limit: int = 200) -> list[Delivery]:
    """Deliveries in these states, newest last."""
    query = select(deliveries).where(deliveries.c.state.in_(list(states))).order_by(deliveries.c.id.desc()).limit(limit)
    return [_delivery(row) for row in tx.execute(query)][::-1]


def of_event(tx: Tx, event: str) -> list[Delivery]:
    """Every delivery of an event, in the order they were planned."""
    query = select(deliveries).where(deliveries.c.event == event).order_by(deliveries.c.id)
    return [_delivery(row) for row in tx.execute(query)]


def number_dropped(tx: Tx, reason: str) -> int:
    """How many deliveries were dropped for this very reason."""
    dropped = deliveries.c.state == DeliveryState.DROPPED
    query = select(func.count()).select_from(deliveries).where(dropped, deliveries.c.last_reason == reason)
    return tx.execute(query).scalar_one()


def counts(tx: Tx) -> dict[tuple[str, str], int]:
    """How many deliveries each channel has in each state."""
    query = select(deliveries.c.channel, deliveries.c.state, func.count()).group_by(
        deliveries.c.channel, deliveries.c.state
    )
    return {(channel, state): number for channel, state, number in tx.execute(query)}


def channel_state(tx: Tx, name: str) -> ChannelState:
    """A channel's troubles; none when there is no row."""
    row = tx.execute(select(channels).where(channels.c.name == name)).one_or_none()
    if row is None:
        return ChannelState(name)
    return ChannelState(row.name, row.failing_since, row.told_at, row.not_before, row.cause)


def save_channel(tx: Tx, state: ChannelState) -> None:
    """Write a channel's troubles."""
    row = {
        "name": state.name,
        "failing_since": state.failing_since,
        "told_at": state.told_at,
        "not_before": state.not_before,
        "cause": state.cause,
    }
    upsert(tx, channels, [row])


def _delivery(row: AnyRow) -> Delivery:
    return Delivery(
        id=row.id,
        event=row.event,
        subscription=row.subscription,
        channel=row.channel,
        story=row.story,
        why=row.why,
        state=DeliveryState(row.state),
        level=row.level,
        created_at=row.created_at,
        next_attempt=row.next_attempt,
        attempts=row.attempts,
        first_attempt=row.first_attempt,
        settled_at=row.settled_at,
        last_reason=row.last_reason,
        uncertain=row.uncertain,
        plain=row.plain,
        escalation=row.escalation,
        reference=row.reference,
    )
