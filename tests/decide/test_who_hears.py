"""Who hears of an event, and the condition that decided: one table for each condition of a subscription."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisoryd import places
from advisoryd.decide.match import DEFAULT_EVENTS, FOLLOW_UPS, concerned_level, match
from advisoryd.model.config import Reports, Subscription
from advisoryd.model.event import DOWNWARD, OPERATOR, REPORTED, UPWARD, Change, Event, Facet, Kind, Texture
from advisoryd.model.ladder import Grade, Level

from .making import event

ANYONE = Subscription(name="desk", channels=("chat",))
OPERATOR_DESK = Subscription(name="operator", channels=("mail",), operator=True)
RAISED = event(Kind.RAISED, 2, 3)
NOBODY_IN_PARTICULAR = replace(RAISED, destination="")


def wanting(**conditions: object) -> Subscription:
    return replace(ANYONE, **conditions)


def why(subscription: Subscription, told: Event, **more: object) -> tuple[bool, str]:
    answer = match(subscription, told, **more)
    assert bool(answer) is answer.hears
    return answer.hears, answer.why


AMONG = "raised is among the subscription's events"


@pytest.mark.parametrize(
    ("destinations", "told", "hears", "reason"),
    [
        ((), RAISED, True, AMONG),
        (("JP",), RAISED, True, AMONG),
        (("FR", "JP"), RAISED, True, AMONG),
        (("FR",), RAISED, False, "destination JP is not among the subscription's"),
        (("IL",), replace(RAISED, destination="IL+PS"), True, AMONG),
        (("PS",), replace(RAISED, destination="IL+PS"), True, AMONG),
        (("IL+PS",), replace(RAISED, destination="IL+PS"), True, AMONG),
        (("JO",), replace(RAISED, destination="IL+PS"), False, "destination IL+PS is not among the subscription's"),
        (("PT",), replace(RAISED, destination="PT-20"), True, AMONG),
        (("PT-20",), replace(RAISED, destination="PT"), False, "destination PT is not among the subscription's"),
        (("CN",), replace(RAISED, destination="HK"), False, "destination HK is not among the subscription's"),
        (("JP",), replace(NOBODY_IN_PARTICULAR, places=("FR", "JP")), True, AMONG),
        (
            ("KR",),
            replace(NOBODY_IN_PARTICULAR, places=("FR", "JP")),
            False,
            "destination FR, JP is not among the subscription's",
        ),
        ((), NOBODY_IN_PARTICULAR, True, AMONG),
        (
            ("JP",),
            NOBODY_IN_PARTICULAR,
            False,
            "the destination cannot be told, and the subscription names destinations",
        ),
    ],
)
def test_destinations(destinations: tuple[str, ...], told: Event, hears: bool, reason: str) -> None:
    assert why(wanting(destinations=frozenset(destinations)), told) == (hears, reason)


def test_a_group_is_its_members() -> None:
    assert match(wanting(destinations=places.expand(["asean"])), replace(RAISED, destination="VN"))


@pytest.mark.parametrize(
    ("issuers", "hears", "reason"),
    [
        ((), True, AMONG),
        (("CN", "US"), True, AMONG),
        (("US",), False, "issuer CN is not among the subscription's"),
    ],
)
def test_issuers(issuers: tuple[str, ...], hears: bool, reason: str) -> None:
    assert why(wanting(issuers=frozenset(issuers)), RAISED) == (hears, reason)


@pytest.mark.parametrize(
    ("wanted", "source", "hears", "reason"),
    [
        ((), (), True, AMONG),
        (("region:asia",), ("kind:official", "region:asia"), True, AMONG),
        (
            ("region:asia", "lang:zh"),
            ("region:europe",),
            False,
            "source cn-mfa has none of the tags lang:zh, region:asia",
        ),
        (("region:asia",), (), False, "source cn-mfa has none of the tags region:asia"),
    ],
)
def test_tags(wanted: tuple[str, ...], source: tuple[str, ...], hears: bool, reason: str) -> None:
    assert why(wanting(tags=frozenset(wanted)), RAISED, tags=source) == (hears, reason)


@pytest.mark.parametrize(
    ("told", "level"),
    [
        (event(Kind.RAISED, 2, 3), 3),
        (event(Kind.LOWERED, 4, 1), 4),
        (event(Kind.WIDENED, 2, 2, highest_after=Level.AVOID), 4),
        (event(Kind.NARROWED, 2, 2, highest_before=Level.RECONSIDER), 3),
        (event(Kind.VANISHED, 3), 3),
        (event(Kind.BULLETIN), None),
    ],
)
def test_an_event_concerns_the_strictest_level_before_or_after(told: Event, level: int | None) -> None:
    assert concerned_level(told) == level


@pytest.mark.parametrize(
    ("told", "hears", "reason"),
    [
        (event(Kind.RAISED, 2, 3), True, AMONG),
        (event(Kind.RAISED, 1, 2), False, "level 2 is below min_level 3"),
        (event(Kind.LOWERED, 3, 1), True, "lowered is among the subscription's events"),
        (event(Kind.LOWERED, 2, 1), False, "level 2 is below min_level 3"),
        (event(Kind.WIDENED, 2, 2, highest_after=Level.AVOID), True, "widened is among the subscription's events"),
        (event(Kind.RAISED, None, None), True, AMONG),
        (event(Kind.SWEEP, 1, 1), True, "sweep is among the subscription's events"),
    ],
)
def test_the_least_level(told: Event, hears: bool, reason: str) -> None:
    assert why(wanting(min_level=Level.RECONSIDER), told) == (hears, reason)


@pytest.mark.parametrize("kind", sorted(UPWARD | DOWNWARD))
def test_direction(kind: Kind) -> None:
    told = event(kind, 3, 3)
    up, down = (wanting(direction=way, events=frozenset(Kind)) for way in ("up", "down"))
    assert bool(match(up, told)) is (kind in UPWARD)
    assert bool(match(down, told)) is (kind in DOWNWARD)
    silent = up if kind in DOWNWARD else down
    way = "looser, and direction is up" if kind in DOWNWARD else "stricter, and direction is down"
    assert match(silent, told).why == f"{kind} makes the advice {way}"


def test_what_has_no_direction_is_heard_whatever_direction_is_wanted() -> None:
    assert match(wanting(direction="up"), event(Kind.AMENDED, 2, 2, texture=Texture.SUBSTANCE))


HATAY = (Change(Facet.REGION_ADDED, new="Hatay province"),)
SIRNAK = (Change(Facet.REGION_LEVEL, "Sirnak: 3", "Sirnak: 4"),)
UNNAMED = (Change(Facet.SCOPE, "", "3"), Change(Facet.REASON_ADDED, new="crime"))


@pytest.mark.parametrize(
    ("told", "hears", "reason"),
    [
        (event(Kind.WIDENED, 2, 2, changes=HATAY), True, "widened is among the subscription's events"),
        (event(Kind.WIDENED, 2, 2, changes=SIRNAK), False, "none of the regions hatay is named"),
        (event(Kind.NARROWED, 2, 2, changes=SIRNAK), False, "none of the regions hatay is named"),
        (event(Kind.WIDENED, 2, 2, changes=(*SIRNAK, *HATAY)), True, "widened is among the subscription's events"),
        (event(Kind.WIDENED, 2, 2, changes=UNNAMED), True, "widened is among the subscription's events"),
        (event(Kind.RAISED, 2, 3, changes=SIRNAK), True, AMONG),
    ],
    ids=["named", "another", "another gone", "both", "not stated is not none", "the whole country"],
)
def test_regions(told: Event, hears: bool, reason: str) -> None:
    assert why(wanting(regions=("hatay",)), told) == (hears, reason)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in OPERATOR | REPORTED | {Kind.BASELINE}])
def test_kinds_of_event(kind: Kind) -> None:
    told = event(kind, 3, 3, texture=Texture.SUBSTANCE)
    assert bool(match(ANYONE, told)) is (kind in DEFAULT_EVENTS)
    assert why(wanting(events=frozenset({kind})), told) == (True, f"{kind} is among the subscription's events")
    other = wanting(events=frozenset({Kind.CORRECTED} if kind is not Kind.CORRECTED else {Kind.LOWERED}))
    assert why(other, told) == (False, f"{kind} is not among the subscription's events")


@pytest.mark.parametrize(
    ("texture", "wanted", "hears", "reason"),
    [
        (Texture.SUBSTANCE, ("substance",), True, "amended is among the subscription's events"),
        (Texture.WORDING, ("substance",), False, "a text change of class wording, and only substance is heard"),
        (Texture.WORDING, ("substance", "wording"), True, "amended is among the subscription's events"),
        (
            Texture.BOILERPLATE,
            ("wording", "substance"),
            False,
            "a text change of class boilerplate, and only substance, wording is heard",
        ),
        (Texture.SUBSTANCE, (), False, "a text change of class substance, and only none is heard"),
    ],
)
def test_classes_of_text_change(texture: Texture, wanted: tuple[str, ...], hears: bool, reason: str) -> None:
    subscription = wanting(textures=frozenset(map(Texture, wanted)))
    assert why(subscription, event(Kind.AMENDED, 2, 2, texture=texture)) == (hears, reason)


# Follow-ups.

FOLLOWS = "follow-up of a story this subscription was told of"


@pytest.mark.parametrize("kind", sorted(FOLLOW_UPS))
def test_who_was_told_the_beginning_hears_how_it_goes_on(kind: Kind) -> None:
    only_raises = wanting(events=frozenset({Kind.RAISED}), reports=Reports.ALL)
    assert why(only_raises, event(kind, 3, 2), told_before=True) == (True, FOLLOWS)
    deaf = replace(only_raises, followups=False, reports=Reports.NONE)
    assert match(deaf, event(kind, 3, 2), told_before=True).hears is (kind is Kind.CORRECTED)


def test_a_follow_up_is_still_about_the_subscriptions_places_and_levels() -> None:
    assert not match(wanting(destinations=frozenset({"FR"})), event(Kind.LIFTED, 3, 1), told_before=True)
    assert not match(wanting(min_level=Level.AVOID), event(Kind.LIFTED, 3, 1), told_before=True)


def test_a_new_raise_is_no_follow_up() -> None:
    assert not match(wanting(events=frozenset({Kind.LIFTED})), RAISED, told_before=True)


# Reports of the media.


@pytest.mark.parametrize(
    ("wanted", "kind", "grade", "told_before", "hears", "reason"),
    [
        ("none", Kind.FIRST_REPORTED, Grade.SINGLE, False, False, "reports = none"),
        ("none", Kind.CORROBORATED, Grade.CORROBORATED, False, False, "reports = none"),
        (
            "corroborated",
            Kind.FIRST_REPORTED,
            Grade.SINGLE,
            False,
            False,
            "a single report, and reports = corroborated",
        ),
        ("corroborated", Kind.FIRST_REPORTED, Grade.MISSION, False, True, "reports = corroborated"),
        ("corroborated", Kind.CORROBORATED, Grade.CORROBORATED, False, True, "reports = corroborated"),
        ("corroborated", Kind.DISPUTED, Grade.DISPUTED, True, True, FOLLOWS),
        (
            "corroborated",
            Kind.DISPUTED,
            Grade.DISPUTED,
            False,
            False,
            "a single report, and reports = corroborated",
        ),
        ("all", Kind.FIRST_REPORTED, Grade.SINGLE, False, True, "reports = all"),
        ("all", Kind.CONSEQUENCE, Grade.SINGLE, False, False, "consequence is not among the subscription's events"),
        ("all", Kind.CONSEQUENCE, Grade.SINGLE, True, False, "consequence is not among the subscription's events"),
    ],
)
def test_reports(wanted: str, kind: Kind, grade: Grade, told_before: bool, hears: bool, reason: str) -> None:
    told = event(kind, grade=grade)
    assert why(wanting(reports=Reports(wanted)), told, told_before=told_before) == (hears, reason)


def test_consequences_are_heard_by_those_who_name_them() -> None:
    told = event(Kind.CONSEQUENCE, grade=Grade.SINGLE)
    assert match(wanting(reports=Reports.CORROBORATED, events=frozenset({Kind.CONSEQUENCE})), told)


# The operator, and the summary after a first reading.


@pytest.mark.parametrize("kind", sorted(OPERATOR))
def test_trouble_goes_to_the_operator_alone(kind: Kind) -> None:
    assert why(OPERATOR_DESK, event(kind)) == (True, "operator notices go to the operator")
    assert why(wanting(events=frozenset(Kind)), event(kind)) == (False, f"{kind} concerns the operator only")


def test_the_operator_hears_of_a_row_that_vanished_because_its_source_may_be_at_fault() -> None:
    assert why(OPERATOR_DESK, event(Kind.VANISHED)) == (True, "a row that vanished may be the source's fault")


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in OPERATOR | {Kind.VANISHED}])
def test_the_operator_hears_of_nothing_else(kind: Kind) -> None:
    assert why(OPERATOR_DESK, event(kind)) == (False, "the operator hears of trouble only")


def test_the_summary_after_a_first_reading_goes_to_everybody() -> None:
    deaf = wanting(destinations=frozenset({"FR"}), events=frozenset({Kind.LIFTED}), min_level=Level.AVOID)
    assert match(deaf, event(Kind.BASELINE, destination="", source="cn-mfa us-state"))
