"""When messages went out through the channels that have a limit."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from advisoryd.store.engine import Tx
from advisoryd.store.schema import sends


def note(tx: Tx, channel: str, now: datetime, forget: timedelta) -> None:
    """A message goes out now; what is older than ``forget`` need not be remembered."""
    tx.execute(delete(sends).where(sends.c.channel == channel, sends.c.at <= now - forget))
    tx.execute(insert(sends).values(channel=channel, at=now))


def recent(tx: Tx, channel: str) -> list[datetime]:
    """When messages went out lately, oldest first."""
    query = select(sends.c.at).where(sends.c.channel == channel).order_by(sends.c.at)
    return list(tx.execute(query).scalars())
