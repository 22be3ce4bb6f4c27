"""A message as an e-mail: headers, threads and both halves of the text.

==========================================  ======================================================================
header                                      why
==========================================  ======================================================================
``Message-ID``                              made of the message's key, so that a message sent twice is one message
``References``, ``In-Reply-To``             a made-up root per story ties its messages together in every mail reader,
                                            even when the first one was never received (RFC 5322, 3.6.4)
``Auto-Submitted: auto-generated``          keeps out-of-office replies away (RFC 3834, 5)
``List-Id``, ``List-Unsubscribe``           filters and the unsubscribe button (RFC 2919, RFC 2369)
``List-Unsubscribe-Post``                   one click, for https addresses only (RFC 8058); the operator's mail
                                            server must sign both with DKIM for it to count
``Importance``                              what the mail reader shows for urgent and for quiet messages (RFC 2156)
==========================================  ======================================================================

Bodies are encoded so that they pass servers that take seven bits only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from hashlib import blake2b

from advisoryd.channels.payload import identity
from advisoryd.channels.text import clean, fit, line
from advisoryd.model.message import Limits, Message, Priority

LIMITS = Limits(title=200)

_IMPORTANCE = {Priority.SILENT: "low", Priority.LOW: "low", Priority.HIGH: "high", Priority.URGENT: "high"}
_SEVEN_BITS = SMTP.clone(cte_type="7bit")
_UTF8 = SMTP.clone(cte_type="7bit", utf8=True)


@dataclass(frozen=True, slots=True)
class Stationery:
    """What all letters of a channel have in common. ``unsubscribe`` is an https or mailto address, or empty."""

    sender: Address
    list_id: str
    unsubscribe: str = ""
    prefix: str = ""


def mailbox(text: str) -> Address:
    """The address in ``text``: ``name@host`` or ``Name <name@host>``, the host in its ASCII form (IDNA).

    Raises :class:`ValueError`.
    """
    name, bracket, rest = text.rpartition("<")
    spec = rest.strip().removesuffix(">") if bracket else text.strip()
    user, _, domain = spec.rpartition("@")
    if not user or not domain or any(char.isspace() or char in '<>()[],;:"\\' for char in spec) or "@" in user:
        raise ValueError("not a mail address")
    return Address(name.strip().strip('"'), user, domain.encode("idna").decode())


def needs_utf8(*addresses: Address) -> bool:
    """Whether a server must speak SMTPUTF8 (RFC 6531) to take mail between these ``addresses``."""
    return not all(address.addr_spec.isascii() for address in addresses)


def compose(message: Message, stationery: Stationery, recipient: Address, when: datetime) -> EmailMessage:
    """The letter to one ``recipient``, dated ``when``."""
    letter = EmailMessage(policy=_policy(stationery.sender, recipient))
    letter["From"] = stationery.sender
    letter["To"] = recipient
    letter["Subject"] = line(f"{stationery.prefix} {fit(line(message.title), LIMITS.title)}")
    letter["Date"] = format_datetime(when)
    letter["Message-ID"] = message_id(identity(message), stationery.sender)
    letter.set_content(clean(message.body) or line(message.title))
    if message.html:
        letter.add_alternative(clean(message.html), subtype="html")
    for name, value in (_thread(message, stationery) | _manners(message, stationery)).items():
        letter[name] = value
    return letter


def message_id(name: str, sender: Address) -> str:
    """The Message-ID for ``name``, the same each time."""
    return f"<{blake2b(name.encode('utf-8', 'replace'), digest_size=16).hexdigest()}@{sender.domain}>"


def _policy(*addresses: Address) -> EmailPolicy[EmailMessage]:
    return _UTF8 if needs_utf8(*addresses) else _SEVEN_BITS


def _thread(message: Message, stationery: Stationery) -> dict[str, str]:
    if not message.story:
        return {}
    root = message_id(f"story {message.story}", stationery.sender)
    first = line(message.reply_to)
    known = first if first.startswith("<") and first.endswith(">") and " " not in first else ""
    return {"In-Reply-To": known or root, "References": f"{root} {known}".strip()}


def _manners(message: Message, stationery: Stationery) -> dict[str, str]:
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Id": f"<{stationery.list_id}>",
        "Content-Language": line(message.language),
    }
    if stationery.unsubscribe:
        headers["List-Unsubscribe"] = f"<{stationery.unsubscribe}>"
    if stationery.unsubscribe.startswith("https:"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if message.priority in _IMPORTANCE:
        headers["Importance"] = _IMPORTANCE[message.priority]
    return {name: value for name, value in headers.items() if value}
