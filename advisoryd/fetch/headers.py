"""The head of an answer: strangers' lines turned into a status and named fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s\"';,]+)")
_END = (b"\r\n", b"\n")
_FOLD = (b" ", b"\t")  # RFC 9112, section 5.2: an outdated way to go on in the next line
_LISTS = frozenset({"cache-control", "content-encoding"})


class Head(NamedTuple):
    """``fields`` have lower-case names; of a field that came twice the first counts, unless it is a list.
    ``whole`` is false when the answer broke off before the empty line that ends every head."""

    status: int = 0
    fields: Mapping[str, str] = MappingProxyType({})
    whole: bool = False


def parse(lines: Sequence[bytes]) -> Head:
    """The last head among ``lines``: interim answers (1xx) and a proxy's own come before it, trailers after it."""
    starts = [at for at, line in enumerate(lines) if line.startswith(b"HTTP/")]
    if not starts:
        return Head()
    first, *rest = lines[starts[-1] :]
    ends = [at for at, line in enumerate(rest) if line in _END]
    return Head(_status(first), _fields(rest[: ends[0]] if ends else rest), bool(ends))


def _status(line: bytes) -> int:
    code = line[line.find(b" ") + 1 :][:3]
    return int(code) if len(code) == 3 and code.isdigit() else 0


def _fields(lines: Sequence[bytes]) -> dict[str, str]:
    fields: dict[str, str] = {}
    last = ""
    for line in lines:
        if line[:1] in _FOLD and last:
            fields[last] += " " + line.decode("latin-1").strip()
            continue
        name, _, value = line.decode("latin-1").partition(":")
        last = name.rstrip().lower()
        if last not in fields:
            fields[last] = value.strip()
        elif last in _LISTS:
            fields[last] += ", " + value.strip()
    return fields


@lru_cache(maxsize=256)
def media_type(value: str) -> tuple[str, str]:
    """Type and charset of a Content-Type, both in lower case, each ``""`` where it is not given."""
    value = value.lower()
    found = _CHARSET.search(value)
    return value.partition(";")[0].strip(), found[1] if found else ""
