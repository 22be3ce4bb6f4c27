"""What a configuration would have sent over recorded events, by day, by kind and by rule."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from advisoryd.decide.outbox import BURST
from advisoryd.model.config import Config, Digest, Quiet, Subscription
from advisoryd.model.event import Event, Kind, Texture
from advisoryd.model.ladder import Level
from advisoryd.model.source import Source
from advisoryd.service.backtest import Heard, Rule, backtest, noisiest

NOON = datetime(2025, 7, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
GB = Source(id="uk-fcdo", issuer="GB", name="United Kingdom", reader="uk_fcdo", tags=("ally",))
DESK = Subscription(name="desk", channels=("chat",))


def event(kind: Kind = Kind.RAISED, place: str = "TH", at: datetime = NOON, **more: object) -> Event:
    plain: dict[str, object] = {
        "id": f"{kind}-{place}-{at:%m%dT%H}", "kind": kind, "issuer": "GB", "destination": place,
        "source": "uk-fcdo", "at": at, "first_seen": at, "reason": "stricter-first-reading",
        "level_after": Level.RECONSIDER,
    }  # fmt: skip
    return Event(**(plain | more))  # type: ignore[arg-type]


def heard(subscription: Subscription, *events: Event, days: float = 30.44) -> Heard:
    [one] = backtest(Config(state_dir="", sources=(GB,), subscriptions=(subscription,)), events, days)
    return one


def test_events_are_counted_by_kind_and_by_day() -> None:
    told = heard(DESK, event(), event(place="KH"), event(Kind.LOWERED, at=NOON + DAY))
    assert told.kinds == {"raised": 2, "lowered": 1}
    assert told.by_day() == {"2025-07-24": {"raised": 2}, "2025-07-25": {"lowered": 1}}
    assert told.per_month == pytest.approx(3)


def test_only_what_the_subscription_would_hear_counts() -> None:
    told = heard(
        Subscription(name="cambodia", channels=("chat",), destinations=frozenset({"KH"})), event(), event(place="KH")
    )
    assert [each.destination for each in told.events] == ["KH"]
    wording = event(Kind.AMENDED, texture=Texture.WORDING)
    substance = event(Kind.AMENDED, place="KH", texture=Texture.SUBSTANCE)
    assert heard(DESK, wording, substance).events == (substance,)


def test_who_was_told_the_beginning_of_a_story_hears_how_it_goes_on() -> None:
    rises = Subscription(name="rises", channels=("chat",), events=frozenset({Kind.RAISED}))
    begins, ends = event(story="s1"), event(Kind.LIFTED, at=NOON + DAY, story="s1")
    another = event(Kind.LIFTED, place="KH", at=NOON + DAY, story="s2")
    assert heard(rises, ends, another, begins).events == (begins, ends)


def test_first_readings_and_sources_that_are_not_watched_are_left_out() -> None:
    assert heard(DESK, event(Kind.BASELINE), event(source="ca-gac")).events == ()


def test_tags_are_those_of_the_configured_source() -> None:
    assert heard(Subscription(name="allies", channels=("chat",), tags=frozenset({"ally"})), event()).events
    assert not heard(Subscription(name="others", channels=("chat",), tags=frozenset({"other"})), event()).events


def test_a_burst_is_one_message() -> None:
    places = ["TH", "KH", "LA", "VN", "MM", "MY"]
    few = [event(place=place) for place in places[: BURST - 1]]
    many = [event(place=place) for place in places]
    assert len(heard(DESK, *few).sent) == BURST - 1
    assert heard(DESK, *many).sent == (NOON,)
    assert len(heard(DESK, *many).events) == 6


def test_the_strictest_level_is_a_message_of_its_own_even_in_a_burst() -> None:
    many = [event(place=place) for place in ("TH", "KH", "LA", "VN", "MM")]
    assert len(heard(DESK, *many, event(place="MY", level_after=Level.AVOID)).sent) == 2


def test_a_digest_is_one_message_a_day() -> None:
    daily = Subscription(name="daily", channels=("mail",), digest=Digest(every="daily", zone="UTC", at=time(8)))
    told = heard(daily, event(), event(place="KH", at=NOON + timedelta(hours=3)), event(place="LA", at=NOON + DAY))
    assert told.sent == (datetime(2025, 7, 25, 8, tzinfo=UTC), datetime(2025, 7, 26, 8, tzinfo=UTC))


def test_what_waits_for_the_end_of_quiet_hours_goes_out_together() -> None:
    quiet = Quiet(begin=time(22), end=time(7), zone="Asia/Bangkok")
    night = Subscription(name="night", channels=("chat",), quiet=quiet)
    evening = NOON + timedelta(hours=4)
    told = heard(night, event(at=evening), event(place="KH", at=evening + timedelta(hours=2)))
    assert told.sent == (datetime(2025, 7, 25, 0, tzinfo=UTC),)


def test_every_subscription_is_asked() -> None:
    config = Config(
        state_dir="",
        sources=(GB,),
        subscriptions=(DESK, Subscription(name="none", channels=("chat",), min_level=Level.AVOID)),
    )
    assert [(one.subscription, len(one.events)) for one in backtest(config, [event()], 1.0)] == [
        ("desk", 1),
        ("none", 0),
    ]


def test_the_noisiest_rules_come_first_and_are_ten() -> None:
    sweeps = [event(Kind.SWEEP, place=f"{number}", reason="same-text-on-many-pages") for number in range(3)]
    told = [heard(DESK, event(), *sweeps)]
    assert noisiest(told) == [
        (Rule("desk", "sweep", "same-text-on-many-pages", "uk-fcdo"), 3),
        (Rule("desk", "raised", "stricter-first-reading", "uk-fcdo"), 1),
    ]
    many = heard(DESK, *(event(reason=f"rule-{number}") for number in range(12)))
    assert len(noisiest([many])) == 10


def test_over_no_time_at_all_nothing_is_sent_a_month() -> None:
    assert heard(DESK, days=0.0).per_month == 0.0
