"""The outside world of messages: one module per kind of channel, loaded when it is first asked for.

A kind is anything with ``problems`` and ``build`` (:class:`ChannelKind`). Other packages add kinds through the entry
point group ``advisoryd.channels``; ``docs/adding-a-channel.md`` shows how. A channel hands one message over and says
what came of it: trying again, the order of messages and keeping duplicates away are the outbox's business.
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Channel, Post

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "advisoryd.channels"

_BUILT_IN = {
    "apprise": "apprise_url",
    "console": "console",
    "email": "email",
    "file": "file",
    "mqtt": "mqtt",
    "ntfy": "ntfy",
    "opsgenie": "opsgenie",
    "pagerduty": "pagerduty",
    "slack": "slack",
    "telegram": "telegram",
    "webhook": "webhook",
}


class ChannelKind(Protocol):
    """What a module, or an object that an entry point names, must offer."""

    def problems(self, spec: ChannelSpec) -> list[str]:
        """What is wrong with ``spec``: one sentence for each problem, naming the option and showing no value."""
        ...

    def build(self, spec: ChannelSpec, post: Post, state_dir: Path) -> Channel:
        """The channel, without any request made. ``state_dir`` is where it may keep files below its own name."""
        ...


class UnknownKind(ValueError):
    """No such kind of channel, or one that cannot be loaded; the message is a sentence for the operator."""


def kinds() -> tuple[str, ...]:
    """The kinds that can be configured, in alphabetical order."""
    return tuple(sorted({*_BUILT_IN, *_added()}))


def channel_problems(spec: ChannelSpec) -> list[str]:
    """Everything that is wrong with ``spec``; empty when the channel can be built."""
    try:
        return _kind(spec.kind).problems(spec)
    except UnknownKind as problem:
        return [str(problem)]


def build_channel(spec: ChannelSpec, post: Post, state_dir: Path) -> Channel:
    """The channel that ``spec`` describes. Raises :class:`ValueError` for one with problems."""
    return _kind(spec.kind).build(spec, post, state_dir)


def allows_private(spec: ChannelSpec) -> bool:
    """Whether the channel's receiver may live in a private network: which ``post`` to build it with."""
    return spec.options.get("allow_private") is True


def _kind(name: str) -> ChannelKind:
    if name in _BUILT_IN:
        return cast(ChannelKind, import_module(f"{__name__}.{_BUILT_IN[name]}"))
    return _load(name)


def _load(name: str) -> ChannelKind:
    added = _added()
    if name not in added:
        close = get_close_matches(name, [*_BUILT_IN, *added], n=1)
        hint = f"did you mean '{close[0]}'?" if close else f"known are: {', '.join(kinds())}."
        raise UnknownKind(f"The type of channel is unknown; {hint}")
    try:
        return cast(ChannelKind, added[name].load())
    except (ImportError, AttributeError) as problem:
        raise UnknownKind(f"The type of channel '{name}' cannot be loaded: {problem}.") from problem


def _added() -> dict[str, EntryPoint]:
    """Kinds that other packages bring. A built-in kind cannot be replaced."""
    from importlib.metadata import entry_points

    return {entry.name: entry for entry in entry_points(group=GROUP)}
