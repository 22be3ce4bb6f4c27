"""What holds for every history, however an issuer and its server behave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd.decide.judge import Pair
from advisoryd.decide.match import match
from advisoryd.model.config import Subscription
from advisoryd.model.event import Event, Kind
from advisoryd.model.ladder import Action, Level, Reason
from advisoryd.model.reading import Contract, Shape
from advisoryd.model.record import Record
from advisoryd.model.standing import State

from .history import ADVICE_ONLY, REGISTER, STREAM, History
from .making import calm, record

PLACES = ("JP", "FR", "KR", "TH", "IQ", "TR", "MX", "KE")
ABSENT = {Kind.VANISHED, Kind.WITHDRAWN, Kind.LIFTED, Kind.EXPIRED, Kind.EXPIRING}
"""Kinds that may come without anything being said in place of what ended."""


@dataclass(frozen=True)
class Step:
    """One thing that happens: after a while the issuer says something, drops rows, or its server fails."""

    wait: str
    verb: str
    said: tuple[Record, ...] = ()
    places: tuple[str, ...] = ()
    page: str = ""


RECORDS = st.builds(
    record,
    place=st.sampled_from(PLACES),
    level=st.sampled_from([None, 1, 2, 3, 4]),
    native=st.sampled_from([None, None, ""]),
    text=st.sampled_from(["", "Take care.", "Curfew at nine. Take care."]),
    regions=st.none() | st.dictionaries(st.sampled_from(["Hatay", "Noto", "Kidal"]), st.integers(2, 4), max_size=2),
    regional=st.sampled_from([None, True, False]),
    ends=st.sampled_from(["", "", "", "2025-11-20", "2025-11-14T13:00"]),
    actions=st.sampled_from([frozenset(), frozenset({Action.LEAVE})]),
    reasons=st.sampled_from([frozenset(), frozenset({Reason.CRIME})]),
)
STEPS = st.builds(
    Step,
    wait=st.sampled_from(["1m", "15m", "30m", "2h", "1d", "4d"]),
    verb=st.sampled_from(["says", "says", "says", "drops", "fails", "looks", "again"]),
    said=st.lists(RECORDS, min_size=1, max_size=5).map(tuple),
    places=st.lists(st.sampled_from(PLACES), max_size=5).map(tuple),
    page=st.sampled_from(["unknown", "gone", "advises", "withdrawn"]),
)
HISTORIES = st.lists(STEPS, max_size=8)
CONTRACTS = st.sampled_from([REGISTER, ADVICE_ONLY, STREAM, Contract(bulk_reviews=True)])
START = tuple(record(place, 1 + number % 4, issued="2025-11-01") for number, place in enumerate(PLACES))


def played(contract: Contract, steps: Sequence[Step]) -> Iterator[History]:
    """The history after its first reading and after each step."""
    history = History(*START, contract=contract)
    yield history
    for number, step in enumerate(steps):
        history.after(step.wait)
        if step.verb == "says":
            history.says(*(_notice(said, number, history) for said in step.said))
        elif step.verb == "drops":
            history.drops(*step.places)
        elif step.verb == "fails":
            history.fails()
        else:
            for place in step.places:
                history.page(place, step.page)
            history.again()
        yield history


def _notice(said: Record, number: int, history: History) -> Record:
    """In a stream every message is a new one, dated now."""
    if history.contract.shape is Shape.REGISTER:
        return said
    stamp = record(issued=history.now.strftime("%Y-%m-%dT%H:%M")).issued_at
    return replace(said, key=f"n{number}-{said.destination}", issued_at=stamp)


def whole(contract: Contract, steps: Sequence[Step]) -> History:
    *_, history = played(contract, steps)
    return history


def chains(history: History) -> dict[str, list[Event]]:
    """The events of each place, in order."""
    found: dict[str, list[Event]] = {place: [] for place in PLACES}
    for event in history.events:
        if event.destination:
            found[event.destination].append(event)
    return found


def every_history(test: Callable[[Contract, list[Step]], None]) -> Callable[[], None]:
    """Half as many examples as usual: a history is many polls long."""
    return settings(max_examples=50)(given(CONTRACTS, HISTORIES)(test))


@every_history
def test_the_first_reading_tells_nothing(contract: Contract, steps: list[Step]) -> None:
    assert next(played(contract, steps)).events == []


@every_history
def test_reading_the_same_once_more_tells_nothing_and_moves_nothing(contract: Contract, steps: list[Step]) -> None:
    for history in played(contract, steps):
        if history.again().healthy:
            told, believed = _about_places(history), _believed(history)
            history.replayed()
            assert _about_places(history) == told
            assert _believed(history) == believed


def _about_places(history: History) -> list[Event]:
    return [event for event in history.events if event.destination]


def _believed(history: History) -> dict[Pair, tuple[Record, State]]:
    return {pair: (standing.record, standing.state) for pair, standing in history.standings.items()}


@every_history
def test_the_same_history_twice_gives_the_same_events(contract: Contract, steps: list[Step]) -> None:
    first, second = whole(contract, steps), whole(contract, steps)
    assert first.events == second.events
    assert len({event.id for event in first.events}) == len(first.events)


@every_history
def test_a_poll_that_is_not_believed_never_makes_advice_looser(contract: Contract, steps: list[Step]) -> None:
    told = 0
    for history in played(contract, steps):
        fresh, told = history.events[told:], len(history.events)
        if not history.healthy:
            assert not [event for event in fresh if event.downward]
            assert not [event for event in fresh if _falls(event)]


def _falls(event: Event) -> bool:
    before, after = event.level_before, event.level_after
    return before is not None and after is not None and after < before


@every_history
def test_the_levels_of_a_place_chain(contract: Contract, steps: list[Step]) -> None:
    for events in chains(whole(contract, steps)).values():
        levelled = [event for event in events if event.level_after is not None]
        for earlier, later in pairwise(levelled):
            lifted = [event for event in events if earlier.at <= event.at <= later.at and event.kind is Kind.LIFTED]
            assert later.level_before is earlier.level_after or (lifted and later.level_before is Level.NORMAL)


@every_history
def test_a_believed_level_moves_only_with_an_event_that_says_so(contract: Contract, steps: list[Step]) -> None:
    believed: dict[str, Level | None] = {}
    told = 0
    for history in played(contract, steps):
        fresh, told = history.events[told:], len(history.events)
        for place in PLACES:
            before, after = believed.get(place), history.level(place)
            if before is not None and after is not before:
                mine = [event for event in fresh if event.destination == place]
                assert any(event.level_after is after or event.kind is Kind.LIFTED for event in mine)
            assert before is None or after is not None
            believed[place] = after


@every_history
def test_events_are_told_in_the_order_of_time_and_after_they_were_seen(contract: Contract, steps: list[Step]) -> None:
    history = whole(contract, steps)
    assert all(earlier.at <= later.at for earlier, later in pairwise(history.events))
    assert all(event.first_seen <= event.at <= history.now for event in history.events)


@every_history
def test_an_unknown_level_is_never_a_step_down(contract: Contract, steps: list[Step]) -> None:
    for event in whole(contract, steps).events:
        if event.level_before is not None and event.level_after is None:
            assert event.kind in ABSENT


@every_history
def test_the_kind_agrees_with_the_levels(contract: Contract, steps: list[Step]) -> None:
    for event in whole(contract, steps).events:
        before, after = event.level_before, event.level_after
        if before is None or after is None:
            continue
        if event.kind in (Kind.RAISED, Kind.ISSUED):
            assert after >= before
        elif event.kind in (Kind.LOWERED, Kind.LIFTED):
            assert after <= before
        else:
            assert after is before


@every_history
def test_every_event_points_at_the_readings_that_prove_it(contract: Contract, steps: list[Step]) -> None:
    for event in whole(contract, steps).events:
        if event.kind is Kind.SWEEP:
            continue
        assert event.before or event.kind is Kind.ISSUED
        assert event.after or event.kind in ABSENT
        assert event.reason


@settings(max_examples=50)
@given(HISTORIES)
def test_absence_from_a_stream_means_nothing(steps: list[Step]) -> None:
    assert not {event.kind for event in whole(STREAM, steps).events} & {Kind.VANISHED, Kind.WITHDRAWN}


SUBSCRIPTIONS = st.builds(
    Subscription,
    name=st.just("desk"),
    channels=st.just(("chat",)),
    min_level=st.sampled_from([None, *Level]),
    destinations=st.frozensets(st.sampled_from(PLACES), max_size=3),
    issuers=st.sampled_from([frozenset(), frozenset({"CN"}), frozenset({"US"})]),
    regions=st.sampled_from([(), ("noto",)]),
)


@settings(max_examples=50)
@given(CONTRACTS, HISTORIES, SUBSCRIPTIONS)
def test_nobody_hears_of_an_end_whose_beginning_they_could_not_have_heard(
    contract: Contract, steps: list[Step], subscription: Subscription
) -> None:
    for event in whole(contract, steps).events:
        if event.downward and match(subscription, event):
            assert match(subscription, _beginning(event))


def _beginning(event: Event) -> Event:
    """The event that would have brought what this one ended."""
    return replace(
        event,
        kind=Kind.WIDENED if event.kind is Kind.NARROWED else Kind.RAISED,
        level_before=event.level_after,
        level_after=event.level_before,
        highest_before=event.highest_after,
        highest_after=event.highest_before,
    )


def test_a_calm_year_is_silent() -> None:
    history = History(*START, calm("CH"))
    for _ in range(365):
        history.after("1d").again()
    assert history.news() == []
