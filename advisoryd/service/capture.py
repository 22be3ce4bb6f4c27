"""What a server answered, as a stream of recorded payloads: for a bug report, and for ``advisoryd replay``.

No secret gets into it: the client has taken keys out of bodies and addresses already, and what in an address is named
like a key is starred here.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from advisoryd import codec
from advisoryd.fetch.urls import shown
from advisoryd.model.outcome import Fetched
from advisoryd.model.reading import PLACEHOLDER, Document, Unreadable
from advisoryd.model.source import Source
from advisoryd.service.recorded import Served, Snapshot


def save(path: Path, source: Source, bodies: Iterable[Fetched], now: datetime) -> None:
    """Write one snapshot to a new file, compressed if it is called ``.xz``. Raises :class:`OSError`."""
    line = codec.dumps(snapshot(source, bodies, now)) + b"\n"
    with path.open("xb") as file:
        file.write(lzma.compress(line) if path.suffix == ".xz" else line)


def snapshot(source: Source, bodies: Iterable[Fetched], now: datetime) -> Snapshot:
    """The answers of one look."""
    return Snapshot(now, source.issuer, dict(map(_served, bodies)))


def _served(answer: Fetched) -> tuple[str, Served]:
    url = answer.url if PLACEHOLDER in answer.url else shown(answer.url)
    return url, Served(_text(answer).replace(answer.url, url), answer.content_type)


def _text(answer: Fetched) -> str:
    """The body as text; what belongs to no character is marked as lost."""
    from advisoryd.sources import decode

    try:
        return decode.text(Document(answer.url, answer.body, answer.content_type, answer.charset))
    except Unreadable:
        return answer.body.decode("utf-8", "replace")
