"""Revisions and standings: what each issuer said, and what of it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update

from advisoryd.decide.believe import Row
from advisoryd.model.record import Record
from advisoryd.model.standing import Standing, State
from advisoryd.store.among import AnyRow, rows_among
from advisoryd.store.bodies import unpack
from advisoryd.store.engine import Tx
from advisoryd.store.rows import Revision, revision_id, revision_of, revision_row, standing_of, standing_row
from advisoryd.store.schema import revisions, standings
from advisoryd.store.upsert import insert_new, upsert

__all__ = ["Revision", "revision_id"]

GONE = (State.VANISHED, State.WITHDRAWN)
NOT_READ = 0
"""The reader version of a revision that no reader read: what it means that a place is not listed any more."""


def put_revisions(tx: Tx, fresh: Sequence[Revision]) -> None:
    """Keep revisions; one that is already there stays as it is."""
    insert_new(tx, revisions, [revision_row(revision) for revision in fresh])


def revision(tx: Tx, name: str) -> Revision | None:
    """One revision, or ``None``."""
    row = tx.execute(select(revisions).where(revisions.c.id == name)).one_or_none()
    return None if row is None else revision_of(row)


def history(tx: Tx, issuer: str, destination: str, limit: int = 50) -> list[Revision]:
    """The revisions of a pair, the one first seen last at the front. A text that came back is not there twice."""
    query = (
        select(revisions)
        .where(revisions.c.issuer == issuer, revisions.c.destination == destination)
        .order_by(revisions.c.first_seen.desc(), revisions.c.id)
        .limit(limit)
    )
    return [revision_of(row) for row in tx.execute(query)]


def rows(tx: Tx, source: str, lists_calm: bool) -> list[Row]:
    """What the brake looks at: every row a source should list, with its believed level."""
    query = select(standings.c.key, standings.c.level, standings.c.missing_since).where(
        standings.c.source == source, standings.c.state.not_in(_away(lists_calm))
    )
    return [Row(row.key, row.level, row.missing_since) for row in tx.execute(query)]


def standing(tx: Tx, issuer: str, destination: str, track: str) -> Standing | None:
    """What stands for a pair, or ``None`` when it was never read."""
    where = (standings.c.issuer == issuer, standings.c.destination == destination, standings.c.track == track)
    found = _standings(tx, *where)
    return found[0] if found else None


def standings_of(tx: Tx, issuer: str, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], Standing]:
    """What stands for these pairs (destination, track) of an issuer."""
    tracks = sorted({track for _, track in pairs})
    query = _ordered(standings.c.issuer == issuer, standings.c.track.in_(tracks))
    found = _with_records(tx, rows_among(tx, query, standings.c.destination, [place for place, _ in pairs]))
    return {pair: held for held in found if (pair := (held.destination, held.track)) in pairs}


def unlisted(tx: Tx, source: str, listed: Collection[str], lists_calm: bool) -> list[Standing]:
    """Standings of a source that should be listed and whose key is not among ``listed``."""
    here = (standings.c.source == source, standings.c.state.not_in(_away(lists_calm)))
    gone = set(tx.execute(select(standings.c.key).where(*here)).scalars()) - set(listed)
    return _with_records(tx, rows_among(tx, _ordered(*here), standings.c.key, gone))


def _away(lists_calm: bool) -> tuple[State, ...]:
    """The states in which a row need not be listed: where only advice is listed, what is over is not."""
    return GONE if lists_calm else (*GONE, State.NO_ADVICE, State.EXPIRED)


def of_source(tx: Tx, source: str) -> list[Standing]:
    """All standings of a source."""
    return _standings(tx, standings.c.source == source)


def of_destination(tx: Tx, destinations: Collection[str]) -> list[Standing]:
    """Who says what about these places."""
    return _with_records(tx, rows_among(tx, _ordered(), standings.c.destination, destinations))


def destinations(tx: Tx) -> set[str]:
    """Every destination that anything stands for."""
    return set(tx.execute(select(standings.c.destination).distinct()).scalars())


def waiting(tx: Tx, source: str) -> list[Standing]:
    """Standings with a reading that waits for a second one."""
    return _standings(tx, standings.c.source == source, standings.c.candidate_since.is_not(None))


def ending(tx: Tx, until: datetime) -> list[Standing]:
    """Advice in force whose own end date comes before ``until``, the soonest first."""
    here = (standings.c.state == State.IN_FORCE, standings.c.expires_at <= until)
    query = select(standings).where(*here).order_by(standings.c.expires_at)
    return _with_records(tx, tx.execute(query))


def mark_stale(tx: Tx, source: str, since: datetime) -> None:
    """Flag what a source says as not fresh since then."""
    fresh = (standings.c.source == source, standings.c.stale_since.is_(None))
    tx.execute(update(standings).where(*fresh).values(stale_since=since))


def mark_fresh(tx: Tx, source: str, since: datetime) -> None:
    """What was flagged as not fresh since exactly then is fresh again; a row with a reason of its own is not."""
    stale = (standings.c.source == source, standings.c.stale_since == since)
    tx.execute(update(standings).where(*stale).values(stale_since=None))


def save(tx: Tx, changed: Sequence[Standing]) -> None:
    """Write standings. A record that is not the revision it came from (advice that ended by not being listed any
    more) becomes a revision of its own, so that what stands is what is read back."""
    upsert(tx, standings, [standing_row(_revised(tx, standing)) for standing in changed])


def _revised(tx: Tx, standing: Standing) -> Standing:
    name = revision_id(standing.record)
    if name == standing.revision:
        return standing
    put_revisions(tx, [Revision(name, standing.record, standing.source, (), NOT_READ, standing.changed_at)])
    return replace(standing, revision=name)


def counts(tx: Tx, sources: Collection[str]) -> dict[tuple[str, int | None], int]:
    """How many destinations each source has at each level, those without advice included."""
    query = (
        select(standings.c.source, standings.c.level, func.count())
        .where(standings.c.state.in_((State.IN_FORCE, State.NO_ADVICE)))
        .group_by(standings.c.source, standings.c.level)
    )
    found = rows_among(tx, query, standings.c.source, sources)
    return {(source, level): number for source, level, number in found}


def _standings(tx: Tx, *where: ColumnElement[bool]) -> list[Standing]:
    return _with_records(tx, tx.execute(_ordered(*where)))


def _ordered(*where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(standings).where(*where).order_by(standings.c.issuer, standings.c.destination, standings.c.track)


def _with_records(tx: Tx, found: Iterable[AnyRow]) -> list[Standing]:
    held = list(found)
    names = {row.revision for row in held} | {row.candidate for row in held if row.candidate}
    query = select(revisions.c.id, revisions.c.body)
    records = {row.id: unpack(row.body, Record) for row in rows_among(tx, query, revisions.c.id, names)}
    return [standing_of(row, records) for row in held]
