"""Media reports: kept with their story, known by what they claim, forgotten after their time."""

from __future__ import annotations

from dataclasses import replace

from advisoryd.decide.stories import Story
from advisoryd.model.report import Happening
from advisoryd.store import events, reports
from advisoryd.store.engine import Tx

from .samples import DAY, HOUR, NOON, report


def test_a_report_comes_back_as_it_was(tx: Tx) -> None:
    reports.add(tx, report())
    assert reports.of_story(tx, "s1") == [report()]
    assert reports.of_story(tx, "s2") == []
    assert reports.of_story(tx, "") == []


def test_the_reports_of_a_story_come_in_the_order_they_were_read(tx: Tx) -> None:
    for hours in (2, 0, 1):
        reports.add(tx, report(f"item-{hours}", first_seen=NOON + hours * HOUR))
    assert [one.key for one in reports.of_story(tx, "s1")] == ["item-0", "item-1", "item-2"]


def test_the_same_claim_is_known_and_an_edited_one_is_not(tx: Tx) -> None:
    reports.add(tx, report())
    same, edited = report(title="another headline"), report(happening=Happening.LIFTED)
    assert reports.known(tx, [same.id, edited.id]) == {report().id}


def test_a_report_that_is_added_twice_is_kept_once(tx: Tx) -> None:
    reports.add(tx, report())
    reports.add(tx, report(first_seen=NOON + HOUR))
    assert reports.of_story(tx, "s1") == [report()]


def test_reports_are_forgotten_after_their_time(tx: Tx) -> None:
    reports.add(tx, report("old", first_seen=NOON - DAY))
    reports.add(tx, report("new"))
    assert reports.prune(tx, NOON) == 1
    assert [one.key for one in reports.of_story(tx, "s1")] == ["new"]


def test_the_open_stories_that_rest_on_reports_are_found(tx: Tx) -> None:
    rumour = Story("s1", "US", "JP", "security", NOON, NOON, confirmed=False)
    for story in (
        rumour,
        replace(rumour, id="s2", confirmed=True),
        replace(rumour, id="s3", closed=True),
        replace(rumour, id="s4", opened_at=NOON - HOUR),
    ):
        events.save_story(tx, story)
    assert [story.id for story in events.unconfirmed(tx)] == ["s4", "s1"]
