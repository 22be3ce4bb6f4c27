"""One request as it goes over the wire, and what came back: what :mod:`.curl` is given and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from advisoryd.fetch.guard import Guard
from advisoryd.fetch.headers import Head
from advisoryd.model.outcome import Trouble


class Call(NamedTuple):
    """``lines`` are whole header lines. ``patience`` is the time for everything, ``connect`` for the connection, both
    in seconds. ``cap`` is the most bytes of the body that are taken, as they come over the wire."""

    url: str
    method: str
    lines: tuple[bytes, ...]
    body: bytes | None
    proxy: str
    guard: Guard
    patience: float
    connect: float
    cap: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong, by name and in one sentence."""

    trouble: Trouble
    detail: str


def refused(host: str, reason: str) -> Fault:
    """``host`` turned away by the guard, ``reason`` being what it said."""
    advice = "allow its network for this source if that is meant"
    return Fault(Trouble.REFUSED_ADDRESS, f"{host} was not asked, because {reason}; {advice}.")


class Answer(NamedTuple):
    """What came back. Beside a ``fault``, head and body hold what had come until then. ``sent`` tells whether the
    request may have reached the server."""

    head: Head
    body: bytes = b""
    fault: Fault | None = None
    sent: bool = True
