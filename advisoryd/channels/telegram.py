"""Telegram: messages from a bot to a chat, a group or a channel (https://core.telegram.org/bots/api#sendmessage).

Telegram refuses a whole message for one stray bracket of markup, so the default form is plain text without a parse
mode; a refused HTML message goes out again at once as plain text. The token is part of the address: no reason and no
log line may carry it. Messages of one story answer its first message, also when that has been deleted.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from advisoryd.channels.answer import Answer, Service
from advisoryd.channels.options import Options, later_without_secret, problems_of, reveal, settled
from advisoryd.channels.text import clean, fit, line, unmarked, unmentioned, utf16
from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Form, Limits, Message, Post, Priority
from advisoryd.model.outcome import Refused, SendOutcome, TryAgain, Uncertain
from advisoryd.model.secret import Secret

_LIMIT = 4_096
_LIMITS = Limits(title=200, body=3_800)
_MARKUP_REFUSED = ("can't parse entities", "unsupported start tag", "can't find end tag")


@dataclass(frozen=True, slots=True)
class Settings:
    """``chat`` is a numeric id or ``@channelname``; ``topic`` a forum topic's id or 0."""

    server: str
    token: Secret
    chat: str
    topic: int
    form: Form
    timeout: float


def _settings(options: Options) -> Settings:
    return Settings(
        server=options.server("server", "https://api.telegram.org"),
        token=options.secret("token"),
        chat=options.text("chat"),
        topic=options.whole("topic", 0, 0, 2**53),
        form=Form(options.choice("form", (Form.PLAIN, Form.HTML), Form.PLAIN)),
        timeout=options.request_timeout(),
    )


def problems(spec: ChannelSpec) -> list[str]:
    """What is wrong with ``spec``, one sentence each."""
    return problems_of(spec, _settings)


def build(spec: ChannelSpec, post: Post, state_dir: Path) -> Telegram:
    """The channel. Raises :class:`ValueError` for a ``spec`` with problems."""
    settings = settled(spec, _settings)
    return Telegram(settings, Service("Telegram", post, settings.timeout), settings.form)


@dataclass(frozen=True, slots=True)
class Telegram:
    """One chat of one bot."""

    settings: Settings
    service: Service
    form: Form
    limits: ClassVar[Limits] = _LIMITS

    @later_without_secret
    def send(self, message: Message) -> SendOutcome:
        """Send; the reference is the message's id within the chat."""
        rich = self._markup(message) if self.form is Form.HTML else ""
        answer = self._post(message, rich or self._plain(message), bool(rich))
        if rich and _markup_refused(answer):
            answer = self._post(message, self._plain(message), False)
        return self._verdict(answer)

    def close(self) -> None:
        """Nothing is held open."""

    def _markup(self, message: Message) -> str:
        """The HTML text; empty when it is too long, because cut markup would be refused."""
        whole = f"<b>{html.escape(line(message.title), quote=False)}</b>\n\n{unmentioned(clean(message.body))}".strip()
        return whole if utf16(whole) <= _LIMIT else ""

    def _plain(self, message: Message) -> str:
        title = fit(line(message.title), self.limits.title, size=utf16)
        body = clean(message.body)
        if self.form is Form.HTML:
            body = unmarked(body)
            body = body if message.url in body else f"{body}\n{message.url}"
        room = _LIMIT - utf16(title) - 2
        return f"{title}\n\n{fit(unmentioned(body), room, message.url, utf16)}".strip()

    def _post(self, message: Message, text: str, markup: bool) -> Answer | TryAgain | Uncertain:
        token = reveal(self.settings.token)
        fields: dict[str, object] = {
            "chat_id": self.settings.chat,
            "text": text,
            "disable_notification": message.priority <= Priority.LOW,
            "link_preview_options": {"is_disabled": True},
        }
        if markup:
            fields["parse_mode"] = "HTML"
        if self.settings.topic:
            fields["message_thread_id"] = self.settings.topic
        if message.reply_to.isdecimal():
            fields["reply_parameters"] = {"message_id": int(message.reply_to), "allow_sending_without_reply": True}
        return self.service.ask_json(f"{self.settings.server}/bot{token}/sendMessage", fields, {}, (token,))

    def _verdict(self, answer: Answer | TryAgain | Uncertain) -> SendOutcome:
        if not isinstance(answer, Answer):
            return answer
        hidden = (reveal(self.settings.token),)
        outcome = self.service.verdict(answer, answer.fields.get("description"), hidden, _message_id(answer))
        told = answer.fields.get("parameters")
        hints = told if isinstance(told, dict) else {}
        if isinstance(outcome, TryAgain) and isinstance(wait := hints.get("retry_after"), int):
            return TryAgain(outcome.reason, float(wait))
        if isinstance(outcome, Refused) and isinstance(moved := hints.get("migrate_to_chat_id"), int):
            return Refused(f"{outcome.reason}; the group has become a supergroup: set 'chat' to \"{moved}\"")
        return outcome


def _markup_refused(answer: Answer | TryAgain | Uncertain) -> bool:
    if not isinstance(answer, Answer) or answer.status != 400:
        return False
    said = str(answer.fields.get("description", "")).lower()
    return any(sign in said for sign in _MARKUP_REFUSED)


def _message_id(answer: Answer) -> object:
    result = answer.fields.get("result")
    return result.get("message_id") if isinstance(result, dict) else None
