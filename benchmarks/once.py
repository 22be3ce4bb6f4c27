"""One round over many feeds, beside the programs people use for that today: ``python -m benchmarks.once``.

Every contender polls the same server in the same run, each in a folder of its own: first it sees every feed for the
first time (cold), then nothing has changed (every answer is 304), then 5 % of the feeds have one new or one edited
entry. Contenders take turns within a repetition, so that the drift of a machine falls on all of them; ratios are taken
within a repetition, and medians of both are printed. That what changed was found is checked, for every repetition.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks import contenders
from benchmarks.contenders import Contender, Found
from benchmarks.measure import RunningFarm, Sample, circumstances, farm, run

PHASES = ("cold", "unchanged", "changed")
SHARE = 0.05
Samples = dict[str, dict[str, list[Sample]]]
"""By phase and contender, one a repetition."""


def repetition(farm: RunningFarm, feeds: int, rivals: Sequence[Contender], processor: int | None) -> Samples:
    """Every contender through every phase, once. Raises :class:`RuntimeError` when one misses what changed."""
    samples: Samples = {phase: {} for phase in PHASES}
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        for rival in rivals:
            (Path(scratch) / rival.name).mkdir()
            rival.prepare(Path(scratch) / rival.name, farm.urls(feeds))
        for phase in PHASES:
            news = farm.ask(f"/publish?share={SHARE}") if phase == "changed" else {"new": 0, "edited": 0}
            for rival in rivals:
                folder = Path(scratch) / rival.name
                before = farm.statuses()
                sample = run(rival.command(folder), folder, processor)
                samples[phase][rival.name] = [sample]
                check_answers(rival, phase, farm.statuses() - before, feeds)
                if phase != "cold":
                    check(rival, phase, rival.found(folder, sample.output), news)
                print(f"{phase:<10}{rival.name:<11}{sample.cpu:7.2f} s cpu {sample.wall:7.2f} s", file=sys.stderr)
    return samples


def check(rival: Contender, phase: str, found: Found | None, news: Found) -> None:
    """Whether a contender found what there was, and nothing else."""
    if found is not None and found != news:
        raise RuntimeError(f"{rival.name} found {found} in the phase {phase}, there was {news}")


def check_answers(rival: Contender, phase: str, answers: Counter[str], feeds: int) -> None:
    """Whether a contender asked for every feed once, and was told 304 for all when nothing had changed."""
    wanted = "304" if phase == "unchanged" else "200"
    if answers.total() != feeds or not answers[wanted] or (phase == "unchanged" and answers[wanted] != feeds):
        raise RuntimeError(f"{rival.name} was answered {dict(answers)} in the phase {phase}")


def joined(repetitions: Sequence[Samples]) -> Samples:
    """All repetitions together."""
    return {
        phase: {name: [one for each in repetitions for one in each[phase][name]] for name in repetitions[0][phase]}
        for phase in PHASES
    }


def table(samples: Samples) -> str:
    """Medians, and how many times the processor time of advisoryd each contender takes."""
    lines = ["| phase | contender | CPU s | wall s | peak MB | CPU, times advisoryd's |", "|---|---|---|---|---|---|"]
    for phase, rivals in samples.items():
        for name, seen in rivals.items():
            ratios = [other.cpu / own.cpu for other, own in zip(seen, rivals["advisoryd"], strict=True)]
            figures = [median(one.cpu for one in seen), median(one.wall for one in seen)]
            row = (phase, name, *(f"{figure:.2f}" for figure in figures), f"{median(o.memory for o in seen):.0f}")
            lines.append(f"| {' | '.join(row)} | {median(ratios):.2f} |")
    return "\n".join(lines)


def report(samples: Samples, chosen: argparse.Namespace) -> str:
    """The table with what is needed to read it."""
    versions = _versions(chosen.peer_python)
    return (
        f"# One round over {chosen.feeds} feeds of {chosen.entries} entries\n\n"
        f"{circumstances()}; {versions}; {chosen.repeat} repetitions, medians.\n\n"
        f"{table(samples)}\n\n"
        "Whole processes, start-up included: processor time is user and system from `wait4`, memory the peak of the "
        "process.\n`changed`: 5 % of the feeds differ, half by a new entry, half by an edited one; advisoryd and "
        "reader found exactly these in\nevery repetition. urlwatch compares whole documents and knows no entries, so "
        "its cold figure is for less work.\n"
    )


def _versions(python: str) -> str:
    code = (
        "from importlib.metadata import version; print('reader', version('reader') + ', urlwatch', version('urlwatch'))"
    )
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-python", default=sys.executable, help="an interpreter that has reader and urlwatch")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=30, help="in each feed")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[], help="these contenders, beside advisoryd")
    parser.add_argument("--write", type=Path, help="write the table to this file")
    chosen = parser.parse_args()
    rivals = [contenders.ours(), contenders.reader(chosen.peer_python), contenders.urlwatch(chosen.peer_python)]
    rivals = [rival for rival in rivals if not chosen.only or rival.name in ("advisoryd", *chosen.only)]
    apart = (os.cpu_count() or 1) > 1
    repetitions = []
    for _ in range(chosen.repeat):
        with farm(chosen.feeds, chosen.entries, 0 if apart else None) as running:
            repetitions.append(repetition(running, chosen.feeds, rivals, 1 if apart else None))
    text = report(joined(repetitions), chosen)
    print(text)
    if chosen.write:
        chosen.write.write_text(text)


if __name__ == "__main__":
    main()
