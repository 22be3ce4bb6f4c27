"""One daemon per PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisoryd.store import sources
from advisoryd.store.engine import Store, StoreError, open_store
from advisoryd.store.guard import hold_server_lock

from .databases import Server, opened
from .samples import NOON


@pytest.fixture
def other(postgres_store: Store, postgres: Server, tmp_path: Path) -> Store:
    """The same database, opened by a second process."""
    address = str(postgres_store.engine.url.render_as_string(hide_password=False))
    return opened(address, tmp_path)


def test_a_second_holder_is_refused(postgres_store: Store, other: Store) -> None:
    with hold_server_lock(postgres_store):
        with pytest.raises(StoreError) as told, hold_server_lock(other):
            pass
        assert str(told.value) == f"another advisoryd already works on {postgres_store.name}"
    other.close()


def test_the_holder_and_those_who_only_look_work_on(postgres_store: Store, other: Store) -> None:
    with hold_server_lock(postgres_store):
        with postgres_store.begin() as tx:
            sources.sync(tx, ["us-state"], NOON)
        with other.reading() as tx:
            assert list(sources.states(tx)) == ["us-state"]
    other.close()


def test_the_lock_ends_with_its_holder(postgres_store: Store, other: Store) -> None:
    with hold_server_lock(postgres_store):
        pass
    with hold_server_lock(other):
        pass
    other.close()


def test_a_holder_that_fails_lets_go(postgres_store: Store, other: Store) -> None:
    with pytest.raises(RuntimeError), hold_server_lock(postgres_store):
        raise RuntimeError
    with hold_server_lock(other):
        pass
    other.close()


def test_another_database_of_the_server_is_free(postgres_store: Store, postgres: Server, tmp_path: Path) -> None:
    elsewhere = open_store(postgres.create("migrated"), tmp_path)
    with hold_server_lock(postgres_store), hold_server_lock(elsewhere):
        pass
    elsewhere.close()


def test_a_server_that_went_away_is_named(postgres: Server, tmp_path: Path) -> None:
    address = postgres.create("migrated")
    store = open_store(address, tmp_path)
    store.close()
    postgres.run(f"DROP DATABASE {store.engine.url.database}")
    with pytest.raises(StoreError, match="does not exist") as told, hold_server_lock(store):
        pass
    assert str(told.value).startswith(f"cannot use the database {store.name}: ")
