"""A configuration that everybody on the machine may read must not hold a secret."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from advisoryd.settings.collect import Collector
from advisoryd.settings.lines import KeyPath
from advisoryd.settings.secrets import is_secret_name

_HEADER = re.compile(r"authorization|cookie|.*(?:key|token|secret).*", re.IGNORECASE)
_ELSEWHERE = "move it to {name}_file, or take the file from the others (chmod o-r)"
_ONLY_HERE = "take the file from the others (chmod o-r)"


def check_exposed(collector: Collector) -> None:
    """Tell of every secret that stands in a file which others may read."""
    for path, may_move in _inline(collector.document.tree):
        file = collector.document.file_of(path)
        if file is not None and _others_may_read(file):
            remedy = _ELSEWHERE.format(name=path[-1]) if may_move else _ONLY_HERE
            collector.add(path, f"is a secret in a file that every user of this machine may read; {remedy}")


def holds_password(url: object) -> bool:
    """Whether a URL names a user with a password."""
    return isinstance(url, str) and bool(re.match(r"[a-z0-9+.-]+://[^/?#@]*:[^/?#]*@", url, re.IGNORECASE))


def _others_may_read(file: Path) -> bool:
    try:
        return bool(file.stat().st_mode & stat.S_IROTH)
    except OSError:
        return False


def _inline(tree: Mapping[str, Any]) -> Iterator[tuple[KeyPath, bool]]:
    """The paths of all secrets that are written out, and whether they could stand in a file of their own."""
    daemon, http, sources, web = (_table(tree.get(name)) for name in ("daemon", "http", "sources", "web"))
    if holds_password(daemon.get("database")):
        yield ("daemon", "database"), True
    if holds_password(http.get("proxy")):
        yield ("http", "proxy"), False
    if web.get("secret"):
        yield ("web", "secret"), True
    for name, override in sources.items():
        yield from _of_source(("sources", name), _table(override))
    for path, part in _members(tree, "source"):
        yield from _of_source(path, part)
    for path, part in _members(tree, "channel"):
        yield from _of_channel(path, part)


def _of_source(path: KeyPath, part: Mapping[str, Any]) -> Iterator[tuple[KeyPath, bool]]:
    if holds_password(part.get("proxy")):
        yield (*path, "proxy"), False
    if holds_password(part.get("url")):
        yield (*path, "url"), False
    for name in _table(part.get("headers")):
        if _HEADER.fullmatch(name):
            yield (*path, "headers", name), False
    for name, value in _table(part.get("options")).items():
        if is_secret_name(name) and isinstance(value, str):
            yield (*path, "options", name), False


def _of_channel(path: KeyPath, part: Mapping[str, Any]) -> Iterator[tuple[KeyPath, bool]]:
    kind = part.get("type", "apprise")
    for name, value in part.items():
        if not isinstance(value, str) or not value:
            continue
        if is_secret_name(name) or (kind, name) == ("ntfy", "topic") or (name == "url" and _tells(kind, value)):
            yield (*path, name), True
    for name in _table(part.get("headers")):
        if _HEADER.fullmatch(name):
            yield (*path, "headers", name), False


def _tells(kind: object, url: str) -> bool:
    """Whether a channel's address is a secret. Services keep their tokens in any part of it but the host; the address
    of a webhook is its owner's own, and its secret is the one that signs."""
    rest = url.partition("://")[2]
    return "@" in rest or "?" in rest or (kind != "webhook" and "/" in rest.rstrip("/"))


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _members(tree: Mapping[str, Any], name: str) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    members = tree.get(name)
    for position, member in enumerate(members if isinstance(members, list) else ()):
        yield (name, position), _table(member)
