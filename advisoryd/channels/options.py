"""Reads a channel's options and collects everything that is wrong with them, so that all is reported at once.

A problem is one sentence that names the option and says what would be right. It never shows a value, because a
mistyped secret is a secret still.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from difflib import get_close_matches
from functools import wraps
from typing import TypeVar
from urllib.parse import urlsplit

from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Message
from advisoryd.model.outcome import SendOutcome, TryAgain
from advisoryd.model.secret import Secret, plain

T = TypeVar("T")
C = TypeVar("C")

_NOTHING = plain("")


class SecretUnreadable(Exception):
    """A secret could not be read when it was needed; the message tells where it should have come from."""


class Options:
    """The options and secrets of one channel, read one by one.

    Every method gives a usable value, also when the option is wrong, and notes the problem in ``problems``. An option
    without a default is required.
    """

    def __init__(self, spec: ChannelSpec) -> None:
        self.spec = spec
        self.problems: list[str] = []
        self.asked: set[str] = set()

    def complain(self, sentence: str) -> None:
        """Note a problem."""
        self.problems.append(sentence)

    def text(self, name: str, default: str | None = None) -> str:
        """One line of text."""
        value = self._value(name, default)
        if isinstance(value, str) and value.isprintable() and (value.strip() or value == default):
            return value.strip()
        return self._wrong(name, "must be one line of text", default or "", missing=value is None)

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """One line of text or a list of them."""
        value = self._value(name, default)
        entries = [value] if isinstance(value, str) else value
        if isinstance(entries, list | tuple) and all(isinstance(one, str) and one.isprintable() for one in entries):
            found = tuple(one.strip() for one in entries if one.strip())
            if found or default is not None:
                return found
        return self._wrong(name, "must be a list of one or more texts", default or (), missing=value is None)

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        value = self._value(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        return self._wrong(name, f"must be a whole number from {low} to {high}", default)

    def seconds(self, name: str, default: float, low: float, high: float) -> float:
        """A time in seconds."""
        value = self._value(name, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        return self._wrong(name, f"must be a number of seconds from {low:g} to {high:g}", default)

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self._value(name, default)
        return value if isinstance(value, bool) else self._wrong(name, "must be true or false", default)

    def choice(self, name: str, among: Collection[str], default: str) -> str:
        """One of a few words."""
        value = self._value(name, default)
        if isinstance(value, str) and value in among:
            return value
        return self._wrong(name, f"must be one of: {', '.join(among)}", default)

    def table(self, name: str) -> dict[str, str]:
        """Names and texts; empty when left out."""
        value = self._value(name, {})
        if isinstance(value, dict) and all(isinstance(one, str) and one.isprintable() for one in value.values()):
            return {str(key): one for key, one in value.items()}
        return self._wrong(name, "must be a table of texts, each on one line", {})

    def server(self, name: str, default: str | None = None) -> str:
        """The address of a web service, without a slash at its end."""
        value = self.text(name, default)
        if value and not is_web_address(value):
            return self._wrong(name, "must be an address that starts with https:// or http://", "")
        return value.rstrip("/")

    def request_timeout(self) -> float:
        """Seconds for one request; and ``allow_private``, which :func:`advisoryd.channels.allows_private` reads."""
        self.flag("allow_private", False)
        return self.seconds("timeout", 20.0, 1, 300)

    def web_address(self, required: bool = True) -> Secret | None:
        """The channel's ``url`` where it is a plain web address. ``None`` when there is none."""
        secret = self.url(required)
        if secret is None or is_web_address(reveal(secret)):
            return secret
        self.complain(f"The url ({secret.origin}) must be an address that starts with https:// or http://.")
        return None

    def url(self, required: bool = True) -> Secret | None:
        """The channel's ``url``, whatever its scheme. ``None`` when there is none or it cannot be read."""
        secret = self.spec.url
        if secret is None:
            if required:
                self.complain(f"A channel of type '{self.spec.kind}' needs 'url' or 'url_file'.")
            return None
        revealed = self._revealed(secret)
        if revealed == "":
            self.complain(f"The url ({secret.origin}) is empty.")
        return secret if revealed else None

    def given(self, name: str) -> bool:
        """Whether the option or secret is there at all."""
        return name in self.spec.options or name in self.spec.secrets

    def secret(self, name: str) -> Secret:
        """A secret that must be there."""
        if not self.given(name):
            self.complain(f"'{name}' or '{name}_file' is missing.")
        return self.optional_secret(name) or _NOTHING

    def optional_secret(self, name: str) -> Secret | None:
        """A secret that may be left out. One that stands among the options is taken as well, and kept from sight."""
        self.asked.add(name)
        value = self.spec.options.get(name)
        secret = plain(value) if isinstance(value, str) else self.spec.secrets.get(name)
        revealed = self._revealed(secret) if secret else None
        if secret and revealed == "":
            self.complain(f"'{name}' ({secret.origin}) is empty.")
        return secret if revealed is not None else None

    def finished(self) -> list[str]:
        """All problems, with the options and secrets that nobody asked for. Every channel may have ``templates``."""
        self.text("templates", "")
        for name in sorted((set(self.spec.options) | set(self.spec.secrets)) - self.asked):
            close = get_close_matches(name, self.asked, n=1)
            hint = f"did you mean '{close[0]}'?" if close else f"known are: {', '.join(sorted(self.asked))}."
            self.complain(f"Option '{name}' is unknown to a channel of type '{self.spec.kind}'; {hint}")
        return self.problems

    def _value(self, name: str, default: object) -> object:
        self.asked.add(name)
        return self.spec.options.get(name, default)

    def _wrong(self, name: str, rule: str, instead: T, missing: bool = False) -> T:
        self.complain(f"Option '{name}' is missing; it {rule}." if missing else f"Option '{name}' {rule}.")
        return instead

    def _revealed(self, secret: Secret) -> str | None:
        try:
            return reveal(secret)
        except SecretUnreadable as problem:
            self.complain(str(problem))
            return None


def problems_of(spec: ChannelSpec, read: Callable[[Options], object]) -> list[str]:
    """What is wrong with ``spec`` when its options are read by ``read``."""
    options = Options(spec)
    read(options)
    return options.finished()


def settled(spec: ChannelSpec, read: Callable[[Options], T]) -> T:
    """The settings that ``read`` makes of ``spec``. Raises :class:`ValueError` naming every problem."""
    options = Options(spec)
    settings = read(options)
    if problems := options.finished():
        raise ValueError(f"channel '{spec.name}': {' '.join(problems)}")
    return settings


def is_web_address(address: str) -> bool:
    """Whether ``address`` is an http or https address that names a host and holds no white space."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and not any(map(str.isspace, address))
    except ValueError:
        return False


def reveal(secret: Secret) -> str:
    """The secret, without the line end that files have. Raises :class:`SecretUnreadable`."""
    try:
        return secret.reveal().strip()
    except (OSError, UnicodeDecodeError) as problem:
        why = getattr(problem, "strerror", None) or "it is not UTF-8 text"
        raise SecretUnreadable(f"A secret cannot be read from its {secret.origin}: {why}.") from None


def later_without_secret(send: Callable[[C, Message], SendOutcome]) -> Callable[[C, Message], SendOutcome]:
    """A channel's ``send`` that tries again later when a secret cannot be read just now."""

    @wraps(send)
    def sending(channel: C, message: Message) -> SendOutcome:
        try:
            return send(channel, message)
        except SecretUnreadable as problem:
            return TryAgain(str(problem))

    return sending
