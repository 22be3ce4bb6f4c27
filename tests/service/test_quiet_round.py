"""A round that finds nothing new is the usual one, and does without whatever only a change needs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fetch.server import FaultServer, conditional

from .world import COUNTRIES, rows

CONFIG = """
[daemon]
state_dir = "state"
[http]
allow_networks = ["127.0.0.0/8"]
[[source]]
id = "ministry"
issuer = "NZ"
type = "json"
url = "{url}"
[source.options]
rows = "rows"
key = "id"
name = "country"
level = "advice"
levels = {{ calm = 1 }}
[[channel]]
name = "inbox"
type = "file"
path = "messages.jsonl"
[operator]
channels = ["inbox"]
"""
ROUND = """
import sys
from advisoryd.cli import main
status = main(["once", "--all", "--config", sys.argv[1]])
print(*sorted({name.partition(".")[0] for name in sys.modules}))
sys.exit(status)
"""
HEAVY = {"sqlalchemy", "alembic", "structlog", "pydantic", "rich", "babel", "pycountry", "jinja2", "apprise"}
HEAVY |= {"apscheduler", "feedparser", "selectolax", "psycopg"}


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """Serves a list that never changes."""
    served = FaultServer()
    served.start()
    served.on("/list", conditional(rows(dict.fromkeys(COUNTRIES, "calm")), '"1"', "Content-Type: application/json"))
    yield served
    served.stop()


def once(config: Path) -> tuple[str, set[str]]:
    """What one round said, and the packages it imported."""
    done = subprocess.run([sys.executable, "-c", ROUND, str(config)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    *said, packages = done.stdout.splitlines()
    return said[0], set(packages.split())


def test_a_round_that_finds_nothing_new_imports_nothing_heavy(server: FaultServer, tmp_path: Path) -> None:
    config = tmp_path / "advisoryd.toml"
    config.write_text(CONFIG.format(url=server.url("/list")))
    (tmp_path / "state").mkdir(mode=0o700)
    assert once(config)[0] == "1 sources polled, 0 unchanged, 1 read for the first time"
    said, packages = once(config)
    assert said == "1 sources polled, 1 unchanged, 0 read for the first time"
    assert packages & HEAVY == set()
