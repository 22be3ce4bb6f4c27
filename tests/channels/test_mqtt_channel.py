"""MQTT, against a small broker that speaks 3.1.1 and 5 and can be told to misbehave."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from advisoryd.channels import build_channel, channel_problems
from advisoryd.channels.mqtt import publications
from advisoryd.model.event import Kind
from advisoryd.model.message import Form, Message, Post
from advisoryd.model.outcome import Refused, Sent, TryAgain, Uncertain

pytest.importorskip("paho.mqtt", reason="needs the package paho-mqtt (the extra 'mqtt')")

Tell = Callable[..., Message]
CONNECT, PUBLISH, PUBACK, DISCONNECT = 0x10, 0x30, 0x40, 0xE0


@dataclass
class Broker:
    """Takes one publication after another. ``greeting`` and ``receipt`` are reason codes, ``None`` is silence."""

    port: int = 0
    greeting: int | None = 0
    receipt: int | None = 0
    hangs_up_at_publish: bool = False
    logins: list[tuple[str, str]] = field(default_factory=list)
    taken: list[tuple[str, dict[str, Any], bool, int]] = field(default_factory=list)
    connections: int = 0
    version: int = 0

    def converse(self, stream: Any) -> None:
        """One connection, until either side has had enough."""
        while (first := stream.read(1)) and first[0] & 0xF0 != DISCONNECT:
            body = stream.read(_length(stream))
            if first[0] & 0xF0 == CONNECT and not self._greet(stream, body):
                return
            if first[0] & 0xF0 == PUBLISH and not self._take(stream, first[0], body):
                return

    def _greet(self, stream: Any, body: bytes) -> bool:
        self.version, flags, rest = body[6], body[7], body[10:]
        if self.version == 5:
            rest = rest[1 + rest[0] :]
        texts = _texts(rest)
        if flags & 0x80:
            self.logins.append((texts[1], texts[2] if flags & 0x40 else ""))
        if self.greeting is None:
            return True
        properties = b"\0" if self.version == 5 else b""
        stream.write(bytes([0x20, 2 + len(properties), 0, self.greeting]) + properties)
        stream.flush()
        return self.greeting == 0

    def _take(self, stream: Any, first: int, body: bytes) -> bool:
        size = int.from_bytes(body[:2], "big")
        topic, number, payload = body[2 : 2 + size].decode(), body[2 + size : 4 + size], body[4 + size :]
        if self.version == 5:
            payload = payload[1 + payload[0] :]
        self.taken.append((topic, json.loads(payload), bool(first & 1), first >> 1 & 3))
        if self.hangs_up_at_publish:
            return False
        if self.receipt is not None:
            reason = bytes([self.receipt]) if self.receipt and self.version == 5 else b""
            stream.write(bytes([PUBACK, 2 + len(reason)]) + number + reason)
            stream.flush()
        return True


def _length(stream: Any) -> int:
    length, shift = 0, 0
    while True:
        byte = stream.read(1)[0]
        length |= (byte & 0x7F) << shift
        if byte < 0x80:
            return length
        shift += 7


def _texts(raw: bytes) -> list[str]:
    found = []
    while raw:
        size = int.from_bytes(raw[:2], "big")
        found.append(raw[2 : 2 + size].decode())
        raw = raw[2 + size :]
    return found


def serve(broker: Broker, context: ssl.SSLContext | None = None) -> Callable[[], None]:
    """Start ``broker``; what comes back stops it."""
    listener = socket.create_server(("127.0.0.1", 0))
    broker.port = listener.getsockname()[1]

    def run() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                with connection, context.wrap_socket(connection, True) if context else connection as secured:
                    broker.connections += 1
                    with secured.makefile("rwb") as stream:
                        broker.converse(stream)
            except OSError:
                continue

    thread = threading.Thread(target=run)
    thread.start()

    def stop() -> None:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()

    return stop


@pytest.fixture
def broker() -> Iterator[Broker]:
    here = Broker()
    stop = serve(here)
    yield here
    stop()


@pytest.fixture
def make(spec: Any, post: Post, tmp_path: Path, broker: Broker) -> Callable[..., Any]:
    def channel(secrets: dict[str, str] | None = None, **options: Any) -> Any:
        fields = {"host": "127.0.0.1", "port": broker.port, "tls": False, "timeout": 2} | options
        return build_channel(spec("mqtt", secrets=secrets or {}, **fields), post, tmp_path)

    return channel


@pytest.mark.parametrize("version", ["3.1.1", "5"])
def test_state_and_event_are_published(make: Any, broker: Broker, tell: Tell, version: str) -> None:
    channel = make(version=version)
    assert channel.form is Form.JSON
    assert channel.send(tell()) == Sent()
    (topic, state, retained, quality), (events, event, kept, _) = broker.taken
    assert (topic, retained, quality) == ("advisoryd/CN/JP", True, 1)
    assert (state["name"], state["kind"], state["level"], state["highest_level"]) == ("Japan", "raised", 3, 4)
    assert (state["at"], state["url"]) == ("2025-11-14T14:12:00Z", "https://www.mfa.gov.cn/notice/1")
    assert (events, kept) == ("advisoryd/events", False)
    assert event["message"]["title"] == "China raises its advice on Japan"
    assert event["key"] == tell().key


def test_a_log_in_is_sent(make: Any, broker: Broker, tell: Tell) -> None:
    assert make({"password": "s3cret"}, username="u").send(tell()) == Sent()
    assert broker.logins == [("u", "s3cret")]


def test_a_connection_is_not_kept(make: Any, broker: Broker, tell: Tell) -> None:
    channel = make()
    channel.send(tell())
    channel.send(tell())
    assert broker.connections == 2


@pytest.mark.parametrize(
    ("version", "code", "kind"),
    [("5", 134, Refused), ("5", 135, Refused), ("5", 136, TryAgain), ("3.1.1", 3, TryAgain), ("3.1.1", 5, Refused)],
)
def test_a_broker_that_does_not_agree(
    make: Any, broker: Broker, tell: Tell, version: str, code: int, kind: type
) -> None:
    broker.greeting = code
    outcome = make({"password": "s3cret"}, version=version, username="u").send(tell())
    assert isinstance(outcome, kind)
    assert "s3cret" not in outcome.reason
    assert broker.taken == []


def test_a_broker_that_says_nothing_is_tried_again(make: Any, broker: Broker, tell: Tell) -> None:
    broker.greeting = None
    assert make(timeout=1).send(tell()) == TryAgain("The broker did not agree to the connection")


@pytest.mark.parametrize(("code", "kind"), [(135, Refused), (144, Refused), (151, TryAgain), (16, Sent)])
def test_what_the_broker_says_to_a_publication_counts(
    make: Any, broker: Broker, tell: Tell, code: int, kind: type
) -> None:
    broker.receipt = code
    assert isinstance(make().send(tell()), kind)


def test_a_missing_receipt_is_uncertain(make: Any, broker: Broker, tell: Tell) -> None:
    broker.receipt = None
    assert isinstance(make(timeout=1).send(tell()), Uncertain)


def test_a_broken_connection_is_noticed_at_once_and_not_mended_behind_our_back(
    make: Any, broker: Broker, tell: Tell
) -> None:
    broker.hangs_up_at_publish = True
    assert isinstance(make(timeout=30).send(tell()), Uncertain)
    assert broker.connections == 1


def test_a_broker_that_is_not_there_is_tried_again(make: Any, tell: Tell, closed_port: int) -> None:
    assert isinstance(make(port=closed_port).send(tell()), TryAgain)


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # paho forgets the socket of a failed handshake
def test_tls_is_checked(make: Any, tell: Tell, server_certificate: Path, authority: Path) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(server_certificate)
    secure = Broker()
    stop = serve(secure, context)
    try:
        assert make(port=secure.port, tls=True, ca_file=str(authority)).send(tell()) == Sent()
        assert isinstance(make(port=secure.port, tls=True).send(tell()), TryAgain)
    finally:
        stop()


def topics(message: Message) -> list[str]:
    return [publication.topic for publication in publications(message, "advisoryd")]


def test_a_joint_destination_has_no_wildcard_in_its_topic(tell: Tell) -> None:
    event = dict(tell().data) | {"destination": {"id": "IL+PS"}}
    assert topics(tell(data=event)) == ["advisoryd/CN/IL_PS", "advisoryd/events"]


def test_another_track_has_a_state_of_its_own(tell: Tell) -> None:
    event = dict(tell().data) | {"track": "health"}
    assert topics(tell(data=event))[0] == "advisoryd/CN/JP/health"


@pytest.mark.parametrize(
    "kind", [Kind.FIRST_REPORTED, Kind.CONFIRMED, Kind.DISPUTED, Kind.SOURCE_DEGRADED, Kind.BULLETIN, Kind.EXPIRING]
)
def test_what_is_no_change_of_advice_touches_no_state(tell: Tell, kind: Kind) -> None:
    event = dict(tell().data) | {"kind": str(kind)}
    assert topics(tell(data=event)) == ["advisoryd/events"]


def test_an_unknown_destination_has_no_state(tell: Tell) -> None:
    event = dict(tell().data) | {"destination": {"id": ""}}
    assert topics(tell(data=event)) == ["advisoryd/events"]


def test_a_test_touches_no_state(tell: Tell) -> None:
    assert topics(tell(data=dict(tell().data) | {"test": True})) == ["advisoryd/events"]


def test_a_bundle_publishes_every_state(tell: Tell) -> None:
    one, other = dict(tell().data), dict(tell().data) | {"destination": {"id": "KR"}}
    assert topics(tell(data={"events": [one, other]})) == ["advisoryd/CN/JP", "advisoryd/CN/KR", "advisoryd/events"]


def test_what_is_wrong_is_told(spec: Any) -> None:
    assert channel_problems(spec("mqtt", prefix="a/#", password="x", version="4", ca_file="/nowhere")) == [
        "Option 'host' is missing; it must be one line of text.",
        "Option 'version' must be one of: 3.1.1, 5.",
        "Option 'prefix' must be a topic without '+' and '#' that does not begin with '$'.",
        "Option 'ca_file' names no file.",
        "'password' needs 'username' beside it.",
    ]


def test_without_the_package_the_configuration_says_what_to_install(spec: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert channel_problems(spec("mqtt", host="h")) == [
        "A channel of type 'mqtt' needs the package paho-mqtt: install 'advisoryd[mqtt]'."
    ]


def test_paho_is_not_imported_before_a_message_is_sent() -> None:
    program = (
        "import sys; from pathlib import Path; from advisoryd.channels import build_channel\n"
        "from advisoryd.model.config import ChannelSpec\n"
        "build_channel(ChannelSpec(name='m', kind='mqtt', options={'host': 'h'}), None, Path('.'))\n"
        "sys.exit(any(name.startswith('paho') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
