"""Instants: to the microsecond, in UTC, never without a zone; and the other kinds of column."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from sqlalchemy.exc import StatementError

from advisoryd.model.ladder import Level
from advisoryd.model.reading import Finding, FindingKind
from advisoryd.store import findings, outbox, sources, steady
from advisoryd.store.engine import Tx
from advisoryd.store.instants import EPOCH
from advisoryd.store.outbox import ChannelState
from advisoryd.store.plain import Through

from .samples import DAY, NOON, plan, planned, undone
from .strategies import INSTANTS, many

BERLIN = ZoneInfo("Europe/Berlin")


def kept(tx: Tx, moment: datetime) -> datetime | None:
    outbox.save_channel(tx, ChannelState("chat", failing_since=moment))
    return outbox.channel_state(tx, "chat").failing_since


@given(INSTANTS)
@many
def test_an_instant_keeps_its_microsecond_and_comes_back_in_utc(tx: Tx, moment: datetime) -> None:
    with undone(tx):
        back = kept(tx, moment)
    assert back == moment
    assert back is not None
    assert back.tzinfo is UTC
    assert back.microsecond == moment.microsecond


@pytest.mark.parametrize(
    "moment",
    [
        EPOCH,
        EPOCH - timedelta(microseconds=1),
        datetime(1, 1, 2, tzinfo=UTC),
        datetime(9999, 12, 30, 23, 59, 59, 999_999, tzinfo=UTC),
    ],
)
def test_instants_far_away_are_kept(tx: Tx, moment: datetime) -> None:
    assert kept(tx, moment) == moment


def test_the_repeated_hour_of_autumn_is_two_hours(tx: Tx) -> None:
    first = kept(tx, datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN))
    second = kept(tx, datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_instant_without_a_zone_is_refused(tx: Tx) -> None:
    naive = NOON.replace(tzinfo=None)
    (one,) = plan(tx, planned())
    for write in (
        lambda: kept(tx, naive),
        lambda: sources.sync(tx, ["us-state"], naive),
        lambda: outbox.due_channels(tx, naive),
        lambda: outbox.mark_sending(tx, [one.id], naive),
    ):
        with pytest.raises(StatementError, match="offset-naive"), undone(tx):
            write()
    with pytest.raises(TypeError, match="offset-naive"):
        steady.due(Through(tx), naive)


def test_instants_of_different_zones_are_compared_as_instants(tx: Tx) -> None:
    tokyo = timezone(timedelta(hours=9))
    sources.sync(tx, ["early"], datetime(2026, 11, 24, 20, 59, tzinfo=tokyo))
    sources.sync(tx, ["late"], datetime(2026, 11, 24, 12, 1, tzinfo=UTC))
    assert list(steady.due(Through(tx), NOON)) == ["early"]


def test_an_unknown_level_is_not_a_step(tx: Tx) -> None:
    plan(tx, planned("e1", level=None), planned("e2", level=Level.AVOID))
    assert [one.level for one in outbox.waiting(tx, "chat")] == [None, Level.AVOID]
    assert type(outbox.waiting(tx, "chat")[1].level) is Level


def test_a_nul_in_a_strangers_words_is_no_obstacle(tx: Tx) -> None:
    findings.note(tx, "us-state", [Finding(FindingKind.UNUSUAL, "odd\0byte")], NOON)
    (one,) = plan(tx, planned(why="a\0b"))
    outbox.settle_dead(tx, [one.id], NOON + DAY, "refused: \0")
    assert findings.of_source(tx, "us-state")[0][1] == "odd\N{REPLACEMENT CHARACTER}byte"
    assert outbox.of_event(tx, "e1")[0].last_reason == "refused: \N{REPLACEMENT CHARACTER}"
