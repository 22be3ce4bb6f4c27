"""From the files to a :class:`~advisoryd.model.config.Config`, or to the list of all problems."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from advisoryd.model.config import Config, Http, Operator, Thresholds
from advisoryd.model.secret import Secret, plain
from advisoryd.settings import secrets, shape, words
from advisoryd.settings.channels import build_channels
from advisoryd.settings.collect import Collector
from advisoryd.settings.environment import overlay
from advisoryd.settings.exposed import check_exposed, holds_password
from advisoryd.settings.files import read_document
from advisoryd.settings.parts import Parts, read_parts
from advisoryd.settings.problem import ConfigError
from advisoryd.settings.sources import build_sources, check_networks, check_proxy
from advisoryd.settings.subscriptions import build_subscriptions, check_channels, check_locale
from advisoryd.settings.watch import with_watched
from advisoryd.settings.web import build_web


def build(path: Path, environment: Mapping[str, str]) -> Config:
    """The proven configuration. Raises :class:`ConfigError`."""
    collector = Collector(read_document(path))
    collector.problems += overlay(collector.document, environment)
    parts = read_parts(collector)
    config = _config(parts, collector, path.absolute().parent, environment)
    check_exposed(collector)
    if collector.problems:
        raise ConfigError(collector.problems)
    return config


def _config(parts: Parts, collector: Collector, base: Path, environment: Mapping[str, str]) -> Config:
    tables = parts.sections
    sources = build_sources(parts, collector, base)
    subscriptions = build_subscriptions(parts, sources, collector)
    return Config(
        state_dir=_state_dir(tables.daemon, collector, base),
        database=_database(tables.daemon, collector, base),
        locale=_locale(tables.daemon, collector),
        zone=tables.daemon.timezone,
        http=_http(tables.http, collector),
        thresholds=Thresholds(**dict(tables.limits)),
        sources=with_watched(sources, subscriptions),
        channels=build_channels(parts.channels, collector, base, environment),
        subscriptions=subscriptions,
        operator=_operator(tables.operator, collector, base),
        web=build_web(tables.web, collector, base, environment),
        keep_payloads=tables.retention.payloads,
        keep_items=tables.retention.items,
        baseline_summary=tables.daemon.baseline_summary,
    )


def _state_dir(daemon: shape.Daemon, collector: Collector, base: Path) -> str:
    folder = base / collector.attempt(("daemon", "state_dir"), partial(words.path, daemon.state_dir), "")
    if folder.exists() and not folder.is_dir():
        collector.add(("daemon", "state_dir"), "must be a folder, and is a file")
    return str(folder.resolve())


def _database(daemon: shape.Daemon, collector: Collector, base: Path) -> str | Secret:
    if daemon.database_file:
        return _database_file(daemon, collector, base)
    if "://" not in daemon.database:
        path = collector.attempt(("daemon", "database"), partial(words.path, daemon.database), "")
        return path if path == "sqlite" else str((base / path).resolve())
    if not daemon.database.startswith(("postgresql://", "postgresql+psycopg://", "postgres://", "sqlite://")):
        collector.add(("daemon", "database"), 'must be "sqlite", the path of a file, or a postgresql:// URL')
    return plain(daemon.database) if holds_password(daemon.database) else daemon.database


def _database_file(daemon: shape.Daemon, collector: Collector, base: Path) -> Secret:
    path = ("daemon", "database_file")
    if "database" in daemon.model_fields_set:
        collector.add(path, "is given beside database; keep one of them")
    secret = secrets.from_file(daemon.database_file, base)
    if trouble := secrets.unreadable(secret, {}):
        collector.add(path, trouble)
    return secret


def _locale(daemon: shape.Daemon, collector: Collector) -> str:
    check_locale(daemon.locale, ("daemon", "locale"), collector)
    return daemon.locale


def _http(part: shape.HttpPart, collector: Collector) -> Http:
    check_networks(part.allow_networks, ("http", "allow_networks"), collector)
    check_proxy(part.proxy, ("http", "proxy"), collector)
    return Http(
        contact=part.contact,
        proxy=part.proxy,
        allow_networks=tuple(part.allow_networks),
        total_timeout=part.timeout.total_seconds(),
        max_body_bytes=part.max_body,
        max_wire_bytes=part.max_body,
        per_host=part.per_host,
        in_flight=part.in_flight,
    )


def _operator(part: shape.OperatorPart, collector: Collector, base: Path) -> Operator:
    if part.channels:
        check_channels(part.channels, ("operator", "channels"), collector)
    return Operator(
        channels=tuple(dict.fromkeys(part.channels)),
        heartbeat_url=_heartbeat(part, collector, base),
        heartbeat_every=part.heartbeat_every,
        remind_every=part.remind_every,
    )


def _heartbeat(part: shape.OperatorPart, collector: Collector, base: Path) -> Secret | None:
    path = ("operator", "heartbeat_url_file" if part.heartbeat_url_file else "heartbeat_url")
    if part.heartbeat_url and part.heartbeat_url_file:
        collector.add(path, "is given beside heartbeat_url; keep one of them")
    secret = secrets.choose(part.heartbeat_url, part.heartbeat_url_file, "", base, {})
    if secret is None:
        return None
    if trouble := secrets.unreadable(secret, {}):
        collector.add(path, trouble)
    else:
        collector.attempt(path, lambda: words.web_address(secret.reveal()), "")
    return secret
