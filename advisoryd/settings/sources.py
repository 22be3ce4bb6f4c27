"""The sources a configuration asks for: from the catalogue, with one's own values, and one's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from advisoryd import places
from advisoryd.model.secret import plain
from advisoryd.model.source import Source, SourceKind
from advisoryd.settings import secrets, shape, words
from advisoryd.settings.collect import Collector
from advisoryd.settings.lines import KeyPath
from advisoryd.settings.parts import Parts, Placed
from advisoryd.settings.words import near

READERS = {"feed": "feed", "table": "table", "json": "json_list"}
FASTEST = timedelta(minutes=1)
ARTICLES_EVERY = timedelta(days=365)
"""The only pages that one's own sources follow are articles, which are read once."""

_NAMED = re.compile(r'the option "(\w+)"')


def build_sources(parts: Parts, collector: Collector, base: Path) -> tuple[Source, ...]:
    """Every source to watch."""
    chosen = _from_catalogue(parts.sections.sources, collector, base)
    own = tuple((path, _own(part, path, collector)) for path, part in parts.sources)
    _unique(chosen, own, collector)
    if not chosen and not own and not collector.spoilt("sources", "source"):
        collector.add(("sources", "enable"), "names no source, and there is no [[source]]: nothing would be watched")
    return (*chosen, *(source for _, source in own))


def _from_catalogue(part: shape.Sources, collector: Collector, base: Path) -> list[Source]:
    entries = collector.attempt(("sources", "enable"), partial(_entries, part), dict[str, Source]())
    overrides = part.__pydantic_extra__ or {}
    for name in overrides:
        if entries and name not in entries:
            collector.add(("sources", name), f"is not in the catalogue{near(name, entries)}; see 'advisoryd sources'")
    unwanted = _select(part.disable, "disable", entries, collector)
    return [
        _overridden(entries[name], overrides[name], collector, base) if name in overrides else entries[name]
        for name in _select(part.enable, "enable", entries, collector)
        if name not in unwanted
    ]


def _entries(part: shape.Sources) -> dict[str, Source]:
    """The catalogue; with what other distributions bring when everything, or something it does not know, is asked for.

    Raises :class:`ValueError` when one of them cannot be used.
    """
    asked = [*part.enable, *part.disable, *(part.__pydantic_extra__ or {})]
    if not asked:
        return {}
    from advisoryd.sources import catalogue

    entries = catalogue.entries()
    if "*" in asked or catalogue.select(asked, entries).unknown:
        entries |= catalogue.plugins()
    return entries


def _select(asked: Sequence[str], key: str, entries: Mapping[str, Source], collector: Collector) -> Sequence[str]:
    if not asked or not entries:
        return ()
    from advisoryd.sources import catalogue

    for position, word in enumerate(asked):
        if catalogue.select([word], entries).unknown:
            close = near(word, [*entries, *(tag for source in entries.values() for tag in source.tags)])
            sentence = f"is neither a catalogue id nor a tag in use{close}; see 'advisoryd sources --catalogue'"
            collector.add(("sources", key, position), sentence)
    return catalogue.select(asked, entries).ids


def _overridden(source: Source, own: shape.SourceOverride, collector: Collector, base: Path) -> Source:
    path: KeyPath = ("sources", source.id)
    _manners(own, path, collector)
    changed = replace(
        source,
        every=own.every or source.every,
        detail_every=own.detail_every or source.detail_every,
        spacing=source.spacing if own.spacing is None else own.spacing,
        headers=tuple({**dict(source.headers), **own.headers}.items()),
        proxy=own.proxy or source.proxy,
        allow_networks=(*source.allow_networks, *own.allow_networks),
        options={**source.options, **_options(own, path, collector, base)},
    )
    if own.options or own.secrets_file:
        _accepted(changed, path, collector)
    return changed


def _options(own: shape.SourceOverride, path: KeyPath, collector: Collector, base: Path) -> dict[str, object]:
    """Options of a reader. Those that are secrets cannot print themselves, and the reader reveals them at each use."""
    options: dict[str, object] = {
        name: plain(value) if secrets.is_secret_name(name) and isinstance(value, str) else value
        for name, value in own.options.items()
    }
    for name, file in own.secrets_file.items():
        if name in options:
            collector.add((*path, "secrets_file", name), "is given in options too; keep one of the two")
        secret = options[name] = secrets.from_file(file, base)
        if trouble := secrets.unreadable(secret, {}):
            collector.add((*path, "secrets_file", name), trouble)
    return options


