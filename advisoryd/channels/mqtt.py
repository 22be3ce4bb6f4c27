"""MQTT: for home automation and message buses, versions 3.1.1 and 5, with quality of service 1.

=============================================  ==================================================================
topic                                          what is published
=============================================  ==================================================================
``<prefix>/<issuer>/<destination>``            retained: the state of the security advice, for whoever subscribes
                                               later; ``+`` of a joint destination is written ``_``, because it
                                               is a wildcard in MQTT (``IL_PS``)
``<prefix>/<issuer>/<destination>/<track>``    the same for the issuer's other tracks (health, colour grade)
``<prefix>/events``                            every message, not retained
=============================================  ==================================================================

Media reports and tests never touch a retained state. This is the only module that imports paho-mqtt, and only when a
message is sent. Traps of paho-mqtt 2, each with a test: it reconnects by itself and would send in the background after
we have given up (switched off); ``wait_for_publish`` waits its full time after a lost connection, so acknowledgements
are collected from the callbacks; ``connect`` returns before the broker has agreed; the socket of a failed TLS
handshake is left to the garbage collector.
"""

from __future__ import annotations

import importlib.util
import queue
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from advisoryd.channels.cloudevents import data
from advisoryd.channels.options import Options, later_without_secret, problems_of, reveal, settled
from advisoryd.channels.payload import Data, events_of, is_test, pair_of, part_of, text_of
from advisoryd.channels.text import json_bytes, line, redacted
from advisoryd.model.config import ChannelSpec
from advisoryd.model.event import DOWNWARD, UPWARD, Kind
from advisoryd.model.ladder import Track
from advisoryd.model.message import Form, Limits, Message, Post
from advisoryd.model.outcome import Refused, SendOutcome, Sent, TryAgain, Uncertain
from advisoryd.model.secret import Secret

if TYPE_CHECKING:
    from paho.mqtt.client import Client
    from paho.mqtt.reasoncodes import ReasonCode

_MOVES_STATE = UPWARD | DOWNWARD | {Kind.RESTORED, Kind.AMENDED, Kind.REAFFIRMED, Kind.CORRECTED}
_FINAL = frozenset({132, 133, 134, 135, 138, 140, 144, 149, 153})


@dataclass(frozen=True, slots=True)
class Settings:
    """``version`` is ``3.1.1`` or ``5``; ``ca_file`` holds the certificates of a private authority."""

    host: str
    port: int
    tls: bool
    ca_file: str
    version: str
    username: str
    password: Secret | None
    prefix: str
    timeout: float


def _settings(options: Options) -> Settings:
    tls = options.flag("tls", True)
    settings = Settings(
        host=options.text("host"),
        port=options.whole("port", 8883 if tls else 1883, 1, 65_535),
        tls=tls,
        ca_file=options.text("ca_file", ""),
        version=options.choice("version", ("3.1.1", "5"), "5"),
        username=options.text("username", ""),
        password=options.optional_secret("password"),
        prefix=options.text("prefix", "advisoryd").strip("/"),
        timeout=options.seconds("timeout", 20.0, 1, 300),
    )
    if set(settings.prefix) & set("+#") or settings.prefix.startswith("$") or not settings.prefix:
        options.complain("Option 'prefix' must be a topic without '+' and '#' that does not begin with '$'.")
    if settings.ca_file and not Path(settings.ca_file).is_file():
        options.complain("Option 'ca_file' names no file.")
    if options.given("password") and not options.given("username"):
        options.complain("'password' needs 'username' beside it.")
    if importlib.util.find_spec("paho") is None:
        options.complain("A channel of type 'mqtt' needs the package paho-mqtt: install 'advisoryd[mqtt]'.")
    return settings


def problems(spec: ChannelSpec) -> list[str]:
    """What is wrong with ``spec``, one sentence each."""
    return problems_of(spec, _settings)


def build(spec: ChannelSpec, post: Post, state_dir: Path) -> Mqtt:
    """The channel. Raises :class:`ValueError` for a ``spec`` with problems."""
    return Mqtt(settled(spec, _settings))


class Publication(NamedTuple):
    """What goes to one topic."""

    topic: str
    payload: bytes
    retain: bool


@dataclass(frozen=True, slots=True)
class Mqtt:
    """One broker."""

    settings: Settings
    form: ClassVar[Form] = Form.JSON
    limits: ClassVar[Limits] = Limits()

    @later_without_secret
    def send(self, message: Message) -> SendOutcome:
        """Publish the state and the event; sent when the broker has acknowledged both. There is no reference."""
        password = reveal(self.settings.password) if self.settings.password else ""
        exchange = Exchange(self.settings.timeout)
        try:
            with _connection(self.settings, password, exchange) as client:
                return exchange.greeting() or exchange.publish(client, publications(message, self.settings.prefix))
        except (OSError, ValueError) as failure:
            return TryAgain(f"The broker cannot be used: {redacted(str(failure), (password,))}")

    def close(self) -> None:
        """A connection lives no longer than one ``send``."""


