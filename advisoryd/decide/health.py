"""How a source is, by elapsed time and count: one bad moment is not an outage, and polling never stops."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from advisoryd.model.config import Thresholds
from advisoryd.model.standing import Health


@dataclass(frozen=True, slots=True)
class Condition:
    """The health of one source and since when. ``cause`` is the last trouble, one sentence for the operator."""

    health: Health = Health.NEW
    failures: int = 0
    since: datetime | None = None
    last_good: datetime | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """The new condition, and what the operator must hear: ``degraded``, ``recovered`` or nothing."""

    condition: Condition
    tell: str = ""


def after_good(condition: Condition, now: datetime) -> Turn:
    """The source answered and its reading is believed."""
    tell = "recovered" if condition.health is Health.BROKEN else ""
    since = condition.since if condition.health is Health.HEALTHY else now
    return Turn(Condition(Health.HEALTHY, 0, since, now), tell)


def after_failure(condition: Condition, cause: str, now: datetime, limits: Thresholds) -> Turn:
    """No body, or one that is not in the contract's shape. Broken after several failures over some time."""
    since = condition.since if condition.failures and condition.since else now
    failures = condition.failures + 1
    lasting = failures >= limits.broken_failures and now - since >= limits.broken_after
    health = Health.BROKEN if lasting or condition.health is Health.BROKEN else Health.FAILING
    tell = "degraded" if health is Health.BROKEN and condition.health is not Health.BROKEN else ""
    return Turn(Condition(health, failures, since, condition.last_good, cause), tell)


def after_disbelief(condition: Condition, cause: str, now: datetime) -> Turn:
    """It answered, but lost rows or levels in a way no issuer means: broken at once, last good levels kept."""
    tell = "" if condition.health is Health.BROKEN else "degraded"
    since = condition.since if condition.health is Health.BROKEN else now
    return Turn(replace(condition, health=Health.BROKEN, since=since, cause=cause, failures=condition.failures), tell)
