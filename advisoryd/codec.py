"""Values of the model as JSON bytes and back (msgspec).

msgspec reads and writes the model's own dataclasses, checks types on the way in, and costs microseconds where a
generic converter costs milliseconds; it is imported here alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class Malformed(ValueError):
    """Stored or received JSON that is not what its type says; the message names the place inside it."""


def dumps(value: Any, other: Callable[[Any], Any] | None = None) -> bytes:
    """``value`` as compact JSON: dataclasses as objects, enums as their values, instants as ISO 8601 in UTC. ``other``
    makes plain values of what is none of these. Raises :class:`TypeError` for what is left."""
    return msgspec.json.encode(value, enc_hook=other)


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and sets, the same for equal values: what content hashes are taken of."""
    return msgspec.json.encode(value, order="deterministic")


def loads(data: bytes | str, as_type: type[T], other: Callable[[type, Any], Any] | None = None) -> T:
    """The value of type ``as_type`` in ``data``. ``other`` takes back what that of :func:`dumps` gave, by its type.
    Raises :class:`Malformed`."""
    try:
        return msgspec.json.decode(data, type=as_type, dec_hook=other)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeError) as problem:
        raise Malformed(str(problem)) from problem


def plain(data: bytes | str) -> Any:
    """Untyped JSON. Raises :class:`Malformed`."""
    return loads(data, Any)