def publications(message: Message, prefix: str) -> list[Publication]:
    """What ``message`` publishes: the states that it changes, then itself."""
    states = [(_topic(event, prefix), event) for event in events_of(message.data)]
    retained = [Publication(topic, json_bytes(_state(event)), True) for topic, event in states if topic]
    itself = {"key": message.key, "story": message.story, "ends_story": message.ends_story, **data(message)}
    return [*retained, Publication(f"{prefix}/events", json_bytes(itself), False)]


def _topic(event: Data, prefix: str) -> str:
    """Where the state that ``event`` changes is kept; empty when it changes none."""
    names, track = [*pair_of(event)], text_of(event, "track")
    if text_of(event, "kind") not in _MOVES_STATE or is_test(event) or not all(names):
        return ""
    names += [track] if track and track != Track.SECURITY else []
    return "/".join([prefix, *map(_segment, names)])


def _segment(name: str) -> str:
    return line(name).translate(str.maketrans("+#/", "___"))


def _state(event: Data) -> Mapping[str, object]:
    issuer, destination = pair_of(event)
    levels = part_of(event, "levels")
    return {
        "issuer": issuer,
        "destination": destination,
        "name": text_of(part_of(event, "destination"), "name"),
        "level": levels.get("after"),
        "highest_level": levels.get("highest_after"),
        "native_level": text_of(levels, "native_after"),
        "kind": text_of(event, "kind"),
        "headline": text_of(event, "headline"),
        "url": text_of(part_of(event, "links"), "official"),
        "at": text_of(part_of(event, "times"), "recorded"),
        "story": text_of(event, "story"),
    }


class Exchange:
    """The conversation with the broker, as paho's network thread reports it and the sending thread waits for it."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._news: queue.SimpleQueue[tuple[str, int, Any]] = queue.SimpleQueue()

    def attach(self, client: Client) -> None:
        """Listen to ``client``."""
        client.on_connect = lambda _client, _data, _flags, reason, _properties: self._news.put(("agreed", 0, reason))
        client.on_publish = lambda _client, _data, number, reason, _properties: self._news.put(
            ("taken", number, reason)
        )
        client.on_disconnect = lambda _client, _data, _flags, reason, _properties: self._news.put(("lost", 0, reason))

    def greeting(self) -> TryAgain | Refused | None:
        """Wait for the broker to agree to the connection; nothing when it does."""
        what, _, reason = self._next()
        if what == "agreed":
            return _failure(reason)
        return TryAgain("The broker did not agree to the connection")

    def publish(self, client: Client, publications: list[Publication]) -> SendOutcome:
        """Publish and wait until the broker has taken everything."""
        waiting = {client.publish(topic, payload, qos=1, retain=retain).mid for topic, payload, retain in publications}
        while waiting:
            what, number, reason = self._next()
            if what != "taken":
                return Uncertain("The broker broke off before it acknowledged, so the message may have arrived")
            if failure := _failure(reason):
                return failure
            waiting.discard(number)
        return Sent()

    def _next(self) -> tuple[str, int, Any]:
        try:
            return self._news.get(timeout=self._timeout)
        except queue.Empty:
            return "silence", 0, None


def _failure(reason: ReasonCode) -> TryAgain | Refused | None:
    """What a reason code of MQTT 5 means; paho translates those of 3.1.1. Below 128 all is well."""
    if not reason.is_failure:
        return None
    sentence = f"The broker answered {reason.value}: {reason}"
    return Refused(sentence) if reason.value in _FINAL else TryAgain(sentence)


@contextmanager
def _connection(settings: Settings, password: str, exchange: Exchange) -> Iterator[Client]:
    """A client whose network thread runs until the block is left. Raises :class:`OSError`, :class:`ValueError`."""
    client = _client(settings, password)
    exchange.attach(client)
    client.connect(settings.host, settings.port, keepalive=60)
    client.loop_start()
    try:
        yield client
    finally:
        client.disconnect()
        client.loop_stop()


def _client(settings: Settings, password: str) -> Client:
    from paho.mqtt import client as paho
    from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

    version = MQTTProtocolVersion.MQTTv5 if settings.version == "5" else MQTTProtocolVersion.MQTTv311
    client = paho.Client(CallbackAPIVersion.VERSION2, protocol=version, reconnect_on_failure=False)
    client.connect_timeout = settings.timeout
    if settings.username:
        client.username_pw_set(settings.username, password or None)
    if settings.tls:
        client.tls_set_context(ssl.create_default_context(cafile=settings.ca_file or None))
    return client
