"""The catalogue and how each source is: state, last good poll, records, newest change, confidence, next poll.

Without a configuration the whole catalogue is listed.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, Stop, config_path, load_config, with_config, with_json

if TYPE_CHECKING:
    from advisoryd.model.config import Config
    from advisoryd.model.source import Source
    from advisoryd.store.states import SourceState


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to list."""
    with_config(parser)
    with_json(parser)
    parser.add_argument("id", nargs="?", help="one source, with what was noticed about it")
    parser.add_argument("--catalogue", action="store_true", help="the whole catalogue, watched or not")


def run(chosen: argparse.Namespace) -> int:
    """List the sources."""
    from advisoryd.sources import catalogue

    config = load_config(chosen.config) if config_path(chosen.config).is_file() and not chosen.catalogue else None
    watched = {source.id: source for source in config.sources} if config else catalogue.entries()
    states = _states(config)
    if chosen.id:
        return _one(chosen.id, {**catalogue.entries(), **watched}, states, config, chosen.json)
    if chosen.json:
        from advisoryd.cli.out import print_json

        print_json([_as_json(source, states.get(source.id)) for source in watched.values()])
    else:
        _table(watched, states)
    return DONE


def _states(config: Config | None) -> dict[str, SourceState]:
    from advisoryd.service.house import open_house
    from advisoryd.store import sources
    from advisoryd.store.engine import StoreError

    if config is None:
        return {}
    try:
        with open_house(config, create=False) as house, house.store.reading() as tx:
            return sources.states(tx)
    except StoreError:
        return {}


def _table(watched: Mapping[str, Source], states: Mapping[str, SourceState]) -> None:
    from advisoryd.cli.out import print_table

    now = datetime.now(UTC)
    header = ("source", "issuer", "kind", "state", "last good", "records", "newest change", "confidence", "next poll")
    print_table(header, [_row(source, states.get(source.id), now) for source in watched.values()])


def _row(source: Source, state: SourceState | None, now: datetime) -> tuple[object, ...]:
    from advisoryd.cli.out import ago, span

    start = (source.id, source.issuer, source.kind)
    confidence = f"{source.confidence} {source.evidence}".strip()
    if state is None:
        return (*start, "not watched", "", "", "", confidence, "")
    condition = state.condition
    due = (state.next_poll - now).total_seconds()
    newest = ago(state.newest, now) if state.newest else ""
    return (
        *start,
        condition.health,
        ago(condition.last_good, now),
        state.records or "",
        newest,
        confidence,
        f"in {span(due)}" if due > 0 else "due",
    )


def _as_json(source: Source, state: SourceState | None) -> dict[str, object]:
    return {
        "id": source.id,
        "issuer": source.issuer,
        "name": source.name,
        "kind": source.kind,
        "confidence": source.confidence,
        "evidence": source.evidence,
        "licence": source.licence,
        "attribution": source.attribution,
        "every_seconds": source.every.total_seconds(),
        "cost": source.cost,
        "state": state,
    }


def _one(
    name: str, known: Mapping[str, Source], states: Mapping[str, SourceState], config: Config | None, as_json: bool
) -> int:
    if name not in known:
        raise Stop(f"there is no source {name!r}; see 'advisoryd sources --catalogue'")
    source, state = known[name], states.get(name)
    noticed = _noticed(name, config)
    if as_json:
        from advisoryd.cli.out import print_json

        print_json([{**_as_json(source, state), "findings": noticed}])
        return DONE
    print(f"{source.id}: {source.name} ({source.issuer}), {source.kind}")
    print(f"  {source.homepage}")
    print(f"  polled every {source.every}; {source.cost or 'cost not stated'}")
    print(f"  shape {source.confidence}, newest evidence {source.evidence or 'unknown'}")
    print(f"  licence: {source.licence or 'not established'}; attribution: {source.attribution}")
    if state is not None:
        condition = state.condition
        print(f"  {condition.health}; last good poll {condition.last_good or 'never'}; {condition.cause}".rstrip("; "))
    for kind, detail, seen in noticed:
        print(f"  noticed {seen}: {kind}: {detail}")
    return DONE


def _noticed(name: str, config: Config | None) -> list[tuple[str, str, str]]:
    from advisoryd.service.house import open_house
    from advisoryd.store import findings
    from advisoryd.store.engine import StoreError

    if config is None:
        return []
    try:
        with open_house(config, create=False) as house, house.store.reading() as tx:
            return [(kind, detail, seen.isoformat()) for kind, detail, seen, _ in findings.of_source(tx, name)]
    except StoreError:
        return []
