"""Twenty receivers and a fallback on loopback, each with its own way of being well or sick, in a process that outlives
whoever is killed.

A receiver writes down what it takes before it answers: one line with the virtual time, its name, the numbers of the
events in the message, and whether the message says that it may be a repetition.
"""

from __future__ import annotations

import json
import multiprocessing
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol

DOWN_FROM, DOWN_UNTIL = 3600.0, 3600.0 * 25
"""Virtual seconds from the beginning: down for a day."""

NUMBER = re.compile(r"advice\.example\.org/(\d+)")
REPEATED = re.compile(r'"possible_duplicate":\s*true|may have received this message already')
Answer = tuple[int, dict[str, str], bytes]


class Clock(Protocol):
    """A number that two processes share."""

    value: float


@dataclass
class Receivers:
    """What is taken, refused or left without an answer. ``slowness`` is how many seconds the slow one takes."""

    clock: Clock
    ledger: Path
    slowness: float
    asked: Counter[str] = field(default_factory=Counter)

    def answer(self, name: str, body: str) -> Answer | None:
        """The answer to a request; ``None`` when the line goes dead after the message was taken."""
        self.asked[name] += 1
        kind = name.partition("-")[0]
        if (answer := self._sick(kind) or self._odd(kind, self.asked[name], body)) is not None:
            return answer
        self.take(name, body)
        if kind == "hanging" and self.asked[name] % 50 == 0:
            return None
        return 200, {}, _accepted(kind)

    def _sick(self, kind: str) -> Answer | None:
        if kind == "down" and DOWN_FROM <= self.clock.value < DOWN_UNTIL:
            return 503, {}, b"maintenance"
        if kind == "refusing":
            return 403, {}, b"this hook was removed"
        if kind == "slow":
            time.sleep(self.slowness)
        return None

    def _odd(self, kind: str, number: int, body: str) -> Answer | None:
        if kind == "throttling" and number % 20 == 0:
            return 429, {"Retry-After": "30"}, b"slow down"
        if kind == "failing" and number % 10 == 0:
            return 502, {}, b"bad gateway"
        if kind == "slack" and number % 10 == 0:
            return 429, {"Retry-After": "5"}, b'{"ok":false,"error":"ratelimited"}'
        if kind == "telegram" and number % 10 == 0 and '"parse_mode"' in body:
            return 400, {}, b'{"ok":false,"description":"Bad Request: can\'t parse entities"}'
        return None

    def take(self, name: str, text: str) -> None:
        """Write down that a message was taken."""
        numbers = ",".join(dict.fromkeys(NUMBER.findall(text)))
        mark = "again" if REPEATED.search(text) else "first"
        with self.ledger.open("a") as file:
            file.write(f"{self.clock.value:.0f} {time.monotonic():.3f} {name} {numbers} {mark}\n")


def _accepted(kind: str) -> bytes:
    answers = {
        "slack": {"ok": True, "ts": "1.2"},
        "telegram": {"ok": True, "result": {"message_id": 7}},
        "pagerduty": {"status": "success", "dedup_key": "k"},
        "ntfy": {"id": "n1"},
    }
    return json.dumps(answers.get(kind, {})).encode()


class Handler(BaseHTTPRequestHandler):
    """One request; the first part of its path names the receiver."""

    protocol_version = "HTTP/1.1"
    receivers: Receivers

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode("utf-8", "replace")
        answer = self.receivers.answer(self.path.split("/")[1], json.dumps(_parsed(body), ensure_ascii=False))
        if answer is None:
            self.close_connection = True
            return
        status, headers, said = answer
        self.send_response(status)
        for header, value in (*headers.items(), ("Content-Length", str(len(said)))):
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: Any) -> None:
        pass


def _parsed(body: str) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return body


class Mailroom:
    """An SMTP server's handler."""

    def __init__(self, receivers: Receivers) -> None:
        self.receivers = receivers

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.original_content, policy=default)
        assert isinstance(letter, EmailMessage)
        part = letter.get_body(("plain",))
        self.receivers.take(envelope.rcpt_tos[0].partition("@")[0], part.get_content() if part else "")
        return "250 taken"


class Server(ThreadingHTTPServer):
    """A client that is killed leaves its connections open; that is no news."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        pass


@contextmanager
def receivers(clock: Clock, ledger: Path, slowness: float) -> Iterator[Mapping[str, int]]:
    """The servers, in a process of their own. Gives the ports of ``http`` and ``smtp``."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe()
    process = fork.Process(target=_serve, args=(Receivers(clock, ledger, slowness), theirs))
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(known: Receivers, pipe: Any) -> None:
    from aiosmtpd.controller import Controller

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    mail = Controller(Mailroom(known), hostname="127.0.0.1", port=_free_port())
    mail.start()
    handler = type("Bound", (Handler,), {"receivers": known})
    server = Server(("127.0.0.1", 0), handler)
    pipe.send({"http": server.server_port, "smtp": mail.port})
    server.serve_forever()


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
