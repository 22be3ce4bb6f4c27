"""Several events in one message: the most serious first, and an advisory that moved twice is one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from advisoryd.model.event import Kind
from advisoryd.model.ladder import Level
from advisoryd.model.message import Form, Priority
from advisoryd.render import Bundle, Gathering, Telling, render
from advisoryd.render.bundle import compose_bundle, grouped
from advisoryd.render.samples import sample_bundles, samples
from advisoryd.render.voice import voice_for

ENGLISH = voice_for("en", "UTC")


def moved(telling: Telling, hours: int, before: Level | None, after: Level | None, **changed: object) -> Telling:
    event = telling.event
    later = event.at + timedelta(hours=hours)
    event = replace(event, id=f"{event.id}{hours}", at=later, level_before=before, level_after=after, **changed)
    return replace(telling, event=replace(event, highest_before=before, highest_after=after))


@pytest.fixture
def night(raised: Telling) -> tuple[Telling, ...]:
    """Up at night and down again before the morning."""
    lowered = samples()[Kind.LOWERED]
    return (
        moved(lowered, 7, Level.AVOID, Level.CAUTION),
        moved(raised, 1, Level.CAUTION, Level.AVOID),
    )


def test_raised_and_lowered_overnight_is_one_line(night: tuple[Telling, ...]) -> None:
    content = compose_bundle(Bundle(tellings=night, gathering=Gathering.QUIET), ENGLISH)
    assert content.title == "1 change during quiet hours"
    assert [entry.headline for entry in content.entries] == [
        (
            "China – foreign ministry: advice for Japan raised to level 4 (do not travel) and lowered again, "
            "back at level 2 (increased caution)"
        )
    ]
    assert [step.split(",")[1].split(" UTC")[0].strip() for step in content.entries[0].timeline] == ["14:34", "20:34"]


@pytest.mark.parametrize(
    ("last", "line"),
    [
        (Level.RECONSIDER, "changed several times, from level 2 (increased caution) to level 3 (reconsider travel)"),
        (None, "changed several times, level now unknown"),
    ],
)
def test_other_moves_say_where_they_began_and_ended(raised: Telling, last: Level | None, line: str) -> None:
    lowered = samples()[Kind.LOWERED]
    tellings = (moved(raised, 1, Level.CAUTION, Level.AVOID), moved(lowered, 2, Level.AVOID, last))
    (entry,) = compose_bundle(Bundle(tellings=tellings), ENGLISH).entries
    assert entry.headline.endswith(line)


def test_an_advisory_that_vanished_in_the_end_is_told_as_vanished(raised: Telling) -> None:
    vanished = samples()[Kind.VANISHED]
    gone = replace(vanished, event=replace(vanished.event, issuer="CN", destination="JP"))
    tellings = (moved(raised, -2, Level.CAUTION, Level.AVOID), moved(raised, -1, Level.AVOID, Level.CAUTION), gone)
    (entry,) = compose_bundle(Bundle(tellings=tellings), ENGLISH).entries
    assert "Japan is no longer listed" in entry.headline
    assert len(entry.timeline) == 3


def test_an_edit_does_not_hide_that_the_advice_was_widened() -> None:
    digest = sample_bundles()[Gathering.DIGEST]
    first = compose_bundle(digest, ENGLISH).entries[0]
    assert "now covers more areas" in first.headline
    assert len(first.timeline) == 2


def test_the_most_serious_comes_first() -> None:
    kinds = (Kind.REAFFIRMED, Kind.LOWERED, Kind.SOURCE_DEGRADED, Kind.WIDENED, Kind.BULLETIN)
    tellings = [samples()[kind] for kind in kinds]
    apart = [replace(told, event=replace(told.event, track=f"track-{n}")) for n, told in enumerate(tellings)]
    order = [group[0].event.kind for group in grouped(apart)]
    assert order == [Kind.WIDENED, Kind.SOURCE_DEGRADED, Kind.BULLETIN, Kind.LOWERED, Kind.REAFFIRMED]


def test_a_bundle_knocks_as_hard_as_its_most_serious_event(night: tuple[Telling, ...]) -> None:
    message = render(Bundle(tellings=night, subscription="asia-desk"), form=Form.PLAIN)
    assert message.priority is Priority.URGENT
    assert message.subscription == "asia-desk"
    assert message.story == ""
    assert message.data["gathering"] == "digest"


def test_the_same_bundle_has_the_same_key_in_any_order(night: tuple[Telling, ...]) -> None:
    assert (
        render(Bundle(tellings=night), form=Form.SHORT).key == render(Bundle(tellings=night[::-1]), form=Form.SHORT).key
    )


def test_waiting_is_no_delay_inside_a_bundle(raised: Telling) -> None:
    late = replace(raised, created=raised.event.at, now=raised.event.at + timedelta(hours=9))
    assert "Late message" not in render(Bundle(tellings=(late,)), form=Form.PLAIN).body


def test_attributions_are_given_once() -> None:
    body = render(sample_bundles()[Gathering.DIGEST], form=Form.PLAIN).body
    assert body.count("U.S. Department of State, public domain.") == 1


@pytest.mark.parametrize(
    ("gathering", "count", "title"),
    [
        (Gathering.DIGEST, 1, "Digest: 1 change"),
        (Gathering.DIGEST, 2, "Digest: 2 changes"),
        (Gathering.BURST, 2, "2 changes at once"),
        (Gathering.QUIET, 2, "2 changes during quiet hours"),
    ],
)
def test_the_subject_says_why_it_is_one_message(raised: Telling, gathering: Gathering, count: int, title: str) -> None:
    tellings = tuple(
        replace(raised, event=replace(raised.event, destination=place, id=place)) for place in ("JP", "KR")[:count]
    )
    assert render(Bundle(tellings=tellings, gathering=gathering), form=Form.PLAIN).title == title


def test_a_test_bundle_says_so() -> None:
    bundle = replace(sample_bundles()[Gathering.DIGEST], test=True)
    message = render(bundle, form=Form.PLAIN)
    assert message.title == "TEST – Digest: 3 changes"
    assert message.tags == ("digest", "test")


def test_a_bundle_offers_the_way_out() -> None:
    bundle = replace(sample_bundles()[Gathering.DIGEST], unsubscribe_url="https://a.example/bye")
    assert "Unsubscribe: https://a.example/bye" in render(bundle, form=Form.PLAIN).body


def test_first_sights_together_count_what_is_watched() -> None:
    canada = samples()[Kind.BASELINE]
    ireland = replace(canada, event=replace(canada.event, id="ie", issuer="IE"))
    message = render(Bundle(tellings=(canada, ireland)), form=Form.PLAIN)
    assert message.title == "Now watching 424 destinations"
    assert "Now watching: Ireland – foreign ministry" in message.body


def test_notices_to_the_operator_are_not_called_changes() -> None:
    tellings = tuple(samples()[kind] for kind in (Kind.SOURCE_DEGRADED, Kind.CHANNEL_FAILING))
    assert render(Bundle(tellings=tellings, gathering=Gathering.BURST), form=Form.PLAIN).title == "Operator: 2 notices"


def test_an_empty_bundle_is_still_a_message() -> None:
    message = render(Bundle(tellings=()), form=Form.PLAIN)
    assert message.title == "Digest: 0 changes"
    assert message.priority is Priority.LOW
