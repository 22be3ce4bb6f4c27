"""The daemon as the service manager sees it: a process, its signals, its datagrams, its database."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from advisoryd.cli.common import REFUSED
from tests.fetch.server import FaultServer, conditional

from .world import COUNTRIES, rows

CALM = dict.fromkeys(COUNTRIES, "calm")
PATIENCE = 60.0
CONFIG = """
[daemon]
state_dir = "state"
[http]
allow_networks = ["127.0.0.0/8"]
[sources]
enable = []
[[source]]
id = "ministry"
issuer = "NZ"
type = "json"
url = "{advice}"
every = "15m"
{more}
[source.options]
rows = "rows"
key = "id"
name = "country"
level = "advice"
text = "text"
levels = {{ calm = 1, care = 2, reconsider = 3, avoid = 4 }}
[[channel]]
name = "hook"
type = "webhook"
url = "{hook}"
allow_private = true
[[subscription]]
name = "all"
destinations = ["*"]
issuers = ["*"]
channels = ["hook"]
[operator]
channels = ["hook"]
"""


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """Serves the ministry's list and takes the alerts."""
    served = FaultServer()
    served.start()
    served.on("/advice.json", conditional(rows(CALM), '"1"', "Content-Type: application/json"))
    served.on("/hook", conditional(b"{}", '"none"'))
    yield served
    served.stop()


@dataclass
class Manager:
    """What systemd does for a service: a socket for its datagrams, signals, and the end."""

    process: subprocess.Popen[bytes]
    notices: socket.socket
    log: Path

    def wait_for(self, line: str) -> str:
        """Read datagrams until one holds ``line``."""
        seen = []
        while True:
            try:
                datagram = self.notices.recv(4096).decode()
            except TimeoutError:
                pytest.fail(f"no {line!r} among {seen}\n{self.log.read_text()}")
            if line in datagram:
                return datagram
            seen.append(datagram)

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


def write_config(folder: Path, server: FaultServer, more: str = "") -> Path:
    """The configuration of one ministry and one receiver."""
    path = folder / "advisoryd.toml"
    path.write_text(CONFIG.format(advice=server.url("/advice.json"), hook=server.url("/hook"), more=more))
    return path


@contextmanager
def running(path: Path, **environment: str) -> Iterator[Manager]:
    """A daemon under a service manager."""
    address = path.parent / "notify"
    address.unlink(missing_ok=True)
    log = path.parent / "log"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices, log.open("ab") as out:
        notices.bind(str(address))
        notices.settimeout(PATIENCE)
        environ = {**os.environ, "NOTIFY_SOCKET": str(address), **environment}
        command = [sys.executable, "-m", "advisoryd", "run", "--config", str(path), "--log-format", "json"]
        process = subprocess.Popen(command, env=environ, stdout=out, stderr=out)
        try:
            yield Manager(process, notices, log)
        finally:
            process.kill()
            process.wait()


def logged(manager: Manager) -> list[dict[str, object]]:
    """Its log, line by line; every line is JSON."""
    return [json.loads(line) for line in manager.log.read_text().splitlines()]


def next_alert(server: FaultServer) -> dict[str, object]:
    """The next message that the receiver gets."""
    while True:
        server.arrived.clear()
        for seen in server.asked("/hook"):
            server.seen.remove(seen)
            return dict(json.loads(seen.body))
        assert server.arrived.wait(PATIENCE), "no alert"


def test_it_is_ready_polls_at_once_and_stops_cleanly(server: FaultServer, tmp_path: Path) -> None:
    with running(write_config(tmp_path, server)) as manager:
        assert "STATUS=watching 1 sources" in manager.wait_for("READY=1")
        summary = next_alert(server)
        assert summary["type"] == "baseline" or "baseline" in json.dumps(summary)
        assert manager.stop() == 0
        assert manager.wait_for("STOPPING=1")
        assert {"daemon.started", "source.polled", "daemon.stopped"} <= {line["event"] for line in logged(manager)}


