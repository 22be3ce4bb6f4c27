"""The catalogue and how each source is: state, last good poll, records, newest change, confidence, next poll.

Without a configuration the whole catalogue is listed.

advisoryd sources                         all that are watched
advisoryd sources uk-fcdo                 one, with what was noticed about it
advisoryd sources probe uk-fcdo           ask it now: what is read, and what would be decided; nothing is stored
advisoryd sources capture uk-fcdo FILE    keep what it answers now, without keys, for a bug report or a replay
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, MISUSED, Stop, config_path, load_config, with_config, with_json

if TYPE_CHECKING:
    from advisoryd.model.config import Config
    from advisoryd.model.source import Source
    from advisoryd.store.states import SourceState

FEW_PAGES = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to list, or to look at."""
    with_config(parser)
    with_json(parser)
    parser.add_argument("what", nargs="*", metavar="ID", help="one source; or probe ID; or capture ID FILE")
    parser.add_argument("--catalogue", action="store_true", help="the whole catalogue, watched or not")
    parser.add_argument(
        "--pages", type=int, default=FEW_PAGES, metavar="N", help="probe and capture: so many pages of an index"
    )


def run(chosen: argparse.Namespace) -> int:
    """List the sources, or look at one."""
    config = load_config(chosen.config) if _is_configured(chosen) else None
    match chosen.what:
        case []:
            return _all(config, chosen.json)
        case ["probe", name]:
            from advisoryd.cli import probing

            return probing.show(*_chosen(name, config), chosen)
        case ["capture", name, file]:
            from advisoryd.cli import probing

            return probing.capture(*_chosen(name, config), Path(file), chosen)
        case [name] if name not in ("probe", "capture"):
            return _one(_source(name, config), config, chosen.json)
        case _:
            raise Stop("say 'sources', 'sources ID', 'sources probe ID' or 'sources capture ID FILE'", MISUSED)


def _is_configured(chosen: argparse.Namespace) -> bool:
    return chosen.config is not None or (config_path(None).is_file() and not chosen.catalogue)


def _all(config: Config | None, as_json: bool) -> int:
    from advisoryd.sources import catalogue

    watched = {source.id: source for source in config.sources} if config else catalogue.entries()
    states = _states(config)
    if as_json:
        from advisoryd.cli.out import print_json

        print_json([_as_json(source, states.get(source.id)) for source in watched.values()])
    else:
        _table(watched, states)
    return DONE


def _source(name: str, config: Config | None) -> Source:
    """A source as the configuration has it, as the catalogue does, or as another distribution brings it."""
    from advisoryd.sources import catalogue

    watched = {source.id: source for source in config.sources} if config else {}
    source = watched.get(name) or catalogue.entries().get(name) or catalogue.plugins().get(name)
    if source is None:
        raise Stop(f"there is no source {name!r}; see 'advisoryd sources --catalogue'")
    return source


def _chosen(name: str, config: Config | None) -> tuple[Source, Config]:
    """A source to look at, and how: by the configuration, or by what holds without one."""
    from advisoryd.model.config import Config as Defaults

    source = _source(name, config)
    return source, config or Defaults(state_dir="/var/lib/advisoryd", sources=(source,))


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
    from advisoryd.cli.out import print_table, say
    from advisoryd.sources import catalogue

    now = datetime.now(UTC)
    header = ("source", "issuer", "kind", "state", "last good", "records", "newest change", "confidence", "next poll")
    print_table(header, [_row(source, states.get(source.id), now) for source in watched.values()])
    idle = {name: catalogue.idle(source) for name, source in watched.items()}
    say(*(f"{name} is off: it {why}" for name, why in idle.items() if why))


def _row(source: Source, state: SourceState | None, now: datetime) -> tuple[object, ...]:
    from advisoryd.cli.out import ago, span
    from advisoryd.sources import catalogue

    start = (source.id, source.issuer, source.kind)
    confidence = f"{source.confidence} {source.evidence}".strip()
    if catalogue.idle(source):
        return (*start, "off", "", "", "", confidence, "")
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
    from advisoryd.sources import catalogue

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
        "idle": catalogue.idle(source),
        "state": state,
    }


def _one(source: Source, config: Config | None, as_json: bool) -> int:
    from advisoryd.cli.out import print_json, say
    from advisoryd.sources import catalogue

    state, noticed = _states(config).get(source.id), _noticed(source.id, config)
    if as_json:
        print_json([{**_as_json(source, state), "findings": noticed}])
        return DONE
    say(
        f"{source.id}: {source.name}{f' ({source.issuer})' if source.issuer else ''}, {source.kind}",
        f"  {source.homepage}",
        f"  polled every {source.every}; {source.cost or 'cost not stated'}",
        f"  shape {source.confidence}, newest evidence {source.evidence or 'unknown'}",
        f"  licence: {source.licence or 'not established'}; attribution: {source.attribution}",
    )
    if idle := catalogue.idle(source):
        say(f"  off: it {idle}")
    elif state is not None:
        condition = state.condition
        said = f"  {condition.health}; last good poll {condition.last_good or 'never'}; {condition.cause}"
        say(said.rstrip("; "))
    say(*(f"  noticed {seen}: {kind}: {detail}" for kind, detail, seen in noticed))
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
