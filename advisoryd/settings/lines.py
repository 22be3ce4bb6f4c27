"""On which line each key of a TOML file stands.

``tomllib`` (standard library) reads the values and gives no positions. This is a second look at a text that it has
already found valid, so it only steps over values and notes where tables, keys and members of lists begin.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left

KeyPath = tuple[str | int, ...]
"""Names of tables and keys, and positions in lists."""

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_PART = re.compile(r"""[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*(\.?)""")
_STRING = re.compile(
    r'''"""(?:[^\\]|\\.)*?"{3,5}|\'{3}.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'''', re.DOTALL
)  # a long string may end with quotes of its own
_BARE = re.compile(r"[^,\]}#\n]*")


def lines_of(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, on which each table, key and member of a list in valid TOML begins."""
    return _Scan(text).run()


class _Scan:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.found: dict[KeyPath, int] = {}
        self._ends = [end.start() for end in re.finditer("\n", text)]
        self._members: dict[KeyPath, int] = {}

    def run(self) -> dict[KeyPath, int]:
        """Go through the whole text."""
        table: KeyPath = ()
        while start := self._next():
            if start == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.found

    def _next(self) -> str:
        """The next character that says something, ``""`` at the end."""
        self.at = _end(_BLANK.match(self.text, self.at), self.at)
        return self.text[self.at : self.at + 1]

    def _note(self, path: KeyPath, at: int) -> None:
        self.found.setdefault(path, bisect_left(self._ends, at) + 1)

    def _header(self) -> KeyPath:
        """``[a.b]`` or ``[[a.b]]``: the path of the table that begins here."""
        start, brackets = self.at, 1 + self.text.startswith("[[", self.at)
        self.at += brackets
        path: KeyPath = ()
        for name in self._names():
            path = (*path, *self._member(path), name)
            self._note(path, start)
        self.at += brackets
        if brackets == 2:
            self._members[path] = self._members.get(path, -1) + 1
            path = (*path, *self._member(path))
            self._note(path, start)
        return path

    def _member(self, path: KeyPath) -> KeyPath:
        """The position of the latest member when ``path`` is a list of tables."""
        return (self._members[path],) if path in self._members else ()

    def _names(self) -> list[str]:
        names = []
        dot = "."
        while dot and (part := _PART.match(self.text, self.at)):
            names.append(_unquoted(part[1]))
            self.at, dot = part.end(), part[2]
        return names

    def _pair(self, table: KeyPath) -> None:
        """``a.b = value``."""
        start, path = self.at, table
        for name in self._names():
            path = (*path, name)
            self._note(path, start)
        self.at += 1
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        match self._next():
            case "[":
                self._list(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self.at = _end(_STRING.match(self.text, self.at), len(self.text))
            case _:
                self.at = _end(_BARE.match(self.text, self.at), self.at)

    def _list(self, path: KeyPath) -> None:
        self.at += 1
        position = 0
        while self._next() not in ("]", ""):
            self._note((*path, position), self.at)
            self._value((*path, position))
            position += 1
            self._comma()
        self.at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while self._next() not in ("}", ""):
            self._pair(path)
            self._comma()
        self.at += 1

    def _comma(self) -> None:
        if self._next() == ",":
            self.at += 1


def _end(match: re.Match[str] | None, otherwise: int) -> int:
    return match.end() if match else otherwise


def _unquoted(name: str) -> str:
    """A key as it is meant; only one with escapes needs TOML's own rules."""
    if name.startswith('"') and "\\" in name:
        return str(tomllib.loads(f"name = {name}")["name"])
    return name[1:-1] if name[0] in "\"'" else name
