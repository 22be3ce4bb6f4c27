"""The first sight of a source, a place, a page or a level is a baseline: kept, and not told."""

from __future__ import annotations

import pytest

from advisoryd.decide.compare import decide
from advisoryd.model.reading import Contract
from advisoryd.model.record import Record
from advisoryd.model.standing import State

from .history import ADVICE_ONLY, REGISTER, STREAM, History
from .making import NOON, around, calm, reading, record, standing


@pytest.mark.parametrize("contract", [REGISTER, ADVICE_ONLY, STREAM], ids=["register", "advice only", "stream"])
def test_the_first_reading_of_a_source_tells_nothing(contract: Contract) -> None:
    off_the_ladder = record("IQ", None, native="beware")
    history = History(record("JP", 4), record("FR", 1), off_the_ladder, calm("CH"), contract=contract)
    assert history.news() == []
    assert history.again().news() == []
    assert len(history.standings) == 4


def test_the_first_notices_of_a_stream_leave_the_newest_standing() -> None:
    notices = [
        record("JP", 4, key="n3", issued="2025-11-03"),
        record("JP", 2, key="n1", issued="2025-11-01"),
        record("JP", 3, key="n2", issued="2025-11-02"),
    ]
    history = History(*notices, contract=STREAM)
    assert history.news() == []
    assert history.stands().key == "n3"


def test_a_new_row_of_a_register_that_lists_every_place_is_a_baseline() -> None:
    history = History(record("FR", 1)).says(record("JP", 4))
    assert (history.news(), history.reason()) == ([], "baseline")


def test_a_new_row_of_a_register_that_lists_advice_only_is_new_advice() -> None:
    history = History(record("FR", 2), contract=ADVICE_ONLY).says(record("JP", 3))
    assert (history.news(), history.reason()) == (["JP issued ?→3"], "new-advice")


def test_the_first_notice_of_a_stream_about_a_place_is_new_advice() -> None:
    history = History(record("FR", 2, key="n1"), contract=STREAM).says(record("JP", 3, key="n2"))
    assert history.news() == ["JP issued ?→3"]


def test_a_new_row_without_advice_is_nobodys_news() -> None:
    history = History(record("FR", 2), contract=ADVICE_ONLY).says(calm("JP"))
    assert (history.news(), history.reason()) == ([], "baseline")


def test_what_a_document_says_when_it_is_read_for_the_first_time_is_no_news() -> None:
    verdict = decide(None, reading(record("JP", 4), first=True), around(lists_calm=False))
    assert (verdict.event, verdict.reason) == (None, "baseline")


def test_a_correction_of_our_own_reading_moves_what_stands_without_a_word() -> None:
    verdict = decide(standing(record("JP", 4)), reading(record("JP", 1)), around(new_source=True))
    assert (verdict.event, verdict.reason) == (None, "baseline")
    assert verdict.standing.record.level == 1
    assert verdict.standing.first_seen == NOON


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (record("JP"), record("JP", text="Curfew in Tokyo. Leave now.")),
        (record("JP"), record("JP", text="Curfew.", regions={"Noto": 4})),
    ],
    ids=["its text", "its regions"],
)
def test_the_first_reading_of_a_page_adds_to_what_is_known_and_tells_nothing(first: Record, then: Record) -> None:
    history = History(first).says(then)
    assert (history.news(), history.reason()) == ([], "page-first-read")
    assert history.stands().record == then


def test_a_page_that_raises_the_level_when_it_is_first_read_is_told_all_the_same() -> None:
    assert History(record("JP", 2)).says(record("JP", 3, text="Curfew.")).news() == ["JP raised 2→3"]


def test_a_level_that_was_never_known_is_learnt_without_a_word() -> None:
    history = History(record("JP", None)).says(record("JP", 4))
    assert (history.news(), history.reason()) == ([], "first-level-read")
    assert history.says(record("JP", None)).level() == 4


def test_a_place_nobody_knows_is_set_aside_for_the_operator() -> None:
    lost = record("", 4, key="atlantis", name="Atlantis")
    history = History(record("JP", 2)).says(lost)
    assert history.news() == []
    assert history.findings == ["unknown-place"]
    assert history.judgement is not None
    assert history.judgement.quarantined == ("atlantis",)
    assert ("", "security") not in history.standings


def test_a_listed_place_without_advice_has_a_state_of_its_own() -> None:
    assert History(calm("JP")).stands().state is State.NO_ADVICE
