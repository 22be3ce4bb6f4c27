"""What Apprise's log lines say about a failure, and how its services count urgency.

Apprise tells only that something failed; why is text in its log. The lines are read for a status code first and for
words second. What no pattern knows is worth another try: only what will never be taken (a wrong key, an address that is
not there, a message the service cannot read) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from advisoryd.model.message import Priority
from advisoryd.model.outcome import Refused, TryAgain, Uncertain

MAYBE_ARRIVED = "the connection ended before the service answered"
NOT_REACHED = "the service could not be reached"

_AFTER_SENDING = re.compile(
    r"read timed out|read timeout|connection aborted|connection reset|incomplete ?read|broken pipe"
)
_BEFORE_SENDING = re.compile(r"connect timeout|connecttimeout|failed to establish|name or service not known|resolve")
_STATUS = re.compile(r"\b(?:error|code|status)\D{0,3}([345]\d\d)\b")
_TEMPORARY = frozenset({408, 425, 429})
_THROTTLED = re.compile(r"too many requests|rate.?limit|throttl")
_HOPELESS = re.compile(
    r"unauthori[sz]ed|forbidden|authenticat|access denied|permission|not found|bad request|"
    r"(?:invalid|expired|revoked) .{0,20}(?:token|key|credential|password|auth|recipient|user|chat|channel)|"
    r"can't parse|parse entities|malformed|unsupported (?:format|start tag)"
)
_MARKUP = re.compile(r"pars|entit|markup|markdown|html|format|bad request|error=400")

_FIVE_STEPS = (-2, -1, 0, 1, 2)
_ONE_TO_FIVE = (1, 2, 3, 4, 5)
_NORMAL_OR_HIGH = ("normal", "normal", "normal", "high", "high")
_SCALES: dict[str, tuple[str | int, ...]] = {
    "ntfy": ("min", "low", "default", "high", "max"),
    "pover": _FIVE_STEPS,
    "prowl": _FIVE_STEPS,
    "growl": _FIVE_STEPS,
    "join": _FIVE_STEPS,
    "lauther": _FIVE_STEPS,
    "psafer": _FIVE_STEPS,
    "gotify": (0, 3, 5, 8, 10),
    "spush": _ONE_TO_FIVE,
    "simplepush": _ONE_TO_FIVE,
    "opsgenie": _ONE_TO_FIVE,
    "jira": _ONE_TO_FIVE,
    "squadcast": ("P5", "P4", "P3", "P2", "P1"),
    "fcm": ("min", "low", "normal", "high", "max"),
    "gorush": _NORMAL_OR_HIGH,
    "exotel": _NORMAL_OR_HIGH,
    "ilert": ("low", "low", "low", "high", "high"),
    "youlmk": ("low", "low", "normal", "high", "critical"),
    "pinglet": ("silent", "silent", "normal", "urgent", "urgent"),
    "lametric": ("info", "info", "info", "warning", "critical"),
    "firehydrant": ("low", "low", "medium", "high", "high"),
}


def own_priority(scheme: str, priority: Priority) -> str | int | None:
    """``priority`` on the scale of the service behind ``scheme``; ``None`` for a service without a scale."""
    scale = _SCALES.get(scheme) or _SCALES.get(scheme.removesuffix("s"))
    return scale[priority - Priority.SILENT] if scale else None


def connection_trouble(line: str) -> str:
    """What a line about a socket means, in words that carry nothing of the request."""
    lowered = line.lower()
    after = _AFTER_SENDING.search(lowered) and not _BEFORE_SENDING.search(lowered)
    return MAYBE_ARRIVED if after else NOT_REACHED


def failure(service: str, lines: Iterable[str], recipients: int) -> TryAgain | Uncertain | Refused:
    """The outcome of a failed attempt. ``lines`` are what Apprise logged, without secrets.

    With several ``recipients`` in one address some may have been served, so that trying again may repeat.
    """
    told = [line for line in lines if line]
    reason = f"{service}: {'; '.join(told) or 'Apprise gave no reason'}"
    if MAYBE_ARRIVED in told:
        return Uncertain(reason)
    if _is_hopeless(" ".join(told).lower()):
        return Refused(reason)
    return TryAgain(reason) if recipients <= 1 else Uncertain(reason)


def blames_markup(reason: str) -> bool:
    """Whether a refusal could come of the message's markup."""
    return bool(_MARKUP.search(reason.lower()))


def _is_hopeless(told: str) -> bool:
    statuses = [int(status) for status in _STATUS.findall(told)]
    if statuses:
        return statuses[-1] < 500 and statuses[-1] not in _TEMPORARY
    return NOT_REACHED not in told and not _THROTTLED.search(told) and bool(_HOPELESS.search(told))
