"""Media reports: kept with their story, so that what was known, and from whom, can be told later."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from advisoryd.model.report import Report
from advisoryd.store.among import rows_among
from advisoryd.store.bodies import pack, unpack
from advisoryd.store.engine import Tx
from advisoryd.store.schema import reports
from advisoryd.store.upsert import insert_new


def known(tx: Tx, ids: Collection[str]) -> set[str]:
    """Those of the ids that were read before."""
    return {row.id for row in rows_among(tx, select(reports.c.id), reports.c.id, ids)}


def add(tx: Tx, report: Report) -> None:
    """Keep a report."""
    row = {"id": report.id, "story": report.story, "first_seen": report.first_seen, "body": pack(report)}
    insert_new(tx, reports, [row])


def of_story(tx: Tx, story: str) -> list[Report]:
    """The reports of a story, in the order they were read."""
    query = select(reports).where(reports.c.story == story).order_by(reports.c.first_seen, reports.c.id)
    return [unpack(row.body, Report) for row in tx.execute(query)] if story else []


def prune(tx: Tx, before: datetime) -> int:
    """Forget reports first seen before then. Returns how many went."""
    return tx.execute(delete(reports).where(reports.c.first_seen < before)).rowcount
