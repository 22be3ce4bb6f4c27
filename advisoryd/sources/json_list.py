"""Any JSON list whose rows and columns are named by dotted paths: ``[[source]]`` of type ``json``.

``rows`` leads to the rows (``data.countries``; left out when the document itself is the list): an array, or an object
whose members are the rows. A column is a path inside the row (``advice.level``, ``names.0``), or ``@key`` for the name
that the row goes by in such an object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import urljoin

from advisoryd.model.reading import Document, Unreadable
from advisoryd.model.source import Source
from advisoryd.sources import jsonbody, options, rows
from advisoryd.sources.decode import fold
from advisoryd.sources.rows import COLUMNS, Cells, RowReader

_KEY = "@key"


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    column: tuple[options.Rule, str] = (options.is_text, "a dotted path inside a row, such as advice.level, or @key")
    where: tuple[options.Rule, str] = (
        lambda value: isinstance(value, str),
        "a dotted path to the rows, such as data.list",
    )
    rules = rows.RULES | dict.fromkeys(COLUMNS, column) | {"rows": where}
    return [*options.problems(source, rules, required=("url",)), *rows.check(source)]


def reader(source: Source) -> RowReader:
    """A reader of one document. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    columns = {name: str(source.options[name]) for name in COLUMNS if name in source.options}
    cells = partial(_cells, path=str(source.options.get("rows", "")), columns=columns)
    return RowReader(source, cells, rows.contract(source), expect="json")


def _cells(document: Document, path: str, columns: Mapping[str, str]) -> Sequence[Cells]:
    container = _at(jsonbody.load(document), path)
    if not isinstance(container, list | dict):
        raise Unreadable("wrong-shape", f'{document.url} has neither an array nor an object at "{path}".')
    return [
        {name: _cell(key, row, name, column, document.url) for name, column in columns.items()}
        for key, row in _members(container)
    ]


def _members(container: list[object] | dict[str, object]) -> Iterator[tuple[str, object]]:
    if isinstance(container, dict):
        return iter(container.items())
    return (("", row) for row in container)


def _cell(key: str, row: object, name: str, column: str, url: str) -> str:
    text = key if column == _KEY else _written(_at(row, column))
    return urljoin(url, text) if name == "link" and text else text


def _at(value: object, path: str) -> object:
    """What the dotted path leads to, ``None`` where it leads nowhere."""
    for step in filter(None, path.split(".")):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _written(value: object) -> str:
    """A plain value as text; anything with parts, and nothing, is ``""``."""
    if isinstance(value, bool):
        return str(value).lower()
    return fold(value) if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""
