"""How hard a message knocks, its tags, and when its matter is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from advisoryd.model.event import Kind, Texture
from advisoryd.model.ladder import Action, Level
from advisoryd.model.message import Form, Message, Priority
from advisoryd.model.record import Record
from advisoryd.render import Telling, render
from advisoryd.render.samples import samples

Make = Callable[..., Telling]


def message(telling: Telling) -> Message:
    return render(telling, form=Form.SHORT)


@pytest.mark.parametrize(
    ("level", "highest", "priority"),
    [
        (Level.AVOID, Level.AVOID, Priority.URGENT),
        (Level.RECONSIDER, Level.RECONSIDER, Priority.HIGH),
        (Level.CAUTION, Level.CAUTION, Priority.NORMAL),
        (Level.CAUTION, Level.AVOID, Priority.URGENT),
        (None, None, Priority.NORMAL),
    ],
)
@pytest.mark.parametrize("kind", [Kind.RAISED, Kind.WIDENED, Kind.ISSUED, Kind.CONFIRMED])
def test_stricter_advice_knocks_by_its_level(
    of_kind: Make, kind: Kind, level: Level | None, highest: Level | None, priority: Priority
) -> None:
    assert message(of_kind(kind, level_after=level, highest_after=highest)).priority is priority


@pytest.mark.parametrize(
    ("action", "priority"),
    [(Action.LEAVE, Priority.URGENT), (Action.AVOID_NON_ESSENTIAL, Priority.HIGH), (Action.REGISTER, Priority.NORMAL)],
)
def test_where_the_level_is_unknown_what_is_asked_decides(of_kind: Make, action: Action, priority: Priority) -> None:
    telling = of_kind(Kind.RAISED, level_after=None, highest_after=None)
    record = Record(
        key="", issuer="CN", destination="JP", name="", language="zh", url="", level=None, actions=frozenset({action})
    )
    assert message(replace(telling, after=record)).priority is priority


@pytest.mark.parametrize(
    ("kind", "priority"),
    [
        (Kind.LOWERED, Priority.LOW),
        (Kind.LIFTED, Priority.LOW),
        (Kind.VANISHED, Priority.LOW),
        (Kind.REAFFIRMED, Priority.SILENT),
        (Kind.BULLETIN, Priority.NORMAL),
        (Kind.FIRST_REPORTED, Priority.NORMAL),
        (Kind.SOURCE_DEGRADED, Priority.HIGH),
        (Kind.CHANNEL_FAILING, Priority.HIGH),
        (Kind.SOURCE_FINDING, Priority.NORMAL),
        (Kind.SOURCE_RECOVERED, Priority.LOW),
        (Kind.BASELINE, Priority.LOW),
    ],
)
def test_other_kinds_have_their_own_weight(kind: Kind, priority: Priority) -> None:
    assert message(samples()[kind]).priority is priority


@pytest.mark.parametrize(
    ("texture", "priority"),
    [
        (Texture.SUBSTANCE, Priority.NORMAL),
        (Texture.WORDING, Priority.LOW),
        (Texture.BOILERPLATE, Priority.SILENT),
        (Texture.DATE, Priority.SILENT),
        (None, Priority.LOW),
    ],
)
def test_an_amendment_knocks_by_its_texture(of_kind: Make, texture: Texture | None, priority: Priority) -> None:
    assert message(of_kind(Kind.AMENDED, texture=texture)).priority is priority


def test_tags_are_stable_words() -> None:
    assert message(samples()[Kind.RAISED]).tags == ("raised", "CN", "JP", "level-3")
    assert message(samples()[Kind.VANISHED]).tags == ("vanished", "IE", "PE", "level-2")
    assert message(samples()[Kind.FIRST_REPORTED]).tags == ("first-reported", "CN", "JP", "unconfirmed")
    assert message(samples()[Kind.SOURCE_DEGRADED]).tags == ("source-degraded",)


@pytest.mark.parametrize(
    ("kind", "over"),
    [
        (Kind.LIFTED, True),
        (Kind.EXPIRED, True),
        (Kind.SOURCE_RECOVERED, True),
        (Kind.CHANNEL_RECOVERED, True),
        (Kind.LOWERED, False),
        (Kind.VANISHED, False),
        (Kind.WITHDRAWN, False),
        (Kind.RAISED, False),
    ],
)
def test_a_matter_ends_only_when_the_issuer_ended_it(kind: Kind, over: bool) -> None:
    assert message(samples()[kind]).ends_story is over


def test_advice_lowered_to_normal_ends_its_matter(of_kind: Make) -> None:
    assert message(of_kind(Kind.LOWERED, level_after=Level.NORMAL)).ends_story


def test_a_test_message_closes_nothing() -> None:
    assert not message(replace(samples()[Kind.LIFTED], test=True)).ends_story


def test_the_first_message_of_a_story_opens_it_and_the_next_follow(raised: Telling) -> None:
    first = message(raised)
    assert (first.story, first.opens_story) == ("sample-story", True)
    assert not message(replace(raised, earlier=raised.event)).opens_story


def test_the_message_carries_key_link_language_and_subscription(raised: Telling) -> None:
    japanese = render(raised, form=Form.PLAIN, locale="ja-JP")
    assert (japanese.key, japanese.url, japanese.language) == (raised.event.id, raised.event.url, "ja")
    assert japanese.subscription == "asia-desk"
