"""Values of the model as JSON bytes and back (msgspec).

msgspec reads and writes the model's own dataclasses, checks types on the way in, and costs microseconds where a
generic converter costs milliseconds; it is imported here alone.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class Malformed(ValueError):
    """Stored or received JSON that is not what its type says; the message names the place inside it."""


def dumps(value: Any) -> bytes:
    """``value`` as compact JSON: dataclasses as objects, enums as their values, instants as ISO 8601 in UTC."""
    return msgspec.json.encode(value)


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and sets, the same for equal values: what content hashes are taken of."""
    return msgspec.json.encode(value, order="deterministic")


def loads(data: bytes | str, as_type: type[T]) -> T:
    """The value of type ``as_type`` in ``data``. Raises :class:`Malformed`."""
    try:
        return msgspec.json.decode(data, type=as_type)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeError) as problem:
        raise Malformed(str(problem)) from problem


def plain(data: bytes | str) -> Any:
    """Untyped JSON. Raises :class:`Malformed`."""
    return loads(data, Any)
