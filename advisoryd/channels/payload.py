"""A message's ``data`` as machines read it: which events it carries, whom they concern, how severe they are.

``data`` is one event (it has a ``kind``) or a bundle with a list ``events``; the fields are those that
``docs/messages.md`` describes. A field that is absent or of another type is read as empty, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from advisoryd.model.ladder import Level
from advisoryd.model.message import Message

Data = Mapping[str, object]

_SEVERITY = {
    Level.NORMAL: "minor",
    Level.CAUTION: "moderate",
    Level.RECONSIDER: "severe",
    Level.AVOID: "extreme",
}


def events_of(data: Data) -> list[Data]:
    """The events in ``data``, in order."""
    if "kind" in data:
        return [data]
    bundled = data.get("events")
    return [one for one in bundled if isinstance(one, Mapping)] if isinstance(bundled, list | tuple) else []


def part_of(data: Data, name: str) -> Data:
    """An object inside ``data``; empty when it is absent or no object."""
    value = data.get(name)
    return value if isinstance(value, Mapping) else {}


def text_of(data: Data, name: str) -> str:
    """A text of ``data``; empty when it is absent or no text."""
    value = data.get(name)
    return value if isinstance(value, str) else ""


def pair_of(data: Data) -> tuple[str, str]:
    """The ids of the issuer and of the destination, each empty when unknown."""
    return text_of(part_of(data, "issuer"), "id"), text_of(part_of(data, "destination"), "id")


def subject_of(data: Data) -> str:
    """Issuer and destination (``CN/JP``); one of them where the other is unknown; empty where both are."""
    return "/".join(filter(None, pair_of(data)))


def severity_of(data: Data) -> str:
    """The severity that CAP 1.2 gives the strictest level now in force; ``unknown`` is never read as harmless."""
    levels = [part_of(event, "levels") for event in events_of(data)]
    steps = [step for part in levels for step in (part.get("after"), part.get("highest_after"))]
    known = [step for step in steps if isinstance(step, int) and step in list(Level)]
    return _SEVERITY[Level(max(known))] if known else "unknown"


def is_test(data: Data) -> bool:
    """Whether the message is a test that nobody should act on."""
    return data.get("test") is True


def identity(message: Message) -> str:
    """What tells ``message`` from any other: its key, and of a bundle the events in it, as a bundle that is tried again
    may have grown."""
    ids = [text_of(event, "id") for event in events_of(message.data)]
    if len(ids) < 2:
        return message.key
    return f"{message.key}+{blake2b(' '.join(ids).encode('utf-8', 'replace'), digest_size=10).hexdigest()}"
