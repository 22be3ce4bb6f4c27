"""Who has taken note of an event, and when. The first one counts."""

from __future__ import annotations

from sqlalchemy import select

from advisoryd.model.standing import Acknowledgement
from advisoryd.store.engine import Tx
from advisoryd.store.schema import acknowledgements
from advisoryd.store.upsert import insert_new


def add(tx: Tx, given: Acknowledgement) -> bool:
    """Keep an acknowledgement. Whether it is the first of this subscription for this event."""
    row = {"event": given.event, "subscription": given.subscription, "at": given.at, "by": given.by}
    return insert_new(tx, acknowledgements, [row]) == 1


def of_event(tx: Tx, event: str) -> dict[str, Acknowledgement]:
    """The acknowledgements of an event, by subscription."""
    query = select(acknowledgements).where(acknowledgements.c.event == event)
    rows = tx.execute(query.order_by(acknowledgements.c.at))
    return {row.subscription: Acknowledgement(row.event, row.subscription, row.at, row.by) for row in rows}
