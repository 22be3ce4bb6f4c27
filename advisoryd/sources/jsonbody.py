"""JSON bodies and what may be asked of them.

The getters never raise for a missing or oddly typed optional field: they answer with the empty value, and the reader
decides whether that is worth a finding. What the contract promises is asked for with :func:`mapping` and
:func:`array`, which raise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisoryd import codec
from advisoryd.model.reading import Document, Unreadable
from advisoryd.sources import decode

Row = Mapping[str, object]


def load(document: Document) -> object:
    """The document as JSON values. Raises :class:`Unreadable` (``wrong-shape``, ``garbled``)."""
    try:
        value: object = codec.plain(decode.text(document))
    except (codec.Malformed, RecursionError) as problem:
        raise Unreadable("wrong-shape", f"{document.url} is not JSON: {problem}.") from problem
    return value


def mapping(value: object, what: str) -> Row:
    """``value`` if it is an object. Raises :class:`Unreadable` (``wrong-shape``) that names ``what``."""
    if isinstance(value, dict):
        return value
    raise Unreadable("wrong-shape", f"{what} should be a JSON object but is {_kind(value)}.")


def array(value: object, what: str) -> Sequence[object]:
    """``value`` if it is an array. Raises :class:`Unreadable` (``wrong-shape``) that names ``what``."""
    if isinstance(value, list):
        return value
    raise Unreadable("wrong-shape", f"{what} should be a JSON array but is {_kind(value)}.")


def rows(value: object, what: str) -> list[Row]:
    """The objects of an array; anything else in it is passed over. Raises like :func:`array`."""
    return [entry for entry in array(value, what) if isinstance(entry, dict)]


def nested(row: Row, name: str) -> Row:
    """The object at ``name``, an empty one when there is none."""
    value = row.get(name)
    return value if isinstance(value, dict) else {}


def entries(row: Row, name: str) -> list[Row]:
    """The objects in the array at ``name``, none when there is no array."""
    value = row.get(name)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def words(row: Row, name: str) -> list[str]:
    """The strings in the array at ``name``, none when there is no array."""
    value = row.get(name)
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def raw(row: Row, name: str) -> str:
    """The string at ``name`` as it stands (HTML, for instance), ``""`` when there is none."""
    value = row.get(name)
    return value if isinstance(value, str) else ""


def text(row: Row, name: str) -> str:
    """The string at ``name``, white space folded, ``""`` when there is none."""
    return decode.fold(raw(row, name))


def integer(row: Row, name: str) -> int | None:
    """The whole number at ``name``, also when it is written as digits in a string. A boolean is no number."""
    value = row.get(name)
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else None


def flag(row: Row, name: str) -> bool | None:
    """The truth value at ``name`` (``true``, ``1`` or ``"1"``), ``None`` when the field is missing or anything else."""
    value = row.get(name)
    number = int(value) if isinstance(value, bool) else integer(row, name)
    return bool(number) if number in (0, 1) else None


def _kind(value: object) -> str:
    names = {dict: "an object", list: "an array", str: "a string", bool: "a truth value", type(None): "null"}
    return names.get(type(value), "a number")
