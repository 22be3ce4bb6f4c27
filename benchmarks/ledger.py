"""What receivers wrote down, held against what should have arrived.

Messages are numbered: of ``stories`` stories, message ``number`` belongs to story ``number % stories`` and is its
``number // stories``-th.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Arrival:
    """One message that a receiver took: virtual and real seconds, its number, whether it says that it may be a
    repetition."""

    virtual: float
    real: float
    number: int
    again: bool


@dataclass
class Account:
    """What arrived at one receiver. Numbers of messages, except for ``repeated``; ``late`` is in virtual seconds,
    ``longest_wave`` in real ones."""

    lost: list[int] = field(default_factory=list)
    overtaken: list[int] = field(default_factory=list)
    unmarked: list[int] = field(default_factory=list)
    repeated: int = 0
    late: float = 0.0
    longest_wave: float = 0.0


def read(ledger: Path) -> dict[str, list[Arrival]]:
    """The arrivals at every receiver, in their order."""
    came: dict[str, list[Arrival]] = defaultdict(list)
    for line in ledger.read_text().splitlines():
        virtual, real, name, number, mark = line.split(" ")
        came[name].append(Arrival(float(virtual), float(real), int(number), mark == "again"))
    return came


def account(came: Sequence[Arrival], stories: int, waves: int, between: float) -> Account:
    """Judge one receiver; a wave of messages is due every ``between`` virtual seconds."""
    first = {arrival.number: arrival for arrival in reversed(came)}
    return Account(
        lost=[number for number in range(stories * waves) if number not in first],
        overtaken=list(_overtaken(came, stories)),
        unmarked=list(_unmarked(came)),
        repeated=len(came) - len(first),
        late=max((one.virtual - one.number // stories * between for one in first.values()), default=0.0),
        longest_wave=_longest_wave(came, stories),
    )


def _overtaken(came: Sequence[Arrival], stories: int) -> Iterator[int]:
    """Messages that arrived for the first time after a later one of their story."""
    newest: dict[int, int] = {}
    for number in dict.fromkeys(arrival.number for arrival in came):
        if number < newest.get(number % stories, -1):
            yield number
        newest[number % stories] = max(number, newest.get(number % stories, -1))


def _unmarked(came: Sequence[Arrival]) -> Iterator[int]:
    """Repetitions that do not say that they may be one."""
    seen: set[int] = set()
    for arrival in came:
        if arrival.number in seen and not arrival.again:
            yield arrival.number
        seen.add(arrival.number)


def _longest_wave(came: Sequence[Arrival], stories: int) -> float:
    waves: dict[int, list[float]] = defaultdict(list)
    for arrival in came:
        waves[arrival.number // stories].append(arrival.real)
    return max((max(times) - min(times) for times in waves.values()), default=0.0)
