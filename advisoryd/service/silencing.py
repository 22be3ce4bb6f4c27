"""Holding back what a silence covers, at the moment it would go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from advisoryd.decide.silence import silenced_by
from advisoryd.model.standing import Delivery
from advisoryd.store import events, outbox, silences
from advisoryd.store.engine import Tx


def silenced(tx: Tx, waiting: Sequence[Delivery], now: datetime) -> dict[int, str]:
    """Which of the ``waiting`` deliveries that are due must not go out, by number, and the words that say why."""
    active = silences.active(tx, now)
    found = {}
    for delivery in waiting if active else ():
        event = events.get(tx, delivery.event) if delivery.next_attempt <= now else None
        silence = silenced_by(active, delivery, event) if event else None
        if silence is not None:
            found[delivery.id] = silence.words
    return found


def hold_back(tx: Tx, held: Mapping[int, str], now: datetime) -> None:
    """Drop what is silenced; it stays listed with the reason."""
    for reason in sorted(set(held.values())):
        outbox.drop(tx, [number for number, words in held.items() if words == reason], now, reason)
