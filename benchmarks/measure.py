"""Whole processes and what they cost, by the operating system's own accounting."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Sample:
    """One finished process: seconds of processor (user and system, children included) and of the clock, the peak
    memory of its largest process in megabytes, and what it printed."""

    cpu: float
    wall: float
    memory: float
    output: str


def run(command: Sequence[str], folder: Path, processor: int | None = None) -> Sample:
    """Run a command to its end, on one processor if one is named. Raises :class:`RuntimeError` when it fails.

    Linux gives a process that replaces itself the peak of what it was, so a sample is never below the peak of the
    process that measures: that one must be small.
    """
    with tempfile.TemporaryFile() as out:
        begun = time.monotonic()
        process = subprocess.Popen(
            _pinned(command, processor),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "HOME": str(folder), "PYTHONPATH": str(ROOT), "no_proxy": "127.0.0.1"},
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        output = out.read().decode(errors="replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{output[-2000:]}")
    return Sample(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, output)


def _pinned(command: Sequence[str], processor: int | None) -> list[str]:
    return list(command) if processor is None else ["taskset", "-c", str(processor), *command]


def circumstances() -> str:
    """When and on what kind of machine, for the head of a table."""
    machine = f"{os.cpu_count()} processors ({platform.machine()}), {platform.system()}"
    return f"{datetime.now(UTC):%-d %B %Y}; {machine}, Python {platform.python_version()}"


class RunningFarm:
    """A farm in a process of its own."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._opener = build_opener(ProxyHandler({}))

    def ask(self, path: str) -> dict[str, Any]:
        """The answer of one of its two other addresses."""
        with self._opener.open(self.url + path) as answer:
            return dict(json.load(answer))

    def statuses(self) -> Counter[str]:
        """How many answers of each status it gave."""
        return Counter(self.ask("/stats")["statuses"])

    def urls(self, feeds: int) -> list[str]:
        """The addresses of its feeds."""
        return [f"{self.url}/feed/{number}.xml" for number in range(feeds)]


@contextmanager
def farm(feeds: int, entries: int, processor: int | None = None) -> Iterator[RunningFarm]:
    """Start a farm, and stop it at the end."""
    command = [sys.executable, "-m", "benchmarks.farm", "--feeds", str(feeds), "--entries", str(entries)]
    process = subprocess.Popen(_pinned(command, processor), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield RunningFarm(json.loads(process.stdout.readline())["port"])
    finally:
        process.terminate()
        process.communicate()
