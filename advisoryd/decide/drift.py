"""A source that answers well and says nothing new: perhaps it has frozen, and nobody would notice.

Feeds have answered 200 with the same bytes for years after their newsroom had closed. So the newest date that a source
has put on anything is compared with the longest pause that its contract calls usual.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from advisoryd.model.reading import Contract, Finding, FindingKind

_DAY = timedelta(days=1)


def quiet(newest: datetime | None, contract: Contract, now: datetime) -> Finding | None:
    """A finding when nothing is newer than the contract's ``usual_gap``. ``newest`` is the newest date of any record or
    item of the source, ``None`` when it has none; both instants are aware. A date in the future is no silence."""
    if newest is None or contract.usual_gap is None or now - newest <= contract.usual_gap:
        return None
    detail = (
        f"nothing is newer than {newest:%Y-%m-%d}, {_length(now - newest)} ago; "
        f"something new is usual within {_length(contract.usual_gap)}"
    )
    return Finding(FindingKind.QUIET, detail)


def _length(gap: timedelta) -> str:
    """Whole days, or hours below two days."""
    if gap < 2 * _DAY:
        return f"{gap // timedelta(hours=1)} hours"
    return f"{gap // _DAY} days"
