"""Any HTML list or table whose rows and columns are named by CSS selectors: ``[[source]]`` of type ``table``.

A column is a selector inside the row (``td.level``), an attribute of what it finds (``a@href``), or an attribute of
the row itself (``@data-code``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from advisoryd.model.reading import Document
from advisoryd.model.source import Source
from advisoryd.sources import decode, options, rows
from advisoryd.sources.decode import fold
from advisoryd.sources.rows import COLUMNS, Cells, RowReader

if TYPE_CHECKING:
    from advisoryd.sources.markup import Node, Page


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    selector: tuple[options.Rule, str] = (_is_selector, "a CSS selector, with @attribute behind it for an attribute")
    rules = rows.RULES | dict.fromkeys(("row", *COLUMNS), selector)
    return [*options.problems(source, rules, required=("url", "row")), *rows.check(source)]


def reader(source: Source) -> RowReader:
    """A reader of one page. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    columns = {name: str(source.options[name]) for name in COLUMNS if name in source.options}
    cells = partial(_cells, row=str(source.options["row"]), columns=columns)
    return RowReader(source, cells, rows.contract(source), expect="html")


def _cells(document: Document, row: str, columns: Mapping[str, str]) -> Sequence[Cells]:
    found = _page(decode.text(document)).all(row)
    return [{name: _cell(node, name, column, document.url) for name, column in columns.items()} for node in found]


def _cell(row: Node, name: str, column: str, url: str) -> str:
    css, _, attribute = column.partition("@")
    node = row.first(css) if css.strip() else row
    if node is None:
        return ""
    text = fold(node.attr(attribute)) if attribute else node.text
    return urljoin(url, text) if name == "link" and text else text


def _page(html: str) -> Page:
    from advisoryd.sources.markup import Page  # loads its engine, which only a changed page needs

    return Page(html)


def _is_selector(value: object) -> bool:
    """Whether ``value`` is a selector that the engine takes, with or without an attribute behind it."""
    if not options.is_text(value):
        return False
    css, at, attribute = str(value).partition("@")
    if at and not attribute.strip():
        return False
    try:
        _page("").first(css if css.strip() else "html")
    except Exception:  # the engine's own error, which only its module may name
        return False
    return True
