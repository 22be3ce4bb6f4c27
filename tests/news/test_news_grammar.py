"""The notation of rules, and the rule file itself."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import advisoryd.news
from advisoryd.model.report import Happening
from advisoryd.news.grammar import Rule, compiled, matches, meetings, rule_of, rules
from advisoryd.news.hits import Hit, Tagged
from advisoryd.news.tags import Tag
from advisoryd.news.votes import BORDER, DESTINATION, ISSUER, OTHER, PROTESTER

CLASSES = {"nation": "place demonym", "anybody": "nation people"}
ORDERS = ("svo", "zh", "sov")
SECTIONS = ("role", "act", "refusal", "leave", "happening", "happening_later")
FILE = tomllib.loads((Path(advisoryd.news.__file__).parent / "data" / "grammar.toml").read_text(encoding="utf-8"))


def row(*tags: Tag, between: str = " ") -> Tagged:
    """A text that consists of ``tags``, with ``between`` between their words."""
    step = 1 + len(between)
    hits = tuple(Hit(tag, at * step, at * step + 1) for at, tag in enumerate(tags))
    return Tagged(between.join("x" * len(tags)), hits, "".join(tags))


def meets(find: str, *tags: Tag) -> bool:
    return compiled(find, CLASSES).search("".join(tags)) is not None


def test_a_word_is_a_tag_or_a_class_of_tags_or_either_of_several() -> None:
    assert meets("place urge", Tag.PLACE, Tag.URGE)
    assert meets("nation urge", Tag.DEMONYM, Tag.URGE)
    assert meets("anybody urge", Tag.PEOPLE, Tag.URGE)
    assert meets("place|people urge", Tag.PEOPLE, Tag.URGE)
    assert not meets("place urge", Tag.PEOPLE, Tag.URGE)


def test_a_question_mark_makes_a_word_optional() -> None:
    assert meets("place to? urge", Tag.PLACE, Tag.URGE)
    assert meets("place to? urge", Tag.PLACE, Tag.TO, Tag.URGE)


@pytest.mark.parametrize(("dots", "reach"), [(".", 1), ("..", 2), ("...", 4)])
def test_dots_reach_over_some_tags(dots: str, reach: int) -> None:
    assert meets(f"urge {dots} leave", Tag.URGE, *[Tag.GAP] * reach, Tag.LEAVE)
    assert not meets(f"urge {dots} leave", Tag.URGE, *[Tag.GAP] * (reach + 1), Tag.LEAVE)


def test_dots_stay_inside_the_sentence() -> None:
    assert not meets("urge ... leave", Tag.URGE, Tag.STOP, Tag.LEAVE)


def test_a_caret_is_the_beginning_of_the_text() -> None:
    assert meets("^ place", Tag.PLACE)
    assert not meets("^ place", Tag.GAP, Tag.PLACE)


def test_a_tilde_forbids_what_stands_before_and_an_exclamation_mark_what_follows() -> None:
    assert not meets("~to place", Tag.TO, Tag.PLACE)
    assert meets("~to place", Tag.PLACE)
    assert not meets("place !react", Tag.PLACE, Tag.REACT)
    assert meets("place !react", Tag.PLACE)


def test_braces_mark_the_words_a_rule_is_about() -> None:
    found = compiled("travel to {place}", CLASSES).search("".join((Tag.TRAVEL, Tag.TO, Tag.PLACE)))
    assert found is not None
    assert found.start(1) == 2


def rule(find: str, **traits: object) -> Rule:
    return rule_of({"name": "a rule", "find": [find], **traits}, find, CLASSES)


def test_a_close_rule_wants_no_other_words_between() -> None:
    strict = rule("people to place", close=True)
    assert list(meetings(strict, row(Tag.PEOPLE, Tag.TO, Tag.PLACE)))
    assert not list(meetings(strict, row(Tag.PEOPLE, Tag.TO, Tag.PLACE, between=" old ")))


def test_a_rule_may_be_barred_by_what_stands_earlier_in_the_sentence() -> None:
    shy = rule("place", not_after="since")
    assert not list(meetings(shy, row(Tag.SINCE, Tag.GAP, Tag.PLACE)))
    assert list(meetings(shy, row(Tag.SINCE, Tag.STOP, Tag.PLACE)))


def test_a_rule_knows_the_words_that_it_cannot_do_without() -> None:
    assert rule("place ~by to? raise|lower ... ban").needs == ({Tag.PLACE}, {Tag.RAISE, Tag.LOWER}, {Tag.BAN})


def test_a_match_tells_in_which_part_it_is() -> None:
    parts = [row(Tag.GAP), row(Tag.ADVICE)]
    assert {match.part for match in matches("act", parts, "svo")} == {1}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("section", SECTIONS)
def test_every_rule_of_the_file_can_be_read_and_has_a_name(section: str, order: str) -> None:
    found = rules(section, order)
    assert found
    assert all(rule.name and rule.needs for rule in found)


def test_roles_and_happenings_are_words_that_the_code_knows() -> None:
    assert {row["role"] for row in FILE["role"]} == {ISSUER, DESTINATION, OTHER, BORDER, PROTESTER}
    told = {row["role"] for section in ("happening", "happening_later") for row in FILE[section]}
    assert told == {*Happening, "renewed"}


def test_every_role_is_given_to_exactly_one_word_of_a_pattern() -> None:
    for given in FILE["role"]:
        for find in given["find"]:
            assert find.count("{") == find.count("}") == 1, find


def test_no_pattern_stands_in_the_file_twice() -> None:
    for section in SECTIONS:
        seen = [(find, row.get("order"), row.get("role")) for row in FILE[section] for find in row["find"]]
        assert len(seen) == len(set(seen)), section


def test_rules_name_orders_that_languages_have() -> None:
    for section in SECTIONS:
        for given in FILE[section]:
            assert set(given.get("order", "svo").split()) <= set(ORDERS)


def test_every_class_is_used() -> None:
    finds = " ".join(find for section in SECTIONS for row in FILE[section] for find in row["find"])
    names = " ".join(FILE["class"].values()) + finds
    traits = " ".join(str(row.get("unless", "")) for section in SECTIONS for row in FILE[section])
    for name in FILE["class"]:
        assert name in names + traits, name
