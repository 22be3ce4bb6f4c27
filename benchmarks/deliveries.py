"""Ten thousand deliveries through twenty channels, some of them sick, in a process that is killed fifty times:
``python -m benchmarks.deliveries > benchmarks/results/deliveries.md``.

Time is virtual: it stands still while anything can be delivered and then jumps to the next moment at which something is
due, so that a day's outage takes no day. The receivers are real servers on loopback in a process of their own, which
goes on when the deliverer is killed (SIGKILL) at a random moment; its successor has nothing but the database.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

import advisoryd
from advisoryd.fetch.client import Client
from advisoryd.model.config import ChannelSpec, Config, Http, Subscription
from advisoryd.model.event import Event, Kind
from advisoryd.model.ladder import Level
from advisoryd.model.secret import plain
from advisoryd.model.standing import DeliveryState
from advisoryd.service.announce import Announcer
from advisoryd.service.deliver import Courier
from advisoryd.service.house import House, build, open_house
from advisoryd.service.sample import sample_message
from advisoryd.store import outbox
from advisoryd.store.engine import Tx
from advisoryd.store.schema import events
from benchmarks import ledger
from benchmarks.ledger import Account
from benchmarks.receivers import receivers

START = datetime(2026, 3, 1, tzinfo=UTC)
WAVES, BETWEEN = 4, timedelta(hours=3)
"""Every story has so many events, so far apart; all but the first fall into the outage of the channel that is down."""

AT_ONCE = 5
"""Stories announced in one transaction."""

KINDS = (
    "down", "slow", "refusing", "throttling", "failing", "hanging", "slack", "telegram", "ntfy", "pagerduty", "email",
    *(f"webhook-{number}" for number in range(9)),
)  # fmt: skip
HEALTHY = tuple(name for name in KINDS if name.startswith(("webhook", "email", "ntfy", "pagerduty")))
FALLBACK = "fallback"
FORK = multiprocessing.get_context("fork")


@dataclass
class Trial:
    """One run in ``folder``: ``stories`` of four events each, through every channel, of which the slow one takes
    ``slowness`` seconds for a message."""

    folder: Path
    stories: int
    slowness: float
    clock: Any = field(default_factory=lambda: multiprocessing.Value("d", 0.0, lock=False))

    def config(self, ports: dict[str, int]) -> Config:
        """Every channel, and one subscription for each story, so that no burst is joined to one message."""
        specs = [_spec(name, ports) for name in (*KINDS, FALLBACK)]
        readers = [
            Subscription(name=f"s{story}", channels=KINDS, issuers=frozenset({_issuer(story)}))
            for story in range(self.stories)
        ]
        return Config(
            state_dir=str(self.folder), channels=tuple(specs), subscriptions=tuple(readers), http=Http(),
            baseline_summary=False,
        )  # fmt: skip

    def now(self) -> datetime:
        """The virtual time."""
        return START + timedelta(seconds=self.clock.value)

    def live(self, given: Config) -> None:
        """What the deliverer does, from wherever its predecessor died to the end."""
        with ThreadPoolExecutor(1) as desk, open_house(given, desk=desk) as house:
            with house.store.begin() as tx:
                outbox.recover(tx, self.now())
            # the courier of each channel works on a thread of its own, as in the daemon
            couriers = House(given, house.store, desk, chance=lambda: 0.0).couriers(Client(given.http))
            with ThreadPoolExecutor(len(couriers)) as threads:
                busy: dict[str, Future[Any]] = {}
                while self._moment(given, house, couriers, threads, busy):
                    pass

    def _moment(
        self, given: Config, house: House, couriers: dict[str, Courier], threads: Any, busy: dict[str, Future[Any]]
    ) -> bool:
        """Deliver what is due now; when nothing is, go on to the next moment. Whether there is one."""
        desk = house.desk
        assert desk is not None
        desk.submit(self._announce, given, house).result()
        for name in desk.submit(self._due, house).result():
            if name not in busy:
                busy[name] = threads.submit(couriers[name].deliver, self.now)
        if busy:
            wait(busy.values(), return_when="FIRST_COMPLETED")
            for name in [name for name, work in busy.items() if work.done()]:
                busy.pop(name).result()
            return True
        following = desk.submit(self._following, house).result()
        if following is not None:
            self.clock.value = (following - START).total_seconds()
        return following is not None

    def _due(self, house: House) -> list[str]:
        with house.store.reading() as tx:
            return outbox.due_channels(tx, self.now())

    def _announce(self, given: Config, house: House) -> None:
        """Some of what should have happened by now and is not recorded yet; the database knows how far it is."""
        with house.store.reading() as tx:
            wave, first = divmod(_told(tx), self.stories)
        if wave < WAVES and self.now() >= START + wave * BETWEEN:
            announcer = Announcer(given)
            with house.store.begin() as tx:
                for story in range(first, min(first + AT_ONCE, self.stories)):
                    announcer.announce(tx, self._event(story, wave), self.now())

    def _event(self, story: int, wave: int) -> Event:
        number = wave * self.stories + story
        before, after = (Level(2), Level(3)) if wave % 2 == 0 else (Level(3), Level(2))
        return Event(
            id="", kind=Kind.RAISED if wave % 2 == 0 else Kind.LOWERED, issuer=_issuer(story), destination="JP",
            source="trial", at=self.now(), first_seen=self.now(), reason="trial", level_before=before,
            level_after=after, after=str(number), url=f"https://advice.example.org/{number}",
        )  # fmt: skip

    def _following(self, house: House) -> datetime | None:
        """The next moment at which anything is due."""
        with house.store.reading() as tx:
            waiting = outbox.listed(tx, limit=100_000)
            pauses = {name: outbox.channel_state(tx, name).not_before for name in {one.channel for one in waiting}}
            told = _told(tx)
        moments = [max(one.next_attempt, pauses[one.channel] or one.next_attempt) for one in waiting]
        if told < WAVES * self.stories:
            moments.append(START + told // self.stories * BETWEEN)
        return max(min(moments), self.now()) if moments else None


def _told(tx: Tx) -> int:
    """How many events of ours are recorded; operator notices are not ours."""
    return int(tx.execute(select(func.count()).where(events.c.destination == "JP")).scalar_one())


def _issuer(story: int) -> str:
    """Stories differ by their issuer: codes that no country has."""
    return f"Z{story:03}"


def _spec(name: str, ports: dict[str, int]) -> ChannelSpec:
    here = f"http://127.0.0.1:{ports['http']}/{name}"
    options: dict[str, object] = {"allow_private": True, "timeout": 10}
    secrets = {}
    kind = name if name in ("slack", "telegram", "ntfy", "pagerduty", "email") else "webhook"
    if kind == "email":
        options = {
            "server": "127.0.0.1", "port": ports["smtp"], "tls": "none", "from": "a@example.org",
            "to": ["email@example.org"],
        }  # fmt: skip
    elif kind != "webhook":
        options["server"] = here
    options |= {"slack": {"channel": "C1"}, "telegram": {"chat": "1", "form": "html"}}.get(kind, {})
    if hidden := {"slack": "token", "telegram": "token", "ntfy": "topic", "pagerduty": "routing_key"}.get(kind):
        secrets[hidden] = plain("secret")
    url = plain(here) if kind == "webhook" else None
    fallback = FALLBACK if name == "refusing" else ""
    return ChannelSpec(name=name, kind=kind, url=url, options=options, secrets=secrets, fallback=fallback)


@dataclass
class Outcome:
    """What a trial came to: an account for each receiver, and how many deliveries are in which state by channel."""

    deliveries: int
    kills: int
    seconds: float
    accounts: dict[str, Account]
    states: Counter[tuple[str, str]]

    def total(self, fault: str) -> int:
        """How many messages have a fault, over all receivers."""
        return sum(len(getattr(account, fault)) for account in self.accounts.values())


def run(trial: Trial, kills: int, chance: random.Random, longest: float) -> Outcome:
    """Kill ``kills`` deliverers after up to ``longest`` seconds each, let the last one finish, and count."""
    begun, killed = time.monotonic(), 0
    with receivers(trial.clock, trial.folder / "ledger", trial.slowness) as ports:
        given = trial.config(dict(ports))
        _warm_up(given)
        while _dies(trial, given, chance.uniform(0.1 * longest, longest) if killed < kills else None):
            killed += 1
        seconds = time.monotonic() - begun
    came = ledger.read(trial.folder / "ledger")
    accounts = {
        name: ledger.account(came[name], trial.stories, WAVES, BETWEEN.total_seconds())
        for name in (*KINDS, FALLBACK)
        if name != "refusing"
    }
    with open_house(given) as house, house.store.reading() as tx:
        states = Counter(outbox.counts(tx))
    return Outcome(trial.stories * WAVES * len(KINDS), killed, seconds, accounts, states)


def _warm_up(given: Config) -> None:
    """Import here whatever a deliverer needs, so that each of them begins to deliver at once."""
    client = Client(given.http)
    for spec in given.channels:
        channel = build(spec, client, given)
        sample_message(given, spec, channel, Kind.RAISED, START)
        channel.close()
    with open_house(given):
        pass


def _dies(trial: Trial, given: Config, seconds: float | None) -> bool:
    """Let a deliverer live, for so long at most. Whether it was killed before it had finished."""
    child = FORK.Process(target=trial.live, args=(given,))
    child.start()
    child.join(seconds)
    child.kill()
    child.join()
    if child.exitcode not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the deliverer ended with status {child.exitcode}")
    return child.exitcode != 0


def report(outcome: Outcome) -> Iterator[str]:
    """The figures, as Markdown."""
    sent = sum(number for (_, state), number in outcome.states.items() if state == DeliveryState.SENT)
    instead = outcome.states["refusing", DeliveryState.DROPPED]
    yield "# Deliveries through sick channels, killed again and again"
    yield ""
    yield f"{datetime.now(UTC):%Y-%m-%d}, advisoryd {advisoryd.__version__}, Python {platform.python_version()},"
    yield f"{os.cpu_count()} processors, SQLite:"
    yield f"{outcome.deliveries:,} deliveries, {len(KINDS)} channels, {outcome.kills} kills, {outcome.seconds:.0f} s."
    yield f"{sent:,} messages sent; {instead:,} of them, refused by their channel, through its fallback."
    yield ""
    repeated = sum(account.repeated for account in outcome.accounts.values())
    yield f"- lost: {outcome.total('lost')}"
    yield f"- overtaken by a later message of their story: {outcome.total('overtaken')}"
    yield f"- repeated: {repeated}, of these without saying so: {outcome.total('unmarked')}"
    yield ""
    yield "A message is late when it arrives at a later virtual time than its event has. Virtual time stands still"
    yield "while anything can be delivered. A wave is one event of every story at once; real seconds include the kills."
    yield ""
    yield "| channel | repeated | latest, virtual seconds after its event | longest wave, real seconds |"
    yield "|---|---:|---:|---:|"
    for name, account in outcome.accounts.items():
        yield f"| {name} | {account.repeated} | {account.late:,.0f} | {account.longest_wave:.1f} |"


def main() -> int:
    """Run the trial and print its figures. The exit status tells whether any promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=125, help="of four events each (default 125)")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--longest", type=float, default=8.0, help="seconds that a killed process lives at most")
    parser.add_argument("--slowness", type=float, default=0.2, help="seconds that the slow channel takes for a message")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="deliveries-") as folder:
        trial = Trial(Path(folder), chosen.stories, chosen.slowness)
        outcome = run(trial, chosen.kills, random.Random(chosen.seed), chosen.longest)
    print("\n".join(report(outcome)))
    return 1 if any(map(outcome.total, ("lost", "overtaken", "unmarked"))) else 0


if __name__ == "__main__":
    sys.exit(main())
