"""The channels of a configuration, each proven to load."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from advisoryd.model.config import ChannelSpec
from advisoryd.model.secret import Secret, plain
from advisoryd.settings import secrets, shape, words
from advisoryd.settings.collect import Collector
from advisoryd.settings.lines import KeyPath
from advisoryd.settings.parts import Placed
from advisoryd.settings.words import near, near_or_all

_PATHS = frozenset({"ca_file", "templates"})
"""Options that are paths, relative ones beside the configuration."""

_ELSEWHERE = ("_file", "_credential")
_NAMED = re.compile(r"'(\w+)'|\bThe (url)\b")


def build_channels(
    parts: Placed[shape.ChannelPart], collector: Collector, base: Path, environment: Mapping[str, str]
) -> tuple[ChannelSpec, ...]:
    """Every channel."""
    specs = tuple(_spec(part, base, environment) for _, part in parts)
    for (path, _), spec in zip(parts, specs, strict=True):
        _forms(path, collector)
        sound = [_paths(spec, path, collector), _readable(spec, path, collector, environment)]
        if _known_kind(spec, path, collector) and all(sound):
            _loads(spec, path, collector)
    _names(parts, collector)
    _fallbacks(parts, collector)
    return specs


def channel_names(collector: Collector) -> set[str]:
    """The channels that are there, also those whose own part is wrong: one mistake is told once."""
    written = collector.document.tree.get("channel", [])
    members = written if isinstance(written, list) else [written]
    return {part["name"] for part in members if isinstance(part, dict) and isinstance(part.get("name"), str)}


def _spec(part: shape.ChannelPart, base: Path, environment: Mapping[str, str]) -> ChannelSpec:
    own = part.__pydantic_extra__ or {}
    hidden = {
        _option(name): secret for name, value in own.items() if (secret := _secret(name, value, base, environment))
    }
    return ChannelSpec(
        name=part.name,
        kind=part.type,
        url=secrets.choose(part.url, part.url_file, part.url_credential, base, environment),
        fallback=part.fallback,
        fallback_after=part.fallback_after,
        give_up_after=part.give_up_after,
        max_per_minute=part.max_per_minute,
        max_per_hour=part.max_per_hour,
        options={name: _value(name, value, base) for name, value in own.items() if _is_plain(name, hidden)},
        secrets=hidden,
    )


def _secret(name: str, value: object, base: Path, environment: Mapping[str, str]) -> Secret | None:
    """The secret that a key gives or refers to; ``None`` for a plain option."""
    if not isinstance(value, str) or name in _PATHS:
        return None
    if name.endswith("_file"):
        return secrets.from_file(value, base)
    if name.endswith("_credential"):
        return secrets.from_credential(value, environment)
    return plain(value) if secrets.is_secret_name(name) else None


def _is_plain(name: str, hidden: Collection[str]) -> bool:
    return _option(name) == name and name not in hidden


def _value(name: str, value: object, base: Path) -> object:
    return str(base / value) if name in _PATHS and isinstance(value, str) and value else value


def _option(name: str) -> str:
    """The option that a key is one form of: ``token`` for ``token_file``."""
    ending = next((ending for ending in _ELSEWHERE if name.endswith(ending) and name not in _PATHS), "")
    return name.removesuffix(ending)


def _forms(path: KeyPath, collector: Collector) -> None:
    """A secret has one of its forms, not two, and what says where it is kept is text."""
    given = collector.document.value(path)
    for name, value in given.items():
        if _option(name) != name and not isinstance(value, str):
            collector.add((*path, name), "must be text in quotes")
    for option in sorted({_option(name) for name in given}):
        first, *others = [name for name in (option, *(option + end for end in _ELSEWHERE)) if name in given]
        for other in others:
            collector.add((*path, other), f"is given beside {first}; keep one of them")


def _known_kind(spec: ChannelSpec, path: KeyPath, collector: Collector) -> bool:
    from advisoryd import channels

    known = channels.kinds()
    if spec.kind not in known:
        collector.add((*path, "type"), f"is not a kind of channel{near_or_all(spec.kind, known)}")
    return spec.kind in known


def _paths(spec: ChannelSpec, path: KeyPath, collector: Collector) -> bool:
    """Whether every path is one that a file can have."""
    given = {
        name: value for name, value in spec.options.items() if name in {*_PATHS, "path"} and isinstance(value, str)
    }
    wrong = [name for name, value in given.items() if not words.is_path(value)]
    for name in wrong:
        collector.add((*path, name), words.NO_PATH)
    return not wrong


def _readable(spec: ChannelSpec, path: KeyPath, collector: Collector, environment: Mapping[str, str]) -> bool:
    hidden = {**spec.secrets, **({"url": spec.url} if spec.url else {})}
    troubles = {name: secrets.unreadable(secret, environment) for name, secret in hidden.items()}
    for name, trouble in troubles.items():
        if trouble:
            collector.add(_key(path, name, collector), trouble)
    return not any(troubles.values())


def _loads(spec: ChannelSpec, path: KeyPath, collector: Collector) -> None:
    """What the channel's own module says; its sentences quote the option they mean."""
    from advisoryd import channels

    for sentence in channels.channel_problems(spec):
        named = _NAMED.search(sentence)
        collector.add(_key(path, named[1] or named[2], collector) if named else path, sentence)
    templates = spec.options.get("templates")
    if isinstance(templates, str) and templates:
        _templates(Path(templates), (*path, "templates"), collector)


def _templates(folder: Path, path: KeyPath, collector: Collector) -> None:
    from advisoryd.render import check_templates

    if not folder.is_dir():
        collector.add(path, "must name a folder with templates")
        return
    for sentence in check_templates(str(folder)):
        collector.add(path, sentence)


def _key(path: KeyPath, option: str, collector: Collector) -> KeyPath:
    """Where an option stands, in whichever of its forms; the channel itself when it does not."""
    part = collector.document.value(path)
    written = (name for name in (option, *(option + end for end in _ELSEWHERE)) if name in part)
    name = next(written, "")
    return (*path, name) if name else path


def _names(parts: Placed[shape.ChannelPart], collector: Collector) -> None:
    seen: set[str] = set()
    for path, part in parts:
        if part.name in seen:
            collector.add((*path, "name"), "is the name of another channel too; give it another one")
        seen.add(part.name)


def _fallbacks(parts: Placed[shape.ChannelPart], collector: Collector) -> None:
    """Each fallback must be there, and no chain of them may come back to where it began."""
    known = channel_names(collector)
    after = {part.name: part.fallback for _, part in parts}
    told: set[str] = set()
    for path, part in parts:
        if part.fallback and part.fallback not in known:
            collector.add((*path, "fallback"), f"names a channel that does not exist{near(part.fallback, known)}")
        loop = _loop(part.name, after)
        if loop and told.isdisjoint(loop):
            told.update(loop)
            ways = " to ".join((*loop, part.name))
            collector.add((*path, "fallback"), f"leads in a circle ({ways}); the last channel must have no fallback")


def _loop(start: str, after: Mapping[str, str]) -> Collection[str]:
    """The channels of the circle that begins and ends at ``start``; none when there is no such circle."""
    passed = [start]
    while (following := after.get(passed[-1], "")) and following not in passed:
        passed.append(following)
    return passed if following == start else ()
