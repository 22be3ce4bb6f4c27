"""What a media report is worth beside what is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.decide.reports import Known, house, independent, is_due, outcome, weigh, working_time
from advisoryd.decide.stories import Story, thread
from advisoryd.model.config import Thresholds
from advisoryd.model.event import Event, Kind
from advisoryd.model.ladder import Level
from advisoryd.model.record import Record, Region, Scope
from advisoryd.model.report import ECHO, NOTICE, Happening, Report
from advisoryd.model.standing import Standing, State

FRIDAY_NIGHT = datetime(2025, 11, 14, 13, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIMITS = Thresholds()


def report(outlet: str = "nhk", copy: str = "", **members: Any) -> Report:
    """China, about Japan, on that night."""
    base = Report(
        source=f"news-{outlet}",
        key=f"{outlet}-{copy}",
        issuer="CN",
        destination="JP",
        happening=Happening.ISSUED,
        first_seen=FRIDAY_NIGHT,
        level=Level.RECONSIDER,
        copy=copy or outlet,
        outlet=outlet,
    )
    return replace(base, **members)


def story(**members: Any) -> Story:
    """A story that rests on a report of that night."""
    base = Story("s1", "CN", "JP", "security", FRIDAY_NIGHT, FRIDAY_NIGHT, confirmed=False)
    return replace(base, **members)


def official(kind: Kind = Kind.ISSUED, at: datetime = FRIDAY_NIGHT, **members: Any) -> Event:
    """The ministry's own word."""
    base = Event(
        id="e1",
        kind=kind,
        issuer="CN",
        destination="JP",
        source="cn-mfa",
        at=at,
        first_seen=at,
        reason="",
        level_after=Level.RECONSIDER,
    )
    return replace(base, **members)


def standing(level: Level | None, state: State = State.IN_FORCE, **members: Any) -> Standing:
    """What the ministry's list says."""
    said = Record(key="k", issuer="CN", destination="JP", name="", language="zh", url="", level=level, **members)
    return Standing(
        issuer="CN",
        destination="JP",
        track="security",
        source="cn-mfa",
        key="k",
        record=said,
        revision="r",
        state=state,
        first_seen=FRIDAY_NIGHT,
        changed_at=FRIDAY_NIGHT,
    )


def weighed(said: Report, known: Known = Known(), after: timedelta = timedelta()) -> tuple[str, Kind | None, bool]:  # noqa: B008
    """The rule, the event and whether it joins."""
    weight = weigh(said, known, LIMITS, FRIDAY_NIGHT + after)
    return weight.reason, weight.kind, weight.joins


def test_the_first_report_opens_a_story() -> None:
    assert weighed(report()) == ("first-report", Kind.FIRST_REPORTED, False)


def test_a_second_independent_outlet_corroborates_and_a_third_adds_nothing() -> None:
    told = [report("nhk")]
    assert weighed(report("bbc"), Known(story(), None, told)) == ("independent-reports", Kind.CORROBORATED, True)
    told.append(report("bbc"))
    assert weighed(report("dw"), Known(story(), None, told)) == ("another-report", None, True)


def test_copies_of_one_wire_story_count_once() -> None:
    told = [report("nhk", "agency:kyodo")]
    assert weighed(report("jt", "agency:kyodo"), Known(story(), None, told)) == ("copy", None, True)


def test_two_texts_of_one_outlet_count_once() -> None:
    told = [report("nhk", "text:1")]
    assert weighed(report("nhk", "text:2"), Known(story(), None, told)) == ("copy", None, True)


def test_what_the_issuer_has_said_itself_is_no_news() -> None:
    known = Known(story(confirmed=True), official(at=FRIDAY_NIGHT - 2 * DAY))
    assert weighed(report(), known) == ("already-official", None, True)


def test_a_stricter_claim_than_the_official_one_is_news() -> None:
    known = Known(story(confirmed=True), official())
    assert weighed(report(level=Level.AVOID), known) == ("first-report", Kind.FIRST_REPORTED, False)


def test_a_loosening_is_not_answered_by_a_tightening() -> None:
    known = Known(story(confirmed=True), official(), standing=standing(Level.RECONSIDER))
    assert weighed(report(happening=Happening.LIFTED, level=None), known)[0] == "first-report"


def test_a_repetition_goes_back_to_the_advice_it_repeats() -> None:
    known = Known(story(confirmed=True), official(at=FRIDAY_NIGHT - 60 * DAY))
    again = report(happening=Happening.FOLLOWUP, renewed=True)
    assert weighed(again, known) == ("already-official", None, True)
    assert weighed(report(), known)[0] == "first-report"


@pytest.mark.parametrize(
    ("happening", "claimed", "stands", "state", "agrees"),
    [
        ("issued", 3, 3, State.IN_FORCE, True),
        ("issued", 3, 4, State.IN_FORCE, True),
        ("issued", 4, 3, State.IN_FORCE, False),
        ("issued", None, 3, State.IN_FORCE, True),
        ("issued", None, 2, State.IN_FORCE, False),
        ("issued", None, None, State.IN_FORCE, False),
        ("raised", 3, 3, State.VANISHED, False),
        ("lowered", 2, 2, State.IN_FORCE, True),
        ("lowered", 2, 3, State.IN_FORCE, False),
        ("lifted", None, None, State.NO_ADVICE, True),
        ("lifted", None, 1, State.IN_FORCE, True),
        ("lifted", None, 2, State.IN_FORCE, False),
    ],
)
def test_a_report_of_what_stands_already_is_no_news(
    happening: str, claimed: int | None, stands: int | None, state: State, agrees: bool
) -> None:
    said = report(happening=Happening(happening), level=Level(claimed) if claimed else None)
    known = Known(standing=standing(Level(stands) if stands else None, state))
    assert (weighed(said, known)[0] == "already-stands") is agrees


