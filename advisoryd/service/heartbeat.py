"""Proof of life outwards: a URL that is asked while all is well, so that silence is noticed elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from advisoryd import logs
from advisoryd.model.config import Operator
from advisoryd.model.outcome import FetchFailed
from advisoryd.model.reading import Request
from advisoryd.service.ask import Fetcher

log = logs.get("heartbeat")


class Heartbeat:
    """Asks the operator's heartbeat URL at its own pace. A failure is logged and never disturbs anything."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last: datetime | None = None

    async def beat(self, operator: Operator, fetcher: Fetcher) -> None:
        """Ask the URL if its time has come."""
        now = self._clock()
        if operator.heartbeat_url is None or (self._last and now - self._last < operator.heartbeat_every):
            return
        self._last = now
        try:
            url = operator.heartbeat_url.reveal()
        except (OSError, UnicodeDecodeError) as problem:
            log.warning("heartbeat.failed", reason=getattr(problem, "strerror", None) or "unreadable")
            return
        outcome = await fetcher.fetch(Request(url))
        if isinstance(outcome, FetchFailed) and outcome.trouble != "empty":
            log.warning("heartbeat.failed", reason=str(outcome.trouble))
