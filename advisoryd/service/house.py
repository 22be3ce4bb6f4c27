"""The wiring: from a proven configuration to the parts that run on it. Only here concrete classes meet."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from advisoryd.model.config import ChannelSpec, Config
from advisoryd.model.reading import Reader
from advisoryd.model.secret import Secret
from advisoryd.model.source import Source
from advisoryd.service.ask import Fetcher
from advisoryd.service.poll import Poller
from advisoryd.store import steady
from advisoryd.store.engine import Store, open_store

if TYPE_CHECKING:
    from advisoryd.fetch.client import Client
    from advisoryd.model.message import Channel, Post
    from advisoryd.service.deliver import Courier
    from advisoryd.service.housekeeping import Housekeeper


@dataclass(frozen=True, slots=True)
class House:
    """A configuration and an open database. ``desk`` is the one thread that reads and writes; without it (``once``,
    the replay) the caller's thread does."""

    config: Config
    store: Store
    desk: Executor | None = None
    chance: Callable[[], float] = random.random

    @property
    def state_dir(self) -> Path:
        """Where state is kept."""
        return Path(self.config.state_dir)

    def poller(self, fetcher: Fetcher, reader: Callable[[Source], Reader] | None = None) -> Poller:
        """Polls the configured sources with ``fetcher``, each read by its catalogue reader or by ``reader``'s."""
        readers: dict[str, Reader] = {}

        def remembered(source: Source) -> Reader:
            if source.id not in readers:
                readers[source.id] = (reader or reader_for)(source)
            return readers[source.id]

        return Poller(self.config, self.store, fetcher, remembered, self.chance, self.desk)

    def housekeeper(self) -> Housekeeper:
        """Does what time brings."""
        from advisoryd.service.housekeeping import Housekeeper

        return Housekeeper(self.config, self.store, reader_for)

    def couriers(self, client: Client, channels: dict[str, Channel] | None = None) -> dict[str, Courier]:
        """One courier for each channel; ``channels`` replaces the configured ones."""
        from advisoryd.service.deliver import couriers

        built = (
            channels
            if channels is not None
            else {spec.name: build(spec, client, self.config) for spec in self.config.channels}
        )
        return couriers(self.config, self.store, built, self.desk, self.chance)

    def register(self, now: datetime) -> None:
        """Make sure that every configured source has its row."""
        ids = {source.id for source in self.config.sources}
        with self.store.plain() as plain:
            fresh = ids - steady.known(plain)
        if fresh:
            from advisoryd.store import sources

            with self.store.begin() as tx:
                sources.sync(tx, fresh, now)


def reader_for(source: Source) -> Reader:
    """The reader of a source, imported when it is first needed."""
    from advisoryd.sources import catalogue

    return catalogue.reader_for(source)


def build(spec: ChannelSpec, client: Client, config: Config) -> Channel:
    """The channel that ``spec`` describes."""
    from advisoryd import channels

    return channels.build_channel(spec, _post(spec, client, config), Path(config.state_dir))


def _post(spec: ChannelSpec, client: Client, config: Config) -> Post:
    """How the channel talks HTTP; one whose receiver lives in a private network gets a client that may go there."""
    from advisoryd import channels

    if not channels.allows_private(spec):
        return client.post
    anywhere = replace(config.http, allow_networks=("0.0.0.0/0", "::/0"))
    return type(client)(anywhere).post


def database_of(config: Config) -> str:
    """The database as :func:`~advisoryd.store.engine.open_store` wants it."""
    return config.database.reveal() if isinstance(config.database, Secret) else config.database


@contextmanager
def open_house(config: Config, *, create: bool = True, desk: Executor | None = None) -> Iterator[House]:
    """Open the database of a configuration. Raises :class:`~advisoryd.store.engine.StoreError`."""
    store = open_store(database_of(config), Path(config.state_dir), create=create)
    try:
        yield House(config, store, desk)
    finally:
        store.close()
