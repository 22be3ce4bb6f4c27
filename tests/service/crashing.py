"""A history that a process lives through in instalments, because it is killed again and again.

Fifty registers change, one channel writes what it is sent to a file and forces it to the disk, one channel is down. The
child goes on from the round where the last one died; what it remembers is in the database alone.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import event

from advisoryd.model.config import ChannelSpec, Config, Subscription
from advisoryd.model.message import Form, Limits, Message
from advisoryd.model.outcome import SendOutcome, Sent, TryAgain
from advisoryd.model.standing import DeliveryState
from advisoryd.service.deliver import couriers
from advisoryd.service.house import House, database_of, open_house
from advisoryd.service.lock import only_instance
from advisoryd.service.rounds import Rounds
from advisoryd.store import events, outbox

from .world import COUNTRIES, START, Server, config, register, rows

SOURCES = 50
ROUNDS = 6
STEP = timedelta(minutes=20)


@dataclass
class Ledger:
    """A receiver that never forgets: a line is on the disk before the send returns."""

    path: Path
    form: Form = Form.JSON
    limits: Limits = Limits()

    def send(self, message: Message) -> SendOutcome:
        """Write which event this is, and whether it says that it may be a repetition."""
        mark = "again" if message.data["possible_duplicate"] else "first"
        line = f"{message.key} {mark}\n".encode()
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(file, line)
        os.fsync(file)
        os.close(file)
        return Sent("ledger")

    def close(self) -> None:
        """Nothing is held open."""


@dataclass
class Down:
    """A receiver that is never there."""

    form: Form = Form.PLAIN
    limits: Limits = Limits()

    def send(self, message: Message) -> SendOutcome:
        """Fail."""
        return TryAgain("nobody answers")

    def close(self) -> None:
        """Nothing is held open."""


@dataclass
class Diary:
    """Which round is under way; replaced in one step, so that a kill leaves the old or the new one."""

    path: Path

    def read(self) -> int:
        """The round to live through next."""
        return int(self.path.read_text()) if self.path.exists() else 0

    def write(self, done: int) -> None:
        """Remember that a round is over."""
        fresh = self.path.with_suffix(".new")
        fresh.write_text(str(done))
        fresh.replace(self.path)


def settings(folder: Path, database: str) -> Config:
    """Fifty registers, everything to both channels."""
    return config(
        folder,
        [register(f"r{number}", "NZ") for number in range(SOURCES)],
        database=database,
        channels=(ChannelSpec(name="inbox", kind="file"), ChannelSpec(name="ops", kind="console")),
        subscriptions=(Subscription(name="all", channels=("inbox", "ops")),),
    )


def levels(number: int, round_: int) -> dict[str, str]:
    """What a register says in a round: each raises one country at its own time, and some lower it two rounds later."""
    said = dict.fromkeys(COUNTRIES, "calm")
    raised_in = 1 + number % 4
    if round_ >= raised_in:
        said[COUNTRIES[number % len(COUNTRIES)]] = "reconsider"
    if number % 3 == 0 and round_ >= raised_in + 2:
        said[COUNTRIES[number % len(COUNTRIES)]] = "care"
    return said


@dataclass
class Life:
    """The history in one folder. ``steps`` is called wherever a child may be killed on purpose."""

    folder: Path
    database: str = "sqlite"
    steps: Callable[[str], None] = field(default=lambda step: None)

    def live(self) -> None:
        """From the round in the diary to the end."""
        given = settings(self.folder, self.database)
        with open_house(given) as house, only_instance(house.store, database_of(given), house.state_dir):
            house.register(START)
            for name in ("begin", "commit"):
                event.listen(house.store.engine, name, lambda _, name=name: self.steps(name))
            diary = Diary(self.folder / "round")
            for round_ in range(diary.read(), ROUNDS):
                self._round(house, given, round_, START + STEP * round_)
                diary.write(round_ + 1)

    def _round(self, house: House, given: Config, round_: int, now: datetime) -> None:
        server = Server()
        for number, source in enumerate(given.sources):
            server.serve(source, rows(levels(number, round_)))
        with house.store.begin() as tx:
            outbox.recover(tx, now)
        quiet = House(given, house.store, chance=lambda: 0.0)
        asyncio.run(Rounds(given, house.store, quiet.poller(server)).run(now))
        channels = {"inbox": Ledger(self.folder / "ledger"), "ops": Down()}
        for courier in couriers(given, house.store, channels, chance=lambda: 0.0).values():
            courier.deliver(lambda: now)

    def result(self) -> tuple[list[tuple[str, ...]], list[str], list[str]]:
        """The events in order, the ledger's lines, and the events that wait for the channel that is down."""
        with open_house(settings(self.folder, self.database)) as house, house.store.reading() as tx:
            found = [
                (made.id, made.kind, made.destination, made.source, made.story, made.at.isoformat())
                for made in events.listed(tx, limit=None)
            ]
            open_ = outbox.listed(tx, (DeliveryState.WAITING, DeliveryState.SENDING), limit=10_000)
            waiting = [delivery.event for delivery in open_ if delivery.channel == "ops"]
        return sorted(found), (self.folder / "ledger").read_text().splitlines(), sorted(waiting)


@dataclass
class KillAtStep:
    """Kills its own process after so many commits: as it is about to make the next, or right after it."""

    commits: int
    after: bool

    def __call__(self, step: str) -> None:
        """One step more."""
        if step == "commit":
            self.commits -= 1
        if self.commits < 0 and (step == "begin" or not self.after):
            os.kill(os.getpid(), signal.SIGKILL)
