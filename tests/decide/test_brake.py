"""The brake: a reading that lost rows, tiers or levels is not believed, and raises come through it all the same."""

from __future__ import annotations

import pytest

from advisoryd.decide.believe import Belief, Row, believe, is_mass
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, FindingKind

from .history import ADVICE_ONLY, REGISTER, STREAM, History
from .making import L1, L2, L3, L4, LIMITS, NOON, calm, record, span


def rows(*groups: tuple[int, Level | None]) -> list[Row]:
    """So many rows at each level, named r0, r1, …"""
    levels = [level for count, level in groups for _ in range(count)]
    return [Row(f"r{number}", level) for number, level in enumerate(levels)]


def without(known: list[Row], *gone: int) -> set[str]:
    return {row.key for number, row in enumerate(known) if number not in gone}


def belief(
    known: list[Row],
    present: set[str] | None = None,
    levels: dict[str, Level | None] | None = None,
    contract: Contract = REGISTER,
) -> Belief:
    return believe(known, present, levels or {}, contract, LIMITS, NOON)


@pytest.mark.parametrize(("gone", "believed"), [(0, True), (2, True), (3, False), (50, False)])
def test_rows_missing_together_are_a_fault_of_the_source(gone: int, believed: bool) -> None:
    known = rows((200, L1))
    judged = belief(known, without(known, *range(gone)))
    assert judged.healthy is believed
    assert [finding.kind for finding in judged.findings] == ([] if believed else [FindingKind.MISSING])


def test_the_finding_says_how_many_rows_and_which() -> None:
    known = rows((200, L1))
    (finding,) = belief(known, without(known, 1, 2, 3)).findings
    assert finding.detail == "3 of 200 rows are missing at once"
    assert finding.keys == ("r1", "r2", "r3")


@pytest.mark.parametrize(("lost", "believed"), [(1, True), (20, True), (21, False), (100, False)])
def test_levels_that_become_unreadable_together_are_a_fault_of_the_source(lost: int, believed: bool) -> None:
    judged = belief(rows((100, L2)), levels={f"r{number}": None for number in range(lost)})
    assert (FindingKind.LEVELS_LOST not in {finding.kind for finding in judged.findings}) is believed


def test_levels_that_were_never_known_are_not_lost() -> None:
    assert belief(rows((10, L2), (90, None)), levels={f"r{number}": None for number in range(10, 100)}).healthy


@pytest.mark.parametrize(
    ("held", "away", "believed"), [(20, 11, False), (20, 10, True), (3, 3, False), (2, 2, True), (6, 3, True)]
)
def test_half_of_a_tier_lost_is_a_fault_whatever_it_is_of_the_whole(held: int, away: int, believed: bool) -> None:
    levels: dict[str, Level | None] = {f"r{number}": None for number in range(away)}
    judged = belief(rows((held, L4), (500, L1)), levels=levels)
    assert judged.healthy is believed
    if not believed:
        assert judged.findings[0].detail == f"{away} of {held} rows at level 4 are missing or unreadable at once"


def test_a_tier_is_lost_by_missing_and_unreadable_rows_together() -> None:
    known = rows((4, L4), (500, L1))
    assert belief(known, without(known, 0), levels={"r1": None}).healthy
    assert not belief(known, without(known, 0), levels={"r1": None, "r2": None}).healthy


def test_a_stream_and_a_register_read_in_part_miss_no_row() -> None:
    assert belief(rows((200, L4)), present=None).healthy


@pytest.mark.parametrize(
    ("held", "gone", "believed"), [(25, 4, True), (25, 7, True), (25, 8, False), (10, 4, True), (10, 5, False)]
)
def test_a_list_of_advice_only_may_shrink_by_a_third(held: int, gone: int, believed: bool) -> None:
    known = rows((held, L2))
    assert belief(known, without(known, *range(gone)), contract=ADVICE_ONLY).healthy is believed


def test_a_row_long_missing_is_set_aside_so_that_the_source_is_not_broken_for_ever() -> None:
    twice = 2 * REGISTER.grace
    long_gone = [Row(f"r{number}", L1, NOON - twice) for number in range(5)]
    lately = [Row(f"r{number}", L1, NOON - twice + span("1s")) for number in range(5)]
    assert belief(long_gone + rows((0, L1)), present=set()).healthy
    assert not belief(lately, present=set()).healthy


