"""Slack: as a bot with threads, or through an incoming webhook without them.

With a bot token ``chat.postMessage`` gives back the ``ts`` of the message, which the first message of a story lends to
the others as ``thread_ts`` (https://docs.slack.dev/reference/methods/chat.postMessage). An incoming webhook gives back
nothing, so it cannot thread. Slack answers 200 to nearly everything and says in ``ok`` and ``error`` what came of it.

A reply is easily overlooked in its thread: from priority high on it is shown in the channel as well.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from advisoryd.channels.answer import Answer, Service, retry_after
from advisoryd.channels.options import Options, later_without_secret, problems_of, reveal, settled
from advisoryd.channels.text import clean, fit, line, secret_parts, unmentioned
from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Form, Limits, Message, Post, Priority
from advisoryd.model.outcome import Refused, SendOutcome, Sent, TryAgain, Uncertain
from advisoryd.model.secret import Secret

_LIMIT = 4_000
_LIMITS = Limits(title=150, body=3_800)
_NO_LINK = re.compile(r"<(?!https?://|mailto:)")
_TEMPORARY = frozenset(
    {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)
_THREAD_GONE = frozenset({"thread_not_found", "cannot_reply_to_message", "invalid_thread_ts", "message_not_found"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Either ``webhook``, or ``token`` with ``channel`` (an id such as ``C0123456789``, or ``#name``)."""

    webhook: Secret | None
    server: str
    token: Secret | None
    channel: str
    timeout: float


def _settings(options: Options) -> Settings:
    settings = Settings(
        webhook=options.web_address(required=False),
        server=options.server("server", "https://slack.com"),
        token=options.optional_secret("token"),
        channel=options.text("channel", ""),
        timeout=options.request_timeout(),
    )
    bot = [options.given("token"), options.given("channel")]
    if any(bot) != all(bot) or any(bot) == (options.spec.url is not None):
        options.complain("Give either 'token' and 'channel', or the 'url' of an incoming webhook.")
    return settings


def problems(spec: ChannelSpec) -> list[str]:
    """What is wrong with ``spec``, one sentence each."""
    return problems_of(spec, _settings)


def build(spec: ChannelSpec, post: Post, state_dir: Path) -> Slack:
    """The channel. Raises :class:`ValueError` for a ``spec`` with problems."""
    settings = settled(spec, _settings)
    return Slack(settings, Service("Slack", post, settings.timeout))


@dataclass(frozen=True, slots=True)
class Slack:
    """One Slack channel."""

    settings: Settings
    service: Service
    form: ClassVar[Form] = Form.SLACK
    limits: ClassVar[Limits] = _LIMITS

    @later_without_secret
    def send(self, message: Message) -> SendOutcome:
        """Post; the reference is the message's ``ts``, empty for an incoming webhook."""
        return self._by_webhook(message) if self.settings.webhook else self._by_bot(message, message.reply_to)

    def close(self) -> None:
        """Nothing is held open."""

    def _by_webhook(self, message: Message) -> SendOutcome:
        url = reveal(self.settings.webhook) if self.settings.webhook else ""
        hidden = secret_parts(url)
        answer = self.service.ask_json(url, {"text": text(message), "unfurl_links": False}, {}, hidden)
        said = answer.body.decode("utf-8", "replace") if isinstance(answer, Answer) else ""
        return self.service.verdict(answer, said, hidden)

    def _by_bot(self, message: Message, thread: str) -> SendOutcome:
        token = reveal(self.settings.token) if self.settings.token else ""
        fields: dict[str, object] = {
            "channel": self.settings.channel,
            "text": text(message),
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if thread:
            fields |= {"thread_ts": thread, "reply_broadcast": message.priority >= Priority.HIGH}
        url = f"{self.settings.server}/api/chat.postMessage"
        answer = self.service.ask_json(url, fields, {"Authorization": f"Bearer {token}"}, (token,))
        if thread and isinstance(answer, Answer) and answer.fields.get("error") in _THREAD_GONE:
            return self._by_bot(message, "")
        return self._verdict(answer, token)

    def _verdict(self, answer: Answer | TryAgain | Uncertain, token: str) -> SendOutcome:
        if not isinstance(answer, Answer) or answer.status != 200:
            return self.service.verdict(answer)
        if answer.fields.get("ok") is True:
            return Sent(str(answer.fields.get("ts") or ""))
        error = answer.fields.get("error") or "no word on what came of it"
        reason = self.service.reason(answer.status, error, (token,))
        if not answer.fields or error in _TEMPORARY:
            return TryAgain(reason, retry_after(answer.headers))
        return Refused(reason)


def text(message: Message) -> str:
    """``message`` in Slack's mrkdwn. Angle brackets that are not links are made inert: they could wake a channel."""
    title = html.escape(fit(line(message.title), _LIMITS.title), quote=False)
    body = _NO_LINK.sub("&lt;", unmentioned(clean(message.body)))
    heading = f"*{title}*\n" if title else ""
    return heading + fit(body, _LIMIT - len(heading), html.escape(message.url, quote=False))
