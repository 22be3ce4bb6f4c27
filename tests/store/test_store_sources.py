"""Sources between two polls: when they are due and how they are."""

from __future__ import annotations

from advisoryd.decide.health import Condition
from advisoryd.model.standing import Health
from advisoryd.store import sources
from advisoryd.store.engine import Tx
from advisoryd.store.states import SourceState

from .samples import DAY, HOUR, NOON


def test_a_new_source_is_due_at_once(tx: Tx) -> None:
    sources.sync(tx, ["us-state"], NOON)
    assert sources.states(tx) == {"us-state": SourceState("us-state", Condition(), NOON)}
    assert sources.states(tx)["us-state"].condition.health is Health.NEW


def test_a_known_source_is_left_as_it_is(tx: Tx) -> None:
    kept = SourceState("us-state", Condition(Health.BROKEN, 7, NOON, NOON, "404"), NOON + DAY, baseline_at=NOON)
    sources.save(tx, kept)
    sources.sync(tx, ["us-state", "uk-fcdo", "uk-fcdo"], NOON + HOUR)
    assert sources.states(tx)["us-state"] == kept
    assert set(sources.states(tx)) == {"us-state", "uk-fcdo"}


def test_a_baseline_is_told_once(tx: Tx) -> None:
    sources.sync(tx, ["us-state", "uk-fcdo"], NOON)
    sources.announce(tx, ["us-state"])
    sources.announce(tx, [])
    assert {name: state.announced for name, state in sources.states(tx).items()} == {
        "us-state": True,
        "uk-fcdo": False,
    }


def test_every_source_can_be_made_due_and_none_is_put_off(tx: Tx) -> None:
    sources.sync(tx, ["soon"], NOON)
    sources.sync(tx, ["late"], NOON + DAY)
    sources.make_due(tx, NOON + HOUR)
    assert {name: state.next_poll for name, state in sources.states(tx).items()} == {
        "soon": NOON,
        "late": NOON + HOUR,
    }
