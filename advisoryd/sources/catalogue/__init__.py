"""The catalogue: which sources there are, and which reader reads each.

Every ``<id>.toml`` of this folder is one source, with the fields of :class:`advisoryd.model.source.Source`. Lengths of
time are written ``15m``, ``6h`` or ``7d``. A distribution may bring more: an entry point in the group
``advisoryd.sources`` names a module with ``SOURCE``, a mapping of the same fields, and ``reader(source)``.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from advisoryd.model.ladder import Track
from advisoryd.model.reading import Reader
from advisoryd.model.source import Confidence, Source, SourceKind
from advisoryd.sources.options import closest, duration

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "advisoryd.sources"
"""The entry point group of sources that other distributions bring."""

_FOLDER = Path(__file__).parent
_REQUIRED = ("id", "issuer", "name", "reader")


class CatalogueError(ValueError):
    """A catalogue entry or reader that cannot be used; the message names the file or distribution, and the key."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The ids that were asked for, in the catalogue's order, and the words that name nothing in it."""

    ids: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def entries() -> dict[str, Source]:
    """The built-in sources by id. Raises :class:`CatalogueError`."""
    return dict(_built_in())


def plugins() -> dict[str, Source]:
    """The sources that other distributions bring, by id. Looking for them takes milliseconds, so it is done only when
    asked. Raises :class:`CatalogueError`."""
    found = {}
    for point in _entry_points():
        offered = getattr(_loaded(point), "SOURCE", None)
        if not isinstance(offered, Mapping):
            raise CatalogueError(
                f"The plug-in {point.name} ({point.value}) has no SOURCE with the fields of its entry."
            )
        source = build({"reader": point.name, **offered}, f"The plug-in {point.name}")
        found[source.id] = source
    return found


def select(words: Iterable[str], known: Mapping[str, Source]) -> Selection:
    """The sources of ``known`` that the words name: ids, tags (``region:asia``), ``kind:``, ``issuer:`` or ``track:``
    with a value, or ``*`` for all. A word with a minus in front takes its sources out again."""
    asked = [(word.strip().lower().removeprefix("-"), word.strip().startswith("-")) for word in words]
    named = {word: _named(word, known) for word, _ in asked}
    chosen: set[str] = set()
    for word, leaves_out in asked:
        chosen = chosen - named[word] if leaves_out else chosen | named[word]
    unknown = tuple(word for word, found in named.items() if not found)
    return Selection(tuple(source_id for source_id in known if source_id in chosen), unknown)


def reader_for(source: Source) -> Reader:
    """The reader that ``source`` names: a module of :mod:`advisoryd.sources`, or a plug-in. Raises
    :class:`CatalogueError` when there is none, and :class:`~advisoryd.sources.options.OptionError`."""
    make = cast(Callable[[Source], Reader] | None, getattr(_module(source.reader), "reader", None))
    if make is None:
        raise CatalogueError(f'Source "{source.id}" names the reader "{source.reader}", which does not exist.')
    return make(source)


def check_options(source: Source) -> list[str]:
    """What the reader of ``source`` says about its options, one sentence each; nothing when it takes none."""
    check = getattr(_module(source.reader), "check_options", None)
    return list(check(source)) if check else []


def idle(source: Source) -> str:
    """What ``source`` waits for before its reader asks for anything, in words; ``""`` for one that is at work."""
    why = getattr(_module(source.reader), "idle", None)
    return str(why(source)) if why else ""


def build(data: Mapping[str, object], where: str) -> Source:
    """A source from the fields of an entry. Raises :class:`CatalogueError` with everything that is wrong in it."""
    problems = [f'{where}: the key "{name}" is missing.' for name in _REQUIRED if name not in data]
    values: dict[str, Any] = {}
    for name, value in data.items():
        if name not in _FIELDS:
            problems.append(f'{where}: the key "{name}" is not known; {closest(name, _FIELDS)}')
            continue
        try:
            values[name] = _FIELDS[name](value)
        except (ValueError, TypeError) as problem:
            problems.append(f'{where}: the key "{name}" must be {problem}.')
    if problems:
        raise CatalogueError(" ".join(problems))
    return Source(**values)


@cache
def _built_in() -> Mapping[str, Source]:
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.toml"))}


def _read(path: Path) -> Source:
    try:
        source = build(tomllib.loads(path.read_text("utf-8")), path.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise CatalogueError(f"{path.name}: {problem}.") from problem
    if source.id != path.stem:
        raise CatalogueError(f'{path.name}: the key "id" must be "{path.stem}", like the name of the file.')
    return source


def _named(word: str, known: Mapping[str, Source]) -> set[str]:
    return {source_id for source_id, source in known.items() if word == "*" or word in _words(source)}


def _words(source: Source) -> Collection[str]:
    derived = (f"kind:{source.kind}", f"issuer:{source.issuer.lower()}", f"track:{source.track}")
    return {source.id, *source.tags, *derived}


def _module(reader: str) -> object:
    """The module of a reader, ``None`` when there is none of that name."""
    if reader.isidentifier() and not reader.startswith("_") and find_spec(f"advisoryd.sources.{reader}"):
        return import_module(f"advisoryd.sources.{reader}")
    return next((_loaded(point) for point in _entry_points() if point.name == reader), None)


def _entry_points() -> tuple[EntryPoint, ...]:
    if not _offered():
        return ()
    from importlib.metadata import entry_points

    return tuple(entry_points(group=GROUP))


def _offered() -> bool:
    """Whether an installed distribution names the group. Looking into their files takes a twentieth of the time that
    loading the list of all packages does."""
    heading = f"[{GROUP}]".encode()
    files = (file for folder in sys.path for file in Path(folder).glob("*-info/entry_points.txt"))
    return any(heading in file.read_bytes() for file in files)


def _loaded(point: EntryPoint) -> object:
    try:
        return cast(object, point.load())
    except Exception as problem:  # a stranger's module may fail in any way while it is imported
        raise CatalogueError(f"The plug-in {point.name} ({point.value}) cannot be loaded: {problem}.") from problem


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text in quotes")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        raise TypeError("a list of texts in quotes")
    return tuple(value)


def _length(value: object) -> object:
    found = duration(value) if isinstance(value, str) else None
    if not found:
        raise ValueError('a length of time such as "15m", "6h" or "7d"')
    return found


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ValueError("a number of seconds, not below 0")
    return float(value)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("a whole number, not below 0")
    return value


def _headers(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        raise TypeError("a table of header names and texts")
    return tuple(value.items())


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError("a table")
    return dict(value)


def _one_of(kind: type[StrEnum]) -> Callable[[object], StrEnum]:
    def member(value: object) -> StrEnum:
        if not isinstance(value, str) or value not in list(kind):
            raise ValueError("one of " + ", ".join(kind))
        return kind(value)

    return member


_FIELDS: Mapping[str, Callable[[object], object]] = {
    **dict.fromkeys(("id", "issuer", "name", "reader", "language", "homepage", "licence", "attribution"), _text),
    **dict.fromkeys(("evidence", "cost", "proxy", "destination"), _text),
    **dict.fromkeys(("every", "detail_every"), _length),
    **dict.fromkeys(("tags", "allow_networks"), _texts),
    "spacing": _seconds,
    "details_per_poll": _count,
    "headers": _headers,
    "options": _table,
    "kind": _one_of(SourceKind),
    "track": _one_of(Track),
    "confidence": _one_of(Confidence),
}
