"""Nothing is lost and nothing decided twice, wherever the process dies."""

from __future__ import annotations

import itertools
import multiprocessing
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from .crashing import ROUNDS, SOURCES, Diary, KillAtStep, Life

FORK = multiprocessing.get_context("fork")
Killer = Callable[[int, Life], ForkProcess]


@dataclass(frozen=True)
class Reference:
    """The same history without a kill, and how many seconds it took here."""

    life: Life
    seconds: float


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """The history that every killed one must equal. It is lived in this process, which then holds every module that
    a child needs, and lived again by a child that takes no longer than the others."""
    life, again = Life(tmp_path_factory.mktemp("undisturbed")), Life(tmp_path_factory.mktemp("again"))
    life.live()
    start = time.monotonic()
    child = FORK.Process(target=again.live)
    child.start()
    child.join()
    return Reference(life, time.monotonic() - start)


def killed_at_a_step(attempt: int, life: Life) -> ForkProcess:
    """Let a child make one commit beside the one that every start makes, and kill it before or after the next one."""
    life.steps = KillAtStep(commits=2, after=attempt % 2 == 1)
    child = FORK.Process(target=life.live)
    child.start()
    child.join()
    return child


def killed_at_random(chance: random.Random, longest: float) -> Killer:
    """Let a child live for a random while of up to ``longest`` seconds; for longer while none gets a round done, as the
    machine may have become slower."""
    rounds: list[int] = []

    def kill(attempt: int, life: Life) -> ForkProcess:
        child = FORK.Process(target=life.live)
        child.start()
        rounds.append(Diary(life.folder / "round").read())
        child.join(timeout=chance.uniform(0, longest * 1.1 ** rounds.count(rounds[-1])))
        child.kill()
        child.join()
        return child

    return kill


def lived_through(life: Life, kill: Killer) -> int:
    """Kill child after child until the history is over. Returns how many were killed."""
    kills = 0
    while Diary(life.folder / "round").read() < ROUNDS:
        child = kill(kills, life)
        assert child.exitcode in (0, -signal.SIGKILL)
        kills += child.exitcode != 0
    return kills


def assert_same_history(life: Life, reference: Life, kills: int) -> None:
    """No event missing or decided twice; each delivery at least once; repetitions only of what was in flight."""
    events, ledger, waiting = life.result()
    expected_events, expected_ledger, expected_waiting = reference.result()
    assert events == expected_events
    assert waiting == expected_waiting
    sent = Counter(line.split()[0] for line in ledger)
    assert set(sent) == {line.split()[0] for line in expected_ledger}
    seen: set[str] = set()
    for line in ledger:
        key, mark = line.split()
        assert key not in seen or mark == "again", f"{key} was sent twice without saying so"
        seen.add(key)
    repeated = sum(sent.values()) - len(sent)
    assert repeated <= kills


def test_a_kill_at_every_commit_loses_nothing_and_repeats_only_what_was_in_flight(
    reference: Reference, tmp_path: Path
) -> None:
    life = Life(tmp_path)
    kills = lived_through(life, killed_at_a_step)
    assert kills > SOURCES
    assert_same_history(life, reference.life, kills)


def test_two_hundred_kills_at_random_instants_lose_nothing(reference: Reference, tmp_path: Path) -> None:
    chance, kills = random.Random(7), 0
    for history in itertools.count():
        life = Life(tmp_path / str(history))
        life.folder.mkdir()
        these = lived_through(life, killed_at_random(chance, reference.seconds / 8))
        assert_same_history(life, reference.life, these)
        kills += these
        if kills >= 200:
            break
