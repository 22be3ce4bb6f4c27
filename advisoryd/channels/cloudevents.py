"""A message as a CloudEvent 1.0 (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md).

``source`` and ``id`` together are unique and stay the same when a message is delivered again. The type is
``advisoryd.advisory.<kind>.v1``, for a test ``advisoryd.test.v1`` so that no receiver takes it for an event.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from advisoryd.channels.payload import Data, events_of, is_test, part_of, severity_of, subject_of, text_of
from advisoryd.channels.text import line
from advisoryd.model.message import Message

_UNESCAPED = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"%')


def attributes(message: Message, source: str) -> dict[str, str]:
    """The context attributes of ``message``, those without a value left out."""
    values = {
        "specversion": "1.0",
        "id": text_of(message.data, "id") or message.key,
        "source": source,
        "type": _type(message.data),
        "subject": subject_of(message.data),
        "time": text_of(part_of(message.data, "times"), "recorded"),
        "storyid": message.story,
        "severity": severity_of(message.data),
    }
    return {name: line(value) for name, value in values.items() if value}


def _type(data: Data) -> str:
    if is_test(data):
        return "advisoryd.test.v1"
    kind = text_of(data, "kind") or ("bundle" if events_of(data) else "notice")
    return f"advisoryd.advisory.{kind}.v1"


def data(message: Message) -> dict[str, object]:
    """The event's own fields, and what only the message knows as ``message``."""
    return {
        **message.data,
        "message": {
            "title": line(message.title),
            "url": line(message.url),
            "language": message.language,
            "priority": int(message.priority),
            "subscription": message.subscription,
            "tags": list(message.tags),
        },
    }


def header_fields(context: Mapping[str, str]) -> dict[str, str]:
    """``context`` as headers of the binary mode, percent-encoded as the HTTP binding prescribes (3.1.3.2)."""
    return {f"ce-{name}": quote(value, safe=_UNESCAPED) for name, value in context.items()}
