"""What each issuer said, and what of it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisoryd.decide.absence import absent
from advisoryd.decide.believe import Row
from advisoryd.decide.compare import Around, Reading, decide
from advisoryd.model.config import Thresholds
from advisoryd.model.event import Kind
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract
from advisoryd.model.record import Section, Stamp
from advisoryd.model.standing import Candidate, Missing, State
from advisoryd.store import advisories
from advisoryd.store.advisories import revision_id
from advisoryd.store.engine import Tx

from .samples import DAY, HOUR, NOON, record, revision, standing, stands

JAPAN, CHINA, FRANCE = record("JP"), record("CN", Level.RECONSIDER), record("FR", Level.NORMAL)
OVER = (State.VANISHED, State.WITHDRAWN)


def test_a_revision_stays_as_it_was_first_kept(tx: Tx) -> None:
    first = revision(JAPAN)
    advisories.put_revisions(tx, [first])
    advisories.put_revisions(tx, [replace(first, source="another", first_seen=NOON + DAY)])
    assert advisories.revision(tx, first.id) == first
    assert advisories.revision(tx, "no such") is None


def test_the_history_of_a_pair_begins_with_its_newest_text(tx: Tx) -> None:
    levels = (Level.CAUTION, Level.RECONSIDER, Level.AVOID)
    kept = [revision(record(level=level), first_seen=NOON + days * DAY) for days, level in enumerate(levels)]
    advisories.put_revisions(tx, [*kept, revision(CHINA)])
    assert advisories.history(tx, "US", "JP") == kept[::-1]
    assert advisories.history(tx, "US", "JP", limit=1) == [kept[2]]


def test_a_standing_is_written_over(tx: Tx) -> None:
    stands(tx, JAPAN)
    raised = stands(tx, record(level=Level.AVOID), changed_at=NOON + HOUR)
    assert advisories.standing(tx, "US", "JP", "security") == raised
    assert advisories.standing(tx, "US", "JP", "health") is None


def test_tracks_stand_beside_each_other(tx: Tx) -> None:
    security, health = stands(tx, JAPAN), stands(tx, replace(JAPAN, track="health"), track="health")
    assert advisories.of_source(tx, "us-state") == [health, security]


def test_many_pairs_of_one_issuer_are_found_together(tx: Tx) -> None:
    japan, china = stands(tx, JAPAN), stands(tx, replace(CHINA, track="health"), track="health")
    stands(tx, replace(JAPAN, track="health"), track="health")
    stands(tx, replace(JAPAN, issuer="GB"))
    wanted = {("JP", "security"), ("CN", "health"), ("FR", "security")}
    assert advisories.standings_of(tx, "US", wanted) == {("JP", "security"): japan, ("CN", "health"): china}
    assert advisories.standings_of(tx, "US", set()) == {}


def test_a_text_that_comes_back_keeps_the_dates_of_its_return(tx: Tx) -> None:
    stands(tx, JAPAN)
    again = replace(JAPAN, issued_at=Stamp(NOON + 9 * DAY), note="Reissued after periodic review.", editorial=True)
    stands(tx, again)
    found = advisories.standing(tx, "US", "JP", "security")
    assert found is not None
    assert found.record == again
    assert found.revision == revision_id(JAPAN)


def test_a_reading_that_waits_keeps_its_own_dates(tx: Tx) -> None:
    lower = replace(record(level=Level.NORMAL), issued_at=Stamp(NOON + DAY))
    advisories.put_revisions(tx, [revision(replace(lower, issued_at=Stamp(NOON - 400 * DAY)))])
    kept = stands(tx, JAPAN, candidate=Candidate(lower, revision_id(lower), NOON))
    assert advisories.waiting(tx, "us-state") == [kept]


def test_advice_lifted_by_not_being_listed_is_news_when_it_comes_back(tx: Tx) -> None:
    """A register that lists advice only drops a row; what stands then is "nothing", not the old text."""
    contract, around = Contract(lists_calm=False), Around(NOON + DAY, Thresholds(), lists_calm=False)
    stands(tx, CHINA, missing=Missing(NOON, 1))
    held = advisories.standing(tx, "US", "CN", "security")
    assert held is not None
    lifted = absent(held, around, contract)
    assert lifted.event is not None
    assert lifted.event.kind is Kind.LIFTED
    advisories.save(tx, [lifted.standing])

    calm = advisories.standing(tx, "US", "CN", "security")
    assert calm is not None
    assert calm.record == lifted.standing.record
    assert advisories.revision(tx, calm.revision) is not None
    back = decide(calm, Reading(CHINA, revision_id(CHINA), "us-state"), around)
    assert back.event is not None
    assert back.event.kind is Kind.ISSUED


@pytest.mark.parametrize("state", State)
def test_the_brake_sees_the_rows_that_should_be_listed(tx: Tx, state: State) -> None:
    stands(tx, JAPAN, state=state, missing=Missing(NOON, 2))
    row = [Row("JP", Level.CAUTION, NOON)]
    assert advisories.rows(tx, "us-state", lists_calm=True) == ([] if state in OVER else row)
    assert advisories.rows(tx, "us-state", lists_calm=False) == (row if state is State.IN_FORCE else [])
    assert advisories.rows(tx, "ca-gac", lists_calm=True) == []


def test_an_unreadable_level_is_an_unknown_level_to_the_brake(tx: Tx) -> None:
    stands(tx, record(level=None))
    assert advisories.rows(tx, "us-state", lists_calm=True) == [Row("JP", None)]


def test_what_is_not_listed_is_told_from_what_is(tx: Tx) -> None:
    japan, china, _ = stands(tx, JAPAN), stands(tx, CHINA), stands(tx, FRANCE, state=State.NO_ADVICE)
    gone = stands(tx, record("KP", Level.AVOID), state=State.VANISHED)
    stands(tx, record("IT"), source="another", key="IT")
    assert advisories.unlisted(tx, "us-state", {"JP", "FR"}, lists_calm=True) == [china]
    assert advisories.unlisted(tx, "us-state", {"CN"}, lists_calm=False) == [japan]
    assert advisories.unlisted(tx, "us-state", {"CN", "FR", "JP", gone.key}, lists_calm=True) == []
    assert len(advisories.unlisted(tx, "us-state", (), lists_calm=True)) == 3


def test_who_speaks_of_a_place_is_found_by_the_place(tx: Tx) -> None:
    stands(tx, CHINA)
    american = stands(tx, JAPAN)
    british = stands(tx, replace(JAPAN, issuer="GB"), source="uk-fcdo")
    assert advisories.of_destination(tx, ["JP", "KR"]) == [british, american]
    assert advisories.of_destination(tx, []) == []
    assert advisories.destinations(tx) == {"JP", "CN"}


def test_only_a_reading_that_waits_is_waiting(tx: Tx) -> None:
    stands(tx, JAPAN)
    stands(tx, CHINA, missing=Missing(NOON, 1))
    assert advisories.waiting(tx, "us-state") == []


def test_advice_that_ends_soon_comes_in_the_order_of_its_ends(tx: Tx) -> None:
    def until(place: str, hours: int, state: State = State.IN_FORCE) -> str:
        stands(tx, record(place, expires_at=Stamp(NOON + hours * HOUR, f"in {hours} hours")), state=state)
        return place

    later, soon, now = until("JP", 23), until("CN", 2), until("FR", 0)
    until("IT", 25)
    until("KP", 1, State.EXPIRED)
    stands(tx, record("US"))
    assert [one.destination for one in advisories.ending(tx, NOON + 24 * HOUR)] == [now, soon, later]


def test_a_source_in_trouble_makes_what_it_said_stale_from_the_first_trouble_on(tx: Tx) -> None:
    stands(tx, JAPAN)
    stands(tx, CHINA, source="another")
    advisories.mark_stale(tx, "us-state", NOON)
    advisories.mark_stale(tx, "us-state", NOON + DAY)
    assert [one.stale_since for one in advisories.of_source(tx, "us-state")] == [NOON]
    assert [one.stale_since for one in advisories.of_source(tx, "another")] == [None]


def test_what_a_source_said_is_fresh_again_but_for_a_row_with_a_reason_of_its_own(tx: Tx) -> None:
    stands(tx, JAPAN, stale_since=NOON - DAY)
    stands(tx, FRANCE)
    advisories.mark_stale(tx, "us-state", NOON)
    advisories.mark_fresh(tx, "another", NOON)
    assert [one.stale_since for one in advisories.of_source(tx, "us-state")] == [NOON, NOON - DAY]
    advisories.mark_fresh(tx, "us-state", NOON)
    assert [one.stale_since for one in advisories.of_source(tx, "us-state")] == [None, NOON - DAY]


def test_advisories_are_counted_by_source_and_level(tx: Tx) -> None:
    for place in ("JP", "KR"):
        stands(tx, record(place))
    stands(tx, FRANCE, state=State.NO_ADVICE)
    stands(tx, record("AQ", None))
    stands(tx, record("KP", Level.AVOID), state=State.VANISHED)
    stands(tx, record("IT", Level.AVOID), state=State.EXPIRED)
    stands(tx, CHINA, source="another")
    assert advisories.counts(tx, ["us-state", "ca-gac"]) == {
        ("us-state", Level.CAUTION): 2,
        ("us-state", Level.NORMAL): 1,
        ("us-state", None): 1,
    }


def test_a_long_text_is_kept_small(tx: Tx) -> None:
    long = replace(JAPAN, sections=(Section("Safety", ("Exercise increased caution in all parts. ",) * 500),))
    stands(tx, long)
    assert advisories.standing(tx, "US", "JP", "security") == standing(long)
    sizes = tx.exec_driver_sql("SELECT length(body) FROM revisions").scalars().all()
    assert sizes[0] < 1000