def test_nothing_is_known_before_the_first_reading() -> None:
    assert belief([], present={"r0"}, levels={"r0": L4}) == Belief()


@pytest.mark.parametrize(
    ("changed", "known", "mass"),
    [(4, 10, False), (5, 10, True), (5, 62, True), (5, 63, False), (14, 1000, False), (15, 1000, True), (0, 0, False)],
)
def test_a_mass_change_is_five_rows_above_eight_percent_or_fifteen_rows(changed: int, known: int, mass: bool) -> None:
    assert is_mass(changed, known, LIMITS) is mass


@pytest.mark.parametrize(("moved", "held"), [(7, False), (9, True)])
def test_many_levels_moved_at_once_ask_for_a_second_reading(moved: int, held: bool) -> None:
    judged = belief(rows((100, L2)), levels={f"r{number}": L3 for number in range(moved)})
    assert (judged.healthy, judged.hold) == (True, held)
    assert [finding.kind for finding in judged.findings] == ([FindingKind.MASS_CHANGE] if held else [])


def test_an_issuer_known_for_bulk_reviews_is_not_held() -> None:
    judged = belief(rows((100, L2)), levels={f"r{n}": L3 for n in range(50)}, contract=Contract(bulk_reviews=True))
    assert judged == Belief()


# As it goes in a running daemon.

TWENTY = [f"{letter}{number}" for letter in "AB" for number in range(10)]


def country_list(top: int = 4) -> History:
    """Twenty countries at the strictest level among two hundred."""
    strict = [record(place, top) for place in TWENTY]
    return History(*strict, *(calm(f"C{number}") for number in range(179)), record("JP", 3))


def test_the_strictest_tier_disappears_for_four_days_and_nobody_is_told_it_was_lifted() -> None:
    history = country_list().after("1d").drops(*TWENTY)
    assert (history.healthy, history.operator) == (False, ["degraded"])
    for _ in range(4):
        history.after("1d").again()
    history.says(*(record(place, 4) for place in TWENTY))
    assert history.news() == []
    assert history.operator == ["degraded", "recovered"]
    assert history.level("A0") == 4


def test_every_level_becomes_unreadable_and_the_last_known_ones_are_kept() -> None:
    history = country_list().after("1d")
    history.says(*(record(said.record.destination, None) for said in list(history.standings.values())))
    assert not history.healthy
    assert history.after("15m").again().operator == ["degraded"]
    assert history.news() == []
    assert history.level("A0") == 4
    assert history.stands("A0").stale_since is not None


def test_a_raise_comes_through_a_poll_that_is_not_believed() -> None:
    history = country_list()
    history.replaces(TWENTY, record("JP", 4))
    assert not history.healthy
    assert history.news() == ["JP raised 3→4"]


def test_a_loosening_in_a_poll_that_is_not_believed_counts_from_the_first_believed_one() -> None:
    history = country_list()
    history.replaces(TWENTY, record("JP", 2))
    assert history.reason() == "looser-void-source-unhealthy"
    history.after("31m").says(*(record(place, 4) for place in TWENTY))
    assert history.news() == []
    assert history.after("30m").again().news() == ["JP lowered 3→2"]


def test_a_loosening_that_waits_is_not_confirmed_by_a_poll_that_is_not_believed() -> None:
    history = country_list().says(record("JP", 2)).after("31m").drops(*TWENTY)
    assert history.news() == []


def test_a_source_that_really_dropped_rows_is_healthy_again_after_twice_its_grace() -> None:
    history = country_list().drops("C0", "C1", "C2", "C3")
    for _ in range(13):
        assert not history.after("1d").again().healthy
    assert history.after("1d").again().healthy
    assert history.operator == ["degraded", "recovered"]
    assert history.news() == []


def test_a_stream_that_reads_well_stays_healthy_whatever_leaves_its_window() -> None:
    notices = [record(place, 3, key=f"n{place}") for place in TWENTY]
    history = History(*notices, contract=STREAM).drops(*TWENTY)
    assert history.healthy
    assert history.after("30d").again().news() == []
