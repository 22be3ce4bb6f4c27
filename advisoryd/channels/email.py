"""E-mail by SMTP (RFC 5321), with the standard library.

Each recipient gets a letter of his own, so nobody reads the others' addresses and one wrong address stops nobody else.
What the server said about each is remembered until the message is settled: a repetition goes only to those who are
still waiting. An answer of 4xx is worth another try, 5xx is final; a connection that breaks once the text is on its
way leaves it uncertain whether the letter was taken.

With ``tls = "starttls"`` nothing is sent to a server that does not offer it: falling back to plain text is what an
attacker on the line would wish for.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from pathlib import Path
from typing import ClassVar

from advisoryd.channels.letter import LIMITS, Stationery, compose, mailbox, message_id, needs_utf8
from advisoryd.channels.options import Options, is_web_address, later_without_secret, problems_of, reveal, settled
from advisoryd.channels.payload import identity
from advisoryd.channels.text import fit, redacted
from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Form, Limits, Message, Post
from advisoryd.model.outcome import Refused, SendOutcome, Sent, TryAgain, Uncertain
from advisoryd.model.secret import Secret

_PORTS = {"starttls": 587, "implicit": 465, "none": 25}
_NOBODY = Address("", "nobody", "localhost")
_LIST_ID = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+")
_MAILTO = re.compile(r"mailto:[!-;=?-~]+@[!-;=?-~]+")
_REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Settings:
    """``tls`` is ``starttls``, ``implicit`` or ``none``; ``ca_file`` holds the certificates of a private authority."""

    server: str
    port: int
    tls: str
    ca_file: str
    username: str
    password: Secret | None
    recipients: tuple[Address, ...]
    stationery: Stationery
    timeout: float


def _settings(options: Options) -> Settings:
    tls = options.choice("tls", tuple(_PORTS), "starttls")
    settings = Settings(
        server=options.text("server"),
        port=options.whole("port", _PORTS[tls], 1, 65_535),
        tls=tls,
        ca_file=options.text("ca_file", ""),
        username=options.text("username", ""),
        password=options.optional_secret("password"),
        recipients=_mailboxes(options, "to", options.texts("to")),
        stationery=_stationery(options),
        timeout=options.seconds("timeout", 30.0, 1, 300),
    )
    if options.given("username") != options.given("password"):
        options.complain("'username' and 'password' belong together: give both or neither.")
    if settings.ca_file and not Path(settings.ca_file).is_file():
        options.complain("Option 'ca_file' names no file.")
    return settings


def _stationery(options: Options) -> Stationery:
    senders = _mailboxes(options, "from", (options.text("from"),))
    sender = senders[0] if senders else _NOBODY
    list_id = options.text("list_id", f"advisoryd.{sender.domain}")
    if not _LIST_ID.fullmatch(list_id):
        options.complain("Option 'list_id' must be a dotted name such as 'advisories.example.org'.")
    unsubscribe = options.text("unsubscribe", "")
    secure = unsubscribe.startswith("https:") and is_web_address(unsubscribe) and not set(unsubscribe) & set("<>")
    if unsubscribe and not secure and not _MAILTO.fullmatch(unsubscribe):
        options.complain("Option 'unsubscribe' must be an address that starts with https:// or mailto:.")
    return Stationery(sender, list_id, unsubscribe, options.text("subject_prefix", ""))


def _mailboxes(options: Options, name: str, texts: tuple[str, ...]) -> tuple[Address, ...]:
    """The mail addresses in ``texts``, each once. An empty text has been complained about already."""
    found: dict[str, Address] = {}
    for text in filter(None, texts):
        try:
            address = mailbox(text)
            found[address.addr_spec] = address
        except ValueError:
            options.complain(f"Option '{name}' must hold mail addresses: name@host, or Name <name@host>.")
    return tuple(found.values())


def problems(spec: ChannelSpec) -> list[str]:
    """What is wrong with ``spec``, one sentence each."""
    return problems_of(spec, _settings)


def build(spec: ChannelSpec, post: Post, state_dir: Path) -> Email:
    """The channel. Raises :class:`ValueError` for a ``spec`` with problems."""
    return Email(settled(spec, _settings))


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Email:
    """One sender and its recipients. ``clock`` gives the letters their date: the moment of sending, in UTC.

    ``heard`` holds, per unsettled message, the recipients for whom the server has decided.
    """

    settings: Settings
    clock: Callable[[], datetime] = _now
    heard: dict[str, dict[str, Sent | Refused]] = field(default_factory=dict, repr=False)
    form: ClassVar[Form] = Form.EMAIL
    limits: ClassVar[Limits] = LIMITS

    @later_without_secret
    def send(self, message: Message) -> SendOutcome:
        """Send to each recipient; the reference is the Message-ID."""
        name = identity(message)
        decided = self.heard.setdefault(name, {})
        unsettled = self._deliver(message, decided)
        if unsettled:
            self._forget_oldest()
            return unsettled
        del self.heard[name]
        return _sum(decided, message_id(name, self.settings.stationery.sender))

    def close(self) -> None:
        """A connection lives no longer than one ``send``."""

    def _deliver(self, message: Message, decided: dict[str, Sent | Refused]) -> SendOutcome | None:
        """Send to those who wait, noting what is decided. What is not decided yet comes back."""
        password = reveal(self.settings.password) if self.settings.password else ""
        try:
            with _session(self.settings, password) as smtp:
                return self._deliver_over(smtp, message, decided)
        except smtplib.SMTPResponseException as refusal:
            return _verdict(refusal.smtp_code, refusal.smtp_error, password)
        except (OSError, UnicodeError) as failure:
            return TryAgain(f"The mail server cannot be used: {redacted(str(failure), (password,))}")

    def _deliver_over(
        self, smtp: smtplib.SMTP, message: Message, decided: dict[str, Sent | Refused]
    ) -> TryAgain | Uncertain | None:
        later: TryAgain | None = None
        for recipient in self.settings.recipients:
            if recipient.addr_spec in decided:
                continue
            outcome = self._hand_over(smtp, message, recipient)
            match outcome:
                case Sent() | Refused():
                    decided[recipient.addr_spec] = outcome
                case TryAgain():
                    later = outcome
                case Uncertain():
                    return outcome
        return later

    def _hand_over(self, smtp: smtplib.SMTP, message: Message, recipient: Address) -> SendOutcome:
        """One mail transaction. Raises :class:`OSError` when the connection breaks before the text is on its way."""
        sender = self.settings.stationery.sender
        international = needs_utf8(sender, recipient)
        if international and not smtp.has_extn("smtputf8"):
            return Refused("The mail server takes ASCII addresses only")
        letter = compose(message, self.settings.stationery, recipient, self.clock())
        code, said = smtp.mail(sender.addr_spec, ["SMTPUTF8", "BODY=8BITMIME"] if international else [])
        if _accepted(code):
            code, said = smtp.rcpt(recipient.addr_spec)
        if not _accepted(code):
            smtp.rset()
            return _verdict(code, said)
        try:
            return _verdict(*smtp.data(letter.as_bytes()))
        except smtplib.SMTPDataError as refusal:
            smtp.rset()
            return _verdict(refusal.smtp_code, refusal.smtp_error)
        except OSError:
            return Uncertain("The mail server broke off before it confirmed, so the message may have arrived")

    def _forget_oldest(self) -> None:
        while len(self.heard) > _REMEMBERED:
            del self.heard[next(iter(self.heard))]


@contextmanager
def _session(settings: Settings, password: str) -> Iterator[smtplib.SMTP]:
    """A connection that is ready for mail transactions. Raises :class:`OSError`, of which smtplib's are a kind."""
    smtp = _connected(settings)
    try:
        if settings.tls == "starttls":
            smtp.starttls(context=_trust(settings))
        smtp.ehlo_or_helo_if_needed()
        if settings.username:
            smtp.login(settings.username, password)
        yield smtp
        with suppress(OSError):
            smtp.quit()
    finally:
        smtp.close()


def _connected(settings: Settings) -> smtplib.SMTP:
    if settings.tls == "implicit":
        return smtplib.SMTP_SSL(settings.server, settings.port, timeout=settings.timeout, context=_trust(settings))
    return smtplib.SMTP(settings.server, settings.port, timeout=settings.timeout)


def _trust(settings: Settings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.ca_file or None)


def _accepted(code: int) -> bool:
    return 200 <= code < 300


def _verdict(code: int, said: bytes | str, password: str = "") -> Sent | TryAgain | Refused:
    if _accepted(code):
        return Sent()
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    reason = f"The mail server answered {code}: {fit(redacted(words, (password,)), 200)}"
    return TryAgain(reason) if code < 500 else Refused(reason)


def _sum(decided: dict[str, Sent | Refused], reference: str) -> Sent | Refused:
    """One outcome for all recipients: refused as soon as one of them can never be reached."""
    refused = [f"{address}: {one.reason}" for address, one in decided.items() if isinstance(one, Refused)]
    if not refused:
        return Sent(reference)
    return Refused(f"{len(refused)} of {len(decided)} recipients were refused. {'; '.join(refused)}")
