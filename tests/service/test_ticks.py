"""The scheduler's traps, one by one. Nothing here waits longer than a tick of some milliseconds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.job import Job
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.triggers.interval import IntervalTrigger

from advisoryd.service.ticks import Ticks

PATIENCE = 20.0
SPRING = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
"""When clocks change in most of Europe."""


class Recorder:
    """Remembers its calls and lets a test wait for them."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._changed = threading.Condition()

    def __call__(self, name: str) -> None:
        with self._changed:
            self.calls.append(name)
            self._changed.notify_all()

    def wait_for(self, met: Callable[[], bool]) -> bool:
        with self._changed:
            return self._changed.wait_for(met, PATIENCE)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def start() -> Iterator[Callable[..., Ticks]]:
    """Starts ticks that are stopped after the test."""
    running: list[Ticks] = []

    def started(every: dict[str, float], on_tick: Callable[[str], None]) -> Ticks:
        ticks = Ticks(every, on_tick)
        ticks.start()
        running.append(ticks)
        return ticks

    yield started
    for ticks in running:
        ticks.stop()


def jobs(ticks: Ticks) -> list[Job]:
    """The library's own jobs: what they are set to is what the traps are about."""
    return ticks._scheduler.get_jobs()


def test_the_first_tick_comes_at_once_and_not_after_a_whole_interval(
    recorder: Recorder, start: Callable[..., Ticks]
) -> None:
    start({"poll": 3600, "deliver": 3600}, recorder)
    assert recorder.wait_for(lambda: set(recorder.calls) == {"poll", "deliver"})
    assert len(recorder.calls) == 2


def test_a_tick_comes_again_and_again(recorder: Recorder, start: Callable[..., Ticks]) -> None:
    start({"poll": 0.01}, recorder)
    assert recorder.wait_for(lambda: len(recorder.calls) >= 3)


def test_a_bug_in_one_tick_ends_neither_it_nor_the_others(recorder: Recorder, start: Callable[..., Ticks]) -> None:
    def faulty(name: str) -> None:
        recorder(name)
        if name == "poll":
            raise RuntimeError("a bug")

    start({"poll": 0.01, "deliver": 0.01}, faulty)
    assert recorder.wait_for(lambda: recorder.calls.count("poll") > 1 and recorder.calls.count("deliver") > 1)


def test_what_was_late_runs_once_and_is_not_dropped(start: Callable[..., Ticks]) -> None:
    """With the library's own grace of one second, ticks that come due while the machine is busy would be lost."""
    for job in jobs(start({"poll": 3600, "deliver": 3600, "tidy": 3600, "heartbeat": 3600}, lambda _: None)):
        assert job.misfire_grace_time is None
        assert job.coalesce is True
        assert job.max_instances == 1


def test_four_jobs_due_at_once_on_one_thread_all_run(recorder: Recorder, start: Callable[..., Ticks]) -> None:
    """Measured with the defaults: one of four ran, three times, and the other three were dropped every time."""
    names = {"poll", "deliver", "tidy", "heartbeat"}
    start(dict.fromkeys(names, 0.02), recorder)
    assert recorder.wait_for(lambda: set(recorder.calls) == names)


def test_after_a_week_asleep_or_a_clock_put_forward_a_tick_is_due_once(start: Callable[..., Ticks]) -> None:
    [job] = jobs(start({"poll": 60.0}, lambda _: None))
    woken = datetime.now(UTC) + timedelta(days=7)
    missed = job._get_run_times(woken)
    assert len(missed) > 10_000
    assert job.coalesce, "of all of them the last one alone is run"
    following = job.trigger.get_next_fire_time(missed[-1], woken)
    assert following is not None
    assert timedelta() < following - woken <= timedelta(minutes=1)


def test_a_clock_put_back_delays_the_next_tick_by_as_much(start: Callable[..., Ticks]) -> None:
    """The one jump that intervals do not survive by themselves: the library keeps the time it had chosen. The service
    manager's watchdog then starts the daemon anew, and the first tick comes at once."""
    [job] = jobs(start({"poll": 60.0}, lambda _: None))
    following = job.next_run_time
    assert job._get_run_times(following - timedelta(hours=1)) == []
    assert job._get_run_times(following) == [following]


@pytest.mark.parametrize("night", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_the_nights_on_which_clocks_change_are_like_any_other(night: datetime, start: Callable[..., Ticks]) -> None:
    """The trap is a trigger in local time: it hung in autumn, fired twice, or not at all."""
    [job] = jobs(start({"poll": 1800.0}, lambda _: None))
    trigger = IntervalTrigger(seconds=1800, timezone=UTC, start_date=night - timedelta(hours=3))
    fired, last = [], None
    for _ in range(12):
        last = trigger.get_next_fire_time(last, night)
        fired.append(last)
    assert str(job.trigger.timezone) == "UTC"
    assert {later - earlier for earlier, later in pairwise(fired)} == {timedelta(minutes=30)}
    local = [moment.astimezone(ZoneInfo("Europe/Berlin")) for moment in fired]
    assert len(set(local)) == 12


def test_stopping_waits_for_the_tick_under_way(recorder: Recorder) -> None:
    entered, leave, left = threading.Event(), threading.Event(), threading.Event()

    def slow(_: str) -> None:
        entered.set()
        leave.wait(PATIENCE)
        left.set()

    ticks = Ticks({"poll": 3600}, slow)
    ticks.start()
    assert entered.wait(PATIENCE)
    stopper = threading.Thread(target=ticks.stop)
    stopper.start()
    assert stopper.is_alive()
    leave.set()
    stopper.join(PATIENCE)
    assert left.is_set()
    assert not stopper.is_alive()


def test_after_stopping_nothing_ticks(recorder: Recorder) -> None:
    ticks = Ticks({"poll": 0.01}, recorder)
    ticks.start()
    assert recorder.wait_for(lambda: bool(recorder.calls))
    ticks.stop()
    calls = len(recorder.calls)
    assert not threading.Event().wait(0.05)
    assert len(recorder.calls) == calls


def test_nothing_is_pickled_and_nothing_is_kept(start: Callable[..., Ticks]) -> None:
    scheduler = start({"poll": 3600}, lambda _: None)._scheduler
    assert isinstance(scheduler._jobstores["default"], MemoryJobStore)
    assert isinstance(scheduler._executors["default"], ThreadPoolExecutor)


def test_the_version_is_one_that_does_not_hang() -> None:
    """3.11.0 never came out of the night clocks go back; 4 is not for production."""
    installed = tuple(int(part) for part in version("apscheduler").split(".")[:3])
    assert (3, 11, 3) <= installed < (4,)
