"""Delivering what is due: one worker a channel, so that a slow or sick one blocks nobody.

    due ─> mark sending ─COMMIT─> render ─> send ─> settle ─COMMIT─>      "sending" survives a crash as "uncertain"

A failing message steps aside for the next; when that fails as well the channel counts as down and is left alone for
growing times, so that a thousand waiting messages do not each try a dead server.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from advisoryd import logs
from advisoryd.decide.outbox import Parcel, due_parcels, patience
from advisoryd.decide.pace import LONGEST, free_at, limits, room
from advisoryd.decide.retry import UNCERTAIN_WAIT, gives_up, next_attempt
from advisoryd.model.config import ChannelSpec, Config
from advisoryd.model.event import Event, Kind
from advisoryd.model.message import Channel, Form
from advisoryd.model.outcome import Refused, SendOutcome, Sent, TryAgain, Uncertain
from advisoryd.model.standing import Delivery
from advisoryd.service.announce import OPERATOR_NAME, Announcer
from advisoryd.service.silencing import hold_back, silenced
from advisoryd.service.tell import Prepared, Teller, draw
from advisoryd.store import outbox, pace
from advisoryd.store.engine import Store, Tx
from advisoryd.store.outbox import ChannelState

BATCH = 100
"""So many parcels are looked up at once: what comes meanwhile is seen soon, and a long queue is not read for each."""

DOWN_AFTER = 2
"""Failures in a row after which a channel counts as down: the second message proves that it was not the first one's
fault."""

log = logs.get("deliver")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one parcel."""

    channel: str
    parcel: Parcel
    outcome: SendOutcome


