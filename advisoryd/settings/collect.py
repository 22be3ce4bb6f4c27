"""Gathering problems while a configuration is built, so that all are told at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from advisoryd.settings.files import Document
from advisoryd.settings.lines import KeyPath
from advisoryd.settings.problem import Problem

T = TypeVar("T")


class Collector:
    """The problems found so far in one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self._spoilt: set[str | int] = set()

    def add(self, path: KeyPath, message: str) -> None:
        """Note a problem at ``path``."""
        self.problems.append(self.document.problem(path, message))
        self._spoilt.update(path[:1])

    def spoilt(self, *tables: str) -> bool:
        """Whether one of these tables has a problem, so that nothing should be concluded from what it lacks."""
        return not self._spoilt.isdisjoint(tables)

    def attempt(self, path: KeyPath, make: Callable[[], T], otherwise: T) -> T:
        """What ``make`` gives; when it raises :class:`ValueError`, its sentence becomes a problem."""
        try:
            return make()
        except ValueError as problem:
            self.add(path, str(problem))
            return otherwise
