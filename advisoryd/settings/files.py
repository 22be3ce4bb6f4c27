"""The files of a configuration as one tree that knows where everything in it stands.

A configuration may be split: ``conf.d/*.toml`` beside the main file is read after it, in the order of the names. Tables
are merged, the lists of tables (``[[channel]]`` …) are joined, and a value given twice is a problem.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from advisoryd.settings.lines import KeyPath, lines_of
from advisoryd.settings.problem import ConfigError, Problem

ENVIRONMENT = "environment"
"""Stands for a file where a problem lies in an environment variable."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_PLAINLY = {
    "Invalid value": "a value must be text in quotes, a number, true, false, a date, a list or a table",
    "Expected newline": "something follows a value on its line; text needs quotes around it",
    "Expected '='": "a key must be followed by = and a value",
    "Illegal character '\\n'": "text must end on its line with the quote it began with",
    "Unterminated string": "text must end with the quotes it began with",
    "Cannot overwrite": "a key is given a second time",
    "Cannot declare": "a table is given a second time",
}
"""What to mend, by the beginning of tomllib's own words."""


class _File(NamedTuple):
    """One file, and how many members of each list came before its own."""

    path: Path
    text: str
    before: Mapping[str, int]


class Document:
    """All files as one tree. ``variables`` names the environment variable behind a value that did not come from one."""

    def __init__(self) -> None:
        self.tree: dict[str, Any] = {}
        self.variables: dict[KeyPath, str] = {}
        self._files: list[_File] = []

    @property
    def files(self) -> list[Path]:
        """The files, the main one first."""
        return [file.path for file in self._files]

    def add(self, path: Path, text: str, tree: Mapping[str, Any]) -> None:
        """Join one more file. Raises :class:`ConfigError` when it gives a value again."""
        twice = list(_twice(self.tree, tree))
        problems = [Problem(str(path), lines_of(text).get(at, 0), self.shown(at), self._given(at)) for at in twice]
        if problems:
            raise ConfigError(problems)
        before = {name: len(value) for name, value in self.tree.items() if isinstance(value, list)}
        self._files.append(_File(path, text, before))
        _join(self.tree, tree)
        vars(self).pop("_lines", None)

    def overlay(self, path: tuple[str, ...], value: Any, variable: str) -> None:
        """Put a value from the environment in place of the file's. A file's mistake on the way stays, to be told."""
        *above, name = path
        table: Any = self.tree
        for part in above:
            table = table.setdefault(part, {})
            if not isinstance(table, dict):
                return
        table[name] = value
        self.variables[path] = variable

    def _given(self, at: KeyPath) -> str:
        file, line = self._lines.get(at, (str(self.files[0]), 0))
        return f"is given in {file}:{line} already; keep one of the two"

    def problem(self, path: KeyPath, message: str) -> Problem:
        """What is wrong at ``path``, with its place: that of the nearest table around it where nothing is written."""
        for length in range(len(path), 0, -1):
            here = path[:length]
            if here in self.variables:
                return Problem(ENVIRONMENT, 0, self.variables[here], message)
            if here in self._lines:
                return Problem(*self._lines[here], self.shown(path), message)
        return Problem(str(self.files[0]), 0, self.shown(path), message)

    @cached_property
    def _lines(self) -> dict[KeyPath, tuple[str, int]]:
        """Where everything stands; looked for only when there is something to complain of."""
        found: dict[KeyPath, tuple[str, int]] = {}
        for file in self._files:
            for path, line in lines_of(file.text).items():
                found.setdefault(_moved(path, file.before), (str(file.path), line))
        return found

    def file_of(self, path: KeyPath) -> Path | None:
        """The file in which ``path`` is given; ``None`` when the environment gives it."""
        if any(path[:length] in self.variables for length in range(1, len(path) + 1)):
            return None
        return Path(self._lines[path][0]) if path in self._lines else self.files[0]

    def value(self, path: KeyPath) -> Any:
        """What stands at ``path``, ``None`` when nothing does."""
        value: Any = self.tree
        for part in path:
            value = _inside(value, part)
        return value

    def shown(self, path: KeyPath) -> str:
        """A key path as people say it: ``subscription "japan-desk" min_level``."""
        return " ".join(
            _printable(part) if isinstance(part, str) else _member(self.value(path[: length + 1]), part)
            for length, part in enumerate(path)
        )


