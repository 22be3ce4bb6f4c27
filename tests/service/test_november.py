"""The case that started it, heard from ministries and news together: one story, no twenty alarms."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from advisoryd.model.event import Event, Kind
from advisoryd.model.ladder import Grade, Level
from advisoryd.store import reports
from tests.sources.worlds import cn_mct, cn_mfa, cn_moe, hk_ota
from tests.sources.worlds.world import Row

from .november import LOOKALIKES, STORY, Entry, November, at, november

Step = Callable[[November], Awaitable[None]]


async def the_story(world: November) -> None:
    """From Friday night to Tuesday."""
    for now in (at(14, 15, 30), at(14, 15, 45), at(14, 16, 10)):
        world.prints(now, STORY)
        await world.looks(now)
    world.lists(cn_mfa.WORLD, Row("JP", Level.RECONSIDER, at(14, 16, 20)))
    for now in (at(14, 16, 30), at(14, 16, 45)):
        world.prints(now, STORY)
        await world.looks(now)
    world.lists(hk_ota.WORLD, Row("JP", Level.CAUTION, at(15, 8, 0)))
    for now in (at(15, 9, 10), at(15, 10, 10)):
        world.prints(now, STORY)
        await world.looks(now)
    world.lists(cn_moe.WORLD, Row("JP", Level.RECONSIDER, at(16, 8, 30)))
    world.lists(cn_mct.WORLD, Row("JP", Level.RECONSIDER, at(16, 10, 0)))
    for now in (at(16, 11, 0), at(18, 9, 10)):
        world.prints(now, STORY)
        await world.looks(now)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Event], list[str], list[str]]:
    """All events of the story, the desk's messages, and who reported."""

    async def play() -> tuple[list[Event], list[str], list[str]]:
        async with november(tmp_path_factory.mktemp("november")) as world:
            await the_story(world)
            with world.house.store.reading() as tx:
                first = next(event for event in world.heard if event.kind is Kind.FIRST_REPORTED)
                outlets = [report.outlet for report in reports.of_story(tx, first.story)]
            return world.heard, [message.title for message in world.inbox.got], outlets

    return asyncio.run(play())


def of_china(heard: list[Event]) -> list[Event]:
    return [event for event in heard if event.issuer == "CN" and event.destination == "JP"]


def test_reports_of_friday_night_are_told_as_such_before_the_list_has_it(told: tuple[list[Event], ...]) -> None:
    first, second, third = of_china(told[0])[:3]
    assert (first.kind, first.grade, first.source) == (Kind.FIRST_REPORTED, Grade.SINGLE, "news-tokyo")
    assert (second.kind, second.grade, second.source) == (Kind.CORROBORATED, Grade.CORROBORATED, "news-london")
    assert (third.kind, third.grade, third.source) == (Kind.ISSUED, Grade.OFFICIAL, "cn-mfa")
    assert first.at < second.at < third.at


def test_the_ministry_confirms_the_story_and_keeps_it(told: tuple[list[Event], ...]) -> None:
    assert len({event.story for event in of_china(told[0])}) == 1


def test_the_ministries_of_education_and_culture_join_it(told: tuple[list[Event], ...]) -> None:
    joined = {event.source: event.kind for event in of_china(told[0]) if event.source in ("cn-moe", "cn-mct")}
    assert joined == {"cn-moe": Kind.ISSUED, "cn-mct": Kind.ISSUED}


def test_hong_kong_gives_advice_of_its_own(told: tuple[list[Event], ...]) -> None:
    (own,) = [event for event in told[0] if event.issuer == "HK"]
    assert (own.kind, own.destination, own.level_after) == (Kind.ISSUED, "JP", Level.CAUTION)
    assert own.story != of_china(told[0])[0].story


def test_later_reports_add_nothing_and_consequences_are_quiet(told: tuple[list[Event], ...]) -> None:
    rest = [event.kind for event in of_china(told[0]) if event.source.startswith("news-")][2:]
    assert rest == [Kind.CONSEQUENCE]


def test_every_outlet_that_reported_is_kept_with_the_story(told: tuple[list[Event], list[str], list[str]]) -> None:
    assert set(told[2]) == {"tokyo", "london", "berlin", "globe", "seoul"}


def test_the_desk_gets_one_alert_and_what_follows_from_it(told: tuple[list[Event], list[str], list[str]]) -> None:
    titles = told[1]
    assert titles[0].startswith("UNCONFIRMED")
    assert not any(title.startswith("UNCONFIRMED") for title in titles[1:])
    assert len(titles) == 5  # corroborated, foreign ministry, Hong Kong, education, culture


def test_the_hardest_lookalikes_give_nothing(tmp_path: Path) -> None:
    async def play() -> list[Event]:
        async with november(tmp_path) as world:
            entries = [Entry("london", at(15, 12, number), title) for number, title in enumerate(LOOKALIKES)]
            world.prints(at(15, 13), entries)
            await world.looks(at(15, 13))
            return world.heard

    assert len(LOOKALIKES) == 20
    assert asyncio.run(play()) == []


def test_a_report_that_the_ministry_never_lists_is_disputed_on_monday(tmp_path: Path) -> None:
    async def play() -> list[tuple[Kind, int]]:
        async with november(tmp_path) as world:
            for now in (at(14, 15, 30), at(14, 15, 45), at(15, 12), at(16, 12), at(17, 2), at(17, 12)):
                world.prints(now, STORY[:2])
                await world.looks(now)
            return [(event.kind, event.at.day) for event in world.heard]

    assert asyncio.run(play()) == [(Kind.FIRST_REPORTED, 14), (Kind.CORROBORATED, 14), (Kind.DISPUTED, 17)]
