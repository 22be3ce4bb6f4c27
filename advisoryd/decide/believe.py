"""May this reading be believed? The brake that looks at a whole poll before any row of it.

A register that loses rows, tiers or levels has a broken page far more often than a calmer world: in seventeen months
of five governments nothing was ever truly withdrawn, while one of them lost all of its twenty strictest rows for four
days and, a month later, every level at once. An unbelieved reading still lets raises through.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.model.config import Thresholds
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Finding, FindingKind


@dataclass(frozen=True, slots=True)
class Row:
    """What we hold of one row of a register before the poll."""

    key: str
    level: Level | None
    missing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Belief:
    """``healthy``: looser readings of this poll may count. ``hold``: so many levels moved at once that, apart from
    raises to the strictest level, a second reading is asked for first. ``findings`` say why, for the operator."""

    healthy: bool = True
    hold: bool = False
    findings: tuple[Finding, ...] = ()


def believe(
    rows: Sequence[Row],
    present: Collection[str] | None,
    levels: Mapping[str, Level | None],
    contract: Contract,
    thresholds: Thresholds,
    now: datetime,
) -> Belief:
    """Judge a poll. ``present`` are the keys that a complete register lists (``None``: it was not read whole, or is a
    stream); ``levels`` the new levels of the rows that were read again."""
    gone = _gone(rows, present, contract.grace, now)
    lost = [row.key for row in rows if row.level is not None and row.key in levels and levels[row.key] is None]
    findings = _unread(rows, lost, thresholds)
    if contract.lists_calm:
        findings += _missing(rows, gone, thresholds) + _tier(rows, gone, lost, thresholds)
    else:
        findings += _dropped(rows, gone, thresholds)
    moved = _moved(rows, levels)
    hold = not contract.bulk_reviews and is_mass(len(moved), len(rows), thresholds)
    if hold:
        detail = f"{len(moved)} of {len(rows)} levels changed in one poll; asking for a second reading"
        return Belief(not findings, True, (*findings, Finding(FindingKind.MASS_CHANGE, detail, tuple(moved))))
    return Belief(not findings, False, tuple(findings))


def is_mass(changed: int, rows: int, thresholds: Thresholds) -> bool:
    """Whether more rows changed at once than any issuer was ever seen to change in a day."""
    share = changed / rows if rows else 0.0
    return changed >= thresholds.mass_rows or (changed >= thresholds.mass_least and share > thresholds.mass_share)


def _gone(rows: Sequence[Row], present: Collection[str] | None, grace: timedelta, now: datetime) -> list[str]:
    """Rows the register no longer lists. After twice the grace a missing row is set aside, so that an issuer that
    really dropped some rows does not keep its source broken for ever."""
    if present is None:
        return []
    here = set(present)
    return [
        row.key
        for row in rows
        if row.key not in here and (row.missing_since is None or now - row.missing_since < 2 * grace)
    ]


def _missing(rows: Sequence[Row], gone: Sequence[str], limits: Thresholds) -> list[Finding]:
    share = len(gone) / len(rows) if rows else 0.0
    if len(gone) < limits.missing_rows and not (len(gone) >= limits.gone_rows and share > limits.gone_share):
        return []
    return [Finding(FindingKind.MISSING, f"{len(gone)} of {len(rows)} rows are missing at once", tuple(gone))]


def _dropped(rows: Sequence[Row], gone: Sequence[str], limits: Thresholds) -> list[Finding]:
    """A list of advice only shrinks when advice is lifted, but hardly by a third at once."""
    if len(gone) < limits.gone_rows or len(gone) / len(rows) <= limits.drop_share:
        return []
    return [Finding(FindingKind.MISSING, f"{len(gone)} of {len(rows)} rows are missing at once", tuple(gone))]


def _unread(rows: Sequence[Row], lost: Sequence[str], limits: Thresholds) -> list[Finding]:
    known = sum(row.level is not None for row in rows)
    if not known or len(lost) / known <= limits.unread_share:
        return []
    detail = f"{len(lost)} of {known} levels can no longer be read"
    return [Finding(FindingKind.LEVELS_LOST, detail, tuple(lost))]


def _tier(rows: Sequence[Row], gone: Sequence[str], lost: Sequence[str], limits: Thresholds) -> list[Finding]:
    absent = {*gone, *lost}
    findings = []
    for tier in Level:
        held = [row.key for row in rows if row.level is tier]
        away = [key for key in held if key in absent]
        if len(away) >= limits.tier_rows and len(away) / len(held) > limits.tier_share:
            detail = f"{len(away)} of {len(held)} rows at level {int(tier)} are missing or unreadable at once"
            findings.append(Finding(FindingKind.MISSING, detail, tuple(away)))
    return findings


def _moved(rows: Sequence[Row], levels: Mapping[str, Level | None]) -> list[str]:
    return [
        row.key
        for row in rows
        if row.level is not None and levels.get(row.key) is not None and levels[row.key] is not row.level
    ]
