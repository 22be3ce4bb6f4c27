"""What a poll that finds nothing new leaves behind: ``python -m benchmarks.growth``.

One process reads every feed of a farm for the first time and then polls all of them again and again, as the daemon
does, while nothing changes. Printed are the rows that a poll writes, the rows that all tables hold, the bytes of the
database and its log, and the memory of the process, after the first and after the last of these rounds. It fails when
rows or database have grown.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import prod
from pathlib import Path

from advisoryd.fetch.client import Client
from advisoryd.service.house import House, open_house
from advisoryd.service.rounds import Rounds
from advisoryd.settings import load
from advisoryd.store.schema import metadata
from benchmarks import contenders
from benchmarks.measure import circumstances, farm

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class State:
    """What is there after a round: rows in all tables, bytes of the database (what its pages come to, wherever they
    are yet), of the file of its log, and of memory; ``written`` are the rows changed by plain statements since the
    process began."""

    round: int
    rows: int
    database: int
    log: int
    memory: int
    written: int


def state(house: House, number: int) -> State:
    """After this round."""
    with house.store.reading() as tx:
        rows = sum(tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in metadata.tables)
    with house.store.plain() as plain:
        assert isinstance(plain, sqlite3.Connection)
        written = plain.total_changes
        sizes = (plain.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size"))
        database = prod(sizes)
    log = Path(f"{house.store.file}-wal").stat().st_size
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return State(number, rows, database, log, pages * os.sysconf("SC_PAGE_SIZE"), written)


async def rounds(house: House, number: int) -> list[State]:
    """The first sight of every feed, then ``number`` rounds an hour apart in which nothing has changed."""
    now = datetime.now(UTC)
    house.register(now)
    states = []
    async with Client(house.config.http) as client:
        ours = Rounds(house.config, house.store, house.poller(client))
        await ours.run(now)
        for done in range(1, number + 1):
            polled = await ours.run(now + done * timedelta(hours=1))
            if len(polled) != len(house.config.sources) or not all(found.unchanged for found in polled):
                raise SystemExit(f"round {done}: {len(polled)} sources polled, and not all were unchanged")
            states.append(state(house, done))
    return states


def lines(states: Sequence[State], feeds: int) -> Iterator[str]:
    """The table."""
    first, last = states[0], states[-1]
    yield "| after round | rows in all tables | database MB | log MB | resident MB |"
    yield "|---|---|---|---|---|"
    for one in (first, states[len(states) // 2], last):
        sizes = " | ".join(f"{size / MEGABYTE:.1f}" for size in (one.database, one.log, one.memory))
        yield f"| {one.round} | {one.rows} | {sizes} |"
    polls = feeds * (last.round - first.round)
    yield f"\nRows written by an unchanged poll: {(last.written - first.written) / polls:.2f}"


def main() -> None:
    """Poll, print, and fail when something grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--write", type=Path, help="write the table to this file")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, farm(chosen.feeds, 30) as running:
        contenders.ours().prepare(Path(folder), running.urls(chosen.feeds))
        with open_house(load(Path(folder) / "advisoryd.toml")) as house:
            states = asyncio.run(rounds(house, chosen.rounds))
    text = "\n".join(lines(states, chosen.feeds)) + "\n"
    print(text)
    if chosen.write:
        title = f"# {chosen.rounds} rounds over {chosen.feeds} feeds in which nothing changed, in one process\n\n"
        chosen.write.write_text(f"{title}{circumstances()}.\n\n{text}")
    first, last = states[0], states[-1]
    if (last.rows, last.database) != (first.rows, first.database):
        raise SystemExit("the database has grown")


if __name__ == "__main__":
    main()
