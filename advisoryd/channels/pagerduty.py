"""PagerDuty: an incident per story through the Events API v2 (https://developer.pagerduty.com/docs/send-alert-event).

The story is the ``dedup_key``: its first message opens an incident, later ones join it, the one that ends the story
resolves it; see :mod:`advisoryd.channels.incident`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from advisoryd.channels.answer import Answer, Service
from advisoryd.channels.incident import action_for, story_key
from advisoryd.channels.options import Options, later_without_secret, problems_of, reveal, settled
from advisoryd.channels.payload import subject_of
from advisoryd.channels.text import clean, fit, line
from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Form, Limits, Message, Post, Priority
from advisoryd.model.outcome import SendOutcome
from advisoryd.model.secret import Secret

_LIMITS = Limits(title=1_024, body=10_000)
_SEVERITY = {
    Priority.SILENT: "info",
    Priority.LOW: "info",
    Priority.NORMAL: "warning",
    Priority.HIGH: "error",
    Priority.URGENT: "critical",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """``routing_key`` is the integration key of a PagerDuty service."""

    server: str
    routing_key: Secret
    acknowledge_updates: bool
    timeout: float


def _settings(options: Options) -> Settings:
    return Settings(
        server=options.server("server", "https://events.pagerduty.com"),
        routing_key=options.secret("routing_key"),
        acknowledge_updates=options.flag("acknowledge_updates", False),
        timeout=options.request_timeout(),
    )


def problems(spec: ChannelSpec) -> list[str]:
    """What is wrong with ``spec``, one sentence each."""
    return problems_of(spec, _settings)


def build(spec: ChannelSpec, post: Post, state_dir: Path) -> PagerDuty:
    """The channel. Raises :class:`ValueError` for a ``spec`` with problems."""
    settings = settled(spec, _settings)
    return PagerDuty(settings, Service("PagerDuty", post, settings.timeout))


@dataclass(frozen=True, slots=True)
class PagerDuty:
    """One PagerDuty service."""

    settings: Settings
    service: Service
    form: ClassVar[Form] = Form.PLAIN
    limits: ClassVar[Limits] = _LIMITS

    @later_without_secret
    def send(self, message: Message) -> SendOutcome:
        """Open, update or resolve the story's incident; the reference is its key."""
        key = reveal(self.settings.routing_key)
        action = action_for(message, self.settings.acknowledge_updates)
        fields: dict[str, object] = {"routing_key": key, "event_action": action, "dedup_key": story_key(message)}
        if action == "trigger":
            fields |= _trigger(message)
        answer = self.service.ask_json(f"{self.settings.server}/v2/enqueue", fields, {}, (key,))
        said = answer.fields if isinstance(answer, Answer) else {}
        return self.service.verdict(answer, said.get("errors") or said.get("message"), (key,), said.get("dedup_key"))

    def close(self) -> None:
        """Nothing is held open."""


def _trigger(message: Message) -> dict[str, object]:
    body = fit(clean(message.body), _LIMITS.body, message.url)
    url = line(message.url)
    return {
        "client": "advisoryd",
        "links": [{"href": url, "text": "Official page"}] if url else [],
        "payload": {
            "summary": fit(line(message.title), _LIMITS.title) or fit(line(message.body), _LIMITS.title),
            "source": subject_of(message.data) or "advisoryd",
            "severity": _SEVERITY[message.priority],
            "custom_details": {"text": body, "event": dict(message.data)},
        },
    }