def test_a_restart_goes_on_where_it_stopped_and_tells_what_changed_meanwhile(
    server: FaultServer, tmp_path: Path
) -> None:
    path = write_config(tmp_path, server)
    with running(path) as manager:
        manager.wait_for("READY=1")
        next_alert(server)
        manager.process.kill()
        manager.process.wait()
    changed = rows(CALM | {"JP": "avoid"})
    server.on("/advice.json", conditional(changed, '"2"', "Content-Type: application/json"))
    with running(write_config(tmp_path, server, "spacing = 0.5")) as manager:
        manager.wait_for("READY=1")
        command = [sys.executable, "-m", "advisoryd", "once", "--all", "--config", str(path)]
        beside = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        assert beside.returncode != 0
        assert "already" in beside.stderr
        assert "Traceback" not in beside.stderr
        assert manager.stop() == 0
    assert subprocess.run(command, capture_output=True, timeout=PATIENCE).returncode == 0
    kinds = [next_alert(server)["data"]["kind"] for _ in server.asked("/hook")]  # type: ignore[index]
    assert kinds[-1] == "raised"
    assert set(kinds[:-1]) <= {"baseline"}


def test_a_reload_takes_all_of_a_good_configuration_and_nothing_of_a_bad_one(
    server: FaultServer, tmp_path: Path
) -> None:
    path = write_config(tmp_path, server)
    with running(path) as manager:
        manager.wait_for("READY=1")
        path.write_text(path.read_text().replace('every = "15m"', 'every = "sometimes"'))
        manager.process.send_signal(signal.SIGHUP)
        manager.wait_for("RELOADING=1")
        assert "refused" in manager.wait_for("READY=1")
        extra = '[[channel]]\nname = "screen"\ntype = "console"\n[[subscription]]'
        good = path.read_text().replace('"sometimes"', '"20m"').replace("[[subscription]]", extra)
        path.write_text(good)
        manager.process.send_signal(signal.SIGHUP)
        manager.wait_for("RELOADING=1")
        assert "watching 1 sources" in manager.wait_for("READY=1")
        assert manager.stop() == 0
        lines = {str(line["event"]): line for line in logged(manager)}
        assert "every: must be a time span" in str(lines["reload.refused"]["problem"])
        assert lines["daemon.reloaded"]["added"] == ["channel screen"]


def test_signs_of_life_are_given_while_it_makes_progress(server: FaultServer, tmp_path: Path) -> None:
    with running(write_config(tmp_path, server), WATCHDOG_USEC="1500000") as manager:
        manager.wait_for("READY=1")
        manager.wait_for("WATCHDOG=1")
        manager.wait_for("WATCHDOG=1")
        assert manager.stop() == 0


def test_its_web_server_comes_and_goes_with_it(server: FaultServer, tmp_path: Path) -> None:
    path = write_config(tmp_path, server)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    web = f'[web]\nlisten = "127.0.0.1:{port}"\nurl = "http://127.0.0.1:{port}"\nsecret = "sixteen characters"\n'
    path.write_text(path.read_text() + web)
    path.chmod(0o600)
    with running(path) as manager:
        manager.wait_for("READY=1")
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"http://127.0.0.1:{port}/ack/event/all/signature", timeout=PATIENCE)
        assert manager.stop() == 0
        lines = logged(manager)
        assert lines[-1]["event"] == "daemon.stopped"
        assert lines[-1]["in_time"] is True


def test_an_address_that_is_taken_keeps_it_from_starting(server: FaultServer, tmp_path: Path) -> None:
    path = write_config(tmp_path, server)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        web = f'[web]\nlisten = "{listen}"\nurl = "http://{listen}"\nsecret = "sixteen characters"\n'
        path.write_text(path.read_text() + web)
        path.chmod(0o600)
        with running(path) as manager:
            assert manager.process.wait(PATIENCE) == REFUSED
            assert "cannot listen on 127.0.0.1" in manager.log.read_text()
            assert "Traceback" not in manager.log.read_text()


def test_a_broken_configuration_is_told_in_sentences_and_not_started(server: FaultServer, tmp_path: Path) -> None:
    path = write_config(tmp_path, server, "colour = 3")
    with running(path) as manager:
        assert manager.process.wait(PATIENCE) == REFUSED
        assert "colour" in manager.log.read_text()
        assert "Traceback" not in manager.log.read_text()
