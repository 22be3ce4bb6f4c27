"""Verbs that need no database: test messages, places, classification, the schema."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

Verb = Callable[..., Any]


class Receiver(HTTPServer):
    """A web service on loopback that answers as told and keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.status = 200
        self.got: list[dict[str, Any]] = []


class Answer(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append(json.loads(body))
        self.send_response(self.server.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def configured(tmp_path: Path) -> Callable[[str], Path]:
    """A configuration with one channel called ``out``."""

    def write(channel: str) -> Path:
        path = tmp_path / "advisoryd.toml"
        path.write_text(f'[sources]\nenable = ["cn-mfa"]\n[[channel]]\nname = "out"\n{channel}')
        path.chmod(0o600)
        return path

    return write


def hook(port: int) -> str:
    return f'type = "webhook"\nurl = "http://127.0.0.1:{port}/hook"\nallow_private = true\ntimeout = 5\n'


def test_a_test_message_arrives_marked_as_one(
    verb: Verb, configured: Callable[[str], Path], receiver: Receiver
) -> None:
    said = verb("test", "out", "--config", configured(hook(receiver.server_port)))
    assert (said.status, said.out) == (0, "out took the test message\n")
    [got] = receiver.got
    assert got["type"] == "advisoryd.test.v1"


@pytest.mark.parametrize(
    ("status", "words"),
    [(403, "out refused the test message for good: "), (503, "out did not take the test message now: ")],
)
def test_what_came_of_it_is_said(
    verb: Verb, configured: Callable[[str], Path], receiver: Receiver, status: int, words: str
) -> None:
    receiver.status = status
    said = verb("test", "out", "--config", configured(hook(receiver.server_port)))
    assert said.status == 1
    assert said.out.startswith(words)


def test_a_receiver_that_is_not_there(verb: Verb, configured: Callable[[str], Path]) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        said = verb("test", "out", "--config", configured(hook(unused.getsockname()[1])))
    assert said.status == 1
    assert said.out.startswith("out did not take the test message now: ")


@pytest.mark.parametrize("kind", ["raised", "lifted", "first-reported", "source-degraded"])
def test_a_test_message_shows_the_kind_of_event_that_was_asked_for(
    verb: Verb, configured: Callable[[str], Path], tmp_path: Path, kind: str
) -> None:
    path = configured('type = "file"\npath = "alerts.jsonl"\n')
    assert verb("test", "out", "--kind", kind, "--config", path).status == 0
    [line] = (tmp_path / "state" / "alerts.jsonl").read_text().splitlines()
    assert f'"{kind}"' in line
    assert list((tmp_path / "state").iterdir()) == [tmp_path / "state" / "alerts.jsonl"]


def test_a_channel_or_kind_that_is_not_there(verb: Verb, configured: Callable[[str], Path]) -> None:
    path = configured('type = "console"\n')
    said = verb("test", "oups", "--config", path)
    assert (said.status, said.err) == (1, "advisoryd: there is no channel 'oups'; configured are: out\n")
    assert verb("test", "out", "--kind", "rised", "--config", path).status == 2


def test_which_place_a_name_means(verb: Verb) -> None:
    said = verb("places", "Côte d’Ivoire", "刚果（金）", "Israel and Palestine")
    assert said.status == 0
    assert [line.split(": ")[1].split(" ")[0] for line in said.lines] == ["CI", "CD", "IL+PS"]
    assert "CI (Côte d’Ivoire)" in said.out


def test_a_group_is_told_by_its_members(verb: Verb) -> None:
    assert verb("places", "benelux").out == "benelux: BE, LU, NL, group\n"
    assert verb("places", "benelux", "--json").values[0]["members"] == ["BE", "LU", "NL"]


def test_a_name_that_nobody_knows_is_said_and_is_status_1(verb: Verb) -> None:
    said = verb("places", "Japan", "Freedonia")
    assert said.status == 1
    assert said.lines[1].startswith("Freedonia: unknown")
    assert verb("places", "--json", "Freedonia").values[0]["place"] == ""


ITEM = {"id": "a", "lang": "en", "title": "China urges citizens to avoid travelling to Japan", "summary": ""}


def test_items_are_classified_one_line_each(verb: Verb, tmp_path: Path) -> None:
    items, predictions = tmp_path / "items.jsonl", tmp_path / "predictions.jsonl"
    items.write_text("\n".join(json.dumps({**ITEM, "id": name}, ensure_ascii=False) for name in "abc") + "\n\n")
    assert verb("classify", items, "--out", predictions).out == ""
    found = [json.loads(line) for line in predictions.read_text().splitlines()]
    assert [one["id"] for one in found] == ["a", "b", "c"]
    assert all("is_advisory" in one for one in found)
    assert verb("classify", items).values == found


@pytest.mark.parametrize(
    ("line", "words"), [("{", "is not JSON"), ("[1]", "must be a JSON object"), ("\\xff", "is not JSON")]
)
def test_a_bad_line_is_named_and_nothing_is_written(verb: Verb, tmp_path: Path, line: str, words: str) -> None:
    items, predictions = tmp_path / "items.jsonl", tmp_path / "predictions.jsonl"
    items.write_bytes(json.dumps(ITEM).encode() + b"\n" + line.encode().decode("unicode_escape").encode("latin-1"))
    predictions.write_text("from before")
    said = verb("classify", items, "--out", predictions)
    assert said.status == 1
    assert f"{items} line 2 {words}" in said.err
    assert predictions.read_text() == "from before"


def test_the_schema_is_json(verb: Verb) -> None:
    schema = json.loads(verb("schema").out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"daemon", "sources", "channel", "subscription"} <= set(schema["properties"])
