"""Webhook: events for other programs, as CloudEvents 1.0, signed after the Standard Webhooks scheme.

The event's own id is the CloudEvents ``id``, so a message that comes twice is recognised
(:mod:`advisoryd.channels.cloudevents`). The signature covers ``webhook-id``, ``webhook-timestamp`` and the body with
HMAC-SHA256 (https://www.standardwebhooks.com); while ``previous_secret`` is set, the request carries a signature by
each, so that a receiver can change over at any moment. A redirect is not followed and private addresses are refused
unless ``allow_private`` is set.
"""

from __future__ import annotations

import binascii
import hmac
import re
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from advisoryd.channels import cloudevents
from advisoryd.channels.answer import Answer, Service
from advisoryd.channels.options import Options, later_without_secret, problems_of, reveal, settled
from advisoryd.channels.text import json_bytes, line, secret_parts
from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Form, Limits, Message, Post
from advisoryd.model.outcome import SendOutcome
from advisoryd.model.secret import Secret, plain

_PREFIX = "whsec_"
_SHORTEST_KEY = 24
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OURS = ("ce-", "webhook-")
_RESERVED = frozenset({"content-type", "content-length", "host", "connection", "transfer-encoding", "authorization"})


@dataclass(frozen=True, slots=True)
class Settings:
    """``secrets`` sign, the current one first; ``source`` tells this installation from others (a URI reference)."""

    url: Secret
    mode: str
    source: str
    headers: Mapping[str, str]
    authorization: Secret | None
    secrets: tuple[Secret, ...]
    timeout: float


def _settings(options: Options) -> Settings:
    signing = (options.optional_secret("secret"), options.optional_secret("previous_secret"))
    settings = Settings(
        url=options.web_address() or plain(""),
        mode=options.choice("mode", ("structured", "binary"), "structured"),
        source=options.text("source", "/advisoryd"),
        headers=options.table("headers"),
        authorization=options.optional_secret("authorization"),
        secrets=tuple(secret for secret in signing if secret),
        timeout=options.request_timeout(),
    )
    if options.given("previous_secret") and not options.given("secret"):
        options.complain("'previous_secret' is for changing over and needs 'secret' beside it.")
    for name in settings.headers:
        if not _TOKEN.fullmatch(name) or name.lower() in _RESERVED or name.lower().startswith(_OURS):
            options.complain("Option 'headers' holds a name that is no header name, or one that advisoryd sets itself.")
    if not all(value.isascii() for value in settings.headers.values()):
        options.complain("Option 'headers' must hold plain ASCII values.")
    for secret in settings.secrets:
        if len(signing_key(reveal(secret))) < _SHORTEST_KEY:
            options.complain(f"The signing secret ({secret.origin}) must be at least {_SHORTEST_KEY} bytes long.")
    return settings


def problems(spec: ChannelSpec) -> list[str]:
    """What is wrong with ``spec``, one sentence each."""
    return problems_of(spec, _settings)


def build(spec: ChannelSpec, post: Post, state_dir: Path) -> Webhook:
    """The channel. Raises :class:`ValueError` for a ``spec`` with problems."""
    settings = settled(spec, _settings)
    return Webhook(settings, Service("The receiver", post, settings.timeout))


@dataclass(frozen=True, slots=True)
class Webhook:
    """One receiver. ``clock`` gives the seconds since 1970 that go into the signature: the moment of sending."""

    settings: Settings
    service: Service
    clock: Callable[[], float] = time.time
    form: ClassVar[Form] = Form.JSON
    limits: ClassVar[Limits] = Limits()

    @later_without_secret
    def send(self, message: Message) -> SendOutcome:
        """Post the event; there is no reference."""
        url = reveal(self.settings.url)
        headers, body = self._request(message)
        keys = tuple(reveal(secret) for secret in self.settings.secrets)
        headers |= signature_headers(message.key, int(self.clock()), body, keys)
        hidden = (*secret_parts(url), *keys)
        if self.settings.authorization:
            headers["Authorization"] = reveal(self.settings.authorization)
            hidden += (headers["Authorization"], *headers["Authorization"].split())
        answer = self.service.ask(url, body, headers, hidden)
        said = answer.body.decode("utf-8", "replace") if isinstance(answer, Answer) else ""
        return self.service.verdict(answer, said, hidden)

    def close(self) -> None:
        """Nothing is held open."""

    def _request(self, message: Message) -> tuple[dict[str, str], bytes]:
        attributes = cloudevents.attributes(message, self.settings.source)
        data = cloudevents.data(message)
        own = dict(self.settings.headers)
        if self.settings.mode == "binary":
            typed = {"Content-Type": "application/json", **cloudevents.header_fields(attributes)}
            return own | typed, json_bytes(data)
        typed = {"Content-Type": "application/cloudevents+json; charset=utf-8"}
        return own | typed, json_bytes({**attributes, "datacontenttype": "application/json", "data": data})


def signing_key(secret: str) -> bytes:
    """The key in ``secret``: ``whsec_`` and base64 as the scheme writes it, or any other text as it stands."""
    if secret.startswith(_PREFIX):
        try:
            return b64decode(secret.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            return b""
    return secret.encode()


def signature_headers(key: str, seconds: int, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """The three headers of Standard Webhooks, with one signature for each secret; none without a secret."""
    identifier = quote(line(key), safe=":")
    signed = b"%s.%d.%s" % (identifier.encode(), seconds, body)
    signatures = [b64encode(hmac.digest(signing_key(secret), signed, "sha256")).decode() for secret in secrets]
    headers = {"webhook-id": identifier, "webhook-timestamp": str(seconds)}
    return headers | {"webhook-signature": " ".join(f"v1,{one}" for one in signatures)} if signatures else headers