def test_advice_for_a_part_of_the_place_stands_as_well() -> None:
    gaza = Scope(regional=True, regions=(Region("Gaza", Level.AVOID),))
    known = Known(standing=standing(Level.CAUTION, scope=gaza))
    assert weighed(report(level=Level.AVOID), known)[0] == "already-stands"


def test_an_old_item_that_turns_up_is_no_news() -> None:
    assert weighed(report(published=FRIDAY_NIGHT - 4 * DAY)) == ("old-report", None, False)


def test_an_outlet_that_stamps_its_item_anew_makes_it_no_younger() -> None:
    assert weighed(report(published=FRIDAY_NIGHT + DAY), after=4 * DAY)[0] == "old-report"


def test_a_consequence_belongs_to_its_story_and_is_told_once() -> None:
    refund = report("xinhua", "text:refund", happening=Happening.CONSEQUENCE)
    known = Known(story(confirmed=True), official())
    assert weighed(refund, known) == ("consequence", Kind.CONSEQUENCE, True)
    assert weighed(refund, replace(known, reports=[refund])) == ("copy", None, True)
    assert weighed(refund) == ("reaction-without-story", None, False)


def test_a_reaction_is_only_kept() -> None:
    protest = report(happening=Happening.FOLLOWUP)
    assert weighed(protest, Known(story())) == ("reaction", None, True)
    late = replace(protest, first_seen=FRIDAY_NIGHT + ECHO + DAY)
    assert weighed(late, Known(story()), ECHO + DAY) == ("reaction-without-story", None, False)


@pytest.mark.parametrize(
    ("outlet", "owner"),
    [
        ("bbc.com", "bbc"),
        ("bbc.co.uk", "bbc"),
        ("en.yna.co.kr", "yna"),
        ("www3.nhk.or.jp", "nhk"),
        ("spiegel.de", "spiegel"),
        ("Der Spiegel", "der spiegel"),
        ("Kyodo", "kyodo"),
        ("", ""),
    ],
)
def test_the_hosts_of_one_owner_are_one_voice(outlet: str, owner: str) -> None:
    assert house(outlet) == owner


def test_a_consequence_corroborates_nothing() -> None:
    told = [report("nhk"), report("jal", happening=Happening.CONSEQUENCE)]
    assert independent(told) == 1


def test_a_report_long_after_an_unconfirmed_story_begins_another() -> None:
    late = report("bbc", first_seen=FRIDAY_NIGHT + NOTICE + HOUR)
    assert weighed(late, Known(story(), None, [report()]), NOTICE + HOUR)[0] == "first-report"


# When nobody confirms it.


@pytest.mark.parametrize(
    ("opened", "hours", "due"),
    [
        (datetime(2025, 11, 12, 8, tzinfo=UTC), 11, False),
        (datetime(2025, 11, 12, 8, tzinfo=UTC), 12, True),
        (FRIDAY_NIGHT, 24, False),
        (FRIDAY_NIGHT, 59, False),
        (FRIDAY_NIGHT, 61, True),
    ],
)
def test_a_report_of_friday_night_waits_until_monday(opened: datetime, hours: int, due: bool) -> None:
    assert is_due(story(opened_at=opened), LIMITS, opened + hours * HOUR) is due


@given(st.datetimes(datetime(2025, 1, 1), datetime(2026, 1, 1)), st.integers(0, 60 * 24 * 21))  # noqa: DTZ001
def test_working_time_is_what_counting_minutes_gives(start: datetime, minutes: int) -> None:
    since = start.replace(tzinfo=UTC, second=0, microsecond=0)
    counted = sum((since + timedelta(minutes=minute)).weekday() < 5 for minute in range(minutes))
    assert working_time(since, since + timedelta(minutes=minutes), 30 * DAY) == timedelta(minutes=counted)


def test_a_story_is_confirmed_by_what_stands_or_disputed_by_a_source_that_shows_nothing() -> None:
    assert outcome(report(), standing(Level.RECONSIDER), read_since=False) is Kind.CONFIRMED
    assert outcome(report(), standing(Level.NORMAL), read_since=True) is Kind.DISPUTED
    assert outcome(report(), None, read_since=False) is None


# The official word finds the story that reports opened.


@pytest.mark.parametrize("kind", [Kind.ISSUED, Kind.RAISED, Kind.WIDENED, Kind.REAFFIRMED, Kind.BULLETIN])
def test_the_issuers_own_word_confirms_the_story(kind: Kind) -> None:
    joined = thread(official(kind, FRIDAY_NIGHT + 3 * HOUR), None, None, story())
    assert (joined.id, joined.confirmed, joined.last_at) == ("s1", True, FRIDAY_NIGHT + 3 * HOUR)


def test_it_wins_over_an_older_story_of_the_issuer() -> None:
    old = Story("s0", "CN", "JP", "security", FRIDAY_NIGHT - DAY, FRIDAY_NIGHT - DAY)
    assert thread(official(), old, old, story()).id == "s1"


@pytest.mark.parametrize(
    ("event", "rumour"),
    [
        (official(Kind.LOWERED), story()),
        (official(Kind.RAISED), story(eased=True)),
        (official(Kind.AMENDED), story()),
        (official(Kind.ISSUED, FRIDAY_NIGHT + NOTICE + HOUR), story()),
    ],
)
def test_another_word_does_not(event: Event, rumour: Story) -> None:
    assert thread(event, None, None, rumour).id != "s1"


def test_a_reported_loosening_is_confirmed_by_a_loosening() -> None:
    assert thread(official(Kind.LIFTED), None, None, story(eased=True)).confirmed