class Courier:
    """Delivers through one channel. Blocking; runs on the channel's own thread, and writes at the desk."""

    def __init__(
        self,
        spec: ChannelSpec,
        channel: Channel,
        store: Store,
        config: Config,
        teller: Teller,
        announcer: Announcer,
        desk: Executor | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._spec, self._channel, self._store, self._config = spec, channel, store, config
        self._teller, self._announcer, self._desk, self._chance = teller, announcer, desk, chance
        self._covers = [other.name for other in config.channels if other.fallback == spec.name]

    def deliver(self, clock: Callable[[], datetime], stop: Callable[[], bool] = lambda: False) -> list[Handed]:
        """Send everything that is due, in order, until nothing is, the channel is down, or ``stop`` says so."""
        handed: list[Handed] = []
        queue: deque[Parcel] = deque()
        tried: set[int] = set()
        failures = 0
        while not stop() and failures < DOWN_AFTER:
            queue = queue or deque(self._at_desk(self._due, clock(), frozenset(tried)))
            if not queue:
                break
            prepared = self._at_desk(self._claim, queue.popleft(), clock())
            if prepared is None:
                queue.clear()
                continue
            outcome = self._send(prepared)
            failures = failures + 1 if isinstance(outcome, TryAgain | Uncertain) else 0
            self._at_desk(self._settle, prepared.parcel, outcome, clock(), failures >= DOWN_AFTER)
            handed.append(Handed(self._spec.name, prepared.parcel, outcome))
            if not isinstance(outcome, Sent):
                queue.clear()
            if failures:
                tried |= set(prepared.parcel.ids)
        return handed

    def _at_desk(self, work: Callable[..., T], *args: object) -> T:
        return work(*args) if self._desk is None else self._desk.submit(work, *args).result()

    def _due(self, now: datetime, tried: frozenset[int]) -> list[Parcel]:
        """The next parcels, in order. Anything but a success makes them be looked up anew, so that no message
        overtakes an earlier one of its story."""
        with self._store.reading() as tx:
            waiting = outbox.waiting(tx, self._spec.name)
            held = silenced(tx, waiting, now)
            sent = pace.recent(tx, self._spec.name) if limits(self._spec) else []
        if held:
            self._hold_back(held, now)
            waiting = [delivery for delivery in waiting if delivery.id not in held]
        free = room(self._spec, sent, now)
        if free == 0:
            self._pause(free_at(self._spec, sent, now))
        due = due_parcels(waiting, self._teller.subscriptions, now, self._channel.form is not Form.JSON, free)
        return [parcel for parcel in due if not tried & set(parcel.ids)][:BATCH]

    def _hold_back(self, held: Mapping[int, str], now: datetime) -> None:
        with self._store.begin() as tx:
            hold_back(tx, held, now)
        for number, reason in held.items():
            log.info("delivery.silenced", channel=self._spec.name, delivery=number, reason=reason)

    def _pause(self, until: datetime) -> None:
        """The channel's limit is used up: nobody asks before there is room again."""
        with self._store.begin() as tx:
            outbox.save_channel(tx, replace(outbox.channel_state(tx, self._spec.name), not_before=until))

    def _claim(self, parcel: Parcel, now: datetime) -> Prepared | None:
        """Mark a parcel as on its way: from here on a crash leaves it as a possible duplicate. ``None`` when it is no
        longer waiting, or when there is nothing left to tell."""
        with self._store.begin() as tx:
            if not outbox.mark_sending(tx, parcel.ids, now):
                return None
            prepared = self._teller.prepare(tx, parcel, now)
            if prepared is None:
                outbox.settle_dead(tx, parcel.ids, now, "its event is no longer stored")
            elif limits(self._spec):
                pace.note(tx, self._spec.name, now, LONGEST)
        return prepared

    def _send(self, prepared: Prepared) -> SendOutcome:
        """A channel may be somebody else's code: whatever it raises, it may have sent the message before."""
        try:
            message = draw(prepared, self._channel, self._spec, self._config)
            if problem := message.data.get("template_problem"):
                log.warning("template.failed", channel=self._spec.name, problem=problem)
            return self._channel.send(message)
        except Exception as bug:
            log.error("channel.crashed", channel=self._spec.name, exc_info=True)
            return Uncertain(f"internal error: {type(bug).__name__}; please report it with the log")

    def _settle(self, parcel: Parcel, outcome: SendOutcome, now: datetime, down: bool) -> None:
        with self._store.begin() as tx:
            if isinstance(outcome, Sent):
                outbox.settle_sent(tx, parcel.ids, now, outcome.reference)
                outbox.drop_covered(tx, parcel.ids, self._covers, now)
                self._recovered(tx, now)
            elif isinstance(outcome, Refused):
                self._refused(tx, parcel, outcome, now)
            else:
                self._later(tx, parcel, outcome, now)
                self._failing(tx, outcome.reason, now, down)

    def _refused(self, tx: Tx, parcel: Parcel, outcome: Refused, now: datetime) -> None:
        """A refused message is tried once more as short plain text before it is set aside."""
        if all(delivery.plain for delivery in parcel.deliveries):
            self._dead(tx, parcel, outcome.reason, now)
        else:
            outbox.settle_later(tx, parcel.ids, now, outcome.reason, plain=True)

    def _later(self, tx: Tx, parcel: Parcel, outcome: TryAgain | Uncertain, now: datetime) -> None:
        oldest = min((delivery.first_attempt or now) for delivery in parcel.deliveries)
        level = max((delivery.level or 0 for delivery in parcel.deliveries), default=0)
        worst = next((d.level for d in parcel.deliveries if d.level is not None and d.level == level), None)
        if gives_up(now, oldest, patience(self._spec, worst)):
            self._dead(tx, parcel, outcome.reason, now)
            return
        attempts = max(delivery.attempts for delivery in parcel.deliveries) + 1
        floor = UNCERTAIN_WAIT.total_seconds() if isinstance(outcome, Uncertain) else outcome.after
        due = next_attempt(now, attempts, chance=self._chance(), retry_after=floor)
        outbox.settle_later(tx, parcel.ids, due, outcome.reason, uncertain=isinstance(outcome, Uncertain))

    def _dead(self, tx: Tx, parcel: Parcel, reason: str, now: datetime) -> None:
        """Set it aside for the operator; its readers hear through the fallback, if there is one."""
        if self._spec.fallback:
            outbox.hand_over(tx, parcel.deliveries, self._spec.fallback, now)
        outbox.settle_dead(tx, parcel.ids, now, reason)
        if any(delivery.subscription != OPERATOR_NAME for delivery in parcel.deliveries):
            detail = f"{len(parcel.ids)} message(s) given up: {reason}; see 'advisoryd outbox list --dead'"
            self._tell(tx, Kind.CHANNEL_FAILING, "dead-letter", detail, now, str(parcel.ids[0]))

    def _failing(self, tx: Tx, reason: str, now: datetime, down: bool) -> None:
        """Remember since when the channel fails, leave it alone while it is down, hand over to its fallback."""
        state = outbox.channel_state(tx, self._spec.name)
        since = state.failing_since or now
        failing = replace(state, failing_since=since, cause=reason)
        if down:
            pauses = int((now - since).total_seconds() // 60).bit_length()
            failing = replace(failing, not_before=next_attempt(now, pauses + 1, chance=self._chance()))
        if now - since >= self._spec.fallback_after and state.told_at is None:
            failing = replace(failing, told_at=now)
            self._tell(tx, Kind.CHANNEL_FAILING, "failing", f"channel {self._spec.name} fails: {reason}", now)
        if self._spec.fallback and now - since >= self._spec.fallback_after:
            overdue = [delivery for delivery in outbox.waiting(tx, self._spec.name) if _is_overdue(delivery, now)]
            outbox.hand_over(tx, overdue, self._spec.fallback, now)
        outbox.save_channel(tx, failing)

    def _recovered(self, tx: Tx, now: datetime) -> None:
        state = outbox.channel_state(tx, self._spec.name)
        if state.failing_since is None:
            return
        outbox.save_channel(tx, ChannelState(self._spec.name))
        if state.told_at is not None:
            self._tell(tx, Kind.CHANNEL_RECOVERED, "sent", f"channel {self._spec.name} works again", now)

    def _tell(self, tx: Tx, kind: Kind, reason: str, detail: str, now: datetime, subject: str = "") -> None:
        event = Event(
            id="",
            kind=kind,
            issuer="",
            destination="",
            source=f"channel {self._spec.name}",
            name=self._spec.name,
            at=now,
            first_seen=now,
            reason=reason,
            after=f"{now.isoformat()} {subject}",
            title=detail,
            summary=detail,
        )
        self._announcer.announce(tx, event, now, avoid=self._spec.name)


def _is_overdue(delivery: Delivery, now: datetime) -> bool:
    return delivery.next_attempt <= now or delivery.attempts > 0


def couriers(
    config: Config,
    store: Store,
    channels: Mapping[str, Channel],
    desk: Executor | None = None,
    chance: Callable[[], float] = random.random,
) -> dict[str, Courier]:
    """One courier for each channel."""
    teller = Teller(
        config,
        {source.id: source for source in config.sources},
        {subscription.name: subscription for subscription in config.subscriptions},
    )
    announcer = Announcer(config)
    return {
        spec.name: Courier(spec, channels[spec.name], store, config, teller, announcer, desk, chance)
        for spec in config.channels
    }
