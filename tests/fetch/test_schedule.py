"""Whose turn it is, on a clock that only this file moves."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from advisoryd.fetch.schedule import LANES_KEPT, Schedule


def schedule(in_flight: int = 10, per_host: int = 10) -> Schedule[str]:
    return Schedule(in_flight, per_host)


def test_a_request_starts_at_once_where_nothing_is_against_it() -> None:
    turns = schedule()
    turns.ask("a1", "a")
    assert turns.due(0.0) == ["a1"]
    assert turns.due(0.0) == []
    assert turns.wakes() == inf


def test_one_host_gets_so_many_at_once_and_the_next_when_one_is_done() -> None:
    turns = schedule(per_host=2)
    for ticket in ("a1", "a2", "a3", "a4"):
        turns.ask(ticket, "a")
    assert turns.due(0.0) == ["a1", "a2"]
    turns.done("a")
    assert turns.due(0.0) == ["a3"]


def test_all_hosts_together_get_so_many_at_once() -> None:
    turns = schedule(in_flight=3)
    for host in "abcde":
        turns.ask(host, host)
    assert turns.due(0.0) == ["a", "b", "c"]
    turns.done("b")
    assert turns.due(0.0) == ["d"]


def test_hosts_take_turns_so_that_a_long_row_holds_nobody_up() -> None:
    turns = schedule(in_flight=1)
    for number in range(3):
        turns.ask(f"a{number}", "a")
    turns.ask("b0", "b")
    order = []
    for _ in range(4):
        (ticket,) = turns.due(0.0)
        order.append(ticket)
        turns.done(ticket[0])
    assert order == ["a0", "b0", "a1", "a2"]


def test_a_host_rests_between_two_starts_and_others_do_not_wait_for_it() -> None:
    turns = schedule()
    turns.ask("a1", "a", 5.0)
    turns.ask("a2", "a", 5.0)
    assert turns.due(0.0) == ["a1"]
    turns.done("a")
    assert turns.wakes() == 5.0
    assert turns.due(4.9) == []
    turns.ask("b1", "b")
    assert turns.due(4.9) == ["b1"]
    assert turns.due(5.0) == ["a2"]


def test_the_rest_is_counted_from_the_start_not_from_the_end() -> None:
    turns = schedule(per_host=2)
    turns.ask("a1", "a", 1.0)
    turns.ask("a2", "a", 1.0)
    assert turns.due(0.0) == ["a1"]
    assert turns.due(1.0) == ["a2"]


def test_of_two_sources_on_one_host_the_longer_rest_counts() -> None:
    turns = schedule()
    turns.ask("slow", "a", 5.0)
    assert turns.due(0.0) == ["slow"]
    turns.ask("quick", "a", 1.0)
    assert turns.due(4.0) == []
    assert turns.due(5.0) == ["quick"]
    turns.ask("slow", "a", 5.0)
    assert turns.due(9.0) == []
    assert turns.due(10.0) == ["slow"]


def test_a_rest_goes_on_although_the_host_was_idle_in_between() -> None:
    turns = schedule()
    turns.ask("a1", "a", 5.0)
    turns.due(0.0)
    turns.done("a")
    turns.ask("a2", "a", 5.0)
    assert turns.due(3.0) == []
    assert turns.wakes() == 5.0


def test_a_withdrawn_request_never_starts_and_blocks_nobody() -> None:
    turns = schedule(per_host=1)
    for ticket in ("a1", "a2", "a3"):
        turns.ask(ticket, "a", 1.0)
    assert turns.due(0.0) == ["a1"]
    turns.withdraw("a2", "a")
    turns.done("a")
    assert turns.due(1.0) == ["a3"]
    turns.done("a")
    turns.ask("a4", "a")
    turns.withdraw("a4", "a")
    assert turns.due(9.0) == []


def test_while_all_are_busy_there_is_no_need_to_wake() -> None:
    turns = schedule(in_flight=1)
    turns.ask("a1", "a", 5.0)
    turns.ask("a2", "a", 5.0)
    turns.due(0.0)
    assert turns.wakes() == inf
    turns.done("a")
    assert turns.wakes() == 5.0


def test_hosts_that_have_rested_are_forgotten() -> None:
    turns = schedule(in_flight=10 * LANES_KEPT)
    for number in range(3 * LANES_KEPT):
        turns.ask(f"{number}", f"host{number}", 1.0)
        turns.due(float(number))
        turns.done(f"host{number}")
    assert len(turns._lanes) <= LANES_KEPT + 2


REQUESTS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from([0.0, 1.0, 2.5]), st.sampled_from([0.0, 0.5, 3.0]))
)


@given(REQUESTS, st.integers(1, 4), st.integers(1, 3))
def test_every_request_gets_its_turn_and_every_limit_holds(
    requests: list[tuple[str, float, float]], in_flight: int, per_host: int
) -> None:
    turns: Schedule[int] = Schedule(in_flight, per_host)
    for number, (host, spacing, _) in enumerate(requests):
        turns.ask(number, host, spacing)
    now, ends, started = 0.0, list[tuple[float, int]](), list[int]()
    starts = defaultdict[str, list[tuple[float, float]]](list)
    while True:
        for number in turns.due(now):
            host, spacing, takes = requests[number]
            started.append(number)
            starts[host].append((now, spacing))
            ends.append((now + takes, number))
        running = Counter(requests[number][0] for _, number in ends)
        assert running.total() <= in_flight
        assert max(running.values(), default=0) <= per_host
        following = min([*(end for end, _ in ends), turns.wakes()], default=inf)
        if following == inf:
            break
        now = max(now, following)
        for over in [entry for entry in ends if entry[0] <= now]:
            ends.remove(over)
            turns.done(requests[over[1]][0])
    assert sorted(started) == list(range(len(requests)))
    for times in starts.values():
        assert all(later - earlier >= max(old, new) for (earlier, old), (later, new) in pairwise(times))
    for host in "abc":
        assert [n for n in started if requests[n][0] == host] == [n for n, row in enumerate(requests) if row[0] == host]
