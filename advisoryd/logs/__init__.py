"""Structured logs: short stable event words with keys, JSON under systemd and in pipes, readable on a terminal.

What may be printed is decided in :mod:`advisoryd.logs.clean`. structlog costs a quarter of a second to import, so it is
loaded with the first line that is really written (:mod:`advisoryd.logs.setup`).
"""

from __future__ import annotations

import logging
from typing import Any

_threshold = logging.ERROR
"""Until :func:`configure` is called, as the daemon does, only errors are written: other verbs say themselves what
happened."""


class Log:
    """Writes events of one part of the program."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = f"advisoryd.{name}"

    def debug(self, event: str, **keys: Any) -> None:
        """What only somebody who looks for a fault wants to see."""
        _write(self._name, logging.DEBUG, event, keys)

    def info(self, event: str, **keys: Any) -> None:
        """A fact of normal life."""
        _write(self._name, logging.INFO, event, keys)

    def warning(self, event: str, **keys: Any) -> None:
        """Something the operator may want to mend."""
        _write(self._name, logging.WARNING, event, keys)

    def error(self, event: str, **keys: Any) -> None:
        """Something that needs mending; ``exc_info``, an exception or true for the one being handled, brings the
        traceback along, without local values."""
        _write(self._name, logging.ERROR, event, keys)


def get(name: str) -> Log:
    """The log of one part."""
    return Log(name)


def configure(level: str = "info", as_json: bool | None = None) -> None:
    """Set up all logging, also that of libraries. ``as_json`` is by default false on a terminal and true elsewhere."""
    global _threshold
    from advisoryd.logs.setup import set_up

    _threshold = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    set_up(_threshold, as_json)


def _write(name: str, level: int, event: str, keys: dict[str, Any]) -> None:
    if level < _threshold:
        return
    from advisoryd.logs.setup import is_set_up, set_up, write

    if not is_set_up():
        set_up(_threshold, None)
    write(name, level, event, keys)
