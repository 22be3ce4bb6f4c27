"""The programs that are compared: how each is told of its feeds, polls them once, and says what it found."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import run

Found = dict[str, int]

OURS = [sys.executable, "-m", "advisoryd"]
SOURCE = """
[[source]]
id = "feed-{number}"
type = "feed"
url = "{url}"
issuer = "CH"
spacing = 0
"""
CONFIG = """
[daemon]
state_dir = "state"

[http]
per_host = 16
allow_networks = ["127.0.0.0/8"]

[[channel]]
name = "none"
type = "file"
path = "messages.jsonl"

[operator]
channels = ["none"]
"""
URLWATCH = """
display: {error: true, new: false, unchanged: false}
report:
  stdout: {enabled: true, color: false}
  text: {line_length: 75, details: true, footer: true, minimal: true}
"""


@dataclass(frozen=True)
class Contender:
    """One program. ``prepare`` puts its configuration for these addresses into a folder, ``command`` polls all of them
    once, ``found`` says, from the folder and the output, how many entries it found ``new`` and ``edited``; ``None``
    where it does not tell."""

    name: str
    prepare: Callable[[Path, Sequence[str]], None]
    command: Callable[[Path], list[str]]
    found: Callable[[Path, str], Found | None]


def ours() -> Contender:
    """advisoryd, by ``advisoryd once --all``."""

    def prepare(folder: Path, urls: Sequence[str]) -> None:
        (folder / "state").mkdir()  # as a service manager does before the first start
        sources = (SOURCE.format(number=number, url=url) for number, url in enumerate(urls))
        (folder / "advisoryd.toml").write_text(CONFIG + "".join(sources))

    def command(folder: Path) -> list[str]:
        return [*OURS, "once", "--all", "-c", str(folder / "advisoryd.toml")]

    def found(folder: Path, _output: str) -> Found:
        listing = [*OURS, "events", "--kind", "bulletin", "--limit", "100000", "--json"]
        listed = run([*listing, "-c", str(folder / "advisoryd.toml")], folder).output
        reasons = [json.loads(line)["reason"] for line in listed.splitlines() if line.startswith("{")]
        return {"new": reasons.count("new-entry"), "edited": reasons.count("entry-edited")}

    return Contender("advisoryd", prepare, command, found)


def reader(python: str) -> Contender:
    """The library ``reader``, with ten threads."""
    driver = str(Path(__file__).with_name("peer_reader.py"))

    def prepare(folder: Path, urls: Sequence[str]) -> None:
        (folder / "urls").write_text("\n".join(urls))
        run([python, driver, "setup", str(folder / "reader.db"), str(folder / "urls")], folder)

    def command(folder: Path) -> list[str]:
        return [python, driver, "poll", str(folder / "reader.db")]

    return Contender("reader", prepare, command, lambda _, output: dict(json.loads(output.splitlines()[-1])))


def urlwatch(python: str) -> Contender:
    """``urlwatch``, which compares whole documents and knows no entries."""

    def prepare(folder: Path, urls: Sequence[str]) -> None:
        jobs = (f"kind: url\nname: feed {number}\nurl: {url}\n" for number, url in enumerate(urls))
        (folder / "urls.yaml").write_text("---\n".join(jobs))
        (folder / "urlwatch.yaml").write_text(URLWATCH)
        (folder / "hooks.py").touch()

    def command(folder: Path) -> list[str]:
        files = {"--urls": "urls.yaml", "--config": "urlwatch.yaml", "--hooks": "hooks.py", "--cache": "cache.db"}
        options = [word for option, name in files.items() for word in (option, str(folder / name))]
        return [python, "-c", "from urlwatch.cli import main; main()", *options]

    return Contender("urlwatch", prepare, command, lambda *_: None)
