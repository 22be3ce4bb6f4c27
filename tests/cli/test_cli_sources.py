"""The verb ``sources``: the table, one source, a look at one, a capture; on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from advisoryd.service.recorded import snapshots

Home = Any
Verb = Callable[..., Any]
PLACES = ("JP", "FR", "IT", "KE", "PE", "NP", "EG", "MX", "TH", "TR")


class Ministry(HTTPServer):
    """Answers every address with what it was told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.body = b""
        self.says()

    def says(self, **levels: str) -> None:
        """Advice for ten countries, calm but for those given."""
        rows = [{"name": place, "advice": levels.get(place, "calm")} for place in PLACES]
        self.body = json.dumps(
            rows + [{"name": name, "advice": "calm"} for name in levels if name not in PLACES]
        ).encode()


class Answer(BaseHTTPRequestHandler):
    server: Ministry

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def ministry() -> Iterator[Ministry]:
    with Ministry() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def watching(tmp_path: Path, ministry: Ministry) -> Path:
    """A configuration that watches the ministry, and ReliefWeb without the name it asks for."""
    path = tmp_path / "advisoryd.toml"
    path.write_text(
        f"""
[daemon]
state_dir = "state"
[http]
allow_networks = ["127.0.0.0/8"]
[sources]
enable = ["reliefweb"]
[[source]]
id = "ministry"
type = "json"
role = "official"
issuer = "NZ"
url = "http://127.0.0.1:{ministry.server_port}/advice?token=5ecret"
every = "15m"
spacing = 0
options = {{ name = "name", key = "name", level = "advice", levels = {{ calm = 1, care = 2, avoid = 4 }} }}
[[channel]]
name = "record"
type = "file"
path = "alerts.jsonl"
[[subscription]]
name = "all"
channels = ["record"]
"""
    )
    return path


def test_the_catalogue_is_a_table(verb: Verb) -> None:
    said = verb("sources", "--catalogue")
    header, *lines = said.lines
    assert header.split("  ")[0] == "source"
    assert {"us-state", "kr-mofa"} <= {line.split()[0] for line in lines}
    assert lines[-1] == "reliefweb is off: it needs the option appname, a name that ReliefWeb approves for you"


def test_the_table_tells_how_each_source_is(verb: Verb, watching: Path) -> None:
    assert "not watched" in verb("sources", "-c", watching).out
    verb("once", "-c", watching)
    (line,) = (line for line in verb("sources", "-c", watching).lines if line.startswith("ministry"))
    assert line.split()[:4] == ["ministry", "NZ", "official", "healthy"]
    assert " 10 " in line
    assert "in 1" in line
    by_id = {value["id"]: value for value in verb("sources", "-c", watching, "--json").values}
    assert by_id["ministry"]["state"]["records"] == 10
    assert by_id["reliefweb"]["idle"]


def test_a_source_that_waits_for_a_setting_is_off_and_not_broken(verb: Verb, watching: Path) -> None:
    for _ in range(4):
        verb("once", "--all", "-c", watching)
    (reliefweb,) = (v for v in verb("sources", "-c", watching, "--json").values if v["id"] == "reliefweb")
    assert (reliefweb["state"]["condition"]["health"], reliefweb["state"]["condition"]["failures"]) == ("new", 0)
    assert "  off: it needs the option appname" in verb("sources", "reliefweb", "-c", watching).out
    assert "source reliefweb is off: it needs the option appname" in verb("check", "-c", watching).out


def test_a_probe_before_the_first_round_reads_and_stores_nothing(verb: Verb, watching: Path) -> None:
    said = verb("sources", "probe", "ministry", "-c", watching)
    assert said.status == 0
    assert "read: 10 records (10 level 1)" in said.lines
    assert "not understood: nothing" in said.lines
    assert said.lines[-2:] == [
        "would be decided: all of it is baseline, because the source was never read before",
        "nothing was stored and nobody was told",
    ]
    assert not (watching.parent / "state" / "advisoryd.db").exists()


def test_a_probe_tells_what_is_not_understood_and_what_would_be_told(
    verb: Verb, watching: Path, ministry: Ministry
) -> None:
    verb("once", "-c", watching)
    ministry.says(JP="avoid", FR="purple", Freedonia="calm")
    said = verb("sources", "probe", "ministry", "-c", watching)
    assert "read: 11 records (9 level 1, 1 level 4, 1 unknown)" in said.lines
    assert any("unknown-level" in line and "purple" in line for line in said.lines)
    assert any("unknown-place" in line and "Freedonia" in line for line in said.lines)
    assert any("Japan" in line and "(stricter-first-reading)" in line for line in said.lines)
    assert [event["kind"] for event in verb("events", "-c", watching, "--json").values] == ["baseline"]
    (value,) = verb("sources", "probe", "ministry", "-c", watching, "--json").values
    assert {event["kind"] for event in value["events"]} >= {"raised"}
    assert {finding["kind"] for finding in value["findings"]} == {"unknown-place", "unknown-level"}
    assert {"destination": "JP", "reason": "stricter-first-reading"} in value["decisions"]


def test_a_probe_of_what_cannot_be_read_says_why_and_is_status_3(
    verb: Verb, watching: Path, ministry: Ministry
) -> None:
    ministry.body = b"<html>Sorry</html>"
    said = verb("sources", "probe", "ministry", "-c", watching)
    assert said.status == 3
    assert said.lines[-1] == "nothing was stored and nobody was told"
    assert len(said.lines) == 3


def test_a_capture_can_be_replayed_and_holds_no_key(verb: Verb, watching: Path, tmp_path: Path) -> None:
    path = tmp_path / "capture.jsonl"
    said = verb("sources", "capture", "ministry", path, "-c", watching)
    assert (said.status, said.out) == (0, f"{path}: 1 document as they were answered, without keys\n")
    assert "5ecret" not in path.read_text("utf-8")
    (snapshot,) = snapshots(path)
    assert [json.loads(served.body)[0]["name"] for served in snapshot.set.values()] == ["JP"]
    again = verb("sources", "capture", "ministry", path, "-c", watching)
    assert (again.status, again.err) == (3, f"advisoryd: {path} exists already; give another name\n")


def test_nothing_to_capture_is_said(verb: Verb, watching: Path, tmp_path: Path) -> None:
    said = verb("sources", "capture", "reliefweb", tmp_path / "x", "-c", watching)
    assert said.status == 3
    assert "reliefweb: nothing was answered (it needs the option appname" in said.err
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("words", [["probe"], ["capture", "ministry"], ["a", "b"]])
def test_half_a_command_says_what_there_is(verb: Verb, words: list[str]) -> None:
    said = verb("sources", *words)
    assert (said.status, said.out) == (2, "")
    assert "sources probe ID" in said.err


@pytest.mark.parametrize("words", [["atlantis"], ["probe", "atlantis"]])
def test_a_source_that_is_not_there_is_named(verb: Verb, words: list[str]) -> None:
    said = verb("sources", *words)
    assert (said.status, said.err) == (
        1,
        "advisoryd: there is no source 'atlantis'; see 'advisoryd sources --catalogue'\n",
    )


def test_one_source_tells_its_terms(home: Home) -> None:
    said = home("sources", "uk-fcdo")
    assert said.lines[0] == "uk-fcdo: United Kingdom: FCDO, foreign travel advice (GB), official"
    assert any(line.startswith("  licence: ") for line in said.lines)
