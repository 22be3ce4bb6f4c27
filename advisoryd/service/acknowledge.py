"""Acknowledging: the signed link in a message, and what becomes of the escalation when somebody follows it.

The link carries the event, the subscription and an HMAC-SHA256 of both, cut to 128 bits (RFC 2104, section 5). It can
be checked without being stored, and nobody can guess it. Whoever has the message may acknowledge.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from advisoryd.model.config import Web
from advisoryd.model.event import Event
from advisoryd.model.standing import Acknowledgement
from advisoryd.store import acknowledgements, events, outbox
from advisoryd.store.engine import Tx

SIGNATURE_BYTES = 16


@dataclass(frozen=True, slots=True)
class Matter:
    """What a valid link is about, and who has acknowledged it, if anybody has."""

    event: Event
    subscription: str
    given: Acknowledgement | None = None


def link(web: Web, event: str, subscription: str) -> str:
    """Where a reader of ``subscription`` acknowledges ``event``. Raises :class:`OSError` for an unreadable secret."""
    return f"{web.url}/ack/{event}/{subscription}/{_signature(web, event, subscription)}"


def matter(tx: Tx, web: Web, event: str, subscription: str, signature: str) -> Matter | None:
    """What a link is about; ``None`` when it is not one of ours, or its event is no longer stored."""
    if not hmac.compare_digest(_signature(web, event, subscription).encode(), signature.encode()):
        return None
    found = events.get(tx, event)
    return Matter(found, subscription, acknowledgements.of_event(tx, event).get(subscription)) if found else None


def acknowledge(tx: Tx, event: str, subscription: str, now: datetime, by: str) -> bool:
    """Note that ``subscription`` has taken note, and stop its escalation. Whether it is the first to be noted."""
    first = acknowledgements.add(tx, Acknowledgement(event, subscription, now, by))
    outbox.drop_escalations(tx, subscription, now, f"acknowledged by {by}", event=event)
    return first


def _signature(web: Web, event: str, subscription: str) -> str:
    said = f"acknowledge\n{event}\n{subscription}".encode()
    digest = hmac.digest(web.secret.reveal().encode(), said, sha256)
    return urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode().rstrip("=")
