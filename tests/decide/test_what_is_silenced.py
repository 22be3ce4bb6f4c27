"""What a silence holds back, and what it lets through in doubt."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.decide.silence import holds_back, silenced_by
from advisoryd.model.event import Event, Kind
from advisoryd.model.ladder import Level
from advisoryd.model.silence import Matcher, Silence
from advisoryd.model.standing import Delivery, DeliveryState

from .making import L2, L3, L4, NOON, event


def delivery(level: Level | None = L2, subscription: str = "desk", channel: str = "chat") -> Delivery:
    return Delivery(
        id=1, event="e1", subscription=subscription, channel=channel, state=DeliveryState.WAITING,
        created_at=NOON, next_attempt=NOON, level=level,
    )  # fmt: skip


def of(*words: str) -> frozenset[str]:
    return frozenset(words)


AMENDED = event(Kind.AMENDED, 2, 2)
ISRAEL = event(Kind.AMENDED, 2, 2, destination="IL+PS")
SEVERAL = event(Kind.SWEEP, destination="", places=("JP", "FR"))
NOWHERE = event(Kind.BULLETIN, destination="")


@pytest.mark.parametrize(
    ("matcher", "said", "silenced"),
    [
        (Matcher(destinations=of("JP")), AMENDED, True),
        (Matcher(destinations=of("FR")), AMENDED, False),
        (Matcher(issuers=of("CN")), AMENDED, True),
        (Matcher(issuers=of("US")), AMENDED, False),
        (Matcher(kinds=frozenset({Kind.AMENDED})), AMENDED, True),
        (Matcher(kinds=frozenset({Kind.RAISED})), AMENDED, False),
        (Matcher(subscriptions=of("desk")), AMENDED, True),
        (Matcher(subscriptions=of("press")), AMENDED, False),
        (Matcher(channels=of("chat")), AMENDED, True),
        (Matcher(channels=of("mail")), AMENDED, False),
        (Matcher(destinations=of("JP"), issuers=of("US")), AMENDED, False),
        (Matcher(destinations=of("IL")), ISRAEL, False),
        (Matcher(destinations=of("IL", "PS")), ISRAEL, True),
        (Matcher(destinations=of("IL+PS")), ISRAEL, True),
        (Matcher(destinations=of("JP")), SEVERAL, False),
        (Matcher(destinations=of("JP", "FR", "IT")), SEVERAL, True),
        (Matcher(destinations=of("JP")), NOWHERE, False),
        (Matcher(channels=of("chat")), NOWHERE, True),
    ],
)
def test_a_message_must_fit_everything_that_a_silence_names(matcher: Matcher, said: Event, silenced: bool) -> None:
    assert holds_back(matcher, delivery(), said) is silenced


@pytest.mark.parametrize(
    ("least", "most", "level", "silenced"),
    [
        (None, None, None, True),
        (L2, None, L2, True),
        (L3, None, L2, False),
        (None, L2, L2, True),
        (None, L2, L3, False),
        (L2, L3, L3, True),
        (None, L2, None, False),
        (L2, None, None, False),
    ],
)
def test_an_unknown_level_is_not_taken_for_a_low_one(
    least: Level | None, most: Level | None, level: Level | None, silenced: bool
) -> None:
    matcher = Matcher(issuers=of("CN"), min_level=least, max_level=most)
    assert holds_back(matcher, delivery(level), AMENDED) is silenced


@pytest.mark.parametrize(
    ("said", "breaks_through"),
    [
        (event(Kind.RAISED, 3, 4), True),
        (event(Kind.ISSUED, None, 4), True),
        (event(Kind.WIDENED, 2, 2, highest_after=L4), True),
        (event(Kind.CONFIRMED, 2, 4), True),
        (event(Kind.RAISED, 2, 3), False),
        (event(Kind.LOWERED, 4, 3), False),
        (event(Kind.AMENDED, 4, 4), False),
        (event(Kind.LIFTED, 4, None), False),
    ],
)
def test_only_advice_that_goes_up_to_the_strictest_level_breaks_through(said: Event, breaks_through: bool) -> None:
    everything = Matcher(channels=of("chat"))
    assert holds_back(everything, delivery(L4), said) is not breaks_through
    assert holds_back(Matcher(channels=of("chat"), alarms=True), delivery(L4), said)


def test_the_first_silence_that_fits_gives_the_reason() -> None:
    made = [
        Silence(number, Matcher(destinations=of(place)), reason, NOON, NOON + timedelta(days=1))
        for number, place, reason in ((1, "FR", "strike"), (2, "JP", "drill"), (3, "JP", "later"))
    ]
    found = silenced_by(made, delivery(), AMENDED)
    assert found is not None
    assert found.words == "silenced (2): drill"
    assert silenced_by(made[:1], delivery(), AMENDED) is None


KINDS = st.sampled_from(Kind)
LEVELS = st.none() | st.sampled_from(Level)
NAMES = st.frozensets(st.sampled_from(["JP", "FR", "CN", "desk", "chat"]), max_size=2)
MATCHERS = st.builds(
    Matcher, issuers=NAMES, destinations=NAMES, kinds=st.frozensets(KINDS, max_size=2), subscriptions=NAMES,
    channels=NAMES, min_level=LEVELS, max_level=LEVELS,
)  # fmt: skip


@given(matcher=MATCHERS, kind=st.sampled_from([Kind.RAISED, Kind.ISSUED, Kind.WIDENED]), before=LEVELS)
def test_no_silence_at_all_holds_the_strictest_level_back_unless_it_says_so(
    matcher: Matcher, kind: Kind, before: Level | None
) -> None:
    assert not holds_back(matcher, delivery(L4), event(kind, before, 4))
