"""What a log line may hold: nothing that breaks the line, and no secret.

Our own code hands over no secrets but as :class:`~advisoryd.model.secret.Secret`. Libraries know nothing of that: their
messages quote addresses with passwords and tokens in them, and statements with the values they were run with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from advisoryd.model.secret import Secret

STARS = "********"
LONGEST = 2000
"""Characters of one value, traceback or message; more of a stranger's text tells nobody anything."""

_SECRETS = (
    re.compile(r"(?<=://)[^/\s@]+(?=@)"),  # https://user:password@host
    re.compile(r"(?i)(?<=[?&;])([\w-]*(?:key|token|secret|password|passwd|auth|signature|sig)=)[^&\s'\"]+"),
    re.compile(r"(?i)\b((?:bearer|basic)\s+)(?=\S*[\d=._])[\w.~+/=-]{6,}"),
    re.compile(
        r"(?i)\b((?:authorization|cookie|x-[\w-]*(?:key|token))['\"]?\s*[:=]\s*['\"]?(?:bearer |basic )?)[^\s'\",}]+"
    ),
    re.compile(r"(/bot)\d+:[\w-]+"),  # api.telegram.org
    re.compile(r"(hooks\.slack\.com/(?:services|workflows)/|/api/webhooks/)[\w/-]+"),  # Slack, Discord
    re.compile(r"(\[parameters: )(?s:.*?)(?=\]\s*(?:\n|$)|\]\s*\(Background)"),  # SQLAlchemy
)


def safe(value: Any) -> Any:
    """``value`` as it may be logged: plain values, texts on one line, secrets as stars."""
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, Secret):
        return STARS
    if isinstance(value, Mapping):
        return {one_line(str(key)): safe(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [safe(inner) for inner in value]
    return one_line(str(value))


def one_line(text: str) -> str:
    """``text`` without secrets, control characters and half characters, shortened."""
    return "".join(char if char.isprintable() else " " for char in redacted(text))[:LONGEST]


def redacted(text: str) -> str:
    """``text`` with stars in place of what looks like a secret."""
    for pattern in _SECRETS:
        text = pattern.sub(lambda found: (found[1] if found.re.groups else "") + STARS, text)
    return text
