"""Variables such as ``ADVISORYD_DAEMON__LOCALE=ja`` over the files (pydantic-settings).

pydantic-settings traps: a misspelt variable is ignored in silence, so every ``ADVISORYD_`` variable must lead somewhere
known; names are lower-cased; lists must be JSON, and the error for one that is not names only the table, so variables
are read one by one; "7" for a time span would be taken as seconds, so spans are left to the rules of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from pydantic_settings import EnvSettingsSource, SettingsError

from advisoryd.settings import shape
from advisoryd.settings.files import ENVIRONMENT, Document
from advisoryd.settings.keys import known_keys
from advisoryd.settings.lines import KeyPath
from advisoryd.settings.problem import Problem
from advisoryd.settings.words import near


def overlay(document: Document, environment: Mapping[str, str]) -> list[Problem]:
    """Put the variables in place of what the files say. Returns what is wrong with their names and forms."""
    ours = [name for name in sorted(environment) if name.upper().startswith(shape.PREFIX)]
    wrong = {name: _lay(document, name, environment[name]) for name in ours}
    return [Problem(ENVIRONMENT, 0, name, sentence) for name, sentence in wrong.items() if sentence]


def _lay(document: Document, name: str, value: str) -> str:
    """Lay one variable over the files; what is wrong with it, if anything is."""
    path = tuple(name.upper().removeprefix(shape.PREFIX).lower().split("__"))
    if not _is_known(path):
        return f"is not a setting{near(name.upper(), _variables())}"
    source = EnvSettingsSource(shape.Sections)
    source.env_vars = {name.lower(): value}
    try:
        given = source()
    except SettingsError:
        return 'must be JSON, such as ["first", "second"]; or set it in the file'
    for leaf, inner in _leaves(given):
        document.overlay(leaf, value if isinstance(inner, timedelta) else inner, name)
    return ""


def _is_known(path: KeyPath) -> bool:
    """Whether every name leads on; below a table that takes any name, anything does."""
    if path[0] in shape.LISTS:
        return False
    for length, name in enumerate(path):
        known = known_keys(path[:length])
        if not known:
            return length > 1
        if name not in known and not (path[:length] == ("sources",) and length + 1 < len(path)):
            return False
    return True


def _variables() -> Iterator[str]:
    for table in shape.Sections.model_fields:
        for key in known_keys((table,)):
            yield f"{shape.PREFIX}{table}__{key}".upper()


def _leaves(tree: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value
