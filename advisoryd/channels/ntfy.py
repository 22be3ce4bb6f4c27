"""ntfy: push messages to phones and desktops, through ntfy.sh or one's own server.

Published as JSON to the server's root (https://docs.ntfy.sh/publish/#publish-as-json), so that titles in any script
need no header encoding. ntfy turns a message of more than 4,096 bytes into an attachment, so the limit is in bytes.
Whoever knows a topic can read and write it on an open server: it may be given as a secret.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from advisoryd.channels.answer import Answer, Service
from advisoryd.channels.options import Options, later_without_secret, problems_of, reveal, settled
from advisoryd.channels.text import clean, fit, line, utf8
from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Form, Limits, Message, Post
from advisoryd.model.outcome import SendOutcome
from advisoryd.model.secret import Secret

_LIMITS = Limits(title=250, body=4_000)
_BODY_BYTES = 4_096
_TAG = re.compile(r"[^\w+-]")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to publish, and as whom: with an access token, or with a user name and password, or openly."""

    server: str
    topic: Secret
    token: Secret | None
    username: str
    password: Secret | None
    timeout: float


def _settings(options: Options) -> Settings:
    settings = Settings(
        server=options.server("server", "https://ntfy.sh"),
        topic=options.secret("topic"),
        token=options.optional_secret("token"),
        username=options.text("username", ""),
        password=options.optional_secret("password"),
        timeout=options.request_timeout(),
    )
    if options.given("username") != options.given("password"):
        options.complain("'username' and 'password' belong together: give both or neither.")
    if options.given("token") and options.given("password"):
        options.complain("'token' and 'password' exclude each other: give one of them.")
    return settings


def problems(spec: ChannelSpec) -> list[str]:
    """What is wrong with ``spec``, one sentence each."""
    return problems_of(spec, _settings)


def build(spec: ChannelSpec, post: Post, state_dir: Path) -> Ntfy:
    """The channel. Raises :class:`ValueError` for a ``spec`` with problems."""
    settings = settled(spec, _settings)
    return Ntfy(settings, Service("ntfy", post, settings.timeout))


@dataclass(frozen=True, slots=True)
class Ntfy:
    """One topic of one server."""

    settings: Settings
    service: Service
    form: ClassVar[Form] = Form.PLAIN
    limits: ClassVar[Limits] = _LIMITS

    @later_without_secret
    def send(self, message: Message) -> SendOutcome:
        """Publish; the reference is ntfy's own id of the message."""
        topic = reveal(self.settings.topic)
        hidden = (topic, *(reveal(one) for one in (self.settings.token, self.settings.password) if one))
        answer = self.service.ask_json(self.settings.server, payload(message, topic), self._headers(), hidden)
        said = answer.fields if isinstance(answer, Answer) else {}
        return self.service.verdict(answer, said.get("error"), hidden, said.get("id"))

    def close(self) -> None:
        """Nothing is held open."""

    def _headers(self) -> dict[str, str]:
        if self.settings.token:
            return {"Authorization": f"Bearer {reveal(self.settings.token)}"}
        if self.settings.password:
            pair = f"{self.settings.username}:{reveal(self.settings.password)}"
            return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
        return {}


def payload(message: Message, topic: str) -> dict[str, object]:
    """``message`` as ntfy takes it. Markdown stays off: nothing in a stranger's text is formatted."""
    title = fit(line(message.title), _LIMITS.title)
    fields: dict[str, object] = {
        "topic": topic,
        "title": title,
        "message": fit(clean(message.body), _BODY_BYTES, message.url, utf8) or title,
        "priority": int(message.priority),
        "markdown": False,
    }
    if message.url:
        fields["click"] = line(message.url)
    if tags := [name for tag in message.tags if (name := _TAG.sub("", tag))]:
        fields["tags"] = tags
    if link := _acknowledge_link(message):
        fields["actions"] = [{"action": "http", "method": "POST", "label": "✓ OK", "url": link, "clear": True}]
    return fields


def _acknowledge_link(message: Message) -> str:
    links = message.data.get("links")
    return str(links.get("acknowledge", "")) if isinstance(links, dict) else ""