def _own(part: shape.OwnSource, path: KeyPath, collector: Collector) -> Source:
    _manners(part, path, collector)
    collector.attempt((*path, "url"), partial(words.web_address, part.url), "")
    source = Source(
        id=part.id,
        issuer=_issuer(part, path, collector),
        name=part.name or part.id,
        reader=READERS[part.type],
        kind=SourceKind(part.role),
        track=part.track or part.id,
        language=part.language,
        homepage=part.url,
        every=part.every,
        detail_every=ARTICLES_EVERY,
        spacing=part.spacing,
        tags=tuple(part.tags),
        headers=tuple(part.headers.items()),
        proxy=part.proxy,
        allow_networks=tuple(part.allow_networks),
        destination=_destination(part, path, collector),
        options={**part.options, "url": part.url},
    )
    _accepted(source, path, collector)
    return source


def _issuer(part: shape.OwnSource, path: KeyPath, collector: Collector) -> str:
    if part.issuer:
        return collector.attempt((*path, "issuer"), partial(words.issuer, part.issuer), "")
    if part.role == "official":
        collector.add((*path, "issuer"), 'is required for an official source: who speaks, such as "CN"')
    return ""


def _destination(part: shape.OwnSource, path: KeyPath, collector: Collector) -> str:
    found = places.resolve(part.destination) if part.destination else None
    if found is not None and not found.place:
        collector.add((*path, "destination"), 'must be a place such as "JP"; leave it out where entries name places')
    return found.place if found else ""


def _accepted(source: Source, path: KeyPath, collector: Collector) -> None:
    """What the reader says about its options; its sentences quote the one they mean. The address has been looked at."""
    from advisoryd.sources import catalogue

    for sentence in catalogue.check_options(source):
        named = _NAMED.search(sentence)
        option = (named[1],) if named else ()
        if option != ("url",) or "url" not in source.options:
            where = "secrets_file" if collector.document.value((*path, "secrets_file", *option)) else "options"
            collector.add((*path, where, *option), sentence.removeprefix(f'Source "{source.id}": '))


def _manners(part: shape.SourceOverride | shape.OwnSource, path: KeyPath, collector: Collector) -> None:
    """What every source may say about how it is asked."""
    if part.every is not None and part.every < FASTEST:
        collector.add((*path, "every"), "must be at least 1m, out of politeness to the server")
    check_networks(part.allow_networks, (*path, "allow_networks"), collector)
    check_proxy(part.proxy, (*path, "proxy"), collector)
    for name, value in part.headers.items():
        if not re.fullmatch(r"[A-Za-z0-9-]+", name) or not value.isprintable():
            collector.add((*path, "headers", name), "must be a header: a name of letters and dashes, one line of text")


def check_networks(networks: Iterable[str], path: KeyPath, collector: Collector) -> None:
    """Each must be a network in CIDR form."""
    for position, network in enumerate(networks):
        collector.attempt((*path, position), partial(words.network, network), "")


def check_proxy(proxy: str, path: KeyPath, collector: Collector) -> None:
    """It must be an address of a kind that the client can go through."""
    if proxy:
        collector.attempt(path, partial(words.proxy, proxy), "")


def _unique(chosen: Sequence[Source], own: Placed[Source], collector: Collector) -> None:
    """One's own sources must not have the name, or stand on the ladder, of another one."""
    ids = {source.id for source in chosen}
    tracks = {(source.issuer, source.track): source.id for source in chosen if source.kind is not SourceKind.NEWS}
    for path, source in own:
        if source.id in ids:
            collector.add((*path, "id"), "is the id of another source too; give it another one")
        ids.add(source.id)
        if source.kind is SourceKind.NEWS or not source.issuer:
            continue
        other = tracks.setdefault((source.issuer, source.track), source.id)
        if other != source.id:
            sentence = f"is that of {other}, which speaks for the same issuer; leave it out, or give it another one"
            collector.add((*path, "track"), sentence)
