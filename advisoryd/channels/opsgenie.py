"""Opsgenie: an alert per story (https://docs.opsgenie.com/docs/alert-api).

The story is the alias: its first message opens an alert, later ones with the same alias are counted on it and leave
their text as a note, the one that ends the story closes it; see :mod:`advisoryd.channels.incident`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from advisoryd.channels.answer import Answer, Service
from advisoryd.channels.incident import action_for, story_key
from advisoryd.channels.options import Options, later_without_secret, problems_of, reveal, settled
from advisoryd.channels.payload import subject_of
from advisoryd.channels.text import clean, fit, line
from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Form, Limits, Message, Post
from advisoryd.model.outcome import SendOutcome
from advisoryd.model.secret import Secret

_LIMITS = Limits(title=130, body=15_000)
_LONGEST_ALIAS = 512
_LONGEST_TAG = 50
_MOST_TAGS = 20
_SOURCE = "advisoryd"


@dataclass(frozen=True, slots=True)
class Settings:
    """``api_key`` is that of an API integration; ``server`` differs for accounts in the European Union."""

    server: str
    api_key: Secret
    acknowledge_updates: bool
    timeout: float


def _settings(options: Options) -> Settings:
    return Settings(
        server=options.server("server", "https://api.opsgenie.com"),
        api_key=options.secret("api_key"),
        acknowledge_updates=options.flag("acknowledge_updates", False),
        timeout=options.request_timeout(),
    )


def problems(spec: ChannelSpec) -> list[str]:
    """What is wrong with ``spec``, one sentence each."""
    return problems_of(spec, _settings)


def build(spec: ChannelSpec, post: Post, state_dir: Path) -> Opsgenie:
    """The channel. Raises :class:`ValueError` for a ``spec`` with problems."""
    settings = settled(spec, _settings)
    return Opsgenie(settings, Service("Opsgenie", post, settings.timeout))


@dataclass(frozen=True, slots=True)
class Opsgenie:
    """One Opsgenie team, through its integration."""

    settings: Settings
    service: Service
    form: ClassVar[Form] = Form.PLAIN
    limits: ClassVar[Limits] = _LIMITS

    @later_without_secret
    def send(self, message: Message) -> SendOutcome:
        """Open, update or close the story's alert; the reference is its alias."""
        key = reveal(self.settings.api_key)
        alias = story_key(message, _LONGEST_ALIAS)
        path, fields = _request(message, alias, self.settings.acknowledge_updates)
        url = f"{self.settings.server}/v2/alerts{path}"
        answer = self.service.ask_json(url, fields, {"Authorization": f"GenieKey {key}"}, (key,))
        said = answer.fields if isinstance(answer, Answer) else {}
        return self.service.verdict(answer, said.get("errors") or said.get("message"), (key,), alias)

    def close(self) -> None:
        """Nothing is held open."""


def _request(message: Message, alias: str, acknowledge_updates: bool) -> tuple[str, dict[str, object]]:
    """The path below ``/v2/alerts`` and the fields to post there."""
    text = fit(clean(message.body), _LIMITS.body, message.url)
    existing = f"/{quote(alias, safe='')}"
    note = {"source": _SOURCE, "note": text}
    match action_for(message, acknowledge_updates):
        case "resolve":
            return f"{existing}/close?identifierType=alias", dict(note)
        case "acknowledge":
            return f"{existing}/acknowledge?identifierType=alias", dict(note)
        case _:
            return "", _alert(message, alias, text) | ({} if message.opens_story else {"note": text})


def _alert(message: Message, alias: str, text: str) -> dict[str, object]:
    title = fit(line(message.title), _LIMITS.title)
    return {
        "message": title or fit(line(text), _LIMITS.title),
        "alias": alias,
        "description": text,
        "priority": f"P{6 - message.priority}",
        "source": _SOURCE,
        "entity": subject_of(message.data),
        "tags": [line(tag)[:_LONGEST_TAG] for tag in message.tags[:_MOST_TAGS]],
        "details": {"url": line(message.url)} if message.url else {},
    }
