"""How the benchmarks measure, check and print."""

from __future__ import annotations

import resource
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import contenders, growth, once
from benchmarks.measure import Sample, run


def contender(name: str = "advisoryd") -> contenders.Contender:
    return contenders.Contender(name, lambda *_: None, lambda _: [], lambda *_: None)


def samples(**cpu: tuple[float, ...]) -> once.Samples:
    seen = {name: [Sample(one, 2 * one, 50, "") for one in figures] for name, figures in cpu.items()}
    return dict.fromkeys(once.PHASES, seen)


def test_a_process_is_measured_by_what_the_system_says_of_it(tmp_path: Path) -> None:
    sample = run([sys.executable, "-c", "print(sum(range(3_000_000)))"], tmp_path)
    assert sample.output == "4499998500000\n"
    assert 0 < sample.cpu <= sample.wall + 1
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert 5 < sample.memory <= own + 100


def test_a_process_that_fails_is_no_sample(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


def test_ratios_are_taken_within_a_repetition() -> None:
    table = once.table(samples(advisoryd=(1.0, 2.0, 4.0), reader=(9.0, 2.0, 12.0)))
    assert "| cold | advisoryd | 2.00 | 4.00 | 50 | 1.00 |" in table
    assert "| cold | reader | 9.00 | 18.00 | 50 | 3.00 |" in table


def test_repetitions_are_joined_by_phase_and_contender() -> None:
    joined = once.joined([samples(advisoryd=(1.0,)), samples(advisoryd=(2.0,))])
    assert [one.cpu for one in joined["changed"]["advisoryd"]] == [1.0, 2.0]


def test_a_contender_that_misses_an_entry_ends_the_run() -> None:
    once.check(contender(), "changed", {"new": 2, "edited": 3}, {"new": 2, "edited": 3})
    once.check(contender(), "changed", None, {"new": 2, "edited": 3})
    with pytest.raises(RuntimeError, match="advisoryd found"):
        once.check(contender(), "changed", {"new": 2, "edited": 2}, {"new": 2, "edited": 3})


@pytest.mark.parametrize("answers", [{"200": 9}, {"304": 9, "200": 1}, {"200": 10}, {"304": 9}])
def test_a_contender_that_does_not_ask_for_everything_once_ends_the_run(answers: dict[str, int]) -> None:
    with pytest.raises(RuntimeError, match="was answered"):
        once.check_answers(contender(), "unchanged", Counter(answers), 10)


def test_all_that_was_asked_for_was_answered_as_it_should() -> None:
    once.check_answers(contender(), "cold", Counter({"200": 10}), 10)
    once.check_answers(contender(), "unchanged", Counter({"304": 10}), 10)
    once.check_answers(contender(), "changed", Counter({"304": 9, "200": 1}), 10)


def test_every_contender_is_told_of_every_feed(tmp_path: Path) -> None:
    urls = ["http://127.0.0.1:1/feed/0.xml", "http://127.0.0.1:1/feed/1.xml"]
    for rival in (contenders.ours(), contenders.urlwatch("python")):
        rival.prepare(tmp_path, urls)
    for name in ("advisoryd.toml", "urls.yaml"):
        assert all(url in (tmp_path / name).read_text() for url in urls)


def test_rows_written_are_told_by_the_poll() -> None:
    states = [growth.State(one, 100, 1 << 20, 0, 50 << 20, 40 * one) for one in (1, 2, 3)]
    *rows, written = growth.lines(states, feeds=40)
    assert rows[2] == "| 1 | 100 | 1.0 | 0.0 | 50.0 |"
    assert written.endswith("unchanged poll: 1.00")
