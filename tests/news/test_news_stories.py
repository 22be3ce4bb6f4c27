"""Which claims are about one act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from advisoryd.model.ladder import Track
from advisoryd.model.report import ECHO, NOTICE
from advisoryd.news import Claim, Happening, cluster

START = datetime(2025, 11, 14, 16, tzinfo=UTC)


def told(
    happening: Happening = Happening.ISSUED,
    issuers: tuple[str, ...] = ("CN",),
    destinations: tuple[str, ...] = ("JP",),
    track: Track = Track.SECURITY,
    *,
    renewed: bool = False,
) -> Claim:
    return Claim(
        is_advisory=True,
        confidence=1.0,
        issuers=issuers,
        destinations=destinations,
        happening=happening,
        track=track,
        renewed=renewed,
    )


def labels(*claims: tuple[Claim, timedelta | None]) -> list[str | None]:
    return cluster([(claim, None if after is None else START + after) for claim, after in claims])


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def test_reports_of_one_act_share_a_label_that_names_it() -> None:
    assert labels((told(), hours(0)), (told(), hours(20))) == ["cn-jp-2025-11-14"] * 2


def test_what_is_no_advisory_has_no_label() -> None:
    assert cluster([(Claim(is_advisory=False, confidence=0.9), START)]) == [None]


def test_an_item_that_tells_of_several_issuers_acts_has_no_label() -> None:
    assert labels((told(issuers=("DE", "GB")), hours(0))) == [None]


def test_the_same_issuers_advice_about_another_place_is_another_act() -> None:
    first, second = labels((told(), hours(0)), (told(destinations=("TH",)), hours(1)))
    assert first != second


def test_another_issuers_advice_about_the_place_is_another_act() -> None:
    first, second = labels((told(), hours(0)), (told(issuers=("HK",)), hours(1)))
    assert first != second


def test_another_ministrys_notice_is_another_act() -> None:
    first, second = labels((told(), hours(0)), (told(track=Track.STUDY), hours(1)))
    assert first != second


def test_overlapping_destinations_are_one_act() -> None:
    first, second = labels((told(destinations=("IR", "IQ")), hours(0)), (told(destinations=("IQ", "LB")), hours(1)))
    assert first == second


def test_an_item_that_does_not_say_where_joins_the_issuers_act() -> None:
    first, second = labels((told(), hours(0)), (told(destinations=()), hours(1)))
    assert first == second


def test_a_notice_weeks_later_is_a_new_act() -> None:
    first, second = labels((told(), hours(0)), (told(), NOTICE + hours(1)))
    assert first != second


def test_consequences_and_reactions_go_back_to_the_act_weeks_later() -> None:
    rows = labels(
        (told(), hours(0)),
        (told(Happening.CONSEQUENCE), timedelta(days=40)),
        (told(Happening.FOLLOWUP), timedelta(days=60)),
    )
    assert len(set(rows)) == 1


def test_but_not_forever() -> None:
    first, second = labels((told(), hours(0)), (told(Happening.CONSEQUENCE), ECHO + hours(1)))
    assert first != second


def test_a_reaction_goes_back_to_the_advice_and_not_to_its_repetition() -> None:
    advice, again, reaction = labels(
        (told(), hours(0)),
        (told(Happening.FOLLOWUP, renewed=True), timedelta(days=30)),
        (told(Happening.CONSEQUENCE), timedelta(days=31)),
    )
    assert advice != again
    assert reaction == advice


def test_lowering_is_another_act_than_raising_even_on_the_same_day() -> None:
    up, down = labels((told(Happening.RAISED), hours(0)), (told(Happening.LIFTED), hours(3)))
    assert up != down


def test_a_claim_without_a_date_joins_the_act_that_fits() -> None:
    undated, dated = labels((told(), None), (told(), hours(0)))
    assert undated == dated == "cn-jp-2025-11-14"


def test_an_act_of_undated_claims_only_still_has_a_label() -> None:
    assert labels((told(), None)) == ["cn-jp-undated-0"]


def test_labels_come_in_the_order_of_the_claims_whatever_their_dates() -> None:
    late, early = labels((told(destinations=("TH",)), hours(5)), (told(), hours(0)))
    assert (late, early) == ("cn-th-2025-11-14", "cn-jp-2025-11-14")


@given(st.permutations(range(6)))
def test_the_order_in_which_claims_come_does_not_matter(order: list[int]) -> None:
    rows = [
        (told(), START),
        (told(), START + hours(9)),
        (told(destinations=("TH",)), START + hours(2)),
        (told(Happening.CONSEQUENCE), START + timedelta(days=20)),
        (told(Happening.FOLLOWUP, renewed=True), START + timedelta(days=9)),
        (told(issuers=("HK",)), START + hours(1)),
    ]
    expected = cluster(rows)
    shuffled = cluster([rows[at] for at in order])
    assert [shuffled[order.index(at)] for at in range(6)] == expected
