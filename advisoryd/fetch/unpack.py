"""Content coding, undone here and not by libcurl.

libcurl 8.23 takes a gzip body that breaks off, under a matching Content-Length, for a whole one, refuses gzip files of
several members, and (since 8.20) counts unpacked bytes against the limit that is meant for the wire; all three were
measured. So the coded bytes are collected under the limit for the wire, and unpacked here under the other.
"""

from __future__ import annotations

import zlib

from advisoryd.fetch.wire import Fault
from advisoryd.model.outcome import Trouble

ACCEPTED = "gzip"
_ZLIB_OR_GZIP = 32 + zlib.MAX_WBITS
_NAMES = frozenset({"gzip", "x-gzip", "deflate"})


def unpack(body: bytes, coding: str, limit: int) -> bytes | Fault:
    """``body`` without its Content-Encoding ``coding``, or what is wrong with it. Stops at ``limit`` bytes."""
    coding = coding.strip().lower()
    if coding in {"", "identity"} or not body:
        return body if len(body) <= limit else _too_large(limit)
    if coding not in _NAMES:
        return Fault(Trouble.GARBLED, f"The answer came in the coding {coding[:40]!r}, which was not asked for.")
    try:
        return _inflated(body, limit)
    except zlib.error:
        return Fault(Trouble.GARBLED, "The answer's compression is damaged.")


def _inflated(body: bytes, limit: int) -> bytes | Fault:
    pieces, size = [], 0
    while body:  # RFC 1952, section 2.2: a gzip file is a series of members
        stream = zlib.decompressobj(_ZLIB_OR_GZIP)
        pieces.append(stream.decompress(body, limit - size + 1))
        size += len(pieces[-1])
        if size > limit:
            return _too_large(limit)
        if not stream.eof:
            return Fault(Trouble.TRUNCATED, "The answer breaks off inside its compressed body.")
        body = stream.unused_data if stream.unused_data.startswith(b"\x1f\x8b") else b""
    return b"".join(pieces)


def _too_large(limit: int) -> Fault:
    return Fault(Trouble.TOO_LARGE, f"The answer is larger than {limit:,} bytes.")
