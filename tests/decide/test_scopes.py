"""Whether a scope grew or shrank: flags, steps, named regions, and the many ways to say the same thing anew."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.decide.scope import above_country, compare_scopes, region_changes
from advisoryd.model.ladder import Level
from advisoryd.model.record import Area, Record, Region, Scope

from .making import L3, L4, record

GREW, SHRANK, SAME = 1, -1, 0


def scoped(scope: Scope, level: int | None = 2, **more: object) -> Record:
    return record("TR", level, scope=scope, **more)


def parts(*steps: Level) -> Record:
    return scoped(Scope(True, frozenset(steps)))


def named(regions: dict[str, int], level: int | None = 2, text: str = "") -> Record:
    return record("TR", level, regions=regions, text=text)


NOT_STATED = scoped(Scope())
NONE = scoped(Scope(False))
SOME = scoped(Scope(True))


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (NONE, SOME, GREW),
        (SOME, NONE, SHRANK),
        (SOME, SOME, SAME),
        (NOT_STATED, SOME, SAME),
        (SOME, NOT_STATED, SAME),
        (NOT_STATED, NONE, SAME),
        (NONE, NOT_STATED, SAME),
    ],
)
def test_not_stated_is_not_none(before: Record, after: Record, verdict: int) -> None:
    assert compare_scopes(before, after) == verdict


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (parts(L3), parts(L3, L4), GREW),
        (parts(L3), parts(L4), GREW),
        (parts(L3, L4), parts(L3), SHRANK),
        (parts(L4), parts(L3), SHRANK),
        (parts(L4), parts(L4, L3), GREW),
        (parts(L3), parts(L3), SAME),
        (parts(L3), SOME, SAME),
    ],
)
def test_the_steps_that_an_issuer_states_decide(before: Record, after: Record, verdict: int) -> None:
    assert compare_scopes(before, after) == verdict


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ({"Hatay": 3}, {"Hatay": 3, "Sirnak": 3}, GREW),
        ({"Hatay": 3, "Sirnak": 3}, {"Hatay": 3}, SHRANK),
        ({"Hatay": 3}, {"Hatay": 4}, GREW),
        ({"Hatay": 4}, {"Hatay": 3}, SHRANK),
        ({"Hatay": 3}, {"Sirnak": 3}, SAME),
        ({"Hatay": 4}, {"Sirnak": 3}, SHRANK),
        ({"Hatay": 3}, {"Sirnak": 4}, GREW),
        ({"Hatay": 3, "Sirnak": 3}, {"Hatay": 4}, GREW),
    ],
    ids=["added", "gone", "up", "down", "exchanged", "exchanged for a lesser", "exchanged for a worse", "fewer, worse"],
)
def test_named_regions_are_weighed_against_each_other_and_the_stricter_side_wins(
    before: dict[str, int], after: dict[str, int], verdict: int
) -> None:
    assert compare_scopes(named(before), named(after)) == verdict


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Hatay", "HATAY"),
        ("Hatay", "Hatay province"),
        ("Border areas of Ethiopia and Sudan", "Areas bordering Ethiopia, Sudan"),
        ("The region of Kidal", "Kidal region (north of the river)"),
        ("Border areas", "The border areas"),
        ("Şırnak", "Şırnak"),
        ("within 10 km of the border with Syria", "areas within 10 kilometres of the Syria border"),
    ],
)
def test_a_region_in_other_words_is_no_change(before: str, after: str) -> None:
    assert compare_scopes(named({before: 3}), named({after: 3})) == SAME
    assert region_changes(named({before: 3}), named({after: 3})) == []


def test_a_phrase_that_stood_in_the_text_already_is_no_new_region() -> None:
    phrase = "the coastal road between Adana and Mersin"
    before = named({"Hatay": 3}, text=f"Avoid {phrase} after dark.")
    assert compare_scopes(before, named({"Hatay": 3, phrase: 3})) == SAME


def test_a_list_item_that_stood_in_the_text_already_is_no_new_region() -> None:
    before = named({"Karachi": 3}, text="Avoid all travel to\nthe province of Balochistan")
    assert compare_scopes(before, named({"Karachi": 3, "the province of Balochistan": 4})) == SAME


def test_a_region_in_many_words_whose_level_goes_up_has_grown_though_its_words_stood_there() -> None:
    strip = "within 10 km of the border with Syria"
    before = named({strip: 3}, text=f"Avoid all but essential travel {strip}.")
    assert compare_scopes(before, named({strip: 4})) == GREW


def test_a_name_that_the_text_only_mentioned_can_become_a_region() -> None:
    before = named({"Hatay": 3}, text="There are direct flights from Goma.")
    assert compare_scopes(before, named({"Hatay": 3, "Goma": 4})) == GREW


def test_a_region_that_the_whole_country_has_overtaken_does_not_count() -> None:
    before = named({"Hatay": 3}, level=3)
    assert compare_scopes(before, record("TR", 3, regional=False)) == SHRANK
    assert compare_scopes(before, scoped(Scope(True), 3)) == SAME
    assert above_country(before) == []
    assert above_country(named({"Hatay": 4}, level=3)) == [Region("Hatay", L4)]


def test_an_exception_that_is_calmer_is_no_scope() -> None:
    but = Region("Ankara", L3, Area.EXCLUSION)
    whole = scoped(Scope(True, regions=(Region("The south-east", L3),)))
    assert compare_scopes(whole, scoped(Scope(True, regions=(Region("The south-east", L3), but)))) == SAME


def test_the_rest_of_the_country_is_a_region_like_another() -> None:
    rest = Region("The rest of the country", L3, Area.REST)
    whole = scoped(Scope(True, regions=(Region("Hatay", L4),)))
    assert compare_scopes(whole, scoped(Scope(True, regions=(Region("Hatay", L4), rest)))) == GREW


def test_regions_named_for_the_first_time_are_learnt_not_gained() -> None:
    assert compare_scopes(NOT_STATED, named({"Hatay": 4})) == SAME
    assert compare_scopes(SOME, named({"Hatay": 4})) == SAME
    assert compare_scopes(NONE, scoped(Scope(None, regions=(Region("Hatay", L4),)))) == GREW


def test_a_region_without_a_known_level_is_neither_gained_nor_lost() -> None:
    unknown = scoped(Scope(True, regions=(Region("Hatay", None),)))
    assert compare_scopes(unknown, named({"Sirnak": 3})) == GREW
    assert above_country(unknown) == []


def test_where_the_country_has_no_known_level_every_stated_region_counts() -> None:
    assert compare_scopes(named({"Hatay": 2}, None), named({"Hatay": 3}, None)) == GREW


# What is said of it.


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"Hatay": 3}, {"Hatay": 3, "Sirnak": 4}, [("region-added", "", "Sirnak")]),
        ({"Hatay": 3, "Sirnak": 4}, {"Hatay": 3}, [("region-removed", "Sirnak", "")]),
        ({"Hatay": 3}, {"Hatay": 4}, [("region-level", "Hatay: 3", "Hatay: 4")]),
        ({"Hatay": 4}, {"Hatay province": 3}, [("region-level", "Hatay: 4", "Hatay province: 3")]),
        ({"Hatay": 3}, {"Sirnak": 3}, [("region-added", "", "Sirnak"), ("region-removed", "Hatay", "")]),
        ({"Hatay": 3}, {"Hatay": 3}, []),
    ],
)
def test_regions_that_came_went_or_moved_are_named_in_the_issuers_words(
    before: dict[str, int], after: dict[str, int], said: list[tuple[str, str, str]]
) -> None:
    found = region_changes(named(before), named(after))
    assert [(str(change.facet), change.old, change.new) for change in found] == said


# What holds for every two scopes.

NAMES = st.sampled_from(
    ["Hatay", "Sirnak", "Border areas", "Kidal region", "within 10 km of Syria", "北部", "the north"]
)
STEPS = st.sampled_from([None, *Level])
REGIONS = st.lists(st.builds(Region, NAMES, STEPS, st.sampled_from(Area)), max_size=4).map(tuple)
SCOPES = st.builds(Scope, st.sampled_from([None, True, False]), st.frozensets(st.sampled_from(Level)), REGIONS)


@given(SCOPES, SCOPES, STEPS)
def test_growing_one_way_is_shrinking_the_other(one: Scope, two: Scope, level: Level | None) -> None:
    first, second = scoped(one, level), scoped(two, level)
    assert compare_scopes(first, second) == -compare_scopes(second, first)


@given(SCOPES, STEPS)
def test_a_scope_is_the_same_as_itself(scope: Scope, level: Level | None) -> None:
    assert compare_scopes(scoped(scope, level), scoped(scope, level)) == SAME
    assert region_changes(scoped(scope, level), scoped(scope, level)) == []


@given(SCOPES, STEPS, st.randoms())
def test_the_order_in_which_regions_are_named_does_not_matter(
    scope: Scope, level: Level | None, chance: Random
) -> None:
    order = list(scope.regions)
    chance.shuffle(order)
    shuffled = replace(scope, regions=tuple(order))
    assert compare_scopes(scoped(scope, level), scoped(shuffled, level)) == SAME