def read_document(main: Path) -> Document:
    """Read ``main`` and its ``conf.d``. Raises :class:`ConfigError` with what is wrong in every file."""
    document = Document()
    problems: list[Problem] = []
    try:
        for path in _files(main):
            try:
                document.add(path, *_read(path))
            except ConfigError as error:
                problems += error.problems
    except OSError as error:
        problems.append(Problem(str(main.parent / "conf.d"), 0, "", f"cannot be read: {error.strerror}"))
    if problems:
        raise ConfigError(problems)
    return document


def _files(main: Path) -> Iterator[Path]:
    yield main
    folder = main.parent / "conf.d"
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.suffix == ".toml" and path.name[0] != ".")


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    """The text and the tree of one file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return text, tomllib.loads(text)
    except FileNotFoundError:
        words = "there is no such file; name another one with --config, or copy config/advisoryd.toml there"
    except OSError as error:
        words = f"cannot be read: {error.strerror}"
    except UnicodeDecodeError as error:
        return _refuse(path, error.object.count(b"\n", 0, error.start) + 1, "is not UTF-8 text; save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _refuse(path, *_plainly(str(error), text))
    except RecursionError:
        words = "is not usable: lists are nested too deeply"
    except ValueError:
        words = "is not usable: a number has too many figures"
    return _refuse(path, 0, words)


def _refuse(path: Path, line: int, words: str) -> tuple[str, dict[str, Any]]:
    raise ConfigError([Problem(str(path), line, "", words)])


def _plainly(words: str, text: str) -> tuple[int, str]:
    """The line and the meaning of what tomllib says."""
    at = _AT_LINE.search(words)
    line = int(at[1]) if at and at[1] else text.count("\n") + 1
    said = _AT_LINE.sub("", words)
    plain = next((plain for start, plain in _PLAINLY.items() if said.startswith(start)), said[:1].lower() + said[1:])
    return line, f"is not valid TOML: {plain}"


def _twice(tree: Mapping[str, Any], more: Mapping[str, Any], above: KeyPath = ()) -> Iterator[KeyPath]:
    """The paths that both trees give a value. Lists of tables at the top are not values but collections."""
    for name in tree.keys() & more.keys():
        held, given = tree[name], more[name]
        if isinstance(held, dict) and isinstance(given, dict):
            yield from _twice(held, given, (*above, name))
        elif above or not (isinstance(held, list) and isinstance(given, list)):
            yield (*above, name)


def _join(tree: dict[str, Any], more: Mapping[str, Any]) -> None:
    for name, value in more.items():
        if name not in tree:
            tree[name] = value
        elif isinstance(value, dict):
            _join(tree[name], value)
        else:
            tree[name] = [*tree[name], *value]


def _moved(path: KeyPath, before: Mapping[str, int]) -> KeyPath:
    """A path of one file in the tree of all files."""
    name, *rest = path
    if rest and isinstance(rest[0], int):
        rest[0] += before.get(str(name), 0)
    return (name, *rest)


def _inside(value: Any, part: str | int) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None


def _member(value: Any, position: int) -> str:
    """How a member of a list is called: by its name, if that looks like one."""
    name = (value.get("name") or value.get("id")) if isinstance(value, dict) else None
    return f'"{name}"' if isinstance(name, str) and _NAME.fullmatch(name) else f"number {position + 1}"


def _printable(key: str) -> str:
    """A key in one short line, whatever stands between its quotes."""
    return "".join(char if char.isprintable() else "?" for char in key)[:60]
