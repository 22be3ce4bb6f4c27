"""Places that are renamed, split or merged must not read as lifted and issued."""

from __future__ import annotations

import pytest

from advisoryd.decide.relabel import relabelled
from advisoryd.model.reading import FindingKind
from advisoryd.model.standing import State

from .history import ADVICE_ONLY, History
from .making import calm, reading, record, standing

OTHERS = [calm(f"C{number}") for number in range(60)]
TEXT = "Avoid the border areas.\nTerrorists are likely to try to carry out attacks.\nTake care at night."


def test_a_row_that_is_split_into_its_parts_is_no_news() -> None:
    history = History(record("IL+PS", 3), *OTHERS)
    history.replaces(["IL+PS"], record("IL", 3), record("PS", 4))
    assert history.news() == []
    assert (history.level("IL"), history.level("PS")) == (3, 4)
    assert history.stands("IL+PS").state is State.VANISHED
    assert history.reason("IL+PS") == "relabelled"
    assert history.after("30d").again().news() == []


def test_rows_that_are_merged_into_one_are_no_news() -> None:
    history = History(record("IL", 3), record("PS", 4), *OTHERS)
    history.replaces(["IL", "PS"], record("IL+PS", 4))
    assert history.news() == []
    assert history.after("30d").again().news() == []
    assert history.says(record("IL+PS", 3)).after("30m").again().news() == ["IL+PS lowered 4→3"]


def test_a_split_reads_the_same_in_a_list_of_advice_only() -> None:
    history = History(record("IL+PS", 3), *OTHERS, contract=ADVICE_ONLY)
    assert history.replaces(["IL+PS"], record("IL", 3), record("PS", 3)).after("1h").again().news() == []


def test_the_operator_is_told_of_a_split_once() -> None:
    history = History(record("IL+PS", 3), *OTHERS)
    history.replaces(["IL+PS"], record("IL", 3), record("PS", 4))
    assert history.findings == [FindingKind.RELABELLED]
    assert history.judgement is not None
    (finding,) = history.judgement.findings
    assert finding.detail == "'IL+PS' is now listed as 'IL', 'PS' (split)"
    assert history.after("1h").again().findings == []


def test_a_part_that_appears_while_the_whole_is_still_listed_is_a_row_of_its_own() -> None:
    history = History(record("IL+PS", 3), *OTHERS).says(record("IL", 3))
    assert (history.findings, history.reason("IL")) == ([], "baseline")
    assert history.stands("IL+PS").state is State.IN_FORCE


def test_two_names_of_one_place_are_one_advisory() -> None:
    history = History(record("CZ", 1, name="Czech Republic"), *OTHERS).says(record("CZ", 1, name="Czechia"))
    assert history.news() == []
    assert history.stands("CZ").record.name == "Czechia"


def test_an_unknown_name_beside_a_missing_row_of_the_same_text_is_shown_to_the_operator() -> None:
    history = History(record("TL", 2, text=TEXT), *OTHERS)
    history.replaces(["TL"], record("", 2, key="timor", name="Timor Lorosae", text=TEXT))
    assert history.news() == []
    assert set(history.findings) == {FindingKind.UNKNOWN_PLACE, FindingKind.RELABELLED}
    assert history.stands("TL").state is State.IN_FORCE


@pytest.mark.parametrize(
    ("text", "alike"),
    [(TEXT, True), (TEXT.replace("night", "noon"), True), ("Something else entirely.", False), ("", False)],
)
def test_texts_must_be_nine_tenths_alike(text: str, alike: bool) -> None:
    fresh = reading(record("", 2, key="new", name="New name", text=text))
    found = relabelled([standing(record("TL", 2, text=TEXT))], [fresh], 0.9)
    assert [match.sure for match in found] == ([False] if alike else [])


def test_of_several_missing_rows_the_most_alike_is_meant() -> None:
    missing = [
        standing(record("FR", 2, text=TEXT + " And more. And more still.")),
        standing(record("TL", 2, text=TEXT)),
    ]
    fresh = reading(record("", 2, key="new", name="New name", text=TEXT))
    (match,) = relabelled(missing, [fresh], 0.5)
    assert [old.destination for old in match.old] == ["TL"]
    assert match.why == "text 100% alike"
