"""The form in which a proven configuration is kept: JSON, with every secret as the place where it is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

from advisoryd import codec
from advisoryd.model.config import Config
from advisoryd.model.secret import Secret
from advisoryd.settings.secrets import referred

_MARK = "secret"
"""The only key of the table that stands for a secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bare(Config):
    """A configuration whose database is plain: codec cannot read what may be either text or a secret."""

    database: str = "sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A configuration under its key. ``database`` stands beside it when it is a secret. ``stamps`` are the times and
    sizes of the secrets' files when they were proven to be readable."""

    key: str
    bare: _Bare
    database: Secret | None = None
    stamps: Mapping[str, str] = field(default_factory=dict)

    @property
    def config(self) -> Config:
        """The whole configuration."""
        return Config(**_values(self.bare) | {"database": self.database or self.bare.database})

    @property
    def fresh(self) -> bool:
        """Whether the secrets' files are as they were. Raises :class:`OSError` when one has gone."""
        return self.stamps == _stamps(self.stamps)


def kept(config: Config, key: str) -> Kept:
    """The kept form. Raises :class:`OSError` when the file of a secret has gone."""
    database = config.database if isinstance(config.database, Secret) else None
    bare = _Bare(**_values(config) | {"database": "" if database else config.database})
    files = [origin.removeprefix("file ") for origin in _origins(config) if origin.startswith("file ")]
    return Kept(key=key, bare=bare, database=database, stamps=_stamps(files))


def write(form: Kept) -> bytes:
    """The bytes of ``form``. Raises :class:`ValueError` for a secret that is kept nowhere but in the configuration,
    :class:`TypeError` for a value that JSON does not have."""
    return codec.dumps(form, _encoded)


def read(body: bytes, environment: Mapping[str, str]) -> Kept:
    """What :func:`write` wrote. Raises :class:`~advisoryd.codec.Malformed`."""
    return codec.loads(body, Kept, partial(_decoded, environment=environment))


def _stamps(files: Iterable[str]) -> dict[str, str]:
    statuses = {file: Path(file).stat() for file in files}
    return {file: f"{status.st_mtime_ns} {status.st_size}" for file, status in statuses.items()}


def _values(config: Config) -> dict[str, Any]:
    return {one.name: getattr(config, one.name) for one in fields(Config)}


def _origins(config: Config) -> Iterator[str]:
    held: list[object] = [config.database, config.operator.heartbeat_url, config.web and config.web.secret]
    for channel in config.channels:
        held += [channel.url, *channel.secrets.values()]
    for source in config.sources:
        held += source.options.values()
    return (secret.origin for secret in held if isinstance(secret, Secret))


def _encoded(value: object) -> dict[str, str]:
    if not isinstance(value, Secret):
        raise TypeError(f"a {type(value).__name__} cannot be kept")
    referred(value.origin, {})
    return {_MARK: value.origin}


def _decoded(kind: type, value: object, environment: Mapping[str, str]) -> object:
    """A secret from the table that stands for it; among the options of a source anything else stays as it is."""
    if isinstance(value, dict) and value.keys() == {_MARK}:
        return referred(str(value[_MARK]), environment)
    if kind is Secret:
        raise ValueError("a secret must stand as the place where it is found")
    return value
