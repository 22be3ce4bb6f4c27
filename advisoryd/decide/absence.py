"""When a register no longer lists a row. Absence is never called lifted unless the register lists advice only.

A row counts as vanished after ``vanish_polls`` healthy polls in a row over at least the source's grace: the one real
disappearance seen in seventeen months of five governments lasted four days and was a broken page. Rows that are
missing together are a fault of the source and are not counted at all (see :mod:`advisoryd.decide.believe`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from advisoryd.decide.compare import Around, Verdict
from advisoryd.model.event import Event, Kind
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract
from advisoryd.model.record import Record, Scope
from advisoryd.model.standing import Missing, Standing, State


@dataclass(frozen=True, slots=True)
class Page:
    """What a direct look at the destination's own page gave.

    ``gone`` (404 or no advice), ``advises``, ``withdrawn`` (410, or the page says so), or ``unknown`` when there is no
    such page or it could not be read.
    """

    says: str = "unknown"


def absent(standing: Standing, around: Around, contract: Contract, page: Page = Page()) -> Verdict:
    """One more healthy, complete poll without this row."""
    if standing.state in (State.VANISHED, State.WITHDRAWN):
        return Verdict(standing, "still-missing")
    held = standing.missing or Missing(around.now, 0)
    if not around.healthy:
        return Verdict(replace(standing, missing=held), "missing-void-source-unhealthy")
    missing = replace(held, polls=held.polls + 1)
    waiting = replace(standing, missing=missing)
    if page.says == "withdrawn":
        return _end(waiting, around, Kind.WITHDRAWN, State.WITHDRAWN, "page-says-withdrawn")
    if page.says == "advises":
        return Verdict(replace(standing, missing=Missing(around.now, 0)), "missing-but-page-advises")
    if not contract.lists_calm:
        return _advice_only(waiting, missing, around)
    enough = missing.polls >= around.thresholds.vanish_polls and around.now - missing.since >= contract.grace
    if not enough:
        return Verdict(waiting, "missing")
    return _end(waiting, around, Kind.VANISHED, State.VANISHED, "missing-past-grace")


def _advice_only(standing: Standing, missing: Missing, around: Around) -> Verdict:
    """The register lists places with advice only, so a row that stays away has been lifted."""
    if missing.polls < 2 or around.now - missing.since < around.thresholds.confirm_after:
        return Verdict(standing, "looser-awaits-second-reading")
    if standing.state is not State.IN_FORCE:
        return Verdict(replace(standing, state=State.NO_ADVICE, missing=None), "unlisted-without-advice")
    return _end(standing, around, Kind.LIFTED, State.NO_ADVICE, "unlisted-confirmed")


def _end(standing: Standing, around: Around, kind: Kind, state: State, reason: str) -> Verdict:
    record = standing.record
    missing = standing.missing
    ended = replace(standing, state=state, candidate=None, missing=None, changed_at=around.now)
    if kind is Kind.LIFTED:
        ended = replace(ended, record=_calm(record))
    event = Event(
        id="",
        kind=kind,
        issuer=standing.issuer,
        destination=standing.destination,
        track=standing.track,
        source=standing.source,
        name=record.name,
        at=around.now,
        first_seen=missing.since if missing else around.now,
        reason=reason,
        level_before=record.level,
        highest_before=record.highest,
        native_before=record.native_level,
        before=standing.revision,
        title=record.title,
        url=record.url,
        language=record.language,
        issued_at=None,
    )
    return Verdict(ended, reason, event)


def _calm(record: Record) -> Record:
    """What a register that lists advice only says of a place it does not list: nothing."""
    return replace(
        record,
        level=Level.NORMAL,
        native_level="",
        scope=Scope(),
        actions=frozenset(),
        reasons=frozenset(),
        sections=(),
    )
